"""What the merchant has offered, beside what is owed, with the trap of each named.

Reads the acts that the reader found, and one thing more: words that ask to withdraw a dispute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from recours.casefile.days import day_of, days_of
from recours.casefile.types import CaseFile, Entry
from recours.law.types import Deadline, Right
from recours.money import Money
from recours.outbox.today import RAILS
from recours.plan.pending import safe_day
from recours.plan.types import Step
from recours.reading.amounts import find_amounts
from recours.text import Quote, same_length_fold

OfferKind = Literal[
    "offer_refund",
    "offer_partial_refund",
    "offer_store_credit",
    "offer_repair",
    "offer_replacement",
    "withdraw_first",
]
Trap = Literal["promise", "part", "final", "voucher", "time", "withdraw", "return", "expires"]
Standing = Literal["open", "accepted", "rejected", "passed"]

TRAPS: dict[OfferKind, tuple[Trap, ...]] = {
    "offer_refund": ("promise",),
    "offer_partial_refund": ("part",),
    "offer_store_credit": ("voucher",),
    "offer_repair": ("time",),
    "offer_replacement": ("time",),
    "withdraw_first": ("withdraw",),
}
_VERB = (
    r"(?:withdraw\w*|retract\w*|cancel\w*|drop(?:ping|ped)?|clos(?:e|ing)|remov(?:e|ing)|revers(?:e|ing)|lift\w*"
    r"|retir(?:ez|er|iez|e)|annul(?:ez|er|iez|e)|ferm(?:ez|er|iez)|abandonn\w+|lev(?:ez|er)|desist\w+|renonc\w+)"
)
_THING = (
    r"(?:dispute|charge\s?-?back|paypal claim|paypal case|(?:your|the) claim|claim with|contestation|retrofacturation"
    r"|opposition|litige|(?:votre|la) reclamation|plainte)"
)
_GONE = (
    r"(?:withdrawn|retracted|cancell?ed|dropped|closed|removed|reversed|lifted"
    r"|retiree?|annulee?|fermee?|abandonnee?|levee?|close)"
)
_CONDITION = (
    r"(?:once|when|after|as soon as|until|unless|provided|if"
    r"|une fois|des que|lorsque|quand|apres|tant que|a condition que|si)"
)
_WITHDRAW = re.compile(
    rf"\b{_VERB}\b[^.!?\n]{{0,60}}?\b{_THING}\b|\b{_THING}\b[^.!?\n]{{0,40}}?\bbe {_VERB}\b"
    rf"|\b{_CONDITION}\b[^.!?\n]{{0,40}}?\b{_THING}\b[^.!?\n]{{0,40}}?\b{_GONE}\b"
)
_TRAP_WORDS: tuple[tuple[Trap, re.Pattern[str]], ...] = (
    (
        "final",
        re.compile(
            r"full and final|final settlement|no further claim|release (?:us|form)|non-?disclosure"
            r"|reglement (?:final|complet et final)|quittance|pour solde de tout compte|renonce\w* a tout"
        ),
    ),
    (
        "return",
        re.compile(
            r"\b(?:once|when|after|as soon as|upon)\b[^.!?]{0,60}\b(?:return|receiv|get (?:it|the \w+) back|back in)"
            r"|\b(?:des|apres|lorsque|quand|une fois)\b[^.!?]{0,60}\b(?:retour|recu|reception)"
        ),
    ),
    (
        "expires",
        re.compile(
            r"\b(?:offer|valid|proposition|offre)\b[^.!?]{0,40}\b(?:valid (?:for|until|till)|until|expir\w+)"
            r"|\bvalid (?:for|until|till)\b|\b(?:valable|valide) (?:jusqu|pendant|pour)"
        ),
    ),
)


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One offer.  day: local, as the message says; amount: named in its words; claimed: what is still missing;
    short_by: how much less the offer is, None when it cannot be said; rights: that answer it, the citable first;
    rail, rail_until: the nearest rail that is open, and the person's safe day for it."""

    number: int
    kind: OfferKind
    quote: Quote
    day: date | None
    standing: Standing
    traps: tuple[Trap, ...]
    amount: Money | None = None
    claimed: Money | None = None
    short_by: Money | None = None
    rights: tuple[Right, ...] = ()
    rail: Step | None = None
    rail_until: date | None = None


