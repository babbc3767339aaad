"""A language model that may propose, if the person wants one: the narrow interface, and the check of what it says.

A model never finds a fact.  It points at words; what it points at is asked of the person.  A proposal is dropped
when its words are not in what the author of that message newly wrote, when its value is not in those words, or
when the other side is the one who does such an act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from recours.reading.acts.tables import tables
from recours.reading.amounts import find_amounts, number_of
from recours.reading.dates import find_dates
from recours.reading.types import Message, Side, Span
from recours.text import fold

Kind = Literal["act", "fact"]
Why = Literal["message", "name", "quotation", "not new text", "value", "side"]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What a model says.  message: id; kind and name: an act or fact; value: of a fact, as a person would type it
    (ISO 8601 for a day, "399.54 CAD" for money); words: the exact quotation."""

    kind: Kind
    name: str
    words: str
    message: str = ""
    value: str = ""


class Dropped(msgspec.Struct, frozen=True):
    """A proposal that is not shown as a question, and what is wrong with it."""

    proposal: Proposal
    why: Why


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """All that a model is given of a message: its id, who wrote it, its day, and its new text."""

    message: str
    side: Side | None
    day: str
    text: str


class Model(Protocol):
    """Anything that reads new texts and proposes.  name: marks whatever came from it."""

    name: str

    def propose(self, asks: Sequence[Ask]) -> Sequence[Proposal]:
        """Proposals for the messages given.  Raises a RecoursError when the model cannot be asked."""
        ...


class Subject(msgspec.Struct, frozen=True):
    """A message that was asked about, with its spans and the side that wrote it (None: a note or chat tells)."""

    message: Message
    spans: tuple[Span, ...]
    side: Side | None


def checked(
    proposals: Sequence[Proposal], asked: Mapping[str, Subject], types: Mapping[str, str]
) -> tuple[tuple[Proposal, ...], tuple[Dropped, ...]]:
    """Proposals -> those that may be asked of the person, each once, and those that are dropped with the reason.

    asked: by message id; types: the names of facts that may be proposed and their type ("money", "date", "text" ...).
    """
    kept: list[Proposal] = []
    dropped: list[Dropped] = []
    for proposal in dict.fromkeys(proposals):
        why = _wrong(proposal, asked, types)
        if why:
            dropped.append(Dropped(proposal, why))
        else:
            kept.append(proposal)
    return tuple(kept), tuple(dropped)


def side_of(act: str) -> Side | None:
    """Whose act it is; None when there is no such act."""
    return next((t.by for t in tables() if t.act == act), None)


def _wrong(proposal: Proposal, asked: Mapping[str, Subject], types: Mapping[str, str]) -> Why | None:
    subject = asked.get(proposal.message)
    if subject is None:
        return "message"
    whose = side_of(proposal.name)
    if (whose is None) if proposal.kind == "act" else (proposal.name not in types):
        return "name"
    start = subject.message.text.find(proposal.words) if proposal.words.strip() else -1
    if start < 0:
        return "quotation"
    if not _is_new(start, start + len(proposal.words), subject.spans):
        return "not new text"
    if proposal.kind == "act":
        return "side" if subject.side not in (None, whose) else None
    return None if _says(proposal, types[proposal.name], subject.message) else "value"


def _is_new(start: int, end: int, spans: Sequence[Span]) -> bool:
    """The author's own words from start to end, or nothing."""
    return all(s.kind in ("authored", "closing") for s in spans if s.start < end and start < s.end)


def _says(proposal: Proposal, kind: str, message: Message) -> bool:
    """Whether the value stands in the words.  A choice, a place or a yes is a judgement: it is left to the person."""
    words, value = proposal.words, proposal.value.strip()
    if not value:
        return False
    if kind == "money":
        said = {a.money.amount for a in find_amounts(words)}
        return any(number_of(part) in said for part in value.split() if part[:1].isdigit())
    if kind == "date":
        context = message.date.date() if message.date else None
        return value in {d.isoformat() for found in find_dates(words, context) for d in found.days}
    if kind in ("text", "integer"):
        return fold(value) in fold(words)
    return True
