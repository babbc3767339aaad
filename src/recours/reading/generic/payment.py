"""How it was paid: the method, the card network, its last four digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recours.reading.generic.view import Part, View
from recours.reading.types import Finding

# Network -> its names; the method that paying with it is, when nothing else is said.
_NETWORKS = (
    ("visa", r"\bvisa\b", "credit_card"),
    ("mastercard", r"\bmaster\s?card\b", "credit_card"),
    ("amex", r"\bamex\b|\bamerican express\b", "credit_card"),
    ("discover", r"\bdiscover\b(?=\s*(?:x|\*|card|ending|•|\(|this|for|$|\.|,|and|\d))", "credit_card"),
    ("diners", r"\bdiners(?: club)?\b", "credit_card"),
    ("interac", r"\binterac\b", "debit_card"),
    ("maestro", r"\bmaestro\b", "debit_card"),
    ("bancontact", r"\bbancontact\b", "debit_card"),
)
_LATER = (
    r"klarna|afterpay|clearpay|affirm|sezzle|alma|oney|scalapay|paybright|floa|laybuy|pledg|zilch|flexiti"
)
_PARTS = (
    r"(?:\d|three|four) (?:interest[- ]free )?instal+ments|pay in (?:3|4|three|four)|(?:three|four|3|4) (?:interest[- ]free |equal )?payments of|"
    r"(?:paiement|paye\w*|regl\w+|reglement) en (?:\d|deux|trois|quatre) ?(?:x|fois)|en (?:2|3|4|10|deux|trois|quatre) ?(?:x|fois)(?: sans frais)?|"
    r"\d ?x sans frais|\d+ (?:versements|mensualites|echeances) sans frais"
)
_METHODS = (
    ("paypal", r"\bpaypal\b(?! me)"),
    ("bnpl", rf"\b(?:{_LATER}|{_PARTS})\b"),
    ("bank_transfer", r"\b(?:virement(?: bancaire| interac)?|bank transfer|wire transfer|e-?transfer|prelevement sepa|faster payment)\b"),
    ("debit_card", r"\b(?:debit card|carte de debit|visa debit|visa-debit|debit mastercard|mastercard debit)\b"),
    ("credit_card", r"\b(?:credit card|carte de credit)\b"),
    ("gift_card", r"\b(?:paid (?:with|by) (?:a )?gift card|paye[e]? (?:par|avec) (?:une )?carte[- ]cadeau)\b"),
)  # fmt: skip
_SERVICES = (("paypal", "paypal"), ("bnpl", _LATER))
_PAYS = re.compile(
    r"\bpaid\b|\bpay\b|\bpayments?\b|\bcharged?\b|\bpaiement\b|\bpayee?s?\b|\breglee?\b|\breglement\b|\bdebitee?\b|\breglement\b|\bmode de\b|\bmethod\b|\bcard\b|\bcarte\b|\bbilled\b|\bfacturee?\b|\bbilling\b|\bfund(?:ed|ing)\b|\brefund|\brembours|\binstal+ments?\b|\becheances?\b|\bversements?\b|\bmensualites?\b|\bcheckout\b"
)
_LAST4 = re.compile(
    r"(?:ending(?: with| in)?|ends (?:in|with)|se termin\w+ (?:par|en)|termine?e? (?:par|en)|finissant (?:par|en)|fini\w* par|last (?:(?:4|four) )?digits(?: are)?|last (?:4|four)|4 derniers chiffres|card no\.?|carte n[°o])[\s:.(]{0,3}(?:[*x•.…·\s-]*)"
    r"(?P<a>\d{4})(?!\d|[-/]\d)|(?<![\w])(?:[*x•…·]|\.{2}){1,}(?:[ -]?[*x•…·.]{2,})*[ -]{0,2}(?P<b>\d{4})(?![\w-])"
    r"|\b(?:visa|master\s?card|amex|american express|discover)(?: (?:credit|debit|card))?\s{0,2}[-–—#x]?\s{0,2}(?P<c>\d{4})(?![\w.,-])(?!\s?(?:[$€£]|cad|usd|eur|gbp))"
)
_CARDISH = re.compile(
    r"visa|master|amex|american|discover|card|carte|maestro|bancontact|interac|\bcb\b|diners|debit|paid|paye|payment|paiement"
)


def payments(view: View) -> Iterator[Finding]:
    """Method, network and last four digits, only where the words are about paying."""
    for method, service in _SERVICES if view.is_order else ():
        if paid_by := re.search(
            rf"(?:^|[@.-])(?P<name>{service})[.-]", view.sender.folded.rpartition("@")[2]
        ):
            at = view.sender.folded.rfind("@") + 1
            start, end = at + paid_by.start("name"), at + paid_by.end("name")
            yield view.finding(view.sender, start, end, "payment.method", method, "payment.service", 0.98)
    for part in (view.authored,) if view.side == "consumer" else view.texts:
        base = 0.95 if view.is_order else 0.75 if view.is_notice else 0.65
        yield from _networks(view, part, base)
        for method, pattern in _METHODS:
            for match in re.finditer(pattern, part.folded):
                if _near(part, match.start(), match.end()) and not _offers_choice(part, match.start()):
                    yield view.finding(
                        part, match.start(), match.end(), "payment.method", method, "payment.method", base
                    )
        for match in _LAST4.finditer(part.folded):
            start, end = next(match.span(g) for g in "abc" if match[g])
            before = part.folded[max(0, match.start() - 45) : end]
            if _CARDISH.search(before):
                yield view.finding(
                    part, match.start(), end, "payment.last4", part.raw[start:end], "payment.last4", base
                )


def _networks(view: View, part: Part, base: float) -> Iterator[Finding]:
    for network, pattern, method in _NETWORKS:
        for match in re.finditer(pattern, part.folded):
            if not _near(part, match.start(), match.end()) or _offers_choice(part, match.start()):
                continue
            yield view.finding(
                part, match.start(), match.end(), "payment.network", network, "payment.network", base
            )
            debit = re.match(r"[\s-]*debit", part.folded[match.end() : match.end() + 8]) or re.search(
                r"debit[\s-]*$|debit card \($", part.folded[: match.start()][-14:]
            )
            transfer = re.match(
                r"[\s-]*e-?transfer", part.folded[match.end() : match.end() + 12]
            ) or re.search(r"virement $", part.folded[: match.start()][-10:])
            if not transfer:
                said = "debit_card" if debit else method
                yield view.finding(
                    part, match.start(), match.end(), "payment.method", said, "payment.network", base - 0.03
                )


def _near(part: Part, start: int, end: int) -> bool:
    """Whether the words around (four lines of a notice, a sentence of a letter) are about paying."""
    around = part.folded[max(0, start - 90) : end + 50]
    return (
        bool(_PAYS.search(around))
        or bool(_LAST4.match(part.folded, end + 1))
        or bool(re.match(r"\s*(?:x|\*|•|…|ending|se termin)", part.folded[end : end + 12]))
    )


def _offers_choice(part: Part, at: int) -> bool:
    """ "We accept Visa, Mastercard and PayPal" says nothing about this payment."""
    line_start, line_end = part.line_of(at)
    line = part.folded[line_start:line_end]
    names = sum(bool(re.search(p, line)) for _, p, _ in _NETWORKS) + len(re.findall(r"paypal|klarna", line))
    return names > 2 or bool(
        re.search(r"we accept|nous acceptons|accepted payment|moyens de paiement acceptes", line)
    )
