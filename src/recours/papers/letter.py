"""What a letter is before it is set: every sentence with what carries it.  The template decides nothing."""

from __future__ import annotations

import msgspec

from recours.papers.types import Sentence
from recours.words import Language


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a table: label and value; value "" is a line to be filled by hand."""

    label: str
    value: str
    facts: tuple[str, ...] = ()


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A headed part: a table, sentences (as a numbered list when ``numbered``), or both."""

    head: str
    rows: tuple[Row, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    numbered: bool = False


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list of exhibits."""

    label: str
    day: str
    title: str


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter, whole.  day: as written; sender, recipient: lines of an address block; cited: only the exhibits named.

    size: of the body, in points; paper: us-letter or a4, as the place uses.
    """

    name: str
    language: Language
    title: str
    author: str
    day: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    delivery: str
    subject_head: str
    subject: str
    salutation: str
    sections: tuple[Section, ...]
    closing: str
    signature: str
    exhibits_head: str
    exhibits_note: str
    exhibits_columns: tuple[str, str, str]
    cited: tuple[Listed, ...]
    page: str
    paper: str
    size: float = 10.5

    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for section in self.sections for s in section.sentences)

    def words(self) -> int:
        """Words of the body, between the salutation and the list of exhibits."""
        texts = [s.text for s in self.sentences()] + [
            f"{r.label} {r.value}" for section in self.sections for r in section.rows
        ]
        return sum(len(text.split()) for text in texts)
