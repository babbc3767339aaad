"""The dispute on one picture: two lanes, each message a dot on its day, waits as bands, what came again as rings.

The picture says nothing that the rows below it do not say in words; who does not see it misses nothing.
"""

from __future__ import annotations

from datetime import date

import msgspec

from recours.casefile.days import day_of, days_of
from recours.casefile.types import CaseFile, Entry
from recours.papers.formats import day_text, month_text
from recours.words import Language

WIDTH, LEFT, RIGHT = 960, 20, 20  # units of the picture
LANES = {"consumer": 62, "call": 95, "merchant": 128}  # height of each lane
WAIT = 5  # days: a shorter wait is no band


class Dot(msgspec.Struct, frozen=True):
    """x, y: its centre; kind: consumer, merchant or call; again: something was asked again in it; title: in words."""

    x: int
    y: int
    kind: str
    again: bool
    title: str


class Band(msgspec.Struct, frozen=True):
    """A wait.  x, width: where; who: whose answer was waited for; days: how long."""

    x: int
    width: int
    who: str
    days: int


class Tick(msgspec.Struct, frozen=True):
    """A month's first day on the axis."""

    x: int
    text: str


class Chart(msgspec.Struct, frozen=True):
    """What the template draws; first, last: days in words."""

    width: int
    dots: tuple[Dot, ...]
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    first: str
    last: str


def chart(case: CaseFile, language: Language) -> Chart | None:
    """None when fewer than two days are known."""
    days = days_of(case)
    dated = [(day, e) for e in case.dispute if (day := day_of(e, days))]
    if len({day for day, _ in dated}) < 2:
        return None
    first, last = min(d for d, _ in dated), max(d for d, _ in dated)
    span = (last - first).days

    def x(day: date) -> int:
        return LEFT + round((WIDTH - LEFT - RIGHT) * (day - first).days / span)

    again = {q.message for loop in case.measures.loops for q in loop.again}
    dots = tuple(
        Dot(
            x(day),
            LANES[_lane(e)],
            _lane(e),
            e.message.id in again,
            f"{day_text(day, language)}: {e.message.subject or e.message.sender.name}",
        )
        for day, e in dated
        if _lane(e)
    )
    return Chart(
        WIDTH,
        dots,
        tuple(Band(x(a), x(b) - x(a), who, (b - a).days) for a, b, who in _waits(dated)),
        tuple(Tick(x(d), month_text(d, language)) for d in _months(first, last)),
        day_text(first, language),
        day_text(last, language),
    )


def _lane(entry: Entry) -> str:
    if entry.message.kind == "call":
        return "call"
    return {"sent": "consumer", "received": "merchant"}.get(entry.membership.direction, "")


def _waits(dated: list[tuple[date, Entry]]) -> list[tuple[date, date, str]]:
    """From a side's first message that stays without an answer to the other side's next one."""
    found: list[tuple[date, date, str]] = []
    asked: tuple[date, str] | None = None
    for day, entry in dated:
        side = _lane(entry)
        if side == "call" or not side or entry.message.automatic:
            continue
        if asked and asked[1] != side:
            if (day - asked[0]).days >= WAIT:
                found.append((asked[0], day, side))
            asked = (day, side)
        asked = asked or (day, side)
    return found


def _months(first: date, last: date) -> list[date]:
    """First days of the months between, at most twelve of them."""
    found = []
    year, month = first.year, first.month
    while (year, month) < (last.year, last.month):
        month, year = (1, year + 1) if month == 12 else (month + 1, year)
        found.append(date(year, month, 1))
    return found[:: max(1, -(-len(found) // 12))]
