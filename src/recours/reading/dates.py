"""Days written in French or English, found in running text with their exact offsets.

A day that needs a year, or that is told from today ("yesterday", "vendredi prochain"), is counted from
``context``, the local day of the message.  ``06/12/2024`` has two readings: both are returned, and only
evidence of the place (``order``) chooses.  What no calendar has (31 June) is not a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from recours.text import same_length_fold

Order = Literal["dmy", "mdy", ""]

_MONTHS = {
    1: "january janvier janv jan",
    2: "february fevrier fevr fev feb",
    3: "march mars mar",
    4: "april avril apr avr",
    5: "may mai",
    6: "june juin jun",
    7: "july juillet juil jul",
    8: "august aout aug",
    9: "september septembre sept sep",
    10: "october octobre oct",
    11: "november novembre nov",
    12: "december decembre dec",
}
_WEEKDAYS = {
    0: "monday lundi",
    1: "tuesday mardi",
    2: "wednesday mercredi",
    3: "thursday jeudi",
    4: "friday vendredi",
    5: "saturday samedi",
    6: "sunday dimanche",
}
_NUMBERS = {
    "one": 1, "un": 1, "une": 1, "two": 2, "deux": 2, "three": 3, "trois": 3, "four": 4, "quatre": 4, "five": 5,
    "cinq": 5, "six": 6, "seven": 7, "sept": 7, "eight": 8, "huit": 8, "nine": 9, "neuf": 9, "ten": 10, "dix": 10,
    "fifteen": 15, "quinze": 15, "twenty": 20, "vingt": 20, "thirty": 30, "trente": 30,
}  # fmt: skip
_WORD_DAYS = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "aujourd'hui": 0,
    "ce matin": 0, "ce soir": 0, "cet apres-midi": 0, "yesterday": -1, "last night": -1, "hier": -1, "hier soir": -1,
    "avant-hier": -2, "tomorrow": 1, "demain": 1, "apres-demain": 2,
}  # fmt: skip
_UNITS = {
    "business day": "work", "working day": "work", "jour ouvrable": "work", "jours ouvrables": "work",
    "jour ouvre": "work", "jours ouvres": "work", "jours d'affaires": "work", "jour d'affaires": "work",
    "business days": "work", "working days": "work", "day": "day", "days": "day", "jour": "day", "jours": "day",
    "week": "week", "weeks": "week", "semaine": "week", "semaines": "week", "hours": "hour", "heures": "hour",
    "hrs": "hour",
}  # fmt: skip

_MONTH_OF = {name: n for n, names in _MONTHS.items() for name in names.split()}
_DAY_OF = {name: n for n, names in _WEEKDAYS.items() for name in names.split()}


def _either(names: dict[str, int] | dict[str, str]) -> str:
    return "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))


_M = rf"(?P<month>{_either(_MONTH_OF)})\b\.?"
_D = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
_Y = r"(?:(?:,\s*|\s+)(?P<year>(?:19|20)\d\d))?(?![\d])"
_WEEKDAY = rf"(?:(?:{_either(_DAY_OF)}|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|lun|mer|jeu|ven|sam|dim)\b\.?,?\s+)?"
_THEN = r"\s*(?:-|–|—|to|and|et|au|a)\s*(?:le\s+)?"
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
    chosen: list[FoundDate] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= c.start or one.start >= c.end for c in chosen):
            chosen.append(one)
    chosen.sort(key=lambda f: f.start)
    return tuple(choose(f, order) for f in _ranges(chosen, folded))


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
    month, day, year = _MONTH_OF[match["month"]], int(match["day"]), match["year"]
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


def _word(match: re.Match[str], context: date | None) -> FoundDate | None:
    if not context:
        return None
    shift = _WORD_DAYS[re.sub(r"\s+", " ", match[0])]
    return FoundDate(match.start(), match.end(), (context + timedelta(days=shift),), "told")


def _weekday(match: re.Match[str], context: date | None) -> FoundDate | None:
    """Next: the first such day after the message; last: the latest before it."""
    if not context:
        return None
    wanted = _DAY_OF[match["weekday"]]
    ahead = (wanted - context.weekday()) % 7 or 7
    if match["last"]:
        back = (context.weekday() - wanted) % 7 or 7
        return FoundDate(match.start(), match.end(), (context - timedelta(days=back),), "told")
    return FoundDate(match.start(), match.end(), (context + timedelta(days=ahead),), "told")


def _ordinal(match: re.Match[str], context: date | None) -> FoundDate | None:
    """ "on the 12th": the latest 12th up to the message."""
    if not context:
        return None
    day = int(match["day"])
    made = _date(context.year, context.month, day)
    if not made or made > context:
        last = context.replace(day=1) - timedelta(days=1)
        made = _date(last.year, last.month, day)
    return FoundDate(match.start(), match.end(), (made,), "told") if made else None


def add_work_days(start: date, count: int) -> date:
    """Monday to Friday after ``start``; holidays are the law packs' affair, not reading's."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _within(match: re.Match[str], context: date | None) -> FoundDate | None:
    if not context:
        return None
    said = match["count"]
    count = int(said) if said.isdigit() else _NUMBERS[said]
    if count > 400:
        return None
    unit = _UNITS[re.sub(r"\s+", " ", match["unit"])]
    if unit == "work":
        made = add_work_days(context, count)
    else:
        days = {"day": count, "week": 7 * count, "hour": -(-count // 24)}[unit]
        made = context + timedelta(days=days)
    return FoundDate(match.start(), match.end(), (made,), "told")


_Make = Callable[[re.Match[str], date | None], FoundDate | None]
_COUNT = rf"(?:\d{{1,2}}\s*(?:-|–|a|to|et|or|ou)\s*)?(?P<count>\d{{1,3}}|{_either(_NUMBERS)})"
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
    (re.compile(rf"\b(?:{_either(_WORD_DAYS)})\b"), _word),
    (
        re.compile(
            rf"\b(?:(?P<last>last\s+)|next\s+|this\s+(?:coming\s+)?)(?P<weekday>{_either(_DAY_OF)})\b"
        ),
        _weekday,
    ),
    (
        re.compile(rf"\b(?P<weekday>{_either(_DAY_OF)})\s+(?:prochain\b|(?P<last>dernier\b|passe\b))"),
        _weekday,
    ),
    (re.compile(r"\bon\s+the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b"), _ordinal),
    (
        re.compile(
            rf"\b(?:within|in|d'ici|dans|sous|en)\s+(?:the\s+next\s+|les\s+|un\s+delai\s+(?:maximal\s+)?de\s+)?"
            rf"{_COUNT}\s*(?:\(\d+\)\s*)?(?P<unit>{_either(_UNITS)})\b"
        ),
        _within,
    ),
)
