"""Counts that can be checked on a paper calendar: holidays of Quebec, week-ends, ends of months, limits that move."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers

from recours.law.calendars import Calendar, easter
from recours.law.deadlines import add, count, deadlines_of
from recours.law.rules import CalendarRule, DeadlineRule, Feast, Unit, load_packs
from recours.law.types import Deadline
from recours.law.value import Situation

PACKS = load_packs()
QUEBEC = Calendar(next(p.head.calendar for p in PACKS.packs if p.head.id == "ca-qc"))
SAYS = {"fr": "jour", "en": "day"}
YEARS = (2025, 2026, 2027)


def counted(start: date, cap: date | None = None, **given: Any) -> Deadline:
    rule = DeadlineRule(**{"id": "d", "who": "consumer", "says": SAYS, **given})
    return count("rule", rule, start, cap, QUEBEC)


@pytest.mark.parametrize(
    ("start", "number", "unit", "expected"),
    [
        (date(2026, 11, 2), 15, "days", date(2026, 11, 17)),
        (date(2026, 12, 20), 15, "days", date(2027, 1, 4)),
        (date(2026, 1, 31), 1, "months", date(2026, 2, 28)),
        (date(2024, 1, 31), 1, "months", date(2024, 2, 29)),
        (date(2026, 3, 31), 1, "months", date(2026, 4, 30)),
        (date(2026, 8, 31), 6, "months", date(2027, 2, 28)),
        (date(2026, 12, 15), 1, "months", date(2027, 1, 15)),
        (date(2026, 2, 28), 1, "months", date(2026, 3, 28)),
        (date(2024, 2, 29), 1, "years", date(2025, 2, 28)),
        (date(2024, 2, 29), 4, "years", date(2028, 2, 29)),
        (date(2026, 9, 16), 3, "years", date(2029, 9, 16)),
        (date(2026, 11, 20), 1, "business_days", date(2026, 11, 23)),
        (date(2026, 6, 23), 1, "business_days", date(2026, 6, 25)),  # 24 June is a holiday
        (date(2026, 12, 24), 2, "business_days", date(2026, 12, 29)),  # Christmas is a Friday
        (date(2026, 4, 2), 1, "business_days", date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 11, 20), 0, "days", date(2026, 11, 20)),
    ],
)
def test_units(start: date, number: int, unit: Unit, expected: date) -> None:
    assert add(start, number, unit, QUEBEC) == expected


@pytest.mark.parametrize(
    "day",
    [
        *[date(year, 1, 1) for year in YEARS],
        date(2025, 4, 18), date(2026, 4, 3), date(2027, 3, 26),  # Good Friday
        date(2025, 4, 21), date(2026, 4, 6), date(2027, 3, 29),  # Easter Monday
        date(2025, 5, 19), date(2026, 5, 18), date(2027, 5, 24),  # Monday before 25 May
        *[date(year, 6, 24) for year in YEARS],
        *[date(year, 7, 1) for year in YEARS],
        date(2025, 9, 1), date(2026, 9, 7), date(2027, 9, 6),
        date(2025, 10, 13), date(2026, 10, 12), date(2027, 10, 11),
        *[date(year, 12, 25) for year in YEARS],
    ],
)  # fmt: skip
def test_holidays_of_quebec(day: date) -> None:
    said = QUEBEC.holiday(day)
    assert said is not None
    assert said["fr"]
    assert said["en"]
    assert not QUEBEC.is_working(day)


@pytest.mark.parametrize("year", YEARS)
def test_quebec_has_no_other_holiday(year: int) -> None:
    """Nine days besides Sundays; not 2 January, Family Day, 30 September, 11 November or Boxing Day."""
    assert len(QUEBEC.holidays(year)) == 9


def test_canada_day_moves_when_it_is_a_sunday() -> None:
    assert date(2029, 7, 1).weekday() == 6
    assert QUEBEC.holiday(date(2029, 7, 2))


ONTARIO = Calendar(next(p.head.calendar for p in PACKS.packs if p.head.id == "ca-on"))
COLUMBIA = Calendar(next(p.head.calendar for p in PACKS.packs if p.head.id == "ca-bc"))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, ["01-01", "02-16", "04-03", "04-06", "05-18", "07-01", "09-07", "10-12", "11-11", "12-25", "12-26"]),
        # New Year's Day and Christmas 2023 / 2022 are Sundays; Christmas 2021 is a Saturday.
        (2023, ["01-01", "01-02", "02-20", "04-07", "04-10", "05-22", "07-01", "09-04", "10-09", "11-11", "12-25", "12-26"]),
        (2022, ["01-01", "02-21", "04-15", "04-18", "05-23", "07-01", "09-05", "10-10", "11-11", "12-25", "12-26", "12-27"]),
        (2021, ["01-01", "02-15", "04-02", "04-05", "05-24", "07-01", "09-06", "10-11", "11-11", "12-25", "12-26", "12-27"]),
    ],
)  # fmt: skip
def test_holidays_of_ontario(year: int, days: list[str]) -> None:
    """Legislation Act, 2006, s. 88(2) to (5)."""
    assert [f"{d:%m-%d}" for d in ONTARIO.holidays(year)] == days


def test_holidays_of_british_columbia() -> None:
    """Interpretation Act, s. 29, with Family Day and 30 September."""
    found = [f"{d:%m-%d}" for d in COLUMBIA.holidays(2026)]
    assert found == [
        "01-01", "02-16", "04-03", "04-06", "05-18", "07-01", "08-03", "09-07", "09-30", "10-12", "11-11", "12-25", "12-26",
    ]  # fmt: skip


def test_a_day_proclaimed_once_is_a_holiday_that_year_only() -> None:
    once = Feast(says=SAYS, month=9, day=19, year=2022)
    days = Calendar(CalendarRule(country="CA", subdivision="QC", add=(once,)))
    assert [days.holiday(date(y, 9, 19)) is not None for y in (2021, 2022, 2023)] == [False, True, False]


@pytest.mark.parametrize(
    ("asked", "statement", "number", "expected"),
    [
        (date(2026, 11, 19), date(2026, 9, 12), 2, date(2027, 2, 12)),  # 12 December ends the one that runs
        (date(2026, 11, 12), date(2026, 9, 12), 2, date(2027, 1, 12)),  # asked on the closing day
        (date(2026, 11, 13), date(2026, 9, 12), 2, date(2027, 2, 12)),
        (date(2026, 1, 30), date(2025, 12, 31), 2, date(2026, 3, 31)),  # the last day of each month
        (date(2026, 2, 1), date(2025, 12, 31), 1, date(2026, 3, 31)),
        (date(2025, 6, 20), date(2026, 3, 5), 2, date(2025, 9, 5)),  # a later statement tells the day as well
    ],
)
def test_whole_statement_periods(asked: date, statement: date, number: int, expected: date) -> None:
    assert add(asked, number, "statement_periods", QUEBEC, statement) == expected


@given(
    asked=dates(date(2020, 1, 1), date(2030, 1, 1)),
    statement=dates(date(2020, 1, 1), date(2030, 1, 1)),
    number=integers(1, 4),
)
def test_statement_periods_are_whole(asked: date, statement: date, number: int) -> None:
    """n whole periods take at least n shortest months and at most n + 1 longest ones; the day is the statement's."""
    end = add(asked, number, "statement_periods", QUEBEC, statement)
    assert 28 * number <= (end - asked).days <= 31 * (number + 1)
    assert end.day == min(statement.day, monthrange(end.year, end.month)[1])


