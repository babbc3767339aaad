"""Order number and order date, from the words that stand before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recours.reading.bookings import booking_codes
from recours.reading.dates import find_dates
from recours.reading.generic.view import Part, View, day_value
from recours.reading.types import Finding

_NOUN = (
    r"(?:sales\s+|web\s+|purchase\s+|work\s+)?order|commande|bon de commande|bon de travail|docket|booking|reservation|bestelling|inscription|enrol{1,2}ment"
    r"|registration|subscription|membership|job|location|rental|abonnement|adhesion|confirmation|contrat|contract|policy"
    r"|(?:achat|purchase)(?=\s*(?:n[o°º]|n\s[°º]|num|nr|#))"
)
_MARK = r"(?:\s*(?:number|no\.?|nr\.?|num\.?|id|ref(?:erence)?\.?|numero|n\s?[°ºo]\.?|code|#))*"
_TOKEN = r"(?P<token>#?(?=[a-z0-9./-]*\d[a-z0-9./-]*\d)[a-z0-9]+(?:[-/.][a-z0-9]+)*)(?![\w%])"
_NUMBER = re.compile(
    rf"(?:\b(?P<noun>{_NOUN})\b{_MARK}|\b(?:numero|n\s?[°ºo]\.?|number|ref(?:erence)?\.?)\s+(?:de\s+(?:la\s+|votre\s+|ma\s+)?|of\s+(?:the\s+|your\s+)?)?(?:{_NOUN})\b)"
    rf"(?P<gap>[\s:\-–(\[#«\"]{{0,4}}(?:\s*(?:est|is)\s+(?:le\s+)?)?){_TOKEN}"
)
_BILLED = re.compile(
    rf"\b(?:invoice|facture|bill|receipt|recu|note d'honoraires){_MARK}[\s:\-–(\[#«\"]{{0,4}}(?:\s*(?:est|is)\s+)?{_TOKEN}"
)
"""A bill's number is the purchase's where nothing else numbers it."""
_NOT_A_NUMBER = re.compile(
    r"(?:19|20)\d\d|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,3}|\d+[.,]\d{2}|\d+(?:st|nd|rd|th|er|h\d*|cm|mm|kg|x\d+)|\d{1,2}[a-z]{3}\d{2,4}"
)
_MONEY_NEXT = re.compile(r"\s{0,2}(?:\$|€|£|eur\b|cad\b|usd\b|gbp\b|euros?\b|dollars?\b|pounds?\b)|[.,]\d")

_DATED = re.compile(
    r"(?:order date|date ordered|date of (?:order|purchase)|purchase date|purchased on|purchased|signed up on|enrolled on|ordered on|ordered|order placed(?: on)?|placed(?: on)?|booked on|booking date|"
    r"invoice date|date de (?:la |votre )?commande|date d'achat|date de (?:la )?facture|date de (?:l')?inscription|date d'inscription|inscription du|inscrite? le|souscrite? le|souscription du|subscribed on|joined on|member since|signed on|signed|signee? le|contrat du|commande passee le|passee le|commandee? le|commande du|commande effectuee le|"
    r"achat du|achetee? le|reservee? le|reservation du|facture du|date de (?:la )?(?:transaction|reservation))[\s:|,]{1,4}(?:le\s+|on\s+)?$"
)
_BESIDE = re.compile(rf"\b(?:{_NOUN})\b{_MARK}\s*#?[a-z0-9-]*\d[a-z0-9-]*\s*[·|,•–-]?\s*$")
_BARE = re.compile(r"(?:^|[\n|\t ])date\s*:?[\s|]{1,3}$")
_BOUGHT = re.compile(
    r"\b(?:i|we|my wife|my husband)\s+(?:\w+\s+){0,2}(?:bought|ordered|purchased|booked|paid|placed)\b|\b(?:j'ai|nous avons|on a)\s+(?:\w+\s+){0,2}(?:achete|commande|reserve|paye|passe)"
    r"|\b(?:ordered|bought|purchased|placed|booked|commandee?s?|achetee?s?|reservee?s?|passee|commande|achat|order|purchase)\s*(?:[\w#-]+\s+){0,4}(?:on|le|du|of|from|dated?|en date du|placed)\b"
)


def order_numbers(view: View) -> Iterator[Finding]:
    """ "Order no. A19-2207", "commande n° 40718": a label, then a token with digits."""
    base = 0.95 if view.is_order else 0.85 if view.is_notice else 0.7
    yield from _of_subject(view)
    for part in (view.subject, *view.texts):
        yield from _after_a_label(view, part, _NUMBER, base)
        if view.is_notice:
            yield from _after_a_label(view, part, _BILLED, _A_BILL)
        for start, end in booking_codes(part.raw):
            yield view.finding(part, start, end, "order.number", part.raw[start:end], "orders.booking", base)


_A_BILL = 0.6


def _after_a_label(view: View, part: Part, rule: re.Pattern[str], sure: float) -> Iterator[Finding]:
    for match in rule.finditer(part.folded):
        start, end = match.span("token")
        token = part.raw[start:end]
        bare = token.lstrip("#")
        if _NOT_A_NUMBER.fullmatch(bare.casefold()) or _MONEY_NEXT.match(part.folded, end):
            continue
        if bare.isdigit() and len(bare) < 4 and not token.startswith("#") and "#" not in match[0]:
            continue
        start += len(token) - len(bare)
        yield view.finding(part, start, end, "order.number", bare, "orders.number", sure)


_ALONE = re.compile(
    r"(?:(?P<mark>[\[(#])|(?<=[-–—:,] ))(?P<token>(?=[a-z0-9-]*\d{3})(?=[a-z0-9-]*[a-z])[a-z0-9]{2,}(?:-[a-z0-9]+)*)(?:[\])]|$)"
)


def _of_subject(view: View) -> Iterator[Finding]:
    """The number that a notice bears in its subject without a word for it: "Booking confirmed - Gull Inn - SF-6619"."""
    if not view.is_order:
        return
    for match in _ALONE.finditer(view.subject.folded):
        start, end = match.span("token")
        yield view.finding(
            view.subject, start, end, "order.number", view.subject.raw[start:end], "orders.subject", 0.72
        )


def order_dates(view: View) -> Iterator[Finding]:
    """Labelled dates of order notices and receipts; what the shopper tells; last, the day of the confirmation."""
    if view.side == "consumer":
        yield from _told(view, view.authored)
    elif view.is_notice:
        for part in view.texts:
            yield from _labelled(view, part)
    for part in view.papers:
        if view.side == "consumer":
            yield from _labelled(view, part)
    confirms = "order_confirmation" in view.acts or view.has_order_layout
    if view.is_order and view.message.date and confirms:
        header = Part("date", view.message.date.isoformat())
        yield view.finding(
            header, 0, len(header.raw), "order.date", view.message.date.date(), "orders.confirmed", 0.7
        )


def _labelled(view: View, part: Part) -> Iterator[Finding]:
    for found in find_dates(part.own, view.day):
        before = part.folded[max(0, found.start - 45) : found.start]
        sure = (
            0.95
            if _DATED.search(before)
            else 0.9
            if _BESIDE.search(before) and view.is_order
            else 0.75
            if _BARE.search(before) and view.is_order
            else 0.0
        )
        if sure and found.said != "told":
            yield view.finding(
                part, found.start, found.end, "order.date", day_value(found), "orders.labelled", sure
            )


def _told(view: View, part: Part) -> Iterator[Finding]:
    """The shopper's own "I ordered it on ...": in the same sentence."""
    for found in find_dates(part.own, view.day):
        before = part.folded[max(0, found.start - 90) : found.start]
        before = re.split(r"[.!?;]\s|\n\n", before)[-1]
        after = part.folded[found.end : found.end + 60]
        told = _BOUGHT.search(before) or re.match(
            r"(?:\s+dernier|\s+last)?,?\s+(?:j'ai|nous avons|i|we)\s+(?:achete|commande|bought|ordered|purchased)",
            after,
        )
        if told and not re.search(
            r"\b(?:delivered|livree?s?|received|recue?s?|refund|rembours)",
            before[told.end() if told.string == before else 0 :],
        ):
            said = 0.65 if found.said != "told" else 0.55
            yield view.finding(
                part, found.start, found.end, "order.date", day_value(found), "orders.told", said
            )
