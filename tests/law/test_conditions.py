"""What may stand in a rule's condition, what may not, and where the error points."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from recours.law.expression import ExpressionError, parse, parse_date_term
from recours.law.tree import facts_in
from recours.law.types import Truth
from recours.law.value import Situation
from recours.money import Money

TODAY = date(2026, 11, 20)


def truth(text: str, **facts: Any) -> Truth:
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return Situation.of(named, TODAY, date(2026, 9, 8)).truth(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "consumer.is_consumer.upper()",
        "len(order.items) > 3",
        "eval('1')",
        "__import__('os')",
        "(lambda: True)()",
        "lambda: True",
        "order.items[0] == 'a'",
        "[x for x in order.items]",
        "True if goods.new else False",
        "(x := True)",
        "f'{order.items}' == 'a'",
        "order.total + order.total > money(1, 'CAD')",
        "order.total * 2 > money(1, 'CAD')",
        "-order.total > money(1, 'CAD')",
        "order.date + 30 < today",
        "order.date + days(order.date) < today",
        "goods.new is True",
        "order.items",
        "problem.kind",
        "'text'",
        "1",
        "{}",
        "*goods.new",
        "await goods.new",
        "goods.new & consumer.is_consumer",
        "goods.new; goods.new",
        "import os",
        "known('goods.new')",
        "known(goods.new, goods.kind)",
        "known(fact=goods.new)",
        "order.total > money(order.total, 50, 'CAD')",
        "order.total > money(True, 'CAD')",
        "order.total > money(50, 'dollars')",
        "order.total > money('50', 'CAD')",
        "order.date + days(True) < today",
        "order.date < day('2026-02-30')",
        "order.date < day(2026, 2, 28)",
        "order.total == 50",
        "order.total in {50}",
        "order.total in {'50 CAD'}",
        "goods.new in {True}",
        "problem.kind in {1}",
        "problem.kind in {goods.kind}",
        "problem.kind in 'defective'",
        "problem.kind < 'defective'",
        "goods.new > False",
        "order.date == '2026-01-01'",
        "consumer.region == 'Quebec'",
        "consumer.country in {'Canada'}",
        "",
        "and",
        "goods.new and",
        "goods.new\x00",
    ],
)
def test_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ExpressionError) as error:
        parse(text, "ca-qc/rules.yaml, qc.x, when")
    assert error.value.where.startswith("ca-qc/rules.yaml, qc.x, when, column ")


@pytest.mark.parametrize(
    ("text", "column", "todo"),
    [
        ("goods.new and consumer.is_consumr", 15, "consumer.is_consumer"),
        ("return.offered and consumer.is_consumr", 20, "consumer.is_consumer"),
        ('problem.kind == "defectiv"', 17, "defective"),
        ('problem.kind in {"late", "defectve"}', 26, "defective"),
        ("order.total", 1, "Compare"),
        ("today + 30 < today", 1, "days(30)"),
        ("goods.new and maybe(goods.new)", 15, ""),
        ("goods.new == sure(goods.new)", 14, "known(x)"),
    ],
)
def test_says_the_column_and_what_was_meant(text: str, column: int, todo: str) -> None:
    with pytest.raises(ExpressionError) as error:
        parse(text)
    assert error.value.where == f"column {column}"
    assert todo in error.value.todo["en"]
    assert error.value.told("fr") != error.value.told("en")


def test_a_name_like_none_has_no_suggestion() -> None:
    with pytest.raises(ExpressionError) as error:
        parse("weather.is_fine_tonight_in_town")
    assert error.value.todo["en"] == ""


def test_a_named_condition_of_the_pack_is_used_and_a_near_one_is_suggested() -> None:
    terms = {"overdue_now": parse("delivery.promised_on + days(30) < today")}
    used = set(facts_in(parse("overdue_now and goods.new", terms=terms)))
    assert used == {"delivery.promised_on", "today", "goods.new"}
    with pytest.raises(ExpressionError) as error:
        parse("overdue_no and goods.new", terms=terms)
    assert "overdue_now" in error.value.todo["en"]


def test_a_fact_may_begin_with_a_word_of_python() -> None:
    found = list(facts_in(parse("return.offered or return.refused_on <= today")))
    assert found == ["return.offered", "return.refused_on", "today"]


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("goods.new", {"goods__new": True}, "yes"),
        ("not goods.new", {"goods__new": True}, "no"),
        ("not goods.new", {}, "unknown"),
        ("goods.new and consumer.is_consumer", {"goods__new": False}, "no"),
        ("goods.new and consumer.is_consumer", {"goods__new": True}, "unknown"),
        ("goods.new or consumer.is_consumer", {"goods__new": True}, "yes"),
        ("goods.new or consumer.is_consumer", {"goods__new": False}, "unknown"),
        ("goods.new == True", {"goods__new": True}, "yes"),
        ('problem.kind in {"late", "defective"}', {"problem__kind": "late"}, "yes"),
        ('problem.kind not in {"late"}', {"problem__kind": "late"}, "no"),
        ('problem.kind in {"late"}', {}, "unknown"),
        ('problem.kind != "late"', {"problem__kind": "defective"}, "yes"),
        ("order.date + days(30) < today", {"order__date": date(2026, 10, 20)}, "yes"),
        ("order.date + days(30) < today", {"order__date": date(2026, 10, 21)}, "no"),
        ("order.date + days(30) < today", {}, "unknown"),
        ("today - days(30) > order.date", {"order__date": date(2026, 10, 20)}, "yes"),
        ('contract_date >= day("2026-09-08")', {}, "yes"),
        ('day("2026-01-01") <= order.date < today', {"order__date": date(2026, 1, 1)}, "yes"),
        ('day("2026-01-01") <= order.date < today', {"order__date": TODAY}, "no"),
        ("known(goods.new)", {}, "no"),
        ("known(goods.new)", {"goods__new": False}, "yes"),
        ("True", {}, "yes"),
    ],
)
def test_truth(text: str, facts: dict[str, Any], expected: Truth) -> None:
    assert truth(text, **facts) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [("50.01", "CAD", "yes"), ("50.00", "CAD", "no"), ("50.01", "USD", "unknown"), ("1", "USD", "unknown")],
)
def test_amounts_of_two_currencies_are_not_compared(amount: str, currency: str, expected: Truth) -> None:
    total = Money(Decimal(amount), currency)
    assert truth('order.total > money(50, "CAD")', order__total=total) == expected
    assert (truth('order.total == money(1, "CAD")', order__total=total) == "unknown") is (currency == "USD")


@pytest.mark.parametrize("day", [date(26, 9, 8), date.min, date.max])
def test_a_day_that_no_order_can_have_is_not_known(day: date) -> None:
    """A slip of the pen, or the ends of the calendar, where a count would run out of days."""
    assert truth("order.date + days(30) < today", order__date=day) == "unknown"


def test_a_count_starts_from_a_date() -> None:
    with pytest.raises(ExpressionError, match="a date is needed"):
        parse_date_term("order.total")
