"""Whose words a sentence reports, when the message itself does not say it: chats, transcripts.

In a mail the sender's side holds for every sentence, unless the text is a copied conversation ("Agent: ...",
"Me: ..."), whose lines name their speaker.  Notes of calls are read by ``telling``.  Works on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from recours.reading.acts.sentences import Sentence
from recours.reading.types import Message, Side
from recours.text import same_length_fold

# "[10:42] Agent (Kim): text"; the speaker has at most four words.
_SPEAKER = re.compile(
    r"^\W*(?:\d{1,4}[-/.:h]\d{1,2}(?:[-/.:]\d{1,4})?(?:[ ,]+\d{1,2}[:h]\d{2}(?::\d{2})?)?\s*(?:[ap]\.?m\.?)?[\])]?\s*[-–—]?\s*)?"
    r"(?P<who>[a-z][\w.'’&-]*(?: [\w.'’&()-]+){0,4}?)\s?(?:\(\d{1,2}[:h]\d{2}\))?\s?: "
)
_CONSUMER_NAMES = frozenset(
    [
        "me",
        "moi",
        "i",
        "je",
        "you",
        "vous",
        "toi",
        "customer",
        "client",
        "cliente",
        "visitor",
        "visiteur",
        "visiteuse",
        "guest",
        "invite",
        "buyer",
        "acheteur",
        "user",
        "utilisateur",
        "caller",
    ]
)
_MERCHANT_NAMES = re.compile(
    r"\b(?:agent|advisor|adviser|support|shop|store|seller|vendeur|vendeuse|boutique|magasin|conseill\w+|service|operator|rep|representative"
    r"|representant\w*|bot|assistant\w*|team|equipe|help|csr|specialist|manager|gerant\w*|chat|merchant|marchand)\b"
)
# Field names of forms, that look like speakers.
_FIELDS = frozenset(
    [
        "order",
        "date",
        "total",
        "subtotal",
        "item",
        "items",
        "sku",
        "tracking",
        "carrier",
        "case",
        "ticket",
        "number",
        "no",
        "ref",
        "reference",
        "subject",
        "objet",
        "from",
        "to",
        "name",
        "nom",
        "email",
        "courriel",
        "phone",
        "telephone",
        "tel",
        "address",
        "adresse",
        "commande",
        "numero",
        "produit",
        "product",
        "quantity",
        "quantite",
        "price",
        "prix",
        "paid",
        "status",
        "statut",
        "delivery",
        "livraison",
        "note",
        "ps",
        "nb",
        "re",
        "resume",
        "summary",
        "montant",
        "amount",
        "shipping",
        "taxes",
        "tax",
        "fee",
        "signed",
        "delivered",
        "expediteur",
        "destinataire",
        "total",
        "details",
        "message",
        "question",
        "reason",
        "raison",
        "https",
        "http",
        "update",
    ]
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_OTHER: dict[Side, Side] = {"consumer": "merchant", "merchant": "consumer"}


def speakers(message: Message, found: Sequence[Sentence], side: Side | None) -> dict[int, Side]:
    """Side by index of sentence, for a copied conversation; {} when the text is none.

    side: who sent the message.  A speaker with a name of the other side's address is that side.
    """
    own = set(re.findall(r"\w{3,}", same_length_fold(message.sender.name)))
    theirs = {
        word
        for address in message.to
        for word in _WORD.findall(same_length_fold(f"{address.name} {address.email}"))
    }
    theirs -= set(_WORD.findall(same_length_fold(f"{message.sender.name} {message.sender.email}")))
    named: dict[int, str] = {}
    talk = 0  # tagged lines that say something: "Seller: Blue Lamp" is a field of a notice
    for at, sentence in enumerate(found):
        got = _SPEAKER.match(sentence.folded)
        if got and got["who"] not in _FIELDS and got["who"].split()[0] not in _FIELDS:
            named[at] = got["who"]
            talk += len(sentence.folded[got.end() :].split()) >= 3
    told: dict[str, Side] = {}
    for who in set(named.values()):
        words = who.split()
        if words[0] in _CONSUMER_NAMES:
            told[who] = "consumer"
        elif side and theirs & set(_WORD.findall(who)):
            told[who] = _OTHER[side]
        elif _MERCHANT_NAMES.search(who):
            told[who] = "merchant"
    enough = len(set(named.values())) >= 2 and len(told) >= 1 and talk >= 2
    if not (enough or (message.kind == "chat" and named)):
        return {}
    if enough:
        missing: Side = "merchant" if "consumer" in told.values() else "consumer"
        for who in set(named.values()) - set(told):
            told[who] = "consumer" if own & set(who.split()) and message.kind != "mail" else missing
    sides: dict[int, Side] = {}
    current: Side | None = None
    for at in range(len(found)):
        if at in named:
            current = told.get(named[at], current)
        if current:
            sides[at] = current
    return sides
