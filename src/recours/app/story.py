"""What happened, as short dated rows for the screen: one a message that does something, with its words."""

from __future__ import annotations

import msgspec

from recours.casefile.types import CaseFile, Entry
from recours.law.types import Lang
from recours.reading.types import Act
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


class Row(msgspec.Struct, frozen=True):
    """day: ISO local day, or ""; by: consumer, merchant or ""; what: words; quote: the exact words, cut."""

    day: str
    by: str
    what: str
    quote: str
    message: str


def story(case: CaseFile, language: Lang) -> tuple[Row, ...]:
    """One row for each message of the dispute that does something; nothing is made up, nothing is dropped
    but automatic notices without an act."""
    return tuple(row for entry in case.dispute if (row := _row(entry, language)) is not None)


def _row(entry: Entry, language: Lang) -> Row | None:
    acts = sorted(entry.acts, key=lambda a: _WEIGHT.get(a.act, len(_WEIGHT)))
    if not acts:
        return None
    shown = list(dict.fromkeys((a.act, a.by) for a in acts))[:2]
    quoted = next((a for a in acts if a.act in _QUOTED_ACTS), None)
    return Row(
        day=entry.message.date.date().isoformat() if entry.message.date else "",
        by=shown[0][1],
        what="; ".join(say(language, f"act.{act}") for act, _ in shown),
        quote=_short(quoted) if quoted else "",
        message=entry.message.id,
    )


def _short(act: Act) -> str:
    words = " ".join(act.quote.text.split())
    return words if len(words) <= QUOTED else words[: QUOTED - 1].rsplit(" ", 1)[0] + "…"
