"""Interest on what is owed: only where a rule that may be cited gives it, from the day that it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recours.casefile.types import FactValue
from recours.law.evaluate import decide
from recours.law.interest import interest
from recours.law.rules import load_packs
from recours.money import Money

PACKS = load_packs()
QUEBEC: dict[str, FactValue | None] = {
    "consumer.region": "CA-QC",
    "consumer.country": "CA",
    "demand.sent_on": date(2026, 11, 1),
    "demand.received_on": date(2026, 11, 5),
}
OWED = Money(Decimal("399.54"), "CAD")


@pytest.mark.parametrize(
    ("today", "days", "amount"),
    [
        (date(2026, 12, 20), 45, "2.46"),
        (date(2027, 11, 5), 365, "19.98"),
        (date(2026, 11, 6), 1, "0.05"),
    ],
)
def test_five_per_cent_a_year_in_quebec(today: date, days: int, amount: str) -> None:
    """Art. 1617: from the reception of the demand, which is not counted."""
    found = interest(OWED, decide(QUEBEC, today, None, PACKS).rights, today)
    assert found is not None
    assert (found.days, found.amount, found.right.rule) == (
        days,
        Money(Decimal(amount), "CAD"),
        "qc.ccq.1617",
    )


@pytest.mark.parametrize(
    "facts",
    [
        QUEBEC | {"demand.received_on": None},
        QUEBEC | {"demand.received_on": date(2026, 12, 20)},  # received today
        QUEBEC | {"consumer.region": "CA-ON"},  # no rate is known there
    ],
)
def test_no_interest_without_its_day_or_its_rule(facts: dict[str, FactValue | None]) -> None:
    today = date(2026, 12, 20)
    assert interest(OWED, decide(facts, today, None, PACKS).rights, today) is None
