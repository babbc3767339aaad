"""Days written in French or English, found in running text with their exact offsets.

A day that needs a year, or that is told from today ("yesterday", "vendredi prochain"), is counted from
``context``, the local day of the message.  ``06/12/2024`` has two readings: both are returned, and only
evidence of the place (``order``) chooses.  What no calendar has (31 June) is not a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

import msgspec

from recours.reading.calendar_words import DAY_OF, MONTH_OF, either
from recours.reading.spelled import NUMBER, ORDINAL, spelled
from recours.reading.told_days import RULES as TOLD
from recours.text import same_length_fold

Order = Literal["dmy", "mdy", ""]

_M = rf"(?P<month>{either(MONTH_OF)})\b\.?"
_D = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
_Y = r"(?:(?:,\s*|\s+)(?P<year>(?:19|20)\d\d))?(?![\d])"
_WEEKDAY = rf"(?:(?:{either(DAY_OF)}|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|lun|mer|jeu|ven|sam|dim)\b\.?,?\s+)?"
_THEN = r"\s*(?:-|–|—|to|and|et|au|a)\s*(?:le\s+)?"
_IN_WORDS = rf"(?P<day>{ORDINAL})"
_NOT_DAYS = r"(?!\s*(?:%|days?|jours?|business|working|hours?|heures?|h\b|\$|€|£))"


class FoundDate(msgspec.Struct, frozen=True):
    """A day in text[start:end].  days: one reading, or two when day and month could change places;
    first: the first day of a range whose last day is ``days[0]``; said: how ("full", "no_year", "told")."""

    start: int
    end: int
    days: tuple[date, ...]
    said: Literal["full", "no_year", "told"]
    first: date | None = None

    @property
    def day(self) -> date | None:
        """The day, None while two readings are possible."""
        return self.days[0] if len(self.days) == 1 else None


def find_dates(text: str, context: date | None = None, order: Order = "") -> tuple[FoundDate, ...]:
    """Text, the message's local day, the place's order of numeric dates -> days in reading order, none overlapping.

    Of overlapping readings the longest wins.  A range is one day: its last.
    """
    folded = same_length_fold(text)
    found: list[FoundDate] = []
    for pattern, make in _RULES:
        for match in pattern.finditer(folded):
            made = make(match, context)
            if made:
                found.append(made)
    if context:
        found += _told(folded, context)
    chosen: list[FoundDate] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= c.start or one.start >= c.end for c in chosen):
            chosen.append(one)
    chosen.sort(key=lambda f: f.start)
    return tuple(choose(f, order) for f in _ranges(chosen, folded))


def _told(folded: str, context: date) -> Iterator[FoundDate]:
    for pattern, make in TOLD:
        for match in pattern.finditer(folded):
            if day := make(match, context):
                yield FoundDate(match.start(), match.end(), (day,), "told")


def choose(found: FoundDate, order: Order) -> FoundDate:
    """Two readings and the place's order -> one reading; without order the two stay."""
    if len(found.days) == 1 or not order:
        return found
    return msgspec.structs.replace(found, days=(found.days[0 if order == "dmy" else 1],))


def _ranges(found: list[FoundDate], folded: str) -> Iterator[FoundDate]:
    joined = re.compile(_THEN)
    waiting: FoundDate | None = None
    for one in found:
        if waiting and waiting.said != "told" and one.said != "told":
            between = folded[waiting.end : one.start]
            if joined.fullmatch(between) and waiting.days[0] <= one.days[0]:
                one = FoundDate(waiting.start, one.end, one.days, one.said, waiting.days[0])
                waiting = None
        if waiting:
            yield waiting
        waiting = one
    if waiting:
        yield waiting


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, context: date) -> date | None:
    days = [d for y in (-1, 0, 1) if (d := _date(context.year + y, month, day))]
    return min(days, key=lambda d: abs((d - context).days), default=None)


def _named(match: re.Match[str], context: date | None) -> FoundDate | None:
    written, year = match["day"], match["year"]
    month, day = MONTH_OF[match["month"]], int(written) if written.isdigit() else spelled(written)
    if day is None:
        return None
    made = None
    if year:
        made = _date(int(year), month, day)
    elif context:
        made = _nearest(month, day, context)
    if not made:
        return None
    first = None
    if "first" in match.re.groupindex and match["first"]:
        first = _date(made.year, made.month, int(match["first"]))
    return FoundDate(match.start(), match.end(), (made,), "full" if year else "no_year", first)


def _iso(match: re.Match[str], _context: date | None) -> FoundDate | None:
    made = _date(int(match[1]), int(match[2]), int(match[3]))
    return FoundDate(match.start(), match.end(), (made,), "full") if made else None


def _numeric(match: re.Match[str], _context: date | None) -> FoundDate | None:
    a, b, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 100 else 0
    both = (_date(year, b, a), _date(year, a, b))
    days = tuple(dict.fromkeys(d for d in both if d))
    return FoundDate(match.start(), match.end(), days, "full") if days else None


_Make = Callable[[re.Match[str], date | None], FoundDate | None]
_RULES: tuple[tuple[re.Pattern[str], _Make], ...] = (
    (re.compile(r"(?<![\d/.-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d|[-/.]\d)"), _iso),
    (re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2((?:20)?\d\d)(?!\d|[-/.]\d)"), _numeric),
    (
        re.compile(
            rf"{_WEEKDAY}(?<![\w/-])(?:(?P<first>\d{{1,2}})(?:er|st|nd|rd|th)?{_THEN})?{_D}\s+(?:of\s+|de\s+)?{_M}{_Y}"
        ),
        _named,
    ),
    (
        re.compile(
            rf"{_WEEKDAY}\b{_M}\s+(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th)?{_THEN})?{_D}{_NOT_DAYS}{_Y}(?!:\d)"
        ),
        _named,
    ),
    (re.compile(rf"{_WEEKDAY}\b(?:le\s+)(?P<day>premier|{NUMBER})\s+{_M}{_Y}"), _named),
    (re.compile(rf"{_WEEKDAY}{_IN_WORDS}\s+of\s+{_M}{_Y}"), _named),
    (re.compile(rf"\b(?:on|by|until|before|from|since|till)\s+{_M}\s+(?:the\s+)?{_IN_WORDS}{_Y}"), _named),
    (re.compile(rf"(?<![\w/-])(?P<day>\d{{1,2}})[-./]{_M}[-./](?P<year>(?:19|20)\d\d)(?!\d)"), _named),
)
