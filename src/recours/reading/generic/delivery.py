"""Delivery: the day promised, the day delivered, the parcel's tracking number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from recours.reading.dates import find_dates
from recours.reading.dispute_terms import PHONE_OR_DATE
from recours.reading.generic.view import Part, View, day_value
from recours.reading.organisations import is_carrier
from recours.reading.types import Finding

_PROMISED = re.compile(
    r"\b(?:estimated (?:delivery|arrival)|expected (?:delivery|arrival)|delivery (?:date|estimate|expected|window|scheduled|planned)|scheduled (?:delivery|for delivery)|arriv(?:es|ing|al)|get it|delivered (?:by|between|before)|"
    r"deliver(?:y)? (?:it )?(?:by|between|on|for|before)|will (?:be delivered|arrive|be with you|reach you)|expected (?:by|on|between)|expect (?:it|delivery|your (?:order|parcel|delivery))|"
    r"due (?:to arrive|by|on)|expected|(?:should|will|shall|'ll) (?:be (?:with you|there|at your)|reach you|get to you|arrive|land|come)|be with you (?:by|on|before|between)|at your door|on your doorstep|"
    r"nous (?:passer|livrer|ser)ons|passer(?:a|ai|ons) chez|(?:sera|serons|serai) chez|arrivee (?:estimee|prevue|attendue|annoncee)|chez vous (?:le|entre|avant|d'ici)|livraison(?: et (?:pose|installation|montage))?(?= ?:? ?(?:la )?(?:semaine d[ue] ?)?$)|"
    r"delivery(?: (?:and|&) (?:installation|fitting|assembly))?(?= ?: ?(?:the )?(?:week (?:of|commencing|beginning|starting) ?)(?:the )?$)|"
    r"(?:date de )?livraison (?:est )?(?:prevue?|estimee?|programmee?|planifiee?|souhaitee|annoncee|garantie|attendue|le|entre|avant|d'ici|au plus tard)|date de livraison|sera (?:livree?|chez vous|remise?)|seront livrees?|arrivera|arrivee prevue|"
    r"livree? (?:entre|d'ici|avant|au plus tard)|(?:est|sera) (?:bien )?(?:programmee|planifiee) (?:le|pour|entre)|livraison\b[^\n]{0,80}\b(?:programmee|prevue|planifiee|fixee)|delivery\b[^\n]{0,80}\b(?:scheduled|booked|arranged|set)|delai de livraison|reception prevue)"
)
_DONE = re.compile(
    r"\b(?:(?:was|were|has been|have been|been)\s+(?:successfully\s+)?(?:delivered|left)|delivered(?: on| at)?(?:\s*:)?|delivery date\s*:|date de livraison\s*:|(?:a|ont|avons|avez)\s+(?:bien\s+)?(?:ete\s+)?(?:livree?s?|remise?s?|deposee?s?)|"
    r"livree?s?(?:\s+le|\s*:)|remise? le|(?:signed for|left) (?:on|at)|distribuee? le)"
)
_GOT = re.compile(
    r"\b(?:got|received|arrived|came|delivered|turned up|showed up|picked (?:it|them) up|recue?s?|arrivee?s?|livree?s?|receptionnee?s?)\b"
)
_NOT_GOT = re.compile(
    r"\b(?:not|never|hasn't|haven't|didn't|n'ai|n'a|n'est|pas|jamais|rien|aucune?|nothing|sans|supposed|should|was (?:to|due)|devait|prevue?|promised|promise|refund|rembours|reponse|reply|e-?mail|courriel|answer|letter|lettre|message|replacement|remplacement|credit|payment)\b"
)
_OTHER_VERB = re.compile(
    r"\b(?:charged?|billed|debited|debite|facture|signale|report|achet|command|order|bought|purchas|called|appel|wrote|ecrit|paid|paye|opened|ouvert|tested|essaye|tried|emailed|told|said|dit)\w*"
)
_RETURN = re.compile(
    r"\breturns?\b|\bretour(?:s|ne\w*)?\b|\bwarehouse\b|\bentrepot\b|\brenvo\w+|\bsent back\b"
)
_TRACKING = re.compile(
    r"(?:tracking|track (?:it|your \w+)|suivi|suivez(?:-l[ea])?|consignment|parcel|colis|shipment|envoi|expedition)(?:\s+(?:de\s+(?:votre\s+)?(?:colis|envoi)|number|no\.?|nr\.?|id|code|ref(?:erence)?\.?|n\s?[°ºo]\.?|numero|#|is|est))*[\s:#(|\-–]{1,6}"
    r"(?P<token>(?=(?:[a-z]*\d){5})[a-z0-9]{8,35}(?:[- ](?=[a-z0-9]*\d)[a-z0-9]{2,}){0,4}|[a-z]{2,4}(?:-\d{3,6}){2,4}|[a-z]{2,4}-\d{5,12}|(?!\d\d?\.\d\d?\.\d{2,4}\b)\d{2,4}(?:\.\d{3,5}){1,4}|(?:[a-z]{1,4} ?)?\d{2,6}(?: \d{2,6}){2,5}(?: ?[a-z]{2})?)(?![\w-])"
)
_TAKEN = re.compile(
    r"\b(?P<token>[a-z]{2,4}-?\d{5,14})\b(?= (?:was|is|has been|a ete|est|de [a-z]|from [a-z])|[\s).]*$)"
)
"""A carrier's number as it stands in its subject, or as what was delivered."""
_CARRIED = re.compile(
    r"\b(?:votre article|article|parcel|shipment|delivered|livre|livree|shipped|expedie|item|colis|envoi)\s*:?\s+(?P<token>(?=(?:[a-z]*\d){5})[a-z0-9]{9,30})(?![\w-])"
)
_POSTAL = re.compile(r"(?<![\w-])(?P<token>[a-z]{2}\d{9}[a-z]{2})(?![\w-])")
"""The posts' own form of a number (UPU S10), with or without a word for it."""

