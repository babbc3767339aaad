"""The dispute as it stands: everything here is derived from the journal and can be thrown away."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

from recours.errors import Problem
from recours.money import Money
from recours.reading.types import Act, Attachment, Membership, Message, Span
from recours.text import Quote

FactValue = str | bool | int | Decimal | Money | date
FactStatus = Literal["read", "stated", "derived", "disputed", "recognised"]
MoneyState = Literal["final", "provisional", "reversed"]
ClosedHow = Literal["solved", "partly", "unsolved", "abandoned"]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One source's value for a fact.  by: extractor's name, or the person's name for a statement."""

    value: FactValue
    quote: Quote
    by: str
    confidence: float = 1.0
    stated_at: datetime | None = None
    reason: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """The value that counts and where it stands; others: what else was said (never dropped)."""

    name: str
    claim: Claim
    status: FactStatus
    others: tuple[Claim, ...] = ()

    @property
    def value(self) -> FactValue:
        return self.claim.value


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A message of the case: the mail, call or chat, whether it is in, what is new in it, what it does."""

    message: Message
    membership: Membership
    spans: tuple[Span, ...]
    new_text: str
    acts: tuple[Act, ...]
    language: str = ""

    @property
    def firm_acts(self) -> tuple[Act, ...]:
        """Those on which a count or a letter may stand."""
        return tuple(a for a in self.acts if a.firm)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A photo, PDF or other file that a person added, or an attachment of a message (message: its id, else "")."""

    attachment: Attachment
    kind: str
    message: str = ""
    taken_on: str = ""
    added_at: datetime | None = None


class Dispatch(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that left.  paper: its name; on: local day; by: how; proof: SHA-256 of the proof, "" when none;
    copy: SHA-256 of the paper as it was last set before, "" when Recours did not set it;
    ref: number of the registered mail, Message-ID or portal reference, "" when none; step: kind of the step that it
    takes (one paper may serve several: the issuer is asked on the law's ground or the network's), "" unknown."""

    paper: str
    on: date
    by: str
    proof: str = ""
    copy: str = ""
    ref: str = ""
    step: str = ""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Money that came in; below zero when it was taken back.  channel: who paid, "" unsaid; line: identity of the
    statement's line that shows it."""

    amount: Money
    on: date
    channel: str = ""
    line: str = ""


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """How and why the person closed the case.  at: UTC."""

    how: ClosedHow
    why: str
    at: datetime


class Loop(msgspec.Struct, frozen=True, kw_only=True):
    """Asked for, supplied, asked for again.  act: request_photos or request_documents."""

    act: str
    asked: Quote
    supplied: Quote
    again: tuple[Quote, ...]


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Two reasons of the merchant that do not go together; what: a name in the words tables."""

    what: str
    first: Quote
    second: Quote


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of the exchange, defined in the labelled cases' README (whole days, messages in the dispute).

    answers_since_complaint: of the mails received, those that a person wrote.
    """

    emails_sent: int = 0
    emails_received: int = 0
    emails_sent_since_complaint: int = 0
    emails_received_since_complaint: int = 0
    answers_since_complaint: int = 0
    calls: int = 0
    days: int = 0
    longest_wait_for_merchant_days: int = 0
    longest_wait_for_consumer_days: int = 0
    loops: tuple[Loop, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


PART_ONLY = frozenset(
    {"overcharged", "incomplete"}
)  # problems in which the price is not by itself what is asked back


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole case.  language: fr or en, of the consumer; entries in order of time."""

    id: str
    title: str
    language: Literal["fr", "en"]
    entries: tuple[Entry, ...]
    facts: dict[str, Fact]
    evidence: tuple[Evidence, ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    provisional: tuple[Receipt, ...] = ()  # credits that may still be taken back; not in receipts
    papers: tuple[str, ...] = ()
    measures: Measures = Measures()
    problems: tuple[Problem, ...] = ()
    dont_know: tuple[str, ...] = ()  # facts the person said that they do not know
    confirmed_rules: tuple[str, ...] = ()  # rules marked recall that the person has read at their address
    opened_at: datetime | None = None
    closed: Closing | None = None  # None while it is open, or taken up again

    def value(self, name: str) -> FactValue | None:
        fact = self.facts.get(name)
        return fact.value if fact else None

    @property
    def dispute(self) -> tuple[Entry, ...]:
        return tuple(e for e in self.entries if e.membership.in_dispute is True)

    @property
    def other_sum(self) -> Fact | None:
        """What tells that the sum asked back may not be the price: another that the person's own demands named
        (``claim.demanded``), or, where they named none, the one that it announced, once it says that it refunded
        (``refund.amount``)."""
        name = "claim.demanded" if "claim.demanded" in self.facts or not self.refund_told else "refund.amount"
        sum_, price = self.value(name), self.value("order.total")
        if not isinstance(sum_, Money) or not isinstance(price, Money) or price.amount <= 0:
            return None
        same = sum_.currency != price.currency or sum_.amount == price.amount
        return None if same else self.facts[name]

    @property
    def refund_told(self) -> bool:
        """The merchant says that it refunded."""
        return isinstance(self.value("refund.confirmed_on"), date)

    @property
    def claim_not_said(self) -> bool:
        """More than the price was charged, a part is missing, or another sum than the price was demanded or refunded, and
        nobody has said which sum is asked back."""
        not_the_price = self.value("problem.kind") in PART_ONLY or self.other_sum is not None
        return not_the_price and self.value("claim.amount") is None

    @property
    def refund_not_seen(self) -> date | None:
        """The day on which the merchant says that it refunded, while nobody has said whether the money came: none was
        kept since, and the person has not stated what was received."""
        on, received = self.value("refund.confirmed_on"), self.facts.get("refund.received_amount")
        kept = (
            any(r.on >= on and r.amount.amount > 0 for r in (*self.receipts, *self.provisional))
            if isinstance(on, date)
            else False
        )
        return on if isinstance(on, date) and not kept and received is None else None
