"""A bank's or card's statement beside a case: the lines that may be its money, and those that a person accepts.

The statement is not kept; of an accepted line its words, day and amount are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from recours.app.desk import Desk
from recours.app.money import checked
from recours.casefile.events import FactStated, Kept, MoneyIn, Payload, Recorded, StatementRead
from recours.casefile.types import CaseFile, MoneyState
from recours.errors import RecoursError
from recours.intake.errors import MissingSourceError
from recours.money import Money
from recours.outbox.statements.days import ORDERS, Order
from recours.outbox.statements.mapping import Mapping, own_mapping
from recours.outbox.statements.match import Kind, Match, Purchase, matches
from recours.outbox.statements.read import read_statement
from recours.outbox.statements.types import AmbiguousStatementError, Statement
from recours.papers.masking import mask_cards

_STATE: dict[Kind, tuple[str, MoneyState]] = {
    "refund": ("merchant", "final"),
    "issuer_credit": ("issuer", "provisional"),
    "issuer_reversal": ("issuer", "reversed"),
}


class NoSuchProposalError(RecoursError):
    """No line is proposed under that number."""

    def __init__(self, number: int, count: int) -> None:
        super().__init__(
            {"en": f"There is no proposal {number}", "fr": f"Il n'y a pas de proposition {number}"},
            where="--accept",
            todo={
                "en": f"Proposals: 1 to {count}."
                if count
                else "No line was proposed; enter it by hand: recours money.",
                "fr": f"Propositions : 1 à {count}."
                if count
                else "Aucune ligne n'est proposée ; inscrivez-la à la main : recours money.",
            },
        )


class StatementCurrencyError(RecoursError):
    """The line's currency is not said, or is not that of the price."""

    def __init__(self, said: str, price: str) -> None:
        if said:
            what = {
                "en": f"The line is in {said}, the price in {price}; they cannot be subtracted",
                "fr": f"La ligne est en {said}, le prix en {price} ; l'un ne se soustrait pas de l'autre",
            }
            todo = {
                "en": f"Enter what it was in {price} on the day, as your bank counted it: recours money CASE AMOUNT.",
                "fr": f"Inscrivez ce que c'était en {price} ce jour-là, selon votre banque : recours money DOSSIER MONTANT.",
            }
        else:
            what = {
                "en": "The statement does not say its currency",
                "fr": "Le relevé ne dit pas sa devise",
            }
            todo = {"en": "Say it: --currency CAD", "fr": "Dites-la : --currency CAD"}
        super().__init__(what, where="--accept", todo=todo)


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """number: for --accept; known: the line is in the case already."""

    number: int
    match: Match
    known: bool


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """before: the day on which this very file was read for the case, None when it never was."""

    name: str
    format: str
    lines: int
    left_out: tuple[tuple[int, str], ...]
    first: date
    last: date
    proposals: tuple[Proposal, ...]
    before: date | None
    accepted: tuple[int, ...] = ()


def look(
    desk: Desk,
    case: str,
    file: Path,
    *,
    mapping: Path | None = None,
    dates: str = "",
    currency: str = "",
    purchases: str = "",
    accept: Sequence[int] = (),
) -> Looked:
    """Read a statement, propose lines; keep those whose numbers are in ``accept``, all or none.

    dates: mdy, dmy or ymd; currency: when the file has none; purchases: "positive" or "negative", when the file does
    not say which way an amount went.
    Raises MissingSourceError, BadMappingError, UnreadableStatementError, AmbiguousStatementError, NoSuchProposalError,
    StatementCurrencyError, and what ``checked`` raises.
    """
    data, own = _bytes(file), _mapping(mapping)
    order: Order | None = next((o for o in ORDERS if o == dates), None)
    statement = read_statement(data, file.name, mapping=own, order=order)
    statement = _signed(statement, file.name, purchases)
    lines = tuple(
        msgspec.structs.replace(x, currency=x.currency or currency.upper(), words=mask_cards(x.words))
        for x in statement.lines
    )
    history = desk.history(case)
    found = desk.case(case)
    known = _known(history)
    proposals = tuple(
        Proposal(number=n, match=m, known=m.line.id in known)
        for n, m in enumerate(matches(purchase_of(found), lines), 1)
    )
    sha256 = hashlib.sha256(data).hexdigest()
    looked = Looked(
        name=file.name,
        format=statement.format,
        lines=len(lines),
        left_out=statement.left_out,
        first=min(x.day for x in lines),
        last=max(x.day for x in lines),
        proposals=proposals,
        before=_read_before(history, sha256),
    )
    return _accept(desk, case, looked, sha256, accept) if accept else looked


