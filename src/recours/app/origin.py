"""Proof of origin: whether the merchant's mails carry a signature that holds, with the keys that the person has.

What a key decided is kept in the journal with its day and the key; a mail without its key stays unchecked.  A key asked for
today may not be that of the mail's day (RFC 6376, 3.6.2: selectors are used again), so only what it proves is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from recours.app.desk import Desk, kept_items, last_reading
from recours.app.read_case import content_of
from recours.casefile.events import OriginChecked
from recours.intake.custody import Signed, key_names, provider_says, signed
from recours.intake.dkim_keys import askable
from recours.reading.types import Message
from recours.store.errors import MissingBytesError


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """One mail of the merchant's side.  provider: what the mail provider wrote into it, its word and no proof."""

    message: str
    sender: str
    signature: Signed
    provider: str = ""


def names_to_ask(desk: Desk, case: str) -> tuple[str, ...]:
    """The DNS names of the keys that the merchant's mails were signed with.  Raises NoSuchCaseError."""
    return askable(name for _, mail in _merchants(desk, case) for name in key_names(mail))


def check_origin(
    desk: Desk, case: str, keys: Mapping[str, str], *, of_today: bool = False
) -> tuple[Origin, ...]:
    """Check every mail of the dispute that the owner did not write; keep what is new.

    keys: TXT records by DNS name (see keys_of, dkim_keys.asked); of_today: they were asked for just now, so a signature
    that does not hold counts as unchecked.  Raises NoSuchCaseError.
    """
    known = {r.payload.message: r.payload for r in desk.history(case) if isinstance(r.payload, OriginChecked)}
    origins, news = [], []
    for message, mail in _merchants(desk, case):
        found = signed(mail, keys)
        if of_today and found.result == "fail":
            found = msgspec.structs.replace(found, result="no_key", record="")
        origins.append(
            Origin(
                message=message.id,
                sender=message.sender.email,
                signature=found,
                provider=provider_says(mail),
            )
        )
        if found.result == "pass" or found.result == "fail":
            checked = OriginChecked(
                message=message.id,
                result=found.result,
                domain=found.domain,
                selector=found.selector,
                record=found.record,
            )
            if known.get(checked.message) != checked:
                news.append(checked)
    if news:
        desk.record(case, news)
    return tuple(origins)


def _merchants(desk: Desk, case: str) -> Iterator[tuple[Message, bytes]]:
    """Every mail of the dispute that the owner did not write, with its bytes as its sender sent them."""
    history = desk.history(case)
    reading = last_reading(history)
    if reading is None:
        return
    mails = {i.place: i for i in kept_items(history) if i.item == "mail"}
    for entry in desk.case(case).dispute:
        item = mails.get(entry.message.place)
        if item is None or entry.message.sender.email in reading.owner:
            continue
        try:
            mail = content_of(item, desk.store.blob(item.sha256))
        except MissingBytesError:
            continue  # named by the store's own check
        yield entry.message, mail
