"""What is written in a case's journal, entry by entry: the only input of ``fold``.

Values of facts have several types that JSON cannot tell apart, so they are kept in ``Kept``, one field a type.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

from recours.casefile.types import ClosedHow, Entry, FactValue, MoneyState
from recours.errors import Problem
from recours.intake.types import ItemKind, ItemStatus, Place
from recours.money import Money
from recours.reading.types import Finding, Side
from recours.text import Quote


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """A fact's value; exactly one field is set."""

    text: str | None = None
    day: date | None = None
    money: Money | None = None
    flag: bool | None = None
    number: Decimal | None = None

    @classmethod
    def of(cls, value: FactValue) -> Kept:
        if isinstance(value, bool):
            return cls(flag=value)
        if isinstance(value, date):
            return cls(day=value)
        if isinstance(value, Money):
            return cls(money=value)
        if isinstance(value, int | Decimal):
            return cls(number=Decimal(value))
        return cls(text=value)

    @property
    def value(self) -> FactValue:
        for value in (self.text, self.day, self.money, self.flag):
            if value is not None:
                return value
        number = self.number if self.number is not None else Decimal(0)
        return int(number) if number == number.to_integral_value() else number


class KeptFinding(msgspec.Struct, frozen=True):
    """A Finding as it is kept."""

    name: str
    value: Kept
    quote: Quote
    by: str
    confidence: float

    @classmethod
    def of(cls, finding: Finding) -> KeptFinding:
        return cls(finding.name, Kept.of(finding.value), finding.quote, finding.by, finding.confidence)


class SourceCount(msgspec.Struct, frozen=True, kw_only=True):
    """Counts in = counts out: every message of a mailbox is in the dispute, unsure, or left out.

    copies: messages that are there twice (Sent and All Mail), counted once in the others.
    """

    file: str
    size: int
    messages: int
    in_dispute: int
    unsure: int
    left_out: int
    copies: int


class CaseOpened(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="case_opened"):
    """title: merchant and order; language: of the shopper; key: what tells this dispute from another."""

    title: str
    language: Literal["fr", "en"]
    merchant: str
    key: str
    about: str = ""


class ItemKept(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="item_kept"):
    """An original went into the store, byte for byte."""

    sha256: str
    item: ItemKind
    name: str
    media_type: str
    place: Place
    size: int
    status: ItemStatus
    reason: str = ""
    taken_on: str = ""
    text: str = ""
    message: str = ""
    problems: tuple[Problem, ...] = ()


class ReadDone(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="read"):
    """The whole case was read, by this version of the reader; a later reading replaces an earlier one.

    recognised: words of pictures and scanned pages by the SHA-256 of their bytes, "" where none were found.
    """

    reader: str
    entries: tuple[Entry, ...]
    findings: tuple[KeptFinding, ...]
    sources: tuple[SourceCount, ...]
    owner: tuple[str, ...]
    recognised: dict[str, str] = {}


class FactStated(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="fact_stated"):
    """A person said or corrected a fact; value None: the person does not know."""

    name: str
    value: Kept | None
    reason: str = ""


class AddedAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act that the reader missed, on words of the message."""

    act: str
    by: Side
    quote: Quote


class Corrected(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="corrected"):
    """A person corrected the reading of a message; it wins over every later reading.

    in_dispute: None leaves it as read; drop: acts that the message does not do; add: acts that it does; direction: who
    spoke, "" leaves it as read; date: when it was, with its zone, None leaves it as read.
    """

    message: str
    in_dispute: bool | None = None
    drop: tuple[str, ...] = ()
    add: tuple[AddedAct, ...] = ()
    direction: Literal["sent", "received", ""] = ""
    date: datetime | None = None
    reason: str = ""


class RuleConfirmed(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="rule_confirmed"):
    """A person has read the rule's source at its address."""

    rule: str


class PaperMade(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="paper_made"):
    """A paper was set; sha256: of the PDF; step: kind of the step that it was written for, "" when for none."""

    paper: str
    language: str
    sha256: str
    pages: int
    step: str = ""


class Sent(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="sent"):
    """A person sent a paper.  on: local day; by: how (registered_mail, email, portal, hand ...); proof: SHA-256;
    ref: the number of the registered mail, the Message-ID, or the portal's reference, "" when none; step: kind of the
    step that it takes, "" that of the paper as it was last set."""

    paper: str
    on: date
    by: str
    proof: str = ""
    ref: str = ""
    step: str = ""


class MoneyIn(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="money_in"):
    """Money was seen on the account, or was taken back from it.

    amount: above zero, also when it was taken back; channel: who paid (merchant, issuer, paypal, court), "" unsaid;
    state: final, provisional (may be taken back) or reversed (was taken back); line: identity of the statement's
    line that shows it, "" when a person said it; why: explains what is unusual.
    """

    amount: Money
    on: date
    channel: str = ""
    state: MoneyState = "final"
    line: str = ""
    why: str = ""


class StatementRead(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="statement_read"):
    """A statement from which a person accepted lines.  sha256: of the file, which is not kept; lines: how many it
    has; accepted: identities of the lines that are in the case."""

    sha256: str
    name: str
    format: str
    lines: int
    accepted: tuple[str, ...]


class OriginChecked(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="origin_checked"):
    """The DKIM signature of a message was checked with a key that the person gave.  record: the key's TXT record."""

    message: str
    result: Literal["pass", "fail"]
    domain: str
    selector: str
    record: str


class CaseClosed(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="closed"):
    """A person closed the case.  why: in their words."""

    how: ClosedHow
    why: str


class CaseReopened(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="reopened"):
    """A person took a closed case up again."""

    why: str


Payload = (
    CaseOpened
    | ItemKept
    | ReadDone
    | FactStated
    | Corrected
    | RuleConfirmed
    | PaperMade
    | Sent
    | MoneyIn
    | StatementRead
    | OriginChecked
    | CaseClosed
    | CaseReopened
)


class Recorded(msgspec.Struct, frozen=True):
    """A payload with the moment (UTC) and the person who caused it."""

    at: datetime
    by: str
    payload: Payload
