"""Mails attached to a mail of the dispute ("forward as attachment") -> messages of their own.

A shopper forwards the whole exchange to a friend, or a shop sends back what it wrote: the words are those of the inner
mails, with their own senders and days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from recours.intake.types import Place
from recours.reading.mime import Parsed, read_mail
from recours.reading.organisations import organisation
from recours.reading.types import Membership, Message

MAX_DEPTH = 5  # a forward of a forward of a forward
MAX_MAILS = 500  # of one mail
MAIL = "message/rfc822"


def forwarded(
    mail: bytes, place: Place, owner: Collection[str], sides: Collection[str]
) -> Iterator[tuple[Message, Membership]]:
    """The mails within a mail, outermost first, each once, if they were written by or to one of ``sides``.

    owner: the shopper's addresses; sides: organisations that write in the dispute.  An attached mail between others (the
    maker's answer to somebody) stays an exhibit.  An inner mail lies where its carrier lies; its hash is that of its own
    bytes.
    """
    whole = read_mail(mail, place)
    waiting = [(part, 1) for part in _attached(whole)]
    seen = {whole.message.id}
    while waiting and len(seen) <= MAX_MAILS:
        content, depth = waiting.pop(0)
        inner = read_mail(content, place)
        message = inner.message
        if depth < MAX_DEPTH:
            waiting += [(part, depth + 1) for part in _attached(inner)]
        if message.id in seen or message.date is None or not _between(message, sides):
            continue
        seen.add(message.id)
        yield message, _membership(whole.message, message, owner)


def all_parts(mail: bytes, place: Place) -> dict[str, bytes]:
    """The bytes of every part of a mail and of the mails within it, by SHA-256."""
    found: dict[str, bytes] = {}
    waiting = [(mail, 0)]
    while waiting:
        content, depth = waiting.pop()
        parsed = read_mail(content, place)
        found |= parsed.parts
        if depth < MAX_DEPTH:
            waiting += [(part, depth + 1) for part in _attached(parsed)]
    return found


def _attached(parsed: Parsed) -> list[bytes]:
    return [parsed.parts[a.sha256] for a in parsed.message.attachments if a.media_type == MAIL]


def _between(message: Message, sides: Collection[str]) -> bool:
    addresses = (message.sender, *message.to, *message.cc)
    return bool(message.sender.email) and any(organisation(a.email) in sides for a in addresses)


def _membership(carrier: Message, message: Message, owner: Collection[str]) -> Membership:
    return Membership(
        message=message.id,
        in_dispute=True,
        why=f"attached to the mail {carrier.id} of the dispute",
        direction="sent" if message.sender.email in owner else "received",
    )
