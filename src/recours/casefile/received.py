"""Entries about money -> what is there for good, and what may still be taken back.

A final credit from a payer first makes final what that payer had credited provisionally; money taken back is taken
from the provisional credits of that payer first, then from the final ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from recours.casefile.events import MoneyIn
from recours.casefile.types import Receipt
from recours.money import Money

_ZERO = Decimal(0)


def counted(entries: Sequence[MoneyIn]) -> tuple[tuple[Receipt, ...], tuple[Receipt, ...]]:
    """Entries in the journal's order -> (final receipts, provisional receipts still standing).

    Final receipts below zero are money that was taken back; nothing of one currency touches another.
    """
    final: list[Receipt] = []
    standing: list[Receipt] = []
    for entry in entries:
        if entry.state == "provisional":
            standing.append(_receipt(entry, entry.amount.amount))
            continue
        standing, used = _use_up(standing, entry)
        if entry.state == "final":
            final.append(_receipt(entry, entry.amount.amount))
        elif entry.amount.amount > used:
            final.append(_receipt(entry, used - entry.amount.amount))
    return tuple(final), tuple(standing)


def _use_up(standing: list[Receipt], entry: MoneyIn) -> tuple[list[Receipt], Decimal]:
    """Take the entry's amount off the payer's standing credits, oldest first: what stands, how much was taken."""
    left, rest = entry.amount.amount, []
    for receipt in standing:
        same = receipt.channel == entry.channel and receipt.amount.currency == entry.amount.currency
        taken = min(left, receipt.amount.amount) if same else _ZERO
        left -= taken
        if taken == receipt.amount.amount:
            continue
        amount = Money(receipt.amount.amount - taken, receipt.amount.currency)
        rest.append(Receipt(amount=amount, on=receipt.on, channel=receipt.channel, line=receipt.line))
    return rest, entry.amount.amount - left


def _receipt(entry: MoneyIn, amount: Decimal) -> Receipt:
    return Receipt(
        amount=Money(amount, entry.amount.currency), on=entry.on, channel=entry.channel, line=entry.line
    )
