"""Sums of money of a dispute: whose dollar a bare one is, what a sum without a currency is in, parts that make a whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Protocol

import msgspec

from recours.money import Money
from recours.reading.amounts import BARE, UNKNOWN_DOLLAR, find_amounts
from recours.reading.places import DOLLARS
from recours.reading.settle_case import Case
from recours.reading.types import FIRM, Act, Finding, Read, Value
from recours.text import Quote, fold, same_length_fold

_CENT = Decimal("0.01")


def clear_money(
    findings: Iterable[Finding], country: tuple[str, str], paid: Iterable[object]
) -> Iterable[Finding]:
    """A bare dollar -> the dollar written elsewhere in the dispute, or that of the one country in it.  A sum without any
    currency -> that of what was paid, where it is no more than that.  paid: what the messages say that the purchase cost."""
    written = {v.currency for v in paid if isinstance(v, Money) and v.currency in DOLLARS.values()}
    places = {DOLLARS[c] for c in country if c in DOLLARS}
    dollar = (
        next(iter(written))
        if len(written) == 1
        else next(iter(places))
        if len(places) == 1 and not written
        else ""
    )
    bare = []
    totals: dict[str, Decimal] = {}
    for f in findings:
        if isinstance(f.value, Money):
            if f.value.currency == BARE:
                bare.append(f)
                continue
            if f.value.currency == UNKNOWN_DOLLAR:
                if not dollar:
                    continue
                f = msgspec.structs.replace(f, value=Money(f.value.amount, dollar))
            if isinstance(f.value, Money) and f.name == "order.total":
                totals[f.value.currency] = max(f.value.amount, totals.get(f.value.currency, Decimal(0)))
        yield f
    for f in bare if len(totals) == 1 else ():
        ((currency, most),) = totals.items()
        if isinstance(f.value, Money) and f.value.amount <= most:
            yield msgspec.structs.replace(f, value=Money(f.value.amount.quantize(_CENT), currency))


_DEPOSIT_BEFORE = re.compile(
    r"\b(?:deposit|down payment|first (?:instal\w+|payment)|acompte|arrhes|premier versement|versement initial)\b[^.\n\d]{0,25}$"
)
_DEPOSIT_AFTER = re.compile(
    r"[ (]{0,2}(?:as (?:a|the) )?(?:deposit|d'acompte|d'arrhes|down payment)\b(?! (?:of|de))"
)
_AROUND = 45


def deposits(texts: Iterable[str]) -> frozenset[Decimal]:
    """The sums that are called a deposit somewhere: a receipt for one does not state what the whole costs."""
    found = set()
    for text in texts:
        folded = same_length_fold(text)
        for amount in find_amounts(text):
            before = folded[max(0, amount.start - _AROUND) : amount.start]
            if _DEPOSIT_BEFORE.search(before) or _DEPOSIT_AFTER.match(folded, amount.end):
                found.add(amount.amount.normalize())
    return frozenset(found)


_OFFERS = ("offer_refund", "offer_partial_refund")
_IFS = re.compile(  # "after looking into it" is behind them, "after our inspection" is not
    r"\b(?:if|unless|once|provided|si|sauf|des que|quand|lorsque|a condition)\b"
    r"|\b(?:after|upon|apres|a) (?:(?:our|the|its|an|la|le|son|notre) )?(?:inspection|receipt|return|test|reception|retour|expertise)\b"
)
_NOTS = re.compile(r"\b(?:not|never|cannot|unable|pas|jamais)\b|n't\b")
_CLAUSES = re.compile(r"[;:.!?]\s|(?:,|\band|\bet)\s+(?:so|therefore|donc|alors|you|vous)\b")


def with_whole_offers(reads: Iterable[Read], totals: Iterable[object]) -> list[Read]:
    """An offer to give back what was paid in all is no offer of a part, though it names a sum; and one that is heard faintly
    is sure, if it is said without an if, and without a not where the sum stands.  totals: what was paid."""
    sums = {value.amount.normalize() for value in totals if isinstance(value, Money)}
    return [_whole(read, sums) for read in reads]


def _whole(read: Read, sums: Collection[Decimal]) -> Read:
    acts = tuple(_offer(act, sums) if act.act in _OFFERS else act for act in read.acts)
    return msgspec.structs.replace(read, acts=acts) if acts != read.acts else read


def _offer(act: Act, sums: Collection[Decimal]) -> Act:
    said = act.quote.text
    if act.by != "merchant" or not _names(said, sums):
        return act
    clauses = [one for one in _CLAUSES.split(said) if _names(one, sums)] or [said]
    doubted = _IFS.search(fold(said)) or any(_NOTS.search(fold(one)) for one in clauses)
    sure = act.confidence if doubted else max(act.confidence, FIRM)
    return msgspec.structs.replace(act, act="offer_refund", confidence=sure)


def _names(text: str, sums: Collection[Decimal]) -> bool:
    return not {a.amount.normalize() for a in find_amounts(text)}.isdisjoint(sums)


class _Said(Protocol):
    """What is told of a finding, kept or not."""

    @property
    def name(self) -> str: ...

    @property
    def by(self) -> str: ...

    @property
    def quote(self) -> Quote: ...


def sums_sent_back(findings: Iterable[_Said]) -> frozenset[str]:
    """The messages in which a sum is said to have gone back."""
    return frozenset(
        f.quote.message for f in findings if f.name == "refund.amount" and f.by == "refunds.confirmed"
    )


def with_parts(case: Case, findings: list[Finding]) -> list[Finding]:
    """And what came back in parts that together are the whole sum, as one refund."""
    parts: dict[Value, Finding] = {}
    for f in findings:
        if f.name == "refund.amount" and f.by == "refunds.confirmed" and isinstance(f.value, Money):
            parts.setdefault(key_of(f.value), f)
    whole = {
        f.value
        for f in findings
        if isinstance(f.value, Money)
        and (f.name == "order.total" or (f.name == "refund.amount" and f.by == "refunds.offered"))
    }
    values = [f.value for f in parts.values() if isinstance(f.value, Money)]
    if len(values) < 2 or len({v.currency for v in values}) > 1:
        return findings
    total = Money(sum((v.amount for v in values), Decimal(0)), values[0].currency)
    if not any(key_of(total) == key_of(w) for w in whole):
        return findings
    last = max(parts.values(), key=lambda f: case.timeline.place(case.reads[f.quote.message]))
    return [*findings, msgspec.structs.replace(last, value=total, confidence=0.99)]


def key_of(value: Value) -> Value:
    """Equal for two values that say the same."""
    if isinstance(value, Money):
        return Money(value.amount.normalize(), value.currency)
    return fold(value) if isinstance(value, str) else value
