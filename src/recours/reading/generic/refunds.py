"""The amount that was refunded or promised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recours.reading.amounts import find_amounts
from recours.reading.generic.view import View, same_words
from recours.reading.types import Finding

_REFUND = re.compile(
    r"refund|rembours|reimburs|credit(?:ed|e|er)?\b|recredit|money back|returned to your|\b(?:re)?vers(?:e|er|ee|ees|ement)\b"
    r"|\b(?:go(?:es|ing|ne)?|went|put|coming|comes?|sen[dt]|paid|pay) (?:it |you )?(?:straight |all )?back\b|\bback (?:to|on|onto|in|into) (?:your|the) |\bsent to your|\bwill be (?:sent|paid|returned|transferred) (?:back |on |out )?(?:to|onto|into)\b"
    r"|\byou(?:'ll| will) (?:get|have|receive)\b|\b(?:tu vas|vous allez) (?:recevoir|avoir|ravoir)\b|\b(?:tu recevras|vous recevrez)\b"
    r"|\b(?:willing|prepared|able|will|can|could) (?:to )?(?:go|stretch) (?:up )?to\b|\b(?:aller|monter|irions|irait|irons|ira) jusqu'a\b|\bvire(?:e|es|s|r|rons)?\b|\bvirement|\brestitu|\bsur (?:votre|ta|ton) (?:carte|compte)\b"
)
_TOTAL = re.compile(
    r"(?:refund (?:total|amount|due)|total (?:refund(?:ed)?|rembourse|du remboursement)|montant (?:rembourse|du remboursement|credite)|amount (?:refunded|credited)|refunded)[^\n\d$€£]{0,25}$"
)
_NOT_MONEY_BACK = re.compile(
    r"\bfees?\b|\bfrais\b|deduct|retenu|restock|\bless\b|\bminus\b|voucher|store credit|bon d'achat|avoir|gift card|gesture|credit (?:en )?magasin|bon de|sub-?total|sous-?total"
)


def refund_amounts(view: View) -> Iterator[Finding]:
    """In a merchant's message that confirms, offers or announces a refund: the sum beside the refund's words."""
    if view.side == "consumer" or view.message.kind != "mail":
        return
    confirmed = "confirm_refund" in view.acts
    offered = bool(view.acts & {"offer_refund", "offer_partial_refund"})
    if (
        not confirmed
        and not offered
        and not re.search(r"refund (?:due|total|amount)|montant du remboursement", view.body.folded)
    ):
        return
    part = view.authored if view.authored.own.strip("\x00\n ") else view.body
    by = "refunds.confirmed" if confirmed else "refunds.offered" if offered else "refunds.announced"
    for amount in find_amounts(part.own):
        line_start, _ = part.line_of(amount.start)
        near = part.folded[max(line_start - 60, amount.start - 90, 0) : amount.start]
        near = re.split(r"[.!?;]\s|\n\s*\n", near)[-1]
        after = part.folded[amount.end : amount.end + 60].split("\n")[0]
        if amount.amount <= 0 or _NOT_MONEY_BACK.search(near.split("\n")[-1][-40:]):
            continue
        total = bool(_TOTAL.search(near))
        if total or _REFUND.search(near) or (_REFUND.search(after) and not _NOT_MONEY_BACK.search(after)):
            sure = (0.9 if confirmed else 0.75) + (0.05 if total else 0.0)
            yield view.finding(part, amount.start, amount.end, "refund.amount", same_words(amount), by, sure)
