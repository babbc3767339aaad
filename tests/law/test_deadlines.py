"""Days counted: the raw day, the last day as the law moves it, the safe day for the consumer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.law.calendars import Calendar, easter
from recours.law.deadlines import add, count
from recours.law.rules import DeadlineRule, load_packs

QUEBEC = Calendar(next(p for p in load_packs().packs if p.head.id == "ca-qc").head.calendar)
WORDS = {"fr": "délai", "en": "time"}


def rule(number: int, unit: str = "days", who: str = "consumer", **more: object) -> DeadlineRule:
    return DeadlineRule(id="x", who=who, says=WORDS, number=number, unit=unit, start="order.date", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "number", "unit", "raw"),
    [
        ("2026-11-02", 15, "days", "2026-11-17"),
        ("2026-01-31", 1, "months", "2026-02-28"),
        ("2028-01-31", 1, "months", "2028-02-29"),
        ("2024-02-29", 3, "years", "2027-02-28"),
        ("2026-12-24", 3, "business_days", "2026-12-30"),  # 25 December is a holiday, then a week-end
    ],
)
def test_units(start: str, number: int, unit: str, raw: str) -> None:
    assert add(date.fromisoformat(start), number, unit, QUEBEC) == date.fromisoformat(raw)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "number", "raw", "last", "safe"),
    [
        ("2026-06-14", 10, "2026-06-24", "2026-06-25", "2026-06-23"),  # Fête nationale
        ("2026-03-27", 10, "2026-04-06", "2026-04-07", "2026-04-02"),  # Easter Monday, after Good Friday
        ("2026-12-15", 10, "2026-12-25", "2026-12-26", "2026-12-24"),  # Christmas; Saturday does not move it
        ("2026-10-31", 15, "2026-11-15", "2026-11-16", "2026-11-13"),  # a Sunday
        ("2026-11-13", 15, "2026-11-28", "2026-11-28", "2026-11-27"),  # a Saturday
        ("2026-11-03", 15, "2026-11-18", "2026-11-18", "2026-11-18"),
    ],
)
def test_quebec_moves_sundays_and_holidays(start: str, number: int, raw: str, last: str, safe: str) -> None:
    """Interpretation Act (CQLR, c. I-16), ss. 52 and 61(23)."""
    found = count("x", rule(number), date.fromisoformat(start), None, QUEBEC)
    assert (found.raw, found.last, found.safe) == tuple(date.fromisoformat(d) for d in (raw, last, safe))


@given(
    start=st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)),
    number=st.integers(min_value=1, max_value=400),
    unit=st.sampled_from(["days", "business_days", "months"]),
)
def test_safe_is_never_after_raw_nor_last_before(start: date, number: int, unit: str) -> None:
    found = count("x", rule(number % 36 + 1 if unit == "months" else number, unit), start, None, QUEBEC)
    assert found.safe <= found.raw <= found.last
    assert QUEBEC.is_working(found.safe) or found.safe == start  # never before the time began
    assert found.steps[0].day == start
    assert all(step.says["fr"] and step.says["en"] for step in found.steps)


@given(
    start=st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)),
    later=st.integers(min_value=0, max_value=60),
    number=st.integers(min_value=1, max_value=200),
)
def test_starting_later_never_ends_sooner(start: date, later: int, number: int) -> None:
    first = count("x", rule(number), start, None, QUEBEC)
    second = count("x", rule(number), start + timedelta(days=later), None, QUEBEC)
    assert first.raw <= second.raw
    assert first.last <= second.last
    assert first.safe <= second.safe


@pytest.mark.parametrize(
    ("year", "day"), [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2027, "2027-03-28")]
)
def test_easter(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(day)
