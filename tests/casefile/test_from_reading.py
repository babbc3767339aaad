"""What was read becomes facts: values that contradict each other stay side by side, and a near tie is a question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recours.casefile.events import KeptFinding
from recours.casefile.from_reading import facts_from
from recours.casefile.types import FactStatus
from recours.money import Money
from recours.reading.types import Finding, Value
from recours.text import Quote


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def found(name: str, value: Value, sure: float, part: str = "") -> KeptFinding:
    words = str(value)
    quote = Quote(message=f"{words}@x.example", start=0, end=len(words), text=words, part=part)
    return KeptFinding.of(Finding(name=name, value=value, quote=quote, by="test", confidence=sure))


TIES: list[tuple[str, list[tuple[Value, float]], FactStatus, int]] = [
    ("order.total", [(euros("90"), 0.95)], "read", 0),
    ("order.total", [(euros("90"), 0.95), (euros("90"), 0.9)], "read", 0),
    ("order.total", [(euros("90"), 0.95), (euros("84"), 0.6)], "read", 1),
    ("order.total", [(euros("90"), 0.95), (euros("84"), 0.9)], "disputed", 1),
    ("order.date", [(date(2026, 3, 2), 0.9), (date(2026, 2, 3), 0.9)], "disputed", 1),
    ("delivery.promised_on", [(date(2026, 3, 9), 0.9), (date(2026, 3, 30), 0.7)], "read", 1),
    ("order.number", [("AB-1204", 0.9), ("AB-1204-2", 0.9)], "read", 1),
    ("merchant.name", [("Maison Tilleul", 0.8), ("Tilleul SAS", 0.8)], "read", 1),
    ("merchant.name", [("Maison Tilleul", 0.8), ("Colis Express", 0.75)], "disputed", 1),
    ("problem.kind", [("late", 0.5), ("defective", 0.5)], "disputed", 1),
]


@pytest.mark.parametrize(("name", "claims", "status", "others"), TIES)
def test_what_was_also_said_is_never_dropped(
    name: str, claims: list[tuple[Value, float]], status: FactStatus, others: int
) -> None:
    fact = facts_from([found(name, value, sure) for value, sure in claims])[name]
    assert (fact.value, fact.status, len(fact.others)) == (claims[0][0], status, others)
    assert all(other.quote.text == str(other.value) for other in fact.others)


def test_words_of_a_picture_wait_for_the_person() -> None:
    kept = found("order.total", euros("90"), 0.9, part="receipt.jpg")
    assert facts_from([kept], recognised=["receipt.jpg"])["order.total"].status == "recognised"