_WEEK_OF = re.compile(
    r"(?:semaine d[ue]|week (?:of|commencing|beginning|starting)) ?(?:the |monday |lundi )*$"
)
_TO_ITS_END = timedelta(days=6)


def promised(view: View) -> Iterator[Finding]:
    """The day by which the merchant or the carrier said that it would come; the last day of a range."""
    if view.side == "consumer":
        return
    part = view.body
    for found in find_dates(part.own, view.day):
        before = _lead(part, found.start, 70)
        match = _last(_PROMISED, before)
        if (
            not match
            or _RETURN.search(before)
            or re.search(r"rembours|refund|repon[sd]", before[match.end() :])
        ):
            continue
        if view.day and found.days[-1] < view.day:
            continue
        sure = 0.95 if view.is_order else 0.9 if view.is_notice else 0.7
        if found.said == "told":
            sure -= 0.15
        day = day_value(found)
        if isinstance(day, date) and _WEEK_OF.search(before):
            day += _TO_ITS_END
        yield view.finding(
            part, found.start, found.end, "delivery.promised_on", day, "delivery.promised", sure
        )


def delivered(view: View) -> Iterator[Finding]:
    """The day it came, by the carrier's notice first, by the shopper's words else."""
    if view.side == "consumer":
        yield from _got(view)
        return
    if view.message.kind != "mail" or not (
        view.is_notice or view.message.automatic or "delivery_notice" in view.acts
    ):
        return
    part = view.body
    back = bool(_RETURN.search(part.folded[:1500]) and not re.search(r"return(?:s)? policy", part.folded))
    if back and (
        re.search(r"delivered to:?[^\n]*return|your return|votre retour", part.folded)
        or "delivery_notice" not in view.acts
    ):
        return
    said = False
    for found in find_dates(part.own, view.day):
        before = _lead(part, found.start, 70)
        match = _DONE.search(before)
        if (
            match
            and not re.search(r"\b(?:sera|will|by|avant|before|not|pas|expected|estimated|prevue?)\b", before)
            and (not view.day or found.days[0] <= view.day)
        ):
            said = True
            yield view.finding(
                part, found.start, found.end, "delivery.delivered_on", day_value(found), "delivery.done", 0.95
            )
    act = next((a for a in view.read.acts if a.act == "delivery_notice"), None)
    if act and not said and view.day:
        quote = act.quote
        if not quote.part and not re.search(r"sera|will be", quote.text.casefold()):
            yield view.finding(
                part, quote.start, quote.end, "delivery.delivered_on", view.day, "delivery.notice", 0.8
            )


