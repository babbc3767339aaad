"""What was said about return and cancellation: the shopper's offer to send the goods back, the refusal to take them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recours.reading.generic.view import View
from recours.reading.types import Finding

_OFFERS_RETURN = re.compile(
    r"\b(?:je (?:vous )?(?:la |le |les )?(?:retourne|renvoie)(?:rai)?|je (?:peux|suis pret\w*|propose|souhaite|veux|voudrais|desire)[^.!?\n]{0,30}\b(?:retourner|renvoyer|rendre)|(?:a|pour) (?:vous )?(?:retourner|renvoyer)|"
    r"etiquette (?:prepayee|de retour)|comment (?:vous )?(?:retourner|renvoyer)|la carte part le jour|tiens? (?:le|la|l'|les) \w+ a (?:votre|sa) disposition|a votre disposition|"
    r"(?:i|we)(?:'m| am|'ll| will| can| would|'d)(?: be)?[^.!?\n]{0,25}\b(?:return|send (?:it|them|this|the \w+) back|ship (?:it|them) back)|happy to (?:return|send)|ready to (?:return|send)|prepaid (?:return )?label|"
    r"(?:i'd like|i want|i wish|i would like) to return|how (?:do|can) i (?:return|send)|(?:available|ready) for (?:pick-?up|collection|you to collect)|come (?:and )?(?:pick (?:it|them) up|collect|get))"
)
_REFUSES_RETURN = re.compile(
    r"\b(?:(?:non|pas|ni)[ -](?:etre )?retourn\w+|ne (?:peut|peuvent|pouvons)[^.!?\n]{0,30}retour\w*|pouvons pas (?:accepter|reprendre|donner une? etiquette)[^.!?\n]{0,30}(?:retour|article|produit)|(?:can'?t|cannot|can not|not able to|unable to|won'?t|do not|don'?t) (?:accept|take)[^.!?\n]{0,25}(?:returns?|back)|"
    r"not (?:returnable|eligible for (?:a )?return)|non-?returnable|cannot be returned|can'?t be returned|no returns?\b|aucun retour|retours? (?:refuse|non accepte)\w*)"
)


def returns(view: View) -> Iterator[Finding]:
    """The shopper's offer to send the goods back, the merchant's refusal to take them: what a payment card's rules ask."""
    part = view.authored
    consumer = view.side == "consumer"
    match = (_OFFERS_RETURN if consumer else _REFUSES_RETURN).search(part.folded)
    if not match or view.side is None or view.is_notice or not view.day:
        return
    if not consumer:
        yield view.finding(
            part, match.start(), match.end(), "return.refused_on", view.day, "problem.return", 0.7
        )
        return
    before = re.split(r"[.!?;\n]", part.folded[: match.start()])[-1]
    if re.match(
        r"[^.!?\n]{0,25}\b(?:photos?|pictures?|pics?|videos?|documents?|factures?|invoice|receipt|copie|copy|form\w*|e-?mails?|courriels?|messages?)\b",
        part.folded[match.end() : match.end() + 60],
    ):
        return  # papers go back and forth; only goods are returned
    if not re.search(r"\b(?:pas|not|n'accepte|refuse|won't|never|jamais)\b", before[-40:]):
        yield view.finding(part, match.start(), match.end(), "return.offered", "yes", "problem.return", 0.8)
        yield view.finding(
            part, match.start(), match.end(), "return.offered_on", view.day, "problem.return", 0.8
        )
