"""Conditions: what the grammar takes, and how it says no."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recours.law.expression import ExpressionError, parse
from recours.law.types import Truth
from recours.law.value import Situation
from recours.money import Money

FACTS = {
    "order.total": Money(Decimal("399.54"), "CAD"),
    "order.date": date(2026, 7, 27),
    "problem.kind": "defective",
    "contract.at_distance": True,
    "consumer.region": "CA-QC",
}
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ('problem.kind == "defective"', "yes"),
        ('problem.kind in {"late", "not_received"}', "no"),
        ("contract.at_distance and not goods.new", "unknown"),
        ("contract.at_distance or goods.new", "yes"),
        ("not contract.at_distance and goods.new", "no"),
        ('order.total > money(50, "CAD")', "yes"),
        ('order.total > money(50, "USD")', "unknown"),  # another currency is not compared
        ("order.date + days(30) < today", "yes"),
        ('order.date < day("2026-07-27")', "no"),
        ("known(goods.new)", "no"),
        ("known(order.date)", "yes"),
        ('consumer.region == "CA-QC"', "yes"),
        ("return.offered", "unknown"),
    ],
)
def test_truths(text: str, truth: Truth) -> None:
    assert Situation.of(FACTS, TODAY, FACTS["order.date"]).truth(parse(text)) == truth  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('x')",
        "problem.kind[0]",
        "lambda: 1",
        "order.total.amount > 3",
        "[x for x in problem.kind]",
        "order.date == 3",
        'problem.kind == "defectiv"',
        "problem.knd",
        "order.total > 50",
        "1 + 1",
        "order.date; order.total",
        'consumer.region == "Quebec"',
        "",
        "order.items",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text, "pack/rules.yaml, rule x, when")


def test_a_near_name_is_suggested_with_its_place() -> None:
    with pytest.raises(ExpressionError) as error:
        parse('problem.knd == "defective"', "ca-qc/rules.yaml, rule x, when")
    assert "problem.kind" in str(error.value)
    assert "ca-qc/rules.yaml" in str(error.value)