@pytest.mark.parametrize(
    "sunday", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)]
)
def test_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


# In Quebec a Sunday and a holiday move the limit, a Saturday does not; for the other side's time every closed day does.
TABLE = [
    # who, start, days, raw, last, safe
    ("consumer", date(2026, 11, 2), 15, date(2026, 11, 17), date(2026, 11, 17), date(2026, 11, 17)),
    ("consumer", date(2026, 10, 30), 15, date(2026, 11, 14), date(2026, 11, 14), date(2026, 11, 13)),  # Saturday
    ("consumer", date(2026, 10, 31), 15, date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 13)),  # Sunday
    ("consumer", date(2026, 6, 9), 15, date(2026, 6, 24), date(2026, 6, 25), date(2026, 6, 23)),  # 24 June
    ("consumer", date(2027, 3, 11), 15, date(2027, 3, 26), date(2027, 3, 27), date(2027, 3, 25)),  # Good Friday
    ("consumer", date(2026, 3, 21), 15, date(2026, 4, 5), date(2026, 4, 7), date(2026, 4, 2)),  # Easter
    ("consumer", date(2025, 6, 16), 15, date(2025, 7, 1), date(2025, 7, 2), date(2025, 6, 30)),  # Canada Day
    ("consumer", date(2026, 12, 10), 15, date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 24)),
    ("merchant", date(2026, 10, 30), 15, date(2026, 11, 14), date(2026, 11, 16), date(2026, 11, 16)),
    ("merchant", date(2026, 3, 21), 15, date(2026, 4, 5), date(2026, 4, 7), date(2026, 4, 7)),
    ("issuer", date(2026, 11, 19), 30, date(2026, 12, 19), date(2026, 12, 21), date(2026, 12, 21)),
]  # fmt: skip


