"""One message as the extractors see it: its texts with quoted history blanked out, offsets kept.

Every extractor takes a View and yields Findings made by ``View.finding``, so that no finding can exist whose
quotation is not in the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property

from recours.reading.amounts import FoundAmount
from recours.reading.dates import FoundDate
from recours.reading.layout import has_order_line, has_price_list, has_total_line
from recours.reading.types import Finding, Read, Side, Value
from recours.text import Quote, same_length_fold

TOP = 1500  # characters of a paper within which it says what it is
BLANK = "\x00"  # stands for each character that somebody else wrote
_SUM = re.compile(
    r"\btotal\b|\bmontant paye\b|\bamount paid\b|\byou (?:paid|sent)\b|\bvous avez (?:paye|envoye)\b"
)
_NOTICE = re.compile(
    r"order (?:confirm|received|placed|shipped|number|summary)|thank(?:s| you) for your (?:order|purchase)|your (?:order|booking|receipt|invoice|purchase|tickets?)\b"
    r"|confirmation (?:de|of) |commande (?:confirmee|recue|enregistree|expediee|n)|merci (?:pour|de) votre (?:commande|achat)|votre (?:commande|facture|recu|achat|reservation|billets?)\b"
    r"|order [#\w-]+ (?:confirmed|received|shipped)|receipt|invoice|facture|\brecu (?:de|pour|d')|booking confirm|reservation confirm"
    r"|(?:inscription|abonnement|adhesion|place|enrol\w+|registration|subscription|membership) (?:\w+ )?(?:est )?confirm"
)


class Part:
    """A text of the message.  name: "" the message's text, "subject", "from", "to", or an attachment's SHA-256;
    raw: as stored, the ground of quotations; own: raw with quoted history blanked; folded: own, for searching."""

    def __init__(self, name: str, raw: str, own: str | None = None) -> None:
        self.name, self.raw = name, raw
        self.own = raw if own is None else own

    @cached_property
    def folded(self) -> str:
        return same_length_fold(self.own)

    def line_of(self, at: int) -> tuple[int, int]:
        """Start and end of the line that holds the character at ``at``."""
        end = self.own.find("\n", at)
        return self.own.rfind("\n", 0, at) + 1, len(self.own) if end < 0 else end


class View:
    """A Read, made ready to be searched.  side: who sent it, None when nobody knows."""

    def __init__(self, read: Read, side: Side | None) -> None:
        self.read, self.side, self.message = read, side, read.message
        self.acts = frozenset(a.act for a in read.acts if a.firm)

    @property
    def day(self) -> date | None:
        """Local day of the message, in its own zone."""
        return self.message.date.date() if self.message.date else None

    @cached_property
    def body(self) -> Part:
        raw = self.message.text
        own = list(raw)
        for span in self.read.spans:
            if span.kind == "quoted":
                for at in range(span.start, span.end):
                    if own[at] != "\n":
                        own[at] = BLANK
        return Part("", raw, "".join(own))

    @cached_property
    def authored(self) -> Part:
        """The text with everything but the author's own words blanked."""
        raw = self.message.text
        own = [c if c == "\n" else BLANK for c in raw]
        for span in self.read.spans:
            if span.kind in ("authored", "closing"):
                own[span.start : span.end] = raw[span.start : span.end]
        return Part("", raw, "".join(own))

    @cached_property
    def subject(self) -> Part:
        return Part("subject", self.message.subject)

    @cached_property
    def sender(self) -> Part:
        return Part("from", header(self.message.sender.name, self.message.sender.email))

    @cached_property
    def to(self) -> Part:
        return Part("to", ", ".join(header(a.name, a.email) for a in self.message.to))

    @cached_property
    def papers(self) -> tuple[Part, ...]:
        """Attachments that have text (receipts, invoices)."""
        return tuple(Part(a.sha256, a.text) for a in self.message.attachments if a.text)

    @cached_property
    def texts(self) -> tuple[Part, ...]:
        """Message text and attachments' texts."""
        return (self.body, *self.papers)

    @cached_property
    def is_order(self) -> bool:
        """Whether it confirms an order or a payment."""
        return self.side != "consumer" and (
            "order_confirmation" in self.acts
            or self.has_order_layout
            or (self.is_notice and any(_SUM.search(part.folded) for part in self._own_texts))
        )

    @cached_property
    def has_order_layout(self) -> bool:
        """Whether a mail of the shop that answers nobody lists an order with its sum."""
        return (
            self.side != "consumer"
            and self.message.kind == "mail"
            and not self.message.in_reply_to
            and has_total_line(self.body.folded)
            and (has_order_line(self.body.folded) or has_price_list(self.body.folded))
        )

    @cached_property
    def is_notice(self) -> bool:
        """Whether it is an order's notice (order, receipt, shipping, delivery), and not a conversation."""
        if self.message.kind == "paper":
            return any(_NOTICE.search(part.folded[:TOP]) for part in self.papers)
        if self.side == "consumer" or self.message.kind != "mail" or self.message.in_reply_to:
            return False
        if self.acts & {"order_confirmation", "shipping_notice", "delivery_notice"}:
            return True
        if self.has_order_layout:
            return True
        subject = same_length_fold(self.message.subject)
        return not re.match(r"(?:re|tr|fwd?|aw)\s*:", subject) and bool(_NOTICE.search(subject))

    @property
    def _own_texts(self) -> tuple[Part, ...]:
        """Where the words of a notice stand."""
        return self.papers if self.message.kind == "paper" else (self.body,)

    def finding(
        self, part: Part, start: int, end: int, name: str, value: Value, by: str, confidence: float
    ) -> Finding:
        """A fact on part.raw[start:end]; the quotation is cut from the source itself."""
        quote = Quote(message=self.message.id, start=start, end=end, text=part.raw[start:end], part=part.name)
        return Finding(name=name, value=value, quote=quote, by=by, confidence=confidence)


Extractor = Callable[[View], Iterator[Finding]]


def header(name: str, email: str) -> str:
    """A header's address as quotations count its characters."""
    return f"{name} <{email}>" if name else email


def day_value(found: FoundDate) -> Value:
    """A day, or for a numeric date of two readings its two ISO days: "2024-12-06|2024-06-12" (day first, month first)."""
    return found.days[0] if len(found.days) == 1 else "|".join(d.isoformat() for d in found.days)


def same_words(amount: FoundAmount) -> Value:
    """An amount as a Money; a bare dollar keeps "$" as currency until settle knows the place."""
    return amount.money
