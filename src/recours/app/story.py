"""What happened, as short dated rows for the screen: one a message that does something, with its words."""

from __future__ import annotations

from typing import Literal

import msgspec

from recours.casefile.days import day_of, days_of
from recours.casefile.types import CaseFile, Entry
from recours.law.types import Lang
from recours.reading.days import Days
from recours.reading.types import Side
from recours.words import say

QUOTED = 90  # characters of a quotation on one row

# What a reader wants to see of a message that does several things, first things first.
_WEIGHT = {
    name: n
    for n, name in enumerate(
        (
            "confirm_refund",
            "formal_demand",
            "cancel_contract",
            "deny_responsibility",
            "blame_consumer",
            "refuse",
            "offer_refund",
            "offer_partial_refund",
            "offer_store_credit",
            "offer_replacement",
            "offer_repair",
            "reject_offer",
            "accept_offer",
            "announce_recourse",
            "invoke_rights",
            "refer_elsewhere",
            "cite_policy",
            "request_return",
            "request_photos",
            "request_documents",
            "demand_refund",
            "demand_replacement",
            "demand_repair",
            "complain",
            "provide_evidence",
            "confirm_return",
            "return_label",
            "promise_by_date",
            "delivery_notice",
            "order_confirmation",
            "shipping_notice",
            "stall",
            "ask_status",
            "acknowledge",
            "apologise",
        )
    )
}
_QUOTED_ACTS = frozenset({"deny_responsibility", "blame_consumer", "refuse", "cite_policy", "complain"})
_SENDER: dict[str, Side] = {"sent": "consumer", "received": "merchant"}


class Row(msgspec.Struct, frozen=True):
    """day: ISO local day, or ""; by: consumer, merchant or ""; what: words; quote: the exact words, cut."""

    day: str
    by: str
    what: str
    quote: str
    message: str


def story(case: CaseFile, language: Lang) -> tuple[Row, ...]:
    """One row for each side that does something in a message of the dispute (both speak in a call); nothing is made up,
    nothing is dropped but automatic notices without an act.  What is only likely has "(?)" behind it."""
    days = days_of(case)
    return tuple(_row(entry, side, days, language) for entry in case.dispute for side in _sides(entry))


def _sides(entry: Entry) -> tuple[Side | Literal[""], ...]:
    """Who speaks; the sender of a mail that does nothing that is known."""
    if entry.acts:
        return tuple(dict.fromkeys(a.by for a in entry.acts))
    return () if entry.message.automatic else (_SENDER.get(entry.membership.direction, ""),)


def _row(entry: Entry, side: Side | Literal[""], days: Days, language: Lang) -> Row:
    own = [a for a in entry.acts if a.by == side]
    firm = {a.act for a in own if a.firm}
    acts = sorted(own, key=lambda a: _WEIGHT.get(a.act, len(_WEIGHT)))
    shown = list(dict.fromkeys(a.act for a in acts))[:2]
    day = day_of(entry, days)
    quoted = next((a for a in acts if a.act in _QUOTED_ACTS), None)
    return Row(
        day=day.isoformat() if day else "",
        by=side,
        what="; ".join(say(language, f"act.{act}") + ("" if act in firm else " (?)") for act in shown)
        or say(language, "story.wrote"),
        quote=_short(quoted.quote.text) if quoted else "" if own else _short(entry.new_text),
        message=entry.message.id,
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= QUOTED else words[: QUOTED - 1].rsplit(" ", 1)[0] + "…"
