"""What came before a message in its dispute, as far as it tells what the message may do.

After a request for photos the answer most often supplies them; after an offer it accepts or turns down; who writes
twice without an answer asks what is happening.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec

from recours.reading.layout import has_total_line, has_tracking_line
from recours.reading.types import Message, Side
from recours.text import same_length_fold

_LONG_SILENCE = timedelta(days=4)
_ASKS = frozenset({"request_photos", "request_documents"})
_OFFERS = frozenset(
    {"offer_refund", "offer_partial_refund", "offer_replacement", "offer_repair", "offer_store_credit"}
)
_RETURNS = frozenset({"request_return", "return_label"})
_SHORT, _LONG = 150, 700  # characters of new text


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """The dispute before a message.  complained, wrote: the consumer, ever; last, at: who wrote the last mail, and when;
    the others: what the merchant did since the consumer's last mail."""

    complained: bool = False
    wrote: bool = False
    last: Side | None = None
    at: datetime | None = None
    asked: bool = False
    offered: bool = False
    wants_goods: bool = False
    refused: bool = False


def after(before: Before, message: Message, side: Side | None, acts: Collection[str]) -> Before:
    """The dispute once this message has come.  side: None for notes and chats, which both sides fill."""
    own = side == "consumer"
    done = frozenset(acts)

    def since(old: bool, new: bool) -> bool:
        return False if own else old or (side == "merchant" and new)

    return Before(
        complained=before.complained or "complain" in done,
        wrote=before.wrote or own,
        last=side,
        at=message.date or before.at,
        asked=since(before.asked, bool(done & _ASKS)),
        offered=since(before.offered, bool(done & _OFFERS)),
        wants_goods=since(before.wants_goods, bool(done & _RETURNS)),
        refused=since(before.refused, "refuse" in done),
    )


def circumstances(message: Message, side: Side, before: Before, characters: int) -> frozenset[str]:
    """The names under which the model weighs them.  characters: how many the author newly wrote."""
    folded = same_length_fold(message.text) if side == "merchant" else ""
    call = message.kind == "call"  # both speak, the shop to whom it has on the line
    waited = message.date - before.at if message.date and before.at else timedelta()
    told = {
        "consumer": {
            "first": not before.wrote,
            "asked": before.asked,
            "offered": before.offered,
            "wants_goods": before.wants_goods,
            "refused": before.refused,
            "again": before.last == "consumer",
            "waited": waited >= _LONG_SILENCE,
            "attachment": bool(message.attachments),
            "complained": before.complained,
        },
        "merchant": {
            "automatic": message.automatic or message.bulk,
            "unasked": not (message.in_reply_to or call),
            "answers": call or before.last == "consumer",
            "before_all": not before.wrote,
            "uncomplained": not before.complained,
            "total_line": has_total_line(folded),
            "tracking_line": has_tracking_line(folded),
        },
    }[side]
    told |= {"short": characters < _SHORT, "long": characters > _LONG}
    return frozenset(name for name, holds in told.items() if holds)
