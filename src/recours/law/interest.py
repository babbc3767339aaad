"""Simple interest on a sum: principal, percent a year, days, 365 days a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from recours.law.types import Right
from recours.money import Money

YEAR = 365  # days


class Counted(msgspec.Struct, frozen=True):
    """amount: to the cent, in the currency of what is owed; percent: a year; days: whole days since; right: its rule."""

    amount: Money
    percent: Decimal
    since: date
    days: int
    right: Right


def interest(owed: Money, rights: Iterable[Right], today: date) -> Counted | None:
    """What the first citable rule that gives interest makes of a sum by a day; None when none does yet."""
    for right in rights:
        given = right.interest
        if given and right.citable and given.since < today:
            days = (today - given.since).days
            amount = Money(owed.amount * given.percent / 100 * days / YEAR, owed.currency).rounded()
            return Counted(amount, given.percent, given.since, days, right)
    return None
