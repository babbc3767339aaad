"""What was bought and the grand total, from order notices, receipts and the shopper's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from recours.reading.amounts import FoundAmount, find_amounts
from recours.reading.dates import find_dates
from recours.reading.generic.view import Part, View, same_words
from recours.reading.types import Finding
from recours.text import same_length_fold

_TOTAL = re.compile(
    r"(?<![\w-])(?P<label>grand total|order total|total (?:incl(?:uding|usive of|\.)?|with) (?:vat|gst|hst|(?:all )?tax(?:es)?)|total amount|total charged|total paid|total price|total due|total payable|amount (?:charged|paid|due)|you paid|total for (?:this|your) order|"
    r"total (?:de (?:la |votre )?commande|ttc|tvac|tva (?:comprise|incluse)|(?:toutes )?taxes (?:comprises|incluses)|paye|regle|debite|facture|general|a payer|de l'achat|de la facture|du panier)|montant (?:total|paye|regle|debite|ttc|de la commande)(?: ttc| paye)?|"
    r"montant a payer|net a payer|somme (?:totale|debitee|payee)|total)(?![\w-])(?P<rest>[^\n]{0,40}?)"
)
_NOT_GRAND = re.compile(
    r"(?:sub|sous)[\s-]*$|\b(?:refund|remboursement|savings?|economies?|item|items|articles?|product|produits|tax|taxe|shipping|livraison|discount|remise|points?)\s*$"
)
_PARTIAL_AFTER = re.compile(
    r"\s*(?:ht\b|hors|partiel|before|avant|excl|savings?|items?\b|articles?\b|products?\b|produits\b|des (?:articles|produits)|weight|poids|tax\b|taxes\b|tva|shipping|discount|refund|rembours|:?\s*\d+ (?:items?|articles?))"
)
_WINDOW = 60

# "$179.00", "49,00 €", "EUR 20": a number that ends a name ("Alba 3   £1,150.00") begins no price.
_PRICE = (
    r"(?:[A-Z]{0,3}[$€£]\s?\d|(?:CHF|EUR|CAD|USD|GBP|AUD|NZD)\s?\d"
    r"|(?:\d{1,3}(?:[ \u00a0\u202f.,’']\d{3})+|\d+)(?:[.,]\d{1,2})?[\s\u00a0\u202f]?(?:[$€£](?!\s?\d)|(?:EUR|CAD|USD|GBP|CHF|AUD|NZD)\b))"
)

_ITEM_LINES = (
    # 1 x Name ..... $179.00      2 × Nom    49,00 €
    re.compile(
        rf"^[ \t•*-]*(?P<qty>\d{{1,3}})\s*[x×*]\s+(?P<name>\S[^\n|\t]*?)(?=\s*(?:\.{{2,}}|\||\t|\s{{2,}}|[-–—:]\s+{_PRICE}|@|[,(]?\s*{_PRICE})|\s*$)",
        re.MULTILINE,
    ),
    # Name × 1      Nom x 2
    re.compile(
        r"^[ \t•*-]*(?P<name>[^\W\d_][^\n|\t]{2,90}?)\s+[x×]\s?(?P<qty>\d{1,3})(?=\s*(?:\||\t|\.{2,}|\s{2,}|[-–—:]|[A-Z]{0,3}[$€£]\s?\d|\d[\d\s.,]*\s?[$€£])|\s*$)",
        re.MULTILINE,
    ),
    # Item: Name    Article : Nom
    re.compile(
        r"^[ \t•*-]*(?:item|product|article|produit|designation|description|event|evenement|spectacle|objet achete)\s*:[ \t]*(?P<name>\S[^\n|\t]*?)(?=\s*(?:\||\t|\.{2,}|\s{2,}|[-–—]\s*"
        rf"{_PRICE}|{_PRICE})|\s*$)",
        re.MULTILINE | re.IGNORECASE,
    ),
    # Name, Qty: 1     Nom (quantité : 1)     Name \n Qty 1
    re.compile(
        r"^[ \t•*-]*(?P<name>[^\W_][^\n|\t]{2,90}?)[\s,;(|–—-]*\b(?:qty|quantity|qte|quantite|qté|quantité)\.?\s*:?\s*(?P<qty>\d{1,3})\b",
        re.MULTILINE | re.IGNORECASE,
    ),
    # Name ..... $1,299.00 on a line of its own, for order notices only
    re.compile(
        r"^[ \t•*-]*(?:(?P<count>\d{1,2}) (?!(?:po|pouces|cm|mm|m|in|inch|kg|g|l|ml|x|%)\b))?(?P<name>[^\W\d_][^\n|\t:]{3,90}?)(?:\s*\.{3,}\s*|\s*[|\t]\s*|\s+[-–—:]\s+|[ \u00a0]+)(?:(?<!of )(?<!de )(?P<qty>\d{1,2})[ \t|]+(?=[$€£\d])(?!\d{3}[.,]\d\d(?!\d)))?"
        r"(?P<price>(?:[A-Z]{0,3}\s?[$€£]\s?\d[\d\s.,]*|(?:CHF|EUR|CAD|USD|GBP|AUD|NZD)\s?\d[\d\s.,'’]*|(?:\d{1,3}(?:[ \u00a0\u202f.,’']\d{3})+|\d+)(?:[.,]\d{1,2})?[\s\u00a0]?(?:[$€£](?!\s?\d)|EUR|CAD|USD|GBP|CHF|AUD|C\$)))"
        r"(?=[ \t\u00a0]*(?:[A-Z]{3}|each|ea\.?|TTC|ttc|HT|ht)?[ \t*]*(?:[|\n]|$))",
        re.MULTILINE,
    ),
)
_NOT_AN_ITEM = re.compile(
    r"\bcontribution\b|\bcharges\b|\bseat (?:selection|assignment|choice)|choix (?:du|de) siege|\bchecked bags?\b|bagages? (?:en soute|enregistre)|\blevy\b|\btaxe? |\bcapital\b|\bsiret\b|\brcs\b|\bsas\b|\bsarl\b|\bllc\b|\bltd\b|sub-?total|sous-?total|\btotal|shipping|postage|freight|surcharge|retainer|\bcaution\b|\bcourier\b|affranchissement|livraison|\bport\b|frais|expedition|\btax|\btva\b|\bvat\b|\btps\b|\btvq\b|\bgst\b|\bqst\b|\bhst\b|\bpst\b|discount|remise(?! (?:a|en) (?:neuf|etat))|rabais|coupon|promo|"
    r"\bpaid\b|pay[ée]|payment|paiement|visa|mastercard|amex|\bcard\b|carte banc|balance|solde|deposit|acompte|delivery|handling|eco-?part|\bfee\b|\bfees\b|order|commande|gift wrap|refund|rembours|restock|montant|amount|insurance|assurance",
    re.IGNORECASE,
)


def order_totals(view: View) -> Iterator[Finding]:
    """The amount after a total's label, taxes and shipping included; never a subtotal or a refund's total."""
    if view.side == "consumer":
        yield from _told(view)
    labelled = (view.body, *view.papers) if view.is_notice else view.papers
    for part in labelled:
        if re.search(r"\brefund|\brembours|\bavoir\b|credit note|note de credit", view.subject.folded):
            continue
        amounts = find_amounts(part.own)
        for match in _TOTAL.finditer(part.folded):
            before = part.folded[max(0, match.start() - 25) : match.start()]
            after = match.end("label")
            if _NOT_GRAND.search(before) or _PARTIAL_AFTER.match(part.folded, after):
                continue
            amount = _next(amounts, part, after)
            if amount and amount.amount > 0:
                sure = 0.95 if view.is_order or part.name else 0.8
                label = match["label"]
                if label == "total" and re.search(r"tax|tva|gst|tps", part.folded[after : amount.start]):
                    sure -= 0.02
                yield view.finding(
                    part, amount.start, amount.end, "order.total", same_words(amount), "totals.labelled", sure
                )


_DEPOSIT = re.compile(r"\b(?:deposit|down payment|acompte|arrhes|versement initial)\b[^\n]{0,40}$")
_BALANCE = re.compile(r"\b(?:balance|remainder|solde|reste a payer|reste du)\b[^\n]{0,40}$")


def priced_in_parts(view: View) -> Iterator[Finding]:
    """A price that no label calls the total, where a deposit and a balance together make it: 285.00 of 100.00 and 185.00."""
    if view.side == "consumer":
        return
    part = view.body
    amounts = find_amounts(part.own)
    parts: dict[str, list[Decimal]] = {"deposit": [], "balance": []}
    for amount in amounts:
        line = part.folded[part.line_of(amount.start)[0] : amount.start]
        for name, label in (("deposit", _DEPOSIT), ("balance", _BALANCE)):
            if label.search(line):
                parts[name].append(amount.amount)
    if len(parts["deposit"]) != 1 or len(parts["balance"]) != 1:
        return
    whole = parts["deposit"][0] + parts["balance"][0]
    price = next((a for a in amounts if a.amount == whole), None)
    if price:
        yield view.finding(
            part, price.start, price.end, "order.total", same_words(price), "totals.parts", 0.9
        )


_RECEIVED = re.compile(
    r"\b(?:payment of|paid|charged(?: you)?|paiement de|prelevement de|versement de|debite\w*(?: de)?|preleve\w*(?: de)?)\W{0,3}$"
)
_AFTERWARDS = re.compile(
    r"\W{0,3}(?:has been |have been |was |were |a ete |ont ete )?(?:paid|charged|debited|preleve|debite)"
)


def receipts(view: View) -> Iterator[Finding]:
    """ "We received your payment of $42.00": what a receipt says was paid, where it states no total."""
    if not view.is_order or _TOTAL.search(view.body.folded):
        return
    part = view.body
    for amount in find_amounts(part.own):
        before = part.folded[max(0, amount.start - 25) : amount.start]
        if amount.amount > 0 and (_RECEIVED.search(before) or _AFTERWARDS.match(part.folded, amount.end)):
            yield view.finding(
                part, amount.start, amount.end, "order.total", same_words(amount), "totals.received", 0.7
            )


def _next(amounts: tuple[FoundAmount, ...], part: Part, at: int) -> FoundAmount | None:
    """The first amount after a label, if only short words, dots or cell borders lie between."""
    for amount in amounts:
        if amount.start >= at:
            between = part.folded[at : amount.start]
            if (
                len(between) > _WINDOW
                or between.count("\n") > 4
                or re.search(r"[a-z]{3,}[^a-z]+[a-z]{3,}[^a-z]+[a-z]{3,}[^a-z]+[a-z]{3,}", between)
            ):
                return None
            return amount
    return None


_PAID = re.compile(
    r"\b(?:paid|cost me|charged me|charged|spent|purchase of|order of|price of|au prix de|paye|payee|regle|debite|coute|pour un (?:montant|total)(?: total)? de|d'un montant de|for a total of|montant de|refund (?:me )?(?:the )?(?:full |whole |entire )?(?:amount of |purchase price of |sum of )?|"
    r"remboursement (?:complet|integral|total) (?:de |des )?|rembourser (?:la somme|le montant|les|integralement) ?(?:de )?)\W{0,3}(?:\w+\W+){0,3}$"
)


_BOUGHT_FOR = re.compile(
    r"\b(?:achete|commande|reserve|bought|ordered|purchased|booked)e?s?\b.{0,60}\b(?:pour|for|at|a)\s*\W?$",
    re.DOTALL,
)


_THAT_I_PAID = re.compile(
    r"\s*(?:(?:that|which|que) )?(?:i|we|j'ai|je (?:vous |t')ai|nous (?:vous )?avons)(?:'ve| have| had)? ?(?:already |deja )?(?:paid|paye|regle|verse)"
)


def _told(view: View) -> Iterator[Finding]:
    """The shopper's own words for what was paid: weaker than a receipt."""
    part = view.authored
    for amount in find_amounts(part.own):
        before = part.folded[max(0, amount.start - 70) : amount.start]
        near = re.split(r"[.!?;]\s|\n\n", before)[-1]
        if amount.amount > 0 and (
            _BOUGHT_FOR.search(near)
            or _THAT_I_PAID.match(part.folded, amount.end)
            or _PAID.search(near)
            or re.search(r"\b(?:order|commande)\b[^.]{0,25},\s*$", near)
        ):
            yield view.finding(
                part, amount.start, amount.end, "order.total", same_words(amount), "totals.told", 0.55
            )


