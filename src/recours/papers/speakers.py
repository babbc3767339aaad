"""Whose words a message on the merchant's side holds: the merchant's own, or a carrier's, a platform's, a lender's.

The reading knows two sides.  A letter may not tell a merchant "you answered" of what its carrier wrote: whoever wrote
is then named, which is true in each case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from recours.reading.types import Address, Message

_WORD = re.compile(r"[^\W_]{4,}")  # short words (the, les, ltd) are in any name
_LABEL = 4  # letters of a part of a domain that may be a name


class Speakers:
    """name: of the merchant; domains: its own, as its mails say; messages: of the dispute."""

    def __init__(self, name: str, domains: Iterable[str], messages: Iterable[Message]) -> None:
        self._words, self._name = _words(name), _bare(name)
        self._domains = tuple(domain.casefold() for domain in domains if domain)
        self._senders = tuple({m.sender for m in messages if m.kind == "mail"})
        self._shared = any(self._bears_name(sender) for sender in self._senders)

    def other(self, message: Message) -> str:
        """The name of whoever wrote a message from the merchant's side; "" for the merchant itself, and for a call or a
        chat, whose note names nobody else."""
        return "" if message.kind != "mail" else self._other(message.sender)

    def told(self, message: Message) -> str:
        """To whom a message of the buyer went when none of it went to the merchant: a name; "" for the merchant."""
        others = [name for address in message.to if (name := self._correspondent(address))]
        return others[0] if others and len(others) == len(message.to) else ""

    def _correspondent(self, address: Address) -> str:
        """An addressee is another only if it, or its domain, wrote as another."""
        others = [s for s in self._senders if s.domain == address.domain and self._other(s)]
        same = sorted(others, key=lambda s: s.email != address.email)
        return self._other(same[0]) if same else ""

    def _other(self, sender: Address) -> str:
        if self._bears_name(sender) or self._alike(sender.domain):
            return ""
        if self._at_home(sender.domain) and not (self._shared and self._is_house(sender)):
            return ""
        return sender.name or sender.email

    def _bears_name(self, sender: Address) -> bool:
        """More than half of the merchant's name; a town alone may be in a carrier's too."""
        return 2 * len(self._words & _words(sender.name)) > len(self._words)

    def _at_home(self, domain: str) -> bool:
        """A domain that the case knows as the merchant's; any, as long as it knows none."""
        return not self._domains or any(domain == d or domain.endswith(f".{d}") for d in self._domains)

    def _alike(self, domain: str) -> bool:
        """help@kootenayvolt.example writes for Kootenay Volt Supply, whoever signs."""
        parts = [_bare(part) for part in domain.split(".")[:-1]]
        return any(len(part) >= _LABEL and (part in self._name or self._name in part) for part in parts)

    @staticmethod
    def _is_house(sender: Address) -> bool:
        """The house whose domain it is signs: a marketplace's own team, and not a shop that writes through it."""
        parts = [_bare(part) for part in sender.domain.split(".")[:-1]]
        return any(len(part) >= _LABEL and part in _bare(sender.name) for part in parts)


def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(name.replace("_", " ")))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
