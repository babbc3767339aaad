"""Proof of origin: whether the merchant's mails carry a signature that holds, with the keys that the person has.

What a key decided is kept in the journal with its day and the key; a mail without its key stays unchecked.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from recours.app.desk import Desk, kept_items, last_reading
from recours.app.read_case import content_of
from recours.casefile.events import OriginChecked
from recours.intake.custody import Signed, provider_says, signed
from recours.store.errors import MissingBytesError


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """One mail of the merchant's side.  provider: what the mail provider wrote into it, its word and no proof."""

    message: str
    sender: str
    signature: Signed
    provider: str = ""


def check_origin(desk: Desk, case: str, keys: Mapping[str, str]) -> tuple[Origin, ...]:
    """Check every mail of the dispute that the owner did not write; keep what is new.

    keys: TXT records by DNS name (see keys_of).  Raises NoSuchCaseError.
    """
    history = desk.history(case)
    reading = last_reading(history)
    if reading is None:
        return ()
    known = {r.payload.message: r.payload for r in history if isinstance(r.payload, OriginChecked)}
    mails = {i.place: i for i in kept_items(history) if i.item == "mail"}
    origins, news = [], []
    for entry in desk.case(case).dispute:
        item = mails.get(entry.message.place)
        if item is None or entry.message.sender.email in reading.owner:
            continue
        try:
            mail = content_of(item, desk.store.blob(item.sha256))
        except MissingBytesError:
            continue  # named by the store's own check
        found = signed(mail, keys)
        origins.append(
            Origin(
                message=entry.message.id,
                sender=entry.message.sender.email,
                signature=found,
                provider=provider_says(mail),
            )
        )
        if found.result == "pass" or found.result == "fail":
            checked = OriginChecked(
                message=entry.message.id,
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
