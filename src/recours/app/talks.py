"""Entries of an added chat or call note: which belong to the dispute, and who said each.

An export of text messages holds every conversation of a phone: the one that names the shop or the order is the
case's; of the others no word is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from recours.reading.types import Membership, Message
from recours.text import same_length_fold

Direction = Literal["sent", "received", "other"]
_ADDED = "you added it to the case"
_MYSELF = frozenset({"me", "moi", "myself", "you", "vous", "je", "i"})
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"[a-z]*-?\d{4,}")
_COMMON = frozenset(
    {"shop", "store", "team", "support", "service", "help", "contact", "info", "client", "customer", "mail", "order",
     "commande", "orders", "sales", "boutique", "magasin", "noreply", "reply", "equipe", "care", "online", "gmail",
     "outlook", "hotmail", "yahoo", "example"}
)  # fmt: skip


def talks(
    noted: Sequence[Message], mails: Iterable[Message], member: Mapping[str, Membership]
) -> dict[str, Membership]:
    """noted: the entries of one file; mails: of the case.  Membership by id, with who said it where that is known."""
    known = [m for m in mails if m.kind == "mail" and m.id in member and member[m.id].in_dispute is True]
    own = {w for m in known if member[m.id].direction == "sent" for w in _words(m.sender.name)}
    named = {w for m in known if member[m.id].direction == "received" for w in _words(_sender(m))} - own
    named |= {n for m in known for n in _NUMBER.findall(same_length_fold(m.subject))}
    conversations = {m.subject for m in noted if m.kind == "chat" and m.subject}
    about = {m.subject for m in noted if m.subject in conversations and _about(m, named)}
    said = _speakers(noted, own)
    found = {}
    for message in noted:
        inside: bool | Literal["unsure"] = True
        why = _ADDED
        if len(conversations) > 1 and message.kind == "chat" and message.subject not in about:
            inside, why = (False, "another conversation of the same export") if about else ("unsure", _ADDED)
        direction = said.get(message.id, "other")
        found[message.id] = Membership(message=message.id, in_dispute=inside, why=why, direction=direction)
    return found


def _speakers(noted: Sequence[Message], own: set[str]) -> dict[str, Direction]:
    """Who said each entry of a chat; nothing where no speaker can be told for the shopper."""
    if any(m.to for m in noted):  # text messages say it themselves
        return {m.id: "sent" if m.to else "received" for m in noted if m.kind == "chat"}
    names = {m.sender.name for m in noted if m.kind == "chat"}
    mine = {n for n in names if same_length_fold(n) in _MYSELF or own & _words(n)}
    if not mine:
        return {}
    return {m.id: "sent" if m.sender.name in mine else "received" for m in noted if m.kind == "chat"}


def _about(message: Message, named: set[str]) -> bool:
    words = same_length_fold(f"{message.subject} {message.text}")
    return bool(named & (set(_WORD.findall(words)) | set(_NUMBER.findall(words))))


def _sender(message: Message) -> str:
    return f"{message.sender.name} {message.sender.domain.partition('.')[0]}"


def _words(text: str) -> set[str]:
    return set(_WORD.findall(same_length_fold(text))) - _COMMON
