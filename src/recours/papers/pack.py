"""What an issuer is sent: the letter and the few exhibits that carry it, in one short file.

The exhibits that the letter needs most come first; those for which there is no room are named, never silently left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recours.errors import Problem, RecoursError
from recours.papers.cover import WORDS
from recours.papers.letter import Letter
from recours.papers.render import Blobs, render
from recours.papers.show_message import known_of
from recours.papers.shown import Rendered, all_breakable, told_in_words
from recours.papers.smaller import SIDES, smaller
from recours.papers.types import Exhibit
from recours.papers.typesetting import ACCESSIBLE, Typeset, typeset
from recours.papers.verify import prove_pack
from recours.papers.wording import phrase
from recours.papers.write import DROPPED, fit
from recours.papers.writer import Brief, Writer

PAGES = 8  # an issuer's clerk reads no more
LETTERS = ("chargeback", "second_round", "platform_claim", "bank_complaint")


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """pdf: proved; enclosed, left_out: labels of exhibits that the letter cites, or that hang on them; side: longest
    side of its pictures, in pixels; problems: exhibits that are a line which says why they are not shown."""

    pdf: bytes
    pages: int
    enclosed: tuple[str, ...]
    left_out: tuple[str, ...]
    side: int
    problems: tuple[Problem, ...] = ()


class TooLargeError(RecoursError):
    """The letter with no exhibit at all is over the limit."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            {
                "en": f"The letter alone has {size} bytes; the limit is {limit}",
                "fr": f"La lettre seule a {size} octets; la limite est de {limit}",
            },
            where="--max-mb",
            todo={"en": "Ask for more room.", "fr": "Demandez plus de place."},
        )


def pack(name: str, brief: Brief, blobs: Blobs, *, pages: int = PAGES, limit: int = 0) -> Pack:
    """name: one of LETTERS; pages: at most, of the whole file; limit: bytes, 0 for none.

    Pictures are made smaller before an exhibit is left out.  Raises NotReadyError, DoesNotFitError, TooLargeError,
    BundleFaultError.
    """
    ranked = _ranked(name, brief)
    known = known_of(brief.case, brief.exhibits, short=True)
    labels = [e for e in brief.exhibits if e.label in ranked]
    whole = {e.label: render(e, brief.case, blobs, known, brief.language) for e in labels}
    chosen = _that_fit(name, brief, ranked, whole, pages)
    while True:
        here = [e for e in labels if e.label in chosen]
        for side in SIDES:
            shown = [smaller(whole[e.label], side) for e in here]
            made = _set(_letter(name, brief, here), shown, brief)
            if not limit or len(made.pdf) <= limit:
                return Pack(
                    pdf=made.pdf,
                    pages=prove_pack(made.pdf, _starts(made), here, brief.language),
                    enclosed=tuple(e.label for e in here),
                    left_out=tuple(e.label for e in labels if e not in here),
                    side=side,
                    problems=(
                        *(one.problem for one in shown if one.problem),
                        *told_in_words(made.unshown, shown, brief.language),
                    ),
                )
        if not chosen:
            raise TooLargeError(len(made.pdf), limit)
        chosen = chosen[:-1]


def _ranked(name: str, brief: Brief) -> list[str]:
    """Labels that the letter cites, those first that it keeps when it must be short; then what hangs on them."""
    cited = {one.label for one in fit(Writer(name, brief), name).cited}
    found: dict[str, None] = {}
    for drop in range(DROPPED - 1, -1, -1):
        found.update(dict.fromkeys(one.label for one in fit(Writer(name, brief), name, drop).cited))
    ranked = [label for label in found if label in cited]
    messages = {e.message for e in brief.exhibits if e.message and e.label in cited}
    hanging = {e.attachment.sha256 for e in brief.case.evidence if e.message in messages}
    return ranked + [e.label for e in brief.exhibits if e.sha256 in hanging and e.label not in found]


def _that_fit(
    name: str, brief: Brief, ranked: Sequence[str], whole: dict[str, Rendered], pages: int
) -> list[str]:
    """Each in turn, unless the file with it would be too long."""
    chosen: list[str] = []
    for label in ranked:
        here = [e for e in brief.exhibits if e.label in (*chosen, label)]
        made = _set(_letter(name, brief, here), [whole[e.label] for e in here], brief)
        if made.pages <= pages:
            chosen.append(label)
    return chosen


def _letter(name: str, brief: Brief, here: Sequence[Exhibit]) -> Letter:
    """The letter, which names what is in the same file."""
    return fit(Writer(name, msgspec.structs.replace(brief, enclosed=tuple(e.label for e in here))), name)


def _set(letter: Letter, here: Sequence[Rendered], brief: Brief) -> Typeset:
    writer = Writer("bundle", brief)
    foreign = any(one.shown.kind == "pages" for one in here)
    return typeset(
        "pack.typ",
        {
            "letter": all_breakable(msgspec.to_builtins(letter)),
            "exhibits": msgspec.to_builtins([one.shown for one in here]),
            "words": {key: writer.say(f"bundle.{key}") for key in WORDS},
            "described": phrase(brief.language, "pack.described") if foreign else "",
        },
        language=brief.language,
        files={name: data for one in here for name, data in one.files.items()},
        standards=() if foreign else ACCESSIBLE,  # a page of somebody else's PDF is not tagged
        marks=True,
    )


def _starts(made: Typeset) -> dict[str, int]:
    return {str(mark["key"]): int(mark["page"]) for mark in made.marks}
