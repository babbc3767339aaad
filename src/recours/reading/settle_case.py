"""What every rule of settling needs to know of a dispute: its reads in order, whose they are, who the seller is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, tzinfo
from functools import cached_property

from recours.reading.organisations import is_desk, organisation
from recours.reading.parties import Parties, parties_of, plain_letters, stem
from recours.reading.timeline import Timeline
from recours.reading.types import Finding, Membership, Message, Read, Side
from recours.text import fold

_SIDE: dict[str, Side] = {"sent": "consumer", "received": "merchant"}
_LEAST = 4  # letters of a name that tells whose paper it is
_TRADE = 7  # letters of a name under which a service bills
_VIA = re.compile(r"\s+(?:via|par|by)\s+", re.IGNORECASE)
_LABEL = re.compile(r"^(?:[^:\t]{2,30}(?::|\t)|m(?:r|rs|s|me|lle)?\.?)\s+")  # "Ship to: ", "Mme "
_CAPITALISED = re.compile(
    r"[A-ZÀ-Ý][\w'’&.-]*(?:\s(?:(?:de|du|des|la|le|of|the|and|et|&)\s)?[A-ZÀ-Ý][\w'’&.-]*)*"
)


class Case:
    """What every rule needs to know of the dispute."""

    def __init__(
        self, reads: Sequence[Read], members: Sequence[Membership], owner: Sequence[str], home: tzinfo | None
    ) -> None:
        self.members = {m.message: m for m in members}
        self.owner = frozenset(o.lower() for o in owner)
        self.reads = {
            r.message.id: r
            for r in reads
            if r.message.id not in self.members or self.members[r.message.id].in_dispute is True
        }
        self.timeline = Timeline(tuple(self.reads.values()), self.side, home)
        brought = {m.message for m in members if m.brought}
        self.parties: Parties = parties_of(self.reads.values(), self.side, tuple(self.owner), brought)
        returned = self.timeline.acts("consumer", "confirm_return")
        self.returned = returned[0][0] if returned else None

    def side(self, read: Read) -> str:
        member = self.members.get(read.message.id)
        if member and member.direction in _SIDE:
            return _SIDE[member.direction]
        return "consumer" if read.message.sender.email in self.owner else ""

    @cached_property
    def _owners_name(self) -> re.Pattern[str] | None:
        """The shopper's first letter and last name, as the mails are sent: "Gaz Wold" is Gary Wold too."""
        senders = {fold(r.message.sender.name) for r in self.reads.values() if self.side(r) == "consumer"}
        names = [name.split() for name in sorted(senders) if len(name.split()) > 1]
        told = [rf"{re.escape(one[0][0])}\w*\W+(?:\w+\W+)?{re.escape(one[-1])}" for one in names]
        return re.compile(rf"\b(?:{'|'.join(told)})\b") if told else None

    def led_by_the_owner(self, finding: Finding) -> bool:
        """Whether the shopper's name stands before the words of a finding: on their line, or alone on the one above; a
        greeting is no address."""
        text = self.reads[finding.quote.message].message.text
        if not self._owners_name or finding.quote.part or finding.quote.start > len(text):
            return False
        above, line = ["", *text[: finding.quote.start].split("\n")][-2:]
        alone = self._owners_name.fullmatch(_LABEL.sub("", fold(above).strip()))
        return bool(alone or self._owners_name.search(fold(line)))

    def of_seller(self, finding: Finding) -> bool:
        """Whether the seller itself (not its carrier, not the bank) sent the message of a finding."""
        return self.parties.owns(self.reads[finding.quote.message].message.sender.email)

    def by_seller(self, read: Read) -> bool:
        """Whether a message is the seller's own word: from its addresses, its help desk, a colleague to whom the shopper
        writes with it; not a carrier's, an expert's, a neighbour's at the same mail provider."""
        sender = read.message.sender
        if read.message.kind != "mail" or not self.parties.domain or self.parties.owns(sender.email):
            return True
        if is_desk(organisation(sender.email)):
            return True
        name = self.parties.stem
        if len(name) >= _LEAST and name in plain_letters(f"{sender.name} {sender.domain}"):
            return True
        return self.side(read) == "merchant" and any(
            sender.email in emails and any(self.parties.owns(e) for e in emails)
            for emails in self._written_to
        )

    @cached_property
    def _written_to(self) -> tuple[frozenset[str], ...]:
        """To whom each of the shopper's mails went."""
        return tuple(
            frozenset(a.email for a in (*r.message.to, *r.message.cc))
            for r in self.reads.values()
            if self.side(r) == "consumer"
        )

    def trade_names(self, message: Message) -> frozenset[str]:
        """The names, in plain letters, under which others may write for the seller in this notice: that of its address, and
        of the sender's shown name and the capitalised words of the subject those that the seller's own mails say too and
        that are not the sender's own.  None when it is no notice."""
        sender = message.sender
        if self.parties.owns(sender.email) or message.in_reply_to:
            return frozenset()
        runs = [_VIA.split(sender.name)[0], *(m[0] for m in _CAPITALISED.finditer(message.subject))]
        shown = [" ".join(words[n:]) for words in map(str.split, runs) for n in range(len(words))]
        own = stem(sender.domain)
        told = {
            n for n in map(plain_letters, shown) if n in self._sellers_words and n not in own and own not in n
        }
        return frozenset(
            n for n in {self.parties.stem, *told} if len(n) >= _TRADE and not any(map(str.isdigit, n))
        )

    @cached_property
    def _sellers_words(self) -> str:
        own = [r.message for r in self.reads.values() if self.parties.owns(r.message.sender.email)]
        return " ".join(plain_letters(f"{m.sender.name} {m.sender.email} {m.text}") for m in own)

    def of_owner(self, finding: Finding) -> bool:
        sender = self.reads[finding.quote.message].message.sender
        return not self.owner or sender.email in self.owner

    def of_another_firm(self, finding: Finding, numbers: Collection[str]) -> bool:
        """Whether a finding stands on a paper of the shopper's that names neither the seller nor one of the numbers."""
        read = self.reads[finding.quote.message]
        paper = next((a for a in read.message.attachments if a.sha256 == finding.quote.part), None)
        if paper is None or self.side(read) == "merchant" or not self.parties.domain:
            return False
        folded = fold(paper.text)
        letters = re.sub(r"[^a-z0-9]", "", folded)
        shown = {
            re.sub(r"[^a-z0-9]", "", fold(r.message.sender.name))
            for r in self.reads.values()
            if self.parties.owns(r.message.sender.email)
        }
        names = {self.parties.stem, *map(stem, self.parties.domains), *shown}
        return not any(len(name) >= _LEAST and name in letters for name in names) and not any(
            number.casefold() in folded for number in numbers
        )

    @property
    def by_owner(self) -> list[Read]:
        return [r for r in self.reads.values() if r.message.sender.email in self.owner]

    def after_return(self, finding: Finding) -> bool:
        when, back = self.reads[finding.quote.message].message.date, self.returned
        return bool(back and when and back.message.date and when >= back.message.date)

    def day(self, finding: Finding) -> date | None:
        return self.timeline.day(self.reads[finding.quote.message])
