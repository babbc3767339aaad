"""The amount that was refunded or promised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recours.money import Money
from recours.reading.amounts import BARE, find_amounts, number_of
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
# "60 of the 900": the second is not what came back.
_OF_WHICH = re.compile(r"\d\W{0,6}\b(?:out of|of|sur)(?: (?:the|your|a total of|les|vos|un total de))?\s*$")
# A sum that goes back as one speaks, often without its currency: "I've sent the 412 back", "les 129 sont repartis".
_SUM = (
    r"(?:[$€£] ?)?(?P<sum>\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d{2})?|\d{2,6}(?:[.,]\d{2})?)(?![\w%/:-]|[.,]\d)"
    r"(?! ?(?:days?|jours?|business|working|ouvr|hours?|heures?|weeks?|semaines?|months?|mois|minutes?|items?|articles?|units?|"
    r"janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec|jan|feb|march|apr|may|jun|jul|aug))(?: ?(?:[$€£]|euros?\b|dollars?\b|pounds?\b))?(?: (?:of|out of|sur|des|de) (?:the|your|les|vos) [$€£]? ?[\d ,.]+[$€£]?)?"
)
_ALL = r"(?:(?:the|your|all|another|further|full|whole|remaining|other|first|last|outstanding|missing|les|vos|tes|la somme de|le solde de|autres|derniers|premiers|vous|bien|deja) )*"
_SPOKEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:sen[dt]|put|paid|pay|return(?:ed)?|transfer(?:red)?|give|given|push(?:ed)?|popped|release[d]?) (?:you )?(?:back )?{_ALL}{_SUM}[^.!?\n]{{0,40}}?\b(?:back|card|account|refund)",
        rf"\b(?:refund(?:ed)?|reimburse[d]?|credit(?:ed)?|(?:sent|paid|put|giv(?:en|ing)|sending|paying) (?:you )?back) (?:you )?{_ALL}{_SUM}",
        rf"\b(?:the|your)(?: full| remaining| other| last| first| missing)? {_SUM} (?:[\w']+ ){{0,4}}?(?:refunded|back|returned|sent|on its way|credited|reimbursed|transferred)\b",
        rf"\b(?:rembours\w*|recredit\w*|revers\w*|verse\w*|verser\w*|vire\w*|rends?|rendre|rendu|restitu\w*|renvoy\w*|remis|remets|remettr\w*) {_ALL}{_SUM}",
        rf"\b(?:les|vos|tes|ces) (?:autres |derniers |premiers )?{_SUM} (?:[\w']+ ){{0,4}}?(?:rembours|recredit|revers|verses?\b|vires?\b|repart|partis?\b|renvoy|rendus?\b|retourn|sur (?:votre|ta|ton))",
    )
)


def refund_amounts(view: View) -> Iterator[Finding]:
    """In a merchant's message that confirms, offers or announces a refund: the sum beside the refund's words."""
    if view.side == "consumer" or view.message.kind != "mail":
        return
    part = view.authored if view.authored.own.strip("\x00\n ") else view.body
    spoken = {match.span("sum") for rule in _SPOKEN for match in rule.finditer(part.folded)}
    heard = {a.act for a in view.read.acts} if spoken else view.acts
    confirmed = "confirm_refund" in heard
    offered = bool(heard & {"offer_refund", "offer_partial_refund"})
    if (
        not confirmed
        and not offered
        and not re.search(r"refund (?:due|total|amount)|montant du remboursement", view.body.folded)
    ):
        return
    by = "refunds.confirmed" if confirmed else "refunds.offered" if offered else "refunds.announced"
    amounts = find_amounts(part.own)
    for amount in amounts:
        line_start, _ = part.line_of(amount.start)
        near = part.folded[max(line_start - 60, amount.start - 90, 0) : amount.start]
        near = re.split(r"[.!?;]\s|\n\s*\n", near)[-1]
        after = part.folded[amount.end : amount.end + 60].split("\n")[0]
        if amount.amount <= 0 or _NOT_MONEY_BACK.search(near.split("\n")[-1][-40:]) or _OF_WHICH.search(near):
            continue
        total = bool(_TOTAL.search(near))
        beside = _REFUND.search(near) or (_REFUND.search(after) and not _NOT_MONEY_BACK.search(after))
        if total or beside or any(start < amount.end and amount.start < end for start, end in spoken):
            sure = (0.9 if confirmed else 0.75) + (0.05 if total else 0.0)
            yield view.finding(part, amount.start, amount.end, "refund.amount", same_words(amount), by, sure)
    for start, end in sorted(spoken):
        bare = not any(a.start < end and start < a.end for a in amounts)
        if bare and (said := number_of(part.raw[start:end])):
            sure = 0.8 if confirmed else 0.7
            yield view.finding(part, start, end, "refund.amount", Money(said, BARE), by, sure)
