"""Lines of a statement beside a purchase: which may be the charge, which may be money that came back, and why.

Three things are looked at, each told: the amount, the merchant's words, the day.  Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from recours.money import Money
from recours.outbox.statements.likeness import likeness
from recours.outbox.statements.types import StatementLine
from recours.text import fold

Kind = Literal["purchase", "refund", "issuer_credit", "issuer_reversal"]
Why = Literal["amount", "announced", "words", "day", "dispute_words", "other_currency", "no_currency"]

BEFORE, AFTER = timedelta(days=3), timedelta(days=60)  # a card is charged around the order, or on shipping
ALIKE, NEAR = 86, 72  # of 100: the merchant's words alone; beside an equal amount
_DISPUTE = re.compile(
    r"\b(?:dispute|chargeback|charge back|provisional|provisoire|contestation|retrofacturation|fraud adj\w*"
    r"|temporary credit|credit temporaire|dispute adj\w*)\b"
)


class Purchase(msgspec.Struct, frozen=True, kw_only=True):
    """What is known.  names: of the merchant, its domains; price, announced: None when unknown."""

    names: tuple[str, ...]
    price: Money | None = None
    ordered_on: date | None = None
    announced: Money | None = None


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A line that may belong to the case.  score: 0..100, of the merchant's words; sure: amount and words agree."""

    kind: Kind
    line: StatementLine
    why: tuple[Why, ...]
    score: int
    sure: bool


def matches(purchase: Purchase, lines: Sequence[StatementLine]) -> tuple[Match, ...]:
    """Candidates, the surest first, then by day.  Weak ones only where no sure one of their kind is."""
    found = [m for line in lines if (m := _match(purchase, line)) is not None]
    sure = {m.kind for m in found if m.sure}
    kept = [m for m in found if m.sure or m.kind not in sure or "words" in m.why]
    return tuple(sorted(kept, key=lambda m: (not m.sure, -len(m.why), m.line.day, m.line.place)))


def _match(purchase: Purchase, line: StatementLine) -> Match | None:
    out = line.amount < 0
    size = abs(line.amount)
    score = likeness(purchase.names, line.words)
    disputed = bool(_DISPUTE.search(fold(line.words)))
    why: list[Why] = []
    other = bool(purchase.price and line.currency and line.currency != purchase.price.currency)
    equal = bool(purchase.price and not other and size == purchase.price.amount)
    announced = purchase.announced
    told = bool(announced and not other and not out and size == announced.amount)
    if equal:
        why.append("amount")
    elif told:
        why.append("announced")
    alike = score >= (NEAR if equal or told else ALIKE)
    if alike:
        why.append("words")
    if disputed:
        why.append("dispute_words")
    in_time = _in_time(purchase, line.day, out=out and not disputed)
    if in_time:
        why.append("day")
    if other:
        why.append("other_currency")
    elif not line.currency:
        why.append("no_currency")
    if in_time is False or not (alike or equal or told):
        return None
    if not (equal or told) and not other and not _part(purchase, size):
        return None
    kind: Kind = "purchase" if out else "refund"
    if disputed:
        kind = "issuer_reversal" if out else "issuer_credit"
    sure = (equal or told) and (alike or disputed)
    return Match(kind=kind, line=line, why=tuple(why), score=score, sure=sure)


def _part(purchase: Purchase, size: Decimal) -> bool:
    """A part of the price may come back, or be charged apart; more than the price is another purchase."""
    return purchase.price is None or size <= purchase.price.amount


def _in_time(purchase: Purchase, day: date, *, out: bool) -> bool | None:
    """Whether the day fits; None when the order's day is unknown."""
    start = purchase.ordered_on
    if start is None:
        return None
    return start - BEFORE <= day and (not out or day <= start + AFTER)
