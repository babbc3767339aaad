"""From what the phrases found to what the message does: acts that exclude, imply or drown one another.

Each rule here is one of the labelling rules: a plan to look into it is no stall when the same message decides;
thanks for writing acknowledges only when nothing else is said; a newsletter is nothing but marketing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recours.reading.types import Message, Side
from recours.text import same_length_fold


class Hit(msgspec.Struct, frozen=True):
    """A phrase found: places in the message's text; sentence: its index; weak: counts only when nothing is against it;
    sure: the classifier's probability where no table found it, 0 where one did."""

    act: str
    by: Side
    start: int
    end: int
    sentence: int
    weak: bool
    sure: float = 0.0


_DECISIONS = frozenset(
    [
        "refuse",
        "offer_refund",
        "offer_partial_refund",
        "offer_replacement",
        "offer_repair",
        "offer_store_credit",
        "confirm_refund",
        "deny_responsibility",
        "blame_consumer",
    ]
)
# Acts whose sentence names the trouble only as a rhetorical aside.
_ASIDES = frozenset({"formal_demand", "announce_recourse", "invoke_rights", "reject_offer"})
# Asking for the thing is more than asking what is happening.
_ASKED_FOR = frozenset(
    {"demand_refund", "demand_replacement", "demand_repair", "formal_demand", "announce_recourse"}
)
_NOTICES = ("confirm_refund", "delivery_notice", "shipping_notice", "order_confirmation")
# In a notice these words are the shop's standing text, not an answer to anybody.
_BOILERPLATE = frozenset(
    [
        "cite_policy",
        "refer_elsewhere",
        "request_documents",
        "request_return",
        "request_photos",
        "stall",
        "deny_responsibility",
        "refuse",
        "blame_consumer",
        "offer_store_credit",
        "acknowledge",
        "offer_refund",
        "offer_replacement",
        "offer_repair",
        "return_label",
        "apologise",
        "offer_partial_refund",
    ]
)


def settle(hits: Sequence[Hit], message: Message, *, first_complaint_seen: bool) -> list[Hit]:
    """The hits that stand, in the order of the text."""
    merchant = _merchant([h for h in hits if h.by == "merchant"], message)
    consumer = _consumer([h for h in hits if h.by == "consumer"], first_complaint_seen)
    return sorted(merchant + consumer, key=lambda h: (h.start, h.end, h.act))


def _acts(hits: Sequence[Hit]) -> set[str]:
    return {h.act for h in hits}


def _without(hits: Sequence[Hit], *acts: str) -> list[Hit]:
    return [h for h in hits if h.act not in acts]


# Someone is away: nobody has looked at anything, and their return is promised to nobody.
_AWAY = re.compile(
    r"\bout of (?:the )?office\b|\b(?:on|annual|parental|maternity) leave\b|\bi(?:'m| am) (?:currently )?away\b|\bback on (?:the )?\d"
    r"|\ben (?:conges?|vacances|deplacement)\b|\babsente? (?:du|jusqu|du bureau|pour)\b|\bde retour (?:le|au bureau)\b"
)
_SHORT = 600  # characters of a mail that says no more than that


def _is_away(message: Message) -> bool:
    return len(message.text) < _SHORT and bool(_AWAY.search(same_length_fold(message.text)))