def offers(
    case: CaseFile,
    rights: tuple[Right, ...],
    steps: tuple[Step, ...],
    deadlines: tuple[Deadline, ...],
    claimed: Money | None,
) -> tuple[Offer, ...]:
    """Every offer of the merchant in order of time.  claimed: what is still missing, None when unknown."""
    rail, until = _rail(steps, deadlines)
    holding = sorted((r for r in rights if r.truth == "yes" and r.answers), key=lambda r: not r.citable)
    found: list[Offer] = []
    days = days_of(case)
    for entry, kind, quote in _found(case):
        amount = _amount(kind, quote, claimed)
        short = None
        if amount and claimed and kind != "offer_store_credit":
            short = Money(max(claimed.amount - amount.amount, Decimal(0)), claimed.currency)
        found.append(
            Offer(
                number=len(found) + 1,
                kind=kind,
                quote=quote,
                day=day_of(entry, days),
                standing=_standing(case, entry),
                traps=_traps(kind, entry, short),
                amount=amount,
                claimed=claimed,
                short_by=short,
                rights=tuple(r for r in holding if kind in r.answers)[:3],
                rail=rail,
                rail_until=until,
            )
        )
    return tuple(found)


def _found(case: CaseFile) -> Iterator[tuple[Entry, OfferKind, Quote]]:
    for entry in case.dispute:
        seen: set[str] = set()
        for act in entry.firm_acts:
            for kind in TRAPS:
                if act.by == "merchant" and act.act == kind and kind not in seen:
                    seen.add(kind)
                    yield entry, kind, act.quote
        if entry.membership.direction == "received":
            quote = withdraw_words(entry)
            if quote:
                yield entry, "withdraw_first", quote


def withdraw_words(entry: Entry) -> Quote | None:
    """The sentence, in what the sender wrote themselves, that asks to withdraw a dispute."""
    text = entry.message.text
    folded = same_length_fold(text)
    for span in entry.spans:
        if span.kind != "authored":
            continue
        match = _WITHDRAW.search(folded, span.start, span.end)
        if match:
            start = max((folded.rfind(c, span.start, match.start()) for c in ".!?\n"), default=-1) + 1
            start = max(start, span.start)
            ends = [n for c in ".!?\n" if (n := folded.find(c, match.end(), span.end)) >= 0]
            end = min(ends) + 1 if ends else span.end
            start += len(text[start:end]) - len(text[start:end].lstrip())
            end = start + len(text[start:end].rstrip())
            return Quote(message=entry.message.id, start=start, end=end, text=text[start:end])
    return None


def _amount(kind: OfferKind, quote: Quote, claimed: Money | None) -> Money | None:
    """The one amount that the offer names; the whole claim for a refund that names none."""
    currency = claimed.currency if claimed else ""
    named = {m.amount for m in find_amounts(quote.text, currency) if m.currency == currency}
    if len(named) == 1 and currency:
        return Money(named.pop(), currency)
    return claimed if kind == "offer_refund" and not named else None


def _traps(kind: OfferKind, entry: Entry, short: Money | None) -> tuple[Trap, ...]:
    found = list(TRAPS[kind])
    if kind == "offer_refund" and short and short.amount > 0:
        found.append("part")
    words = same_length_fold(entry.new_text)
    found += [trap for trap, pattern in _TRAP_WORDS if pattern.search(words)]
    if kind != "withdraw_first" and withdraw_words(entry):
        found.append("withdraw")
    return tuple(dict.fromkeys(found))


def _standing(case: CaseFile, offer: Entry) -> Standing:
    """What became of it: the person's next answer, or a refusal of the merchant after it."""
    after = case.dispute[case.dispute.index(offer) + 1 :]
    for entry in after:
        for act in entry.firm_acts:
            if act.by == "consumer" and act.act in ("accept_offer", "reject_offer"):
                return "accepted" if act.act == "accept_offer" else "rejected"
            if act.by == "merchant" and act.act == "refuse":
                return "passed"
    return "open"


def _rail(steps: tuple[Step, ...], deadlines: tuple[Deadline, ...]) -> tuple[Step | None, date | None]:
    """The first rail that is open, and its safe day."""
    for step in steps:
        if step.step in RAILS and step.state in ("ready", "waiting", "unknown", "done"):
            return step, safe_day(step.rule, step.latest, deadlines)
    return None, None
