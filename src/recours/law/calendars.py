"""Which days are holidays in law, and which days are open.

The ``holidays`` library knows labour holidays; a pack drops what its statute lacks and adds what it has more.  Names are
never matched: a feast is told by its date.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from recours.law.rules import CalendarRule, Feast, Moves
from recours.law.types import Words

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(1)
LIBRARY_LANGUAGES = {"fr": "fr", "en": "en_CA"}


class Calendar:
    """The days of a pack."""

    def __init__(self, rule: CalendarRule) -> None:
        self.rule = rule
        self._years: dict[int, dict[date, Words]] = {}

    def holidays(self, year: int) -> dict[date, Words]:
        """Legal holidays of a year, with their names; Sundays are not listed."""
        if year not in self._years:
            self._years[year] = _holidays(self.rule, year)
        return self._years[year]

    def holiday(self, day: date) -> Words | None:
        """The holiday's name, None on other days."""
        return self.holidays(day.year).get(day)

    def is_working(self, day: date) -> bool:
        """Neither Saturday, Sunday nor holiday."""
        return day.weekday() < SATURDAY and self.holiday(day) is None

    def closed(self, day: date, on: tuple[Moves, ...]) -> bool:
        """Whether the day is of a kind on which a limit moves."""
        return (
            ("saturday" in on and day.weekday() == SATURDAY)
            or ("sunday" in on and day.weekday() == SUNDAY)
            or ("holiday" in on and self.holiday(day) is not None)
        )

    def next_open(self, day: date, on: tuple[Moves, ...]) -> date:
        """The day itself, or the next one that is not closed."""
        while self.closed(day, on):
            day += ONE_DAY
        return day

    def last_working(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add_working(self, day: date, number: int) -> date:
        """The n-th working day after a day."""
        while number:
            day += ONE_DAY
            number -= self.is_working(day)
        return day


def easter(year: int) -> date:
    """Easter Sunday, Gregorian (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def day_of(feast: Feast, year: int) -> date:
    """The feast's day in a year."""
    if feast.easter is not None:
        return easter(year) + timedelta(feast.easter)
    if feast.weekday is None:
        day = date(year, feast.month, feast.day)
        return day + ONE_DAY if feast.if_sunday == "next_day" and day.weekday() == SUNDAY else day
    if feast.before:
        day = date(year, feast.month, feast.day) - ONE_DAY
        return day - timedelta((day.weekday() - feast.weekday) % 7)
    if feast.nth < 0:
        end = date(year + feast.month // 12, feast.month % 12 + 1, 1) - ONE_DAY
        return end - timedelta((end.weekday() - feast.weekday) % 7 + 7 * (-feast.nth - 1))
    first = date(year, feast.month, 1)
    return first + timedelta((feast.weekday - first.weekday()) % 7 + 7 * (feast.nth - 1))


def _holidays(rule: CalendarRule, year: int) -> dict[date, Words]:
    days = dict(_library(rule.country, rule.subdivision, year)) if rule.country else {}
    for feast in rule.drop:
        days.pop(day_of(feast, year), None)
    for feast in rule.add:
        day = day_of(feast, year)
        if feast.year in (0, year) and (not feast.only_on or day.weekday() in feast.only_on):
            days[day] = feast.says
    return dict(sorted(days.items()))


@cache
def _library(country: str, subdivision: str, year: int) -> dict[date, Words]:
    days: dict[date, Words] = {}
    for language, code in LIBRARY_LANGUAGES.items():
        found = holidays.country_holidays(
            country, subdiv=subdivision or None, years=year, observed=False, language=code
        )
        for day, name in found.items():
            days.setdefault(day, {})[language] = name
    return days
