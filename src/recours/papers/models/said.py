"""What each side said and asked in the dispute, for a letter: the merchant's own words apart from those of others who
wrote from its side (a carrier, a platform), and what is only remembered apart from what is written."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from recours.casefile.types import Contradiction, Loop
from recours.papers.writer import Writer
from recours.reading.types import Act
from recours.text import Quote


def acts(writer: Writer, by: str, *names: str) -> tuple[Act, ...]:
    """What one side did in the dispute, in order of time; names: acts of the taxonomy.  A carrier's or a platform's words
    are not the merchant's."""
    return tuple(a for a in _acts(writer, by, names) if by != "merchant" or not other(writer, a.quote))


def said_by_merchant(writer: Writer) -> Iterator[str]:
    """Every act of the merchant itself."""
    for entry in writer.case.dispute:
        yield from (a.act for a in entry.firm_acts if a.by == "merchant" and not other(writer, a.quote))


def from_their_side(writer: Writer, *names: str) -> tuple[Act, ...]:
    """What the merchant or anybody else on its side did; whoever tells it names who."""
    return _acts(writer, "merchant", names)


def loops(writer: Writer) -> tuple[Loop, ...]:
    """What the merchant itself asked for, had, and asked for again."""
    kept = []
    for loop in writer.case.measures.loops:
        again = tuple(quote for quote in loop.again if not other(writer, quote))
        if again and not other(writer, loop.asked):
            kept.append(msgspec.structs.replace(loop, again=again))
    return tuple(kept)


def contradictions(writer: Writer) -> tuple[Contradiction, ...]:
    """Two answers of the merchant itself that do not agree."""
    pairs = writer.case.measures.contradictions
    return tuple(p for p in pairs if not (other(writer, p.first) or other(writer, p.second)))


def other(writer: Writer, quote: Quote) -> str:
    """Who said the words, when they came from the merchant's side and not from the merchant; else ""."""
    message = writer.message(quote)
    return writer.speakers.other(message) if message else ""


def told_to(writer: Writer, quote: Quote) -> str:
    """To whom the buyer said the words, when it was not to the merchant; else ""."""
    message = writer.message(quote)
    return writer.speakers.told(message) if message else ""


def by_machine(writer: Writer, quote: Quote) -> bool:
    """An automatic notice, which goes out whatever happened."""
    message = writer.message(quote)
    return message is not None and message.automatic


def on_the_phone(writer: Writer, quote: Quote) -> str:
    """That it was said on the phone, when a note of a call says so: the buyer's memory is never given as a record."""
    message = writer.message(quote)
    return writer.say("fact.by_phone") if message and message.kind == "call" else ""


def _acts(writer: Writer, by: str, names: tuple[str, ...]) -> tuple[Act, ...]:
    return tuple(a for entry in writer.case.dispute for a in entry.firm_acts if a.by == by and a.act in names)
