"""What reading hands on: messages, who wrote which words, and what the words do and say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from recours.errors import Problem
from recours.intake.types import Place
from recours.money import Money
from recours.text import Quote

Side = Literal["consumer", "merchant"]
SpanKind = Literal["authored", "closing", "quoted", "signature", "disclaimer", "frame"]
Value = str | Money | date
MessageKind = Literal[
    "mail", "call", "chat", "paper"
]  # a paper came by itself, and is never an entry of a case


class Address(msgspec.Struct, frozen=True, gc=False):
    """name: display name, decoded ("" when none); email: lower case ("" when unreadable)."""

    name: str
    email: str

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A part that is not the message's text.  sha256 and size are of the decoded bytes; text: what a PDF says."""

    name: str
    media_type: str
    sha256: str
    size: int
    text: str = ""
    inline: bool = False


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A mail, a call note or a chat entry, decoded.

    id: Message-ID without <>, or "sha256:..." when there is none, or "FILE#n" for the n-th call or chat entry;
    date: with zone, None when it cannot be known; text: visible text (plain part, or HTML made text), the ground
    of every Quote; html: the HTML part as received ("" when none), for structured data only, never shown as is.
    """

    id: str
    kind: MessageKind
    place: Place
    sha256: str
    date: datetime | None
    sender: Address
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    text: str = ""
    html: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = False  # Auto-Submitted, auto-reply, no-reply notice
    bulk: bool = False  # List-Unsubscribe, List-Id, Precedence: bulk
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()


class Span(msgspec.Struct, frozen=True):
    """Characters start..end of ``Message.text`` were written so; of: id of the message quoted, "" if unknown.

    The spans of a message follow each other without gap, so that together they are the whole text.
    "closing" is the formula and typed name at the end ("Cordialement, Luc"): the author's, but not new text.
    """

    start: int
    end: int
    kind: SpanKind
    of: str = ""


FIRM = 0.85  # of an act: from here on a rule, a count or a letter may stand on it


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What the new text of a message does; act: a name of the taxonomy; confidence 0..1."""

    act: str
    by: Side
    quote: Quote
    confidence: float = 1.0

    @property
    def firm(self) -> bool:
        """Sure enough for the law and for letters; what is less is shown with its words, for the person to judge."""
        return self.confidence >= FIRM


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A fact said somewhere.  name: of the taxonomy or vocabulary; by: the extractor's name; confidence 0..1."""

    name: str
    value: Value
    quote: Quote
    by: str
    confidence: float = 1.0


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """Is this message part of the dispute, and why (one short sentence in English, shown to the person).

    brought: it is with somebody whom the shop brought in, and tells nothing of the shop's own name and addresses."""

    message: str
    in_dispute: bool | Literal["unsure"]
    why: str
    direction: Literal["sent", "received", "other"] = "other"
    brought: bool = False


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute that the mailbox may hold.

    title: "merchant, order"; score: larger is likelier (0 = an order without any complaint); members: one for
    every message looked at that is in, unsure, or nearly in (same merchant but left out).
    """

    merchant: str
    domains: tuple[str, ...]
    order_numbers: tuple[str, ...]
    title: str
    score: float
    complaints: int
    owner: tuple[str, ...]  # the shopper's own addresses
    members: tuple[Membership, ...]
    last_on: date | None = None


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """One message, read: its spans, its acts and its new text (authored spans, joined)."""

    message: Message
    spans: tuple[Span, ...]
    new_text: str
    acts: tuple[Act, ...]
    language: Literal["fr", "en", ""] = ""
