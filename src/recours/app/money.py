"""The money of a case: what came, from whom, what may be taken back, what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from recours.app.assess import assess
from recours.app.days import past_day
from recours.app.desk import Desk
from recours.casefile.events import MoneyIn
from recours.casefile.received import counted
from recours.casefile.types import CaseFile, MoneyState, Receipt
from recours.casefile.vocabulary import parse_value
from recours.errors import RecoursError
from recours.law.interest import Counted, interest
from recours.money import Money

CHANNELS = ("merchant", "issuer", "paypal", "court")


class MoreThanPriceError(RecoursError):
    """All together more would have come than was paid."""

    def __init__(self, sum_: Money, price: Money) -> None:
        sums = f"{sum_.amount} {sum_.currency}"
        paid = f"{price.amount} {price.currency}"
        super().__init__(
            {
                "en": f"That would make {sums} received for a price of {paid}",
                "fr": f"Cela ferait {sums} reçus pour un prix de {paid}",
            },
            todo={
                "en": "If it is right, say why with --why (interest, costs, shipping, paid twice). Two credits for one"
                " loss must be told to the card issuer.",
                "fr": "Si c'est juste, dites pourquoi avec --why (intérêts, frais, livraison, payé deux fois). Deux crédits"
                " pour une seule perte se disent à l'émetteur de la carte.",
            },
        )


class SameEntryError(RecoursError):
    """The same money is in the case already."""

    def __init__(self, amount: Money, on: str) -> None:
        told = f"{amount.amount} {amount.currency}"
        super().__init__(
            {
                "en": f"{told} on {on} is in the case already; it was not counted twice",
                "fr": f"{told} le {on} est déjà au dossier ; ce n'est pas compté deux fois",
            },
            todo={
                "en": "If the same amount really came twice that day, say so with --why.",
                "fr": "Si le même montant est vraiment venu deux fois ce jour-là, dites-le avec --why.",
            },
        )


class NoAmountError(RecoursError):
    """Nothing, zero, or less."""

    def __init__(self, text: str) -> None:
        super().__init__(
            {
                "en": f"{text!r} is no amount above zero",
                "fr": f"{text!r} n'est pas un montant plus grand que zéro",
            },
            todo={
                "en": "Write it with its currency, for example 400.00 CAD; money taken back has --reversed.",
                "fr": "Écrivez-le avec sa devise, par exemple 400.00 CAD ; pour de l'argent repris, --reversed.",
            },
        )


class NotReceivedError(RecoursError):
    """More is said to have been taken back than came from that payer."""

    def __init__(self, amount: Money, had: Money, channel: str) -> None:
        told, came = f"{amount.amount} {amount.currency}", f"{had.amount} {had.currency}"
        place = f" ({channel})" if channel else ""
        super().__init__(
            {
                "en": f"{told} cannot have been taken back: {came} had come{place}",
                "fr": f"{told} n'ont pas pu être repris : {came} étaient venus{place}",
            },
            todo={
                "en": "Enter first the credit that was taken back, and give its payer with --from.",
                "fr": "Inscrivez d'abord le crédit qui a été repris, et dites de qui avec --from.",
            },
        )


def money_in(
    desk: Desk,
    case: str,
    amount: str,
    on: str,
    *,
    channel: str = "",
    state: MoneyState = "final",
    line: str = "",
    why: str = "",
) -> MoneyIn:
    """Money was seen on the account, or was taken back.  amount: with its currency, "400.00 CAD"; on: YYYY-MM-DD.

    channel: one of CHANNELS or ""; line: the statement's line that shows it; why: explains what is unusual.
    Raises BadDateError, FutureDayError, SameEntryError, MoreThanPriceError, NotReceivedError, and the vocabulary's
    error for an amount without a currency.
    """
    value = parse_value("refund.received_amount", amount)
    if not isinstance(value, Money) or value.amount <= 0:
        raise NoAmountError(amount)
    day = past_day(desk, on)
    entry = MoneyIn(amount=value, on=day, channel=channel, state=state, line=line, why=why)
    before = [r.payload for r in desk.history(case) if isinstance(r.payload, MoneyIn)]
    desk.record(case, [checked(before, desk.case(case), entry)])
    return entry


def checked(before: Sequence[MoneyIn], case: CaseFile, entry: MoneyIn) -> MoneyIn:
    """The entry, when it can be so.  before: the entries in the journal, and those that are about to join them.

    Raises SameEntryError, MoreThanPriceError, NotReceivedError.
    """
    final, provisional = counted(before)
    case = msgspec.structs.replace(case, receipts=final, provisional=provisional)
    if entry.line and any(b.line == entry.line for b in before):
        raise SameEntryError(entry.amount, entry.on.isoformat())
    if not entry.why and any(
        (b.amount, b.on, b.channel, b.state) == (entry.amount, entry.on, entry.channel, entry.state)
        for b in before
        if not (entry.line and b.line)  # two lines of a statement are two movements
    ):
        raise SameEntryError(entry.amount, entry.on.isoformat())
    currency = entry.amount.currency
    if entry.state == "reversed":
        had = _sum([r for r in (*case.receipts, *case.provisional) if r.channel == entry.channel], currency)
        if entry.amount.amount > had:
            raise NotReceivedError(entry.amount, Money(had, currency), entry.channel)
        return entry
    price = case.value("order.total")
    if isinstance(price, Money) and price.currency == currency and not entry.why:
        standing = _sum(
            [r for r in case.provisional if entry.state == "provisional" or r.channel != entry.channel],
            currency,
        )
        total = _sum(case.receipts, currency) + standing + entry.amount.amount
        if total > price.amount:
            raise MoreThanPriceError(Money(total, currency), price)
    return entry


def _sum(receipts: tuple[Receipt, ...] | list[Receipt], currency: str) -> Decimal:
    return sum((r.amount.amount for r in receipts if r.amount.currency == currency), Decimal(0))


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """What came through one payer.  final: there for good; provisional: may still be taken back."""

    channel: str
    final: Money
    provisional: Money


def by_channel(case: CaseFile) -> tuple[Channel, ...]:
    """One row a payer and currency, in the order of CHANNELS, what nobody named last."""
    keys = dict.fromkeys((r.channel, r.amount.currency) for r in (*case.receipts, *case.provisional))
    order = {name: n for n, name in enumerate(CHANNELS)}
    return tuple(
        Channel(
            channel=channel,
            final=Money(_sum([r for r in case.receipts if r.channel == channel], currency), currency),
            provisional=Money(
                _sum([r for r in case.provisional if r.channel == channel], currency), currency
            ),
        )
        for channel, currency in sorted(keys, key=lambda k: (order.get(k[0], len(order)), k[1]))
    )


def left_over(case: CaseFile) -> Money | None:
    """What is still missing of the sum asked back, else of the price paid; provisional credits not counted as there.

    None when that sum is unknown, or something came in another currency.
    """
    total = case.value("claim.amount") or case.value("order.total")
    if (
        case.claim_not_said
        or not isinstance(total, Money)
        or any(r.amount.currency != total.currency for r in case.receipts)
    ):
        return None
    return Money(total.amount - _sum(case.receipts, total.currency), total.currency)


def all_there(case: CaseFile) -> bool:
    """Only then may a dispute be withdrawn: nothing is missing, and nothing can be taken back."""
    left = left_over(case)
    return left is not None and left.amount <= 0 and not case.provisional


def interest_on_rest(desk: Desk, case: CaseFile) -> Counted | None:
    """The interest that the law gives today on what is still missing; None when it gives none, or nothing is missing."""
    left = left_over(case)
    if left is None or left.amount <= 0:
        return None
    return interest(left, assess(desk, case).decision.rights, desk.today)