def _got(view: View) -> Iterator[Finding]:
    part = view.authored
    for found in find_dates(part.own, view.day):
        before = _lead(part, found.start, 80)
        match = _last(_GOT, before)
        if not match or _NOT_GOT.search(before) or _RETURN.search(before):
            continue
        between = before[match.end() :]
        if len(between) > 40 or _OTHER_VERB.search(between):
            continue
        if view.day and found.days[0] > view.day:
            continue
        start = found.start - len(before) + match.start()
        yield view.finding(
            part, start, found.end, "delivery.delivered_on", day_value(found), "delivery.got", 0.7
        )


def _last(rule: re.Pattern[str], words: str) -> re.Match[str] | None:
    return max(rule.finditer(words), key=lambda m: m.start(), default=None)


def _lead(part: Part, at: int, width: int) -> str:
    """The words of the same sentence before a date (a cell's label may stand on the line before)."""
    before = part.folded[max(0, at - width) : at]
    return re.split(r"[.!?;]\s|\n\s*\n", before)[-1]


def tracking(view: View) -> Iterator[Finding]:
    """Tracking numbers of shipping and delivery notices; not those that the shopper gives for a return."""
    if view.side == "consumer":
        return
    sure = 0.95 if view.acts & {"shipping_notice", "delivery_notice"} else 0.85 if view.is_notice else 0.6
    if re.search(r"return label|etiquette de retour|your return|votre retour", view.body.folded):
        sure -= 0.4
    for part in (view.subject, view.body):
        for rule in (_TRACKING, _CARRIED, *([_POSTAL] if view.is_notice else [])):
            for match in rule.finditer(part.folded):
                start, end = match.span("token")
                token = part.raw[start:end]
                yield view.finding(
                    part, start, end, "delivery.tracking_number", token, "delivery.tracking", sure
                )


_REFERENCE = re.compile(
    r"\b(?:reference|ref|n[°o] d'(?:expedition|envoi)|booking|job)\.?(?: (?:number|no\.?|numero))?\s*[:#]\s*(?P<token>(?=(?:[a-z-]*\d){4})[a-z0-9]+(?:-[a-z0-9]+)*)(?![\w-])"
)
_FILE = re.compile(
    r"\b(?:dossier|livraison|mission|tournee|delivery|docket|job|run)(?: (?:no\.?|n[°o]\.?|number|numero))?\s(?P<token>[a-z]{1,4}-?\d{4,10})(?![\w-])"
)
"""A carrier's own file, without a sign before its number: "Dossier TA-88310"."""
_OWN = re.compile(
    r"^\W*(?:(?:re|pro|awb|docket|waybill|lettre de voiture|parcel|package|item|article|paquet|colis|envoi|n[°o]|no)\b\W*){0,3}"
    r"(?P<token>(?=(?:[a-z-]*\d){6})(?=[a-z0-9-]{8})[a-z]{0,4}\d+[a-z0-9]*(?:-[a-z0-9]+)*)(?![\w-])"
)
"""What a carrier's subject begins with: "FP400-77215-NS: dropped off", "PRO 4471-88206 is moving"."""
_CARRIER = re.compile(r"\bdeliver\w*|\blivr\w+|\bshipment|\bcolis\b|\bparcel|\bfreight\b|\btranspor\w+")


def references(view: View) -> Iterator[Finding]:
    """A carrier's own reference ("Reference: NF-20931"); settle keeps it only from one who is not the seller."""
    carriers = is_carrier(view.message.sender.name, view.message.sender.email)
    if view.side != "merchant" or not (carriers or _CARRIER.search(view.body.folded + view.subject.folded)):
        return
    for part, rule in (
        (view.body, _REFERENCE),
        (view.body, _FILE),
        (view.subject, _FILE),
        (view.body, _TAKEN),
        (view.subject, _TAKEN),
        *([(view.subject, _OWN)] if carriers else []),
    ):
        for match in rule.finditer(part.folded):
            start, end = match.span("token")
            if PHONE_OR_DATE.match(match["token"]):
                continue
            yield view.finding(
                part, start, end, "delivery.tracking_number", part.raw[start:end], "delivery.reference", 0.7
            )