_EVENT = re.compile(
    r"^[ \t]*(?:spectacle|evenement|event|show|concert|match|film|seance|performance)[ \t|]+date\b[^\n]*\n+(?P<row>[^\n]+)",
    re.MULTILINE,
)


def order_events(view: View) -> Iterator[Finding]:
    """A ticket's table: under "Event Date ..." the name runs up to the day."""
    if not view.is_order:
        return
    for match in _EVENT.finditer(view.body.folded):
        start, end = match.span("row")
        days = find_dates(view.body.own[start:end], view.day)
        name = view.body.own[start : start + days[0].start] if days else ""
        words = _clean(name)
        if _is_item(words):
            start += name.find(words)
            yield view.finding(
                view.body, start, start + len(words), "order.items", words, "totals.event", 0.85
            )


def order_items(view: View) -> Iterator[Finding]:
    """Lines of an order notice or receipt that name goods with their number."""
    if not view.is_notice:
        return
    for part in view.texts:
        for rank, rule in enumerate(_ITEM_LINES):
            if rank == len(_ITEM_LINES) - 1 and not view.is_order:
                continue
            lines = [m for m in rule.finditer(part.own) if _is_item(m["name"])]
            if rank == len(_ITEM_LINES) - 1:
                lines = _above_the_total(lines, part)
            if not lines:
                continue
            if rank >= 2 and len(lines) > 6:
                continue
            first, last = lines[0], lines[-1]
            start = first.start("qty") if rank == 0 else first.start("name")
            end = last.end("qty") if rank == 1 else last.end("name")
            goods = _listed([*dict.fromkeys(_counted(m, part) for m in lines)])
            sure = (0.95, 0.95, 0.9, 0.9, 0.75)[rank] - (0.0 if view.is_order else 0.15)
            yield view.finding(part, start, end, "order.items", goods, "totals.items", sure)
            break


