"""The seller's telephone numbers, and the marks of registers and taxes that tell its country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recours.reading.generic.others import of_another
from recours.reading.generic.people import role_of
from recours.reading.generic.view import View
from recours.reading.places import find_addresses, find_phones
from recours.reading.types import Finding

# Words that only one country's firms put under their mails (folded text).
_MARKS: tuple[tuple[str, str], ...] = (
    ("FR", r"\b(?:siret|siren|rcs\s+[a-z-]+|sasu|eurl|s\.?a\.?r\.?l\.? au capital)\b|\bfr\s?\d{2}\s?\d{3}\s?\d{3}\s?\d{3}\b"),
    ("BE", r"\b(?:tva|btw|bce|kbo)\s*:?\s*be\b|\bbe\s?0\d{3}[. ]\d{3}[. ]\d{3}\b"),
    ("GB", r"\bregistered in (?:england|scotland|wales)\b|\bvat (?:reg(?:istration)?\.?\s*)?(?:no\.?|number)?\s*:?\s*gb\b|\bcompanies house\b"),
    ("CA", r"\b(?:gst/hst|gst/qst|tps/tvq|tvq|neq)\b"),
)  # fmt: skip


def registers(view: View) -> Iterator[Finding]:
    """ "RCS Lyon", "TVA BE 0123": the seller's country, weaker than its address."""
    if view.side != "merchant":
        return
    for country, pattern in _MARKS:
        match = re.search(pattern, view.body.folded)
        if match:
            yield view.finding(
                view.body, match.start(), match.end(), "merchant.country", country, "merchant.register", 0.65
            )


_PAYEE = re.compile(
    r"(?:\b(?:you (?:paid|sent)(?: a payment of)?|payment to|vous avez (?:paye|envoye)|paiement (?:a|de)|payment of|receipt for your payment)[^\n]{0,40}?\b(?:to|a)[ \t]+|"
    r"\b(?:merchant|marchand|commercant)\s*:?[ \t]+)(?P<name>[^\n|\t(]{2,50}?)\s*(?=$|[\n|\t(.,;])"
)
_BILLS_FOR = re.compile(
    r"(?:invoice|receipt|estimate|bill|facture|recu)\b[^\n]{0,25}?\b(?:from|de la part de|de)[ \t]+(?P<name>[^\n|(:,\d]{4,50})$"
)
# A marketplace's own words for whom the goods are bought from.
_SOLD_BY = re.compile(
    r"(?:^|[\n|\t(.;] ?)(?:(?:your|the|votre|le|la) )?(?:seller|sold by|sold and (?:shipped|dispatched|delivered) by|vendeuse?r?|vendue?s? par|vendue?s? et expediee?s? par)"
    r"(?: (?:is|est))?[ \t]*[:|\t]?[ \t]*(?P<name>[^\n|\t(:]{2,50}?)\s*(?=$|[\n|\t(,;]|\.\s)"
)


def payees(view: View) -> Iterator[Finding]:
    """ "You paid 34.90 GBP to Gilded Owl Books", "Vendu par X": a payment service or a marketplace names the seller."""
    if view.side != "merchant" or not view.is_notice:
        return
    for match in _SOLD_BY.finditer(view.body.folded) if view.is_order else ():
        start, end = match.span("name")
        yield view.finding(
            view.body, start, end, "merchant.name", view.body.raw[start:end], "merchant.seller", 0.9
        )
    for part in (view.subject, view.body):
        rules = (_PAYEE, _BILLS_FOR) if part is view.subject else (_PAYEE,)
        for match in (m for rule in rules for m in rule.finditer(part.folded)):
            start, end = match.span("name")
            if part.raw[start].isupper():
                yield view.finding(
                    part, start, end, "merchant.name", part.raw[start:end], "merchant.payee", 0.75
                )


_SENTENCE_END = re.compile(r"[.!?]\s|\n\s*\n")
_OF_OTHERS = re.compile(  # "changes go through them at (800) 555-0148"
    r"\b(?:them|their|they|leurs?|eux|ils|elles|fabricant|manufacturer|maker|carrier|courier|transporteur|livreur|assureur|insurer|warranty"
    r"|garantie constructeur)\b"
)
_OTHERS = 0.3  # taken off a telephone to which the shop sends the shopper


def phones(view: View) -> Iterator[Finding]:
    """Telephone numbers in the merchant's mail that are not the shopper's."""
    if view.side != "merchant":
        return
    part = view.body
    blocks = [f for f in find_addresses(part.own) if role_of(view, part, f) in ("ship", "bill")]
    for start, end in find_phones(part.own):
        if any(0 <= start - f.end < 60 for f in blocks):
            continue
        before = re.split(r"\n| [-–|·•] |, ", part.folded[max(0, start - 30) : start])[-1]
        if re.search(
            r"\bfax|your (?:phone|number)|votre (?:telephone|numero)|customer phone|tel(?:ephone)? client|tracking|suivi|iban|siret|siren|\brcs\b|\btva\b|order|commande",
            before,
        ):
            continue
        labelled = bool(
            re.search(
                r"(?:\bt|tel|telephone|phone|call(?: us)?(?: at| on)?|appele[rz](?:-nous)?(?: au)?|ligne|line|contact\w*|au|at|on)\s*[.:]?\s*\(?$",
                before,
            )
        )
        sentence = _SENTENCE_END.split(part.folded[max(0, start - 90) : start])[-1]
        elsewhere = _OTHERS if _OF_OTHERS.search(sentence) else 0.0
        sure = (0.85 if labelled else 0.7) - of_another(view, part, start) - elsewhere
        yield view.finding(part, start, end, "merchant.phone", part.raw[start:end], "people.phone", sure)
