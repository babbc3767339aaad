"""Days and amounts as Canadian readers write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recours.money import Money
from recours.papers.formats import day_text, money_text


@pytest.mark.parametrize(
    ("day", "fr", "en"),
    [
        (date(2026, 3, 1), "1er mars 2026", "March 1, 2026"),
        (date(2026, 8, 11), "11 août 2026", "August 11, 2026"),
        (date(2026, 12, 31), "31 décembre 2026", "December 31, 2026"),
    ],
)
def test_days(day: date, fr: str, en: str) -> None:
    assert day_text(day, "fr") == fr
    assert day_text(day, "en") == en


@pytest.mark.parametrize(
    ("amount", "currency", "fr", "en"),
    [
        ("399.54", "CAD", "399,54 $", "$399.54"),
        ("1234.5", "CAD", "1 234,50 $", "$1,234.50"),
        ("60", "USD", "60,00 $ US", "US$60.00"),
        ("60", "EUR", "60,00 €", "€60.00"),
    ],
)
def test_amounts(amount: str, currency: str, fr: str, en: str) -> None:
    money = Money(Decimal(amount), currency)
    assert money_text(money, "fr").replace("\u00a0", " ").replace("\u202f", " ") == fr
    assert money_text(money, "en").replace("\u00a0", " ") == en