def _above_the_total(lines: list[re.Match[str]], part: Part) -> list[re.Match[str]]:
    """What is priced below the total is a deposit, an instalment or a condition; all, where no total stands below one."""
    totals = [m.start() for m in _TOTAL.finditer(part.folded)]
    above = [m for m in lines if any(m.start() < t for t in totals)]
    return above or lines


_ONCE = "1 x "
_HEADED = re.compile(r"\b(?:qty|qte|quantite|quantity|nombre|nb|pcs|units?|unites?)\b")


def _counted(match: re.Match[str], part: Part) -> str:
    """How many of what.  A number after the name, apart from it by one space, is its own ("Alba 3 £1,150.00") unless a
    column's head says that it counts."""
    found = match.groupdict()
    end = match.end("name")
    inside = found.get("price") and found.get("qty") and part.own[end : match.start("qty")] == " "
    if inside and not _HEADED.search(part.folded[: match.start()]):
        return f"{_ONCE}{_clean(part.own[match.start('name') : match.end('qty')])}"
    return f"{_quantity(match)} x {_clean(match['name'])}"


def _listed(goods: list[str]) -> str:
    """Several things of which each was bought once are named without a number."""
    once = len(goods) > 1 and all(one.startswith(_ONCE) for one in goods)
    return "; ".join(one.removeprefix(_ONCE) if once else one for one in goods)


def _quantity(match: re.Match[str]) -> str:
    found = match.groupdict().get("qty") or match.groupdict().get("count")
    return found.lstrip("0") or "1" if found else "1"


def _clean(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" \t.,;:|-–—(")


def _is_item(name: str) -> bool:
    return (
        len(_clean(name)) > 2
        and "\x00" not in name
        and "@" not in name
        and not _NOT_AN_ITEM.search(same_length_fold(name))
    )
