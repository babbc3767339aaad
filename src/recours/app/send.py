"""What left and what came in: proofs of sending, and money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from recours.app.desk import Desk
from recours.casefile.events import ItemKept, MoneyIn, Payload, Sent
from recours.casefile.types import CaseFile
from recours.casefile.vocabulary import parse_value
from recours.clock import parse_day
from recours.errors import RecoursError
from recours.intake.from_files import take
from recours.money import Money
from recours.papers.names import PAPERS

WAYS = ("registered_mail", "email", "portal", "hand", "bailiff")


class FutureDayError(RecoursError):
    """Something is said to have happened after today."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            {
                "en": f"{day} lies in the future: today is {today}",
                "fr": f"Le {day} est dans le futur : nous sommes le {today}",
            },
            where="--on",
            todo={
                "en": "Give the day on which it really happened, once it has.",
                "fr": "Donnez le jour où cela s'est vraiment passé, une fois passé.",
            },
        )


class NoSuchPaperError(RecoursError):
    """Recours writes no paper of that name."""

    def __init__(self, paper: str) -> None:
        names = ", ".join(sorted(PAPERS))
        super().__init__(
            {"en": f"There is no paper {paper!r}", "fr": f"Il n'y a pas de document {paper!r}"},
            todo={"en": f"Papers: {names}", "fr": f"Documents : {names}"},
        )


def sent(desk: Desk, case: str, paper: str, on: str, by: str, proof: Path | None = None) -> Sent:
    """A paper left.  on: YYYY-MM-DD, local; by: one of WAYS; proof: a file that shows it.

    Raises NoSuchPaperError, BadDateError, FutureDayError, MissingSourceError.
    """
    desk.history(case)
    if paper not in PAPERS:
        raise NoSuchPaperError(paper)
    day = parse_day(on, "--on")
    if day > desk.today:
        raise FutureDayError(day, desk.today)
    payloads: list[Payload] = []
    blobs = []
    sha256 = ""
    if proof:
        item = take(proof)
        sha256 = item.sha256
        blobs.append(item.data)
        payloads.append(
            ItemKept(
                sha256=sha256,
                item=item.kind if item.kind in ("photo", "pdf") else "other",
                name=item.name,
                media_type=item.media_type,
                place=item.place,
                size=len(item.data),
                status=item.status,
                taken_on=item.taken_on,
                problems=item.problems,
            )
        )
    entry = Sent(paper=paper, on=day, by=by, proof=sha256)
    desk.record(case, [*payloads, entry], blobs=blobs)
    return entry


def money_in(desk: Desk, case: str, amount: str, on: str) -> MoneyIn:
    """Money was seen on the account.  amount: with its currency, "400.00 CAD"; on: YYYY-MM-DD.

    Raises BadDateError, FutureDayError, and the vocabulary's error for an amount without a currency.
    """
    desk.history(case)
    value = parse_value("refund.received_amount", amount)
    assert isinstance(value, Money)
    day = parse_day(on, "--on")
    if day > desk.today:
        raise FutureDayError(day, desk.today)
    entry = MoneyIn(amount=value, on=day)
    desk.record(case, [entry])
    return entry


def left_over(case: CaseFile) -> Money | None:
    """What is still missing of the price paid; None when the price is unknown or in another currency."""
    total = case.value("order.total")
    if not isinstance(total, Money) or any(r.amount.currency != total.currency for r in case.receipts):
        return None
    received = sum((r.amount.amount for r in case.receipts), Decimal(0))
    return Money(total.amount - received, total.currency)