def _merchant(hits: list[Hit], message: Message) -> list[Hit]:
    if _is_away(message):
        hits = _without(hits, "promise_by_date", "stall")
    strong = _acts([h for h in hits if not h.weak])
    if "marketing" in strong:
        notices = strong & {
            "order_confirmation",
            "shipping_notice",
            "delivery_notice",
            "confirm_refund",
            "acknowledge",
            "refuse",
            "apologise",
        }
        if message.kind == "mail" and (message.bulk or message.automatic) and not notices:
            return [h for h in hits if h.act == "marketing"]
        if strong != {"marketing"}:
            hits = _without(hits, "marketing")
    notice = next((n for n in _NOTICES if n in strong), "")
    personal = strong & {"apologise", "refuse", "stall", "blame_consumer", "request_photos"}
    if not message.in_reply_to:
        personal -= {"stall"}  # "we'll let you know when it ships" answers nobody
    if notice and (message.automatic or message.bulk or (notice != "confirm_refund" and not personal)):
        hits = [
            h
            for h in hits
            if h.act not in _BOILERPLATE
            and (h.act not in _NOTICES or h.act == notice or _first(hits, h.act) <= 1)
        ]
        if notice in ("delivery_notice", "confirm_refund"):
            hits = _without(
                hits,
                "order_confirmation",
                "shipping_notice",
                *(["promise_by_date"] if notice == "delivery_notice" else []),
            )
        elif notice == "shipping_notice":
            hits = _without(hits, "order_confirmation")
    elif notice and personal:
        hits = _without(hits, "order_confirmation")
    # "To open a claim with the courier we need ..." asks; "please contact the seller" sends away.
    asks = {h.sentence for h in hits if h.act in ("request_documents", "request_photos")}
    sends = {h.sentence for h in hits if h.act == "refer_elsewhere"} - asks
    hits = [
        h
        for h in hits
        if not (h.act == "refer_elsewhere" and h.sentence in asks)
        and not (h.act == "stall" and h.sentence in sends)
    ]
    acts = _acts(hits)
    if acts & _DECISIONS:
        hits = _without(hits, "stall", "acknowledge")
    # "Sorry for the delay, it's our busy season" excuses what is past; it does not ask to wait.
    excused = {h.sentence for h in hits if h.act == "apologise"}
    hits = [h for h in hits if not (h.act == "stall" and h.weak and h.sentence in excused)]
    acts = _acts(hits)
    strong = _acts([h for h in hits if not h.weak])
    if "acknowledge" in strong:
        hits = [h for h in hits if not (h.act == "stall" and h.weak)]
    elif (
        "acknowledge" in acts
        and acts - {"acknowledge", "promise_by_date"}
        and not (message.automatic and acts <= {"acknowledge", "promise_by_date", "stall"})
    ):
        hits = _without(hits, "acknowledge")
    elif "acknowledge" in acts and not message.automatic and acts == {"acknowledge"}:
        hits = hits if len(message.text) < 400 else _without(hits, "acknowledge")
    hits = _after_a_fee(hits, message)
    acts = _acts(hits)
    if "offer_refund" in acts and "offer_partial_refund" in acts:
        partial = {h.sentence for h in hits if h.act == "offer_partial_refund"}
        hits = [h for h in hits if not (h.act == "offer_refund" and h.sentence in partial)]
    return hits


_FEE = re.compile(
    r"re-?stocking|\b\d{1,2} ?% (?:fee|charge|deduction)|(?:cancellation|handling|admin\w*) (?:fee|charge)|\bdeduct\w*"
    r"|frais de (?:restockage|dossier|annulation|gestion|remise en stock)|\bdeduction\b|\bretenue\b"
)
_ALL = re.compile(r"\bfull|\bwhole|\bentire|\btotalite|\bintegral|\bcomplet")


def _after_a_fee(hits: list[Hit], message: Message) -> list[Hit]:
    """A refund offered in the message that keeps a fee back is a part of the price, unless it says that it is all."""
    kept_back = any(
        h.act == "cite_policy"
        and _FEE.search(same_length_fold(message.text[max(0, h.start - 80) : h.end + 80]))
        for h in hits
    )
    if not kept_back:
        return hits
    return [
        msgspec.structs.replace(h, act="offer_partial_refund")
        if h.act == "offer_refund" and not _ALL.search(same_length_fold(message.text[h.start : h.end + 40]))
        else h
        for h in hits
    ]


def _first(hits: Sequence[Hit], act: str) -> int:
    return min(h.sentence for h in hits if h.act == act)


def _consumer(hits: list[Hit], first_complaint_seen: bool) -> list[Hit]:
    by_sentence: dict[int, set[str]] = {}
    for hit in hits:
        by_sentence.setdefault(hit.sentence, set()).add(hit.act)
    kept = []
    for hit in hits:
        with_it = by_sentence[hit.sentence]
        # The words that ask, threaten or refuse name the trouble only in passing.
        if hit.act == "complain" and hit.weak and (first_complaint_seen or len(with_it) > 1):
            continue
        if hit.act == "complain" and with_it & _ASIDES:
            continue
        if hit.act == "accept_offer" and "reject_offer" in {h.act for h in hits}:
            continue
        if hit.act == "ask_status" and with_it & _ASKED_FOR:
            continue
        kept.append(hit)
    return kept
