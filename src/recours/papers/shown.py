"""What the bundle shows of one exhibit, as plain values that its template reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from recours.errors import Problem
from recours.papers.masking import mask_cards
from recours.papers.types import Exhibit
from recours.papers.typography import curled, held
from recours.papers.wording import phrase
from recours.words import Language

BREAK_AFTER = 48  # letters without a space: a place to break the line is given


class Run(msgspec.Struct, frozen=True):
    """A stretch of a message; quiet: not the author's words (quoted, signature), shown greyed."""

    text: str
    quiet: bool


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a page that is shown as a picture, where they stand on it: shares of its width and height, from its upper
    left."""

    text: str
    x: float
    y: float
    width: float
    height: float


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One exhibit for the template.

    kind: text, picture, pages or placeholder; rows: label and value lines; files: bare names of the pictures, one a
    page; pages: of the PDF, whose name is files[0]; view: of a mail, how it looked (papers.mail_view), with runs as small
    print below; pictures: of a mail, those that it does not place, in the same form; words: of a PDF shown as pictures, those
    under each; note: what a reader must know first; title, rows and view are masked.
    """

    label: str
    title: str
    kind: Literal["text", "picture", "pages", "placeholder"]
    sha256: str
    rows: tuple[tuple[str, str], ...] = ()
    runs: tuple[Run, ...] = ()
    files: tuple[str, ...] = ()
    pages: int = 0
    view: tuple[dict[str, Any], ...] = ()
    pictures: tuple[dict[str, Any], ...] = ()
    words: tuple[tuple[Placed, ...], ...] = ()
    note: str = ""

    @property
    def length(self) -> int:
        """Pages that it must fill, exactly; 0: as many as its text needs."""
        return {"text": 0, "picture": len(self.files), "pages": self.pages, "placeholder": 1}[self.kind]


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """What to show, the files that the template needs, and what could not be shown.

    name, size: of the original (bytes; None when they are not there); covered: pages of a PDF on which words are under
    black; as_text: a mail's exhibit without its look, for
    when the look cannot be set.
    """

    shown: Shown
    files: Mapping[str, bytes] = {}
    problem: Problem | None = None
    name: str = ""
    size: int | None = None
    as_text: Shown | None = None
    covered: int = 0


def as_text(one: Rendered, language: Language) -> Rendered:
    """A mail whose look could not be set, shown by its text, which is said; any other exhibit as it is."""
    if one.as_text is None:
        return one
    told = problem(
        one.shown.label,
        one.shown.title,
        phrase(language, "mail_view.as_text"),
        phrase(language, "mail_view.as_text_effect"),
    )
    return msgspec.structs.replace(
        one, shown=one.as_text, files={}, as_text=None, problem=one.problem or told
    )


def placeholder(exhibit: Exhibit, why: str, language: Language) -> Rendered:
    """A page in the exhibit's place.  why: in the language, without a full stop."""
    return Rendered(
        shown=Shown(
            label=exhibit.label,
            title=exhibit.title,
            kind="placeholder",
            sha256=exhibit.sha256,
            note=phrase(language, "bundle.placeholder", why=why),
        ),
        problem=problem(exhibit.label, exhibit.title, why, phrase(language, "bundle.effect")),
    )


def problem(label: str, title: str, why: str, effect: str) -> Problem:
    """What the person is told about an exhibit."""
    return Problem(where=f"{label} {title}", what=why, effect=effect)


def told_in_words(
    chars: str, shown: Iterable[Rendered], language: Language, where: str = ""
) -> tuple[Problem, ...]:
    """chars: for which no font has a glyph, with what shows them; one problem at most, which names the exhibits, or else
    where."""
    if not chars:
        return ()
    holds = set(chars)
    labels = [one.shown.label for one in shown if holds & set(str(msgspec.to_builtins(one.shown)))]
    what = phrase(language, "fonts.unshown", chars=" ".join(chars[:40]))
    return (Problem(where=", ".join(labels[:10]) or where or phrase(language, "bundle.title"), what=what),)


def clean(text: str) -> str:
    """Text that may be set: card numbers masked, long words breakable."""
    return breakable(mask_cards(text))


def breakable(text: str) -> str:
    """The text with zero-width spaces in words too long for a line (addresses of pages, base64)."""
    if max(map(len, text.split()), default=0) <= BREAK_AFTER:
        return text
    return "".join(
        part if part.isspace() or len(part) <= BREAK_AFTER else "\u200b".join(_chunks(part))
        for part in _parts(text)
    )


def all_breakable(value: Any) -> Any:
    """Plain data with every text ``breakable`` where it may, ``held`` where it may not break, and ``curled``."""
    if isinstance(value, str):
        return breakable(curled(held(value)))
    if isinstance(value, dict):
        return {key: all_breakable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [all_breakable(item) for item in value]
    return value


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for char in text:
        if parts and parts[-1][-1].isspace() == char.isspace():
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _chunks(word: str) -> list[str]:
    return [word[at : at + BREAK_AFTER // 2] for at in range(0, len(word), BREAK_AFTER // 2)]