def purchase_of(case: CaseFile) -> Purchase:
    """What a statement's line is compared with."""
    price, announced = case.value("order.total"), case.value("refund.amount")
    ordered = case.value("order.date")
    names = [str(case.value("merchant.name") or "")]
    names += [d.strip().split(".")[0] for d in str(case.value("merchant.domains") or "").split(",")]
    return Purchase(
        names=tuple(dict.fromkeys(n for n in names if n)),
        price=price if isinstance(price, Money) else None,
        ordered_on=ordered if isinstance(ordered, date) else None,
        announced=announced if isinstance(announced, Money) else None,
    )


def _accept(desk: Desk, case: str, looked: Looked, sha256: str, numbers: Sequence[int]) -> Looked:
    found = desk.case(case)
    price = found.value("order.total")
    by_number = {p.number: p for p in looked.proposals}
    before = [r.payload for r in desk.history(case) if isinstance(r.payload, MoneyIn)]
    payloads: list[Payload] = []
    taken: list[Proposal] = []
    for number in dict.fromkeys(numbers):
        proposal = by_number.get(number)
        if proposal is None:
            raise NoSuchProposalError(number, len(looked.proposals))
        line = proposal.match.line
        wanted = price.currency if isinstance(price, Money) else line.currency
        if line.currency != wanted or not line.currency:
            raise StatementCurrencyError(line.currency, wanted)
        if proposal.known:
            continue
        entry = _entry(proposal)
        if isinstance(entry, MoneyIn):
            entry = checked(before, found, entry)
            before.append(entry)
        payloads.append(entry)
        taken.append(proposal)
    if taken:
        read = StatementRead(
            sha256=sha256,
            name=looked.name,
            format=looked.format,
            lines=looked.lines,
            accepted=tuple(p.match.line.id for p in taken),
        )
        desk.record(case, [*payloads, read])
    return msgspec.structs.replace(looked, accepted=tuple(p.number for p in taken))


def _entry(proposal: Proposal) -> Payload:
    """A charge tells its day; what came in or was taken back is money."""
    line, kind = proposal.match.line, proposal.match.kind
    told = f"{line.words} ({line.amount} {line.currency})"
    if kind == "purchase":
        return FactStated(name="payment.charged_on", value=Kept.of(line.day), reason=told)
    channel, state = _STATE[kind]
    amount = Money(abs(line.amount), line.currency)
    return MoneyIn(amount=amount, on=line.day, channel=channel, state=state, line=line.id)


def _known(history: Sequence[Recorded]) -> frozenset[str]:
    read = [r.payload for r in history if isinstance(r.payload, StatementRead)]
    return frozenset(line for payload in read for line in payload.accepted)


def _read_before(history: Sequence[Recorded], sha256: str) -> date | None:
    days = [
        r.at.date() for r in history if isinstance(r.payload, StatementRead) and r.payload.sha256 == sha256
    ]
    return days[0] if days else None


def _signed(statement: Statement, name: str, purchases: str) -> Statement:
    """Amounts below zero went out.  A file that does not say which way is asked about."""
    if purchases == "positive":
        turned = tuple(msgspec.structs.replace(x, amount=-x.amount) for x in statement.lines)
        return msgspec.structs.replace(statement, lines=turned)
    if statement.signs_known or purchases:
        return statement
    why = {
        "en": "it does not say whether an amount went out or came in",
        "fr": "il ne dit pas si un montant est sorti ou entré",
    }
    raise AmbiguousStatementError(name, why, "--purchases positive, --purchases negative")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise MissingSourceError(file, error.strerror or "") from None


def _mapping(file: Path | None) -> Mapping | None:
    return own_mapping(_bytes(file).decode("utf-8", "replace"), file.name) if file else None