@pytest.mark.parametrize(("who", "start", "number", "raw", "last", "safe"), TABLE)
def test_raw_last_safe(who: str, start: date, number: int, raw: date, last: date, safe: date) -> None:
    found = counted(start, who=who, number=number)
    assert (found.raw, found.last, found.safe) == (raw, last, safe)


def test_margin_is_kept_in_hand_and_ends_on_a_working_day() -> None:
    found = counted(date(2026, 9, 15), number=120, margin=10, moved_on=())
    assert (found.raw, found.last) == (date(2027, 1, 13), date(2027, 1, 13))
    assert found.safe == date(2026, 12, 31)  # 3 January is a Sunday, the 1st a holiday
    assert "10 days in hand" in found.steps[-1].says["en"]


def test_safe_day_is_not_before_the_count_begins() -> None:
    assert counted(date(2026, 11, 21), number=3, margin=10).safe == date(2026, 11, 21)


def test_outer_limit_comes_first() -> None:
    found = counted(date(2026, 9, 1), number=120, cap=date(2026, 10, 1), moved_on=())
    assert found.raw == found.last == date(2026, 10, 1)
    assert any("outer limit" in step.says["en"] for step in found.steps)


def test_limit_over_before_its_start_has_its_safe_day_before_it() -> None:
    """A refund promised for a day after the network's outer limit."""
    found = counted(date(2028, 6, 1), number=120, margin=10, cap=date(2028, 3, 1), moved_on=())
    assert found.raw == date(2028, 3, 1)
    assert found.safe == date(2028, 2, 18)  # ten days before is a Sunday


def test_first_day_is_not_moved() -> None:
    found = counted(date(2026, 11, 13), number=1, kind="first_day")
    assert found.raw == found.last == found.safe == date(2026, 11, 14)


def test_tells_the_holidays_that_it_met() -> None:
    told = [step.says["en"] for step in counted(date(2026, 3, 21), number=15, who="merchant").steps]
    assert told[0] == "start, not counted"
    assert "15 days later" in told
    assert any(line.startswith("holiday:") for line in told)
    assert told[-1] == "moved to the next open day"


def test_after_counts_from_the_day_to_which_the_other_side_s_time_moved() -> None:
    rule, compiled = PACKS.by_id["qc.statutory_chargeback"], PACKS.compiled["qc.statutory_chargeback"]
    today = date(2026, 11, 20)
    assert deadlines_of(rule, compiled, Situation.of({}, today, None), QUEBEC) == {}
    facts = {"cancellation.sent_on": date(2026, 10, 30)}
    found = deadlines_of(rule, compiled, Situation.of(facts, today, None), QUEBEC)
    assert found["refund_over"].last == date(2026, 11, 16)  # the 15th day is a Saturday
    assert found["chargeback_first"].raw == date(2026, 11, 17)
    assert found["chargeback_last"].raw == date(2026, 10, 30) + timedelta(75)


@pytest.mark.parametrize(
    ("facts", "raw"),
    [
        ({"order.date": date(2026, 8, 10)}, date(2026, 12, 8)),
        ({"order.date": date(2026, 8, 10), "delivery.promised_on": date(2026, 9, 15)}, date(2027, 1, 13)),
        ({"order.date": date(2026, 8, 10), "delivery.promised_on": date(2026, 8, 1)}, date(2026, 12, 8)),
        ({"order.date": date(2026, 8, 10), "delivery.promised_on": date(2028, 1, 1)}, date(2028, 2, 1)),
    ],
)
def test_visa_13_1_from_the_later_start_to_540_days_from_the_order(facts: dict[str, date], raw: date) -> None:
    rule, compiled = PACKS.by_id["visa.13_1"], PACKS.compiled["visa.13_1"]
    found = deadlines_of(rule, compiled, Situation.of(facts, date(2026, 11, 20), None), QUEBEC)
    assert found["visa_13_1_last"].raw == raw


def test_without_a_calendar_only_week_ends_are_not_working() -> None:
    plain = Calendar(CalendarRule())
    assert plain.is_working(date(2026, 12, 25))
    assert not plain.is_working(date(2026, 12, 26))
