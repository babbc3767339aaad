"""French or English, from the small words that only one of them uses.

Comes in: any text.  Goes out: "fr", "en" or "" when there is too little to tell.  No model, no network.
"""

from __future__ import annotations

import re
from typing import Literal

from recours.text import same_length_fold

Language = Literal["fr", "en", ""]

# Words that one language uses all the time and the other does not; "on", "a", "me", "but", "son", "pour"
# and the like are in both or mean little, so they are left out.
_FRENCH = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "un",
        "une",
        "et",
        "est",
        "sont",
        "je",
        "vous",
        "nous",
        "il",
        "elle",
        "ils",
        "elles",
        "que",
        "qui",
        "ne",
        "pas",
        "pour",
        "dans",
        "avec",
        "sur",
        "votre",
        "vos",
        "notre",
        "nos",
        "mon",
        "ma",
        "mes",
        "ce",
        "cette",
        "ces",
        "au",
        "aux",
        "par",
        "mais",
        "ou",
        "donc",
        "bonjour",
        "merci",
        "ai",
        "avez",
        "avons",
        "ont",
        "suis",
        "sommes",
        "etes",
        "ete",
        "etait",
        "sera",
        "serait",
        "fait",
        "faire",
        "plus",
        "tout",
        "tous",
        "toujours",
        "sans",
        "depuis",
        "apres",
        "avant",
        "commande",
        "livraison",
        "colis",
        "remboursement",
        "rembourser",
        "veuillez",
        "svp",
        "bien",
        "deja",
        "encore",
        "jamais",
        "rien",
        "lors",
        "comme",
        "quand",
        "moi",
        "oui",
        "cordialement",
        "madame",
        "monsieur",
        "salut",
        "pouvez",
        "puis",
        "peut",
        "peux",
        "votres",
        "leur",
        "leurs",
        "aussi",
        "alors",
        "chez",
        "car",
        "cela",
        "ca",
        "recu",
        "produit",
        "article",
        "achat",
        "facture",
        "desole",
        "j'ai",
        "c'est",
        "n'est",
        "n'ai",
        "d'un",
        "d'une",
        "l'on",
        "qu'il",
        "s'il",
        "jai",
        "cest",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "is",
        "are",
        "was",
        "were",
        "i",
        "you",
        "we",
        "he",
        "she",
        "they",
        "it",
        "that",
        "this",
        "these",
        "those",
        "not",
        "for",
        "with",
        "from",
        "your",
        "our",
        "my",
        "his",
        "her",
        "their",
        "of",
        "to",
        "in",
        "at",
        "by",
        "be",
        "been",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "should",
        "do",
        "does",
        "did",
        "please",
        "thank",
        "thanks",
        "hello",
        "hi",
        "hey",
        "dear",
        "what",
        "when",
        "where",
        "who",
        "how",
        "if",
        "or",
        "so",
        "just",
        "any",
        "there",
        "here",
        "get",
        "got",
        "send",
        "sent",
        "order",
        "refund",
        "money",
        "back",
        "still",
        "never",
        "no",
        "yes",
        "i'm",
        "i've",
        "i'd",
        "i'll",
        "don't",
        "can't",
        "won't",
        "didn't",
        "doesn't",
        "it's",
        "you're",
        "we're",
        "we'll",
        "that's",
        "im",
        "ive",
        "dont",
        "cant",
        "wont",
        "sorry",
        "because",
        "about",
        "after",
        "before",
        "again",
    ]
)
# Small words of neighbouring languages that neither French nor English uses (one line a language): they only
# tell that a text is in none of the two.
_NEITHER = """
der das und ist nicht ich wir sie mit ein eine einen auf bitte noch auch haben habe wurde bei ihre ihnen
el los las pero muy por una del mi usted ustedes todavia tres hice quiero gracias esta su al que no ha llegado
che non sono per della dello gli ho mi vorrei ancora grazie nel questo alla stato
nao eu uma os ao meu foi obrigado voce ainda para muito encomenda
het een ik niet van wij heb nog graag met voor zijn deze mijn geen naar
jest nie na prosze och att det jag inte
"""
_OTHER = frozenset(_NEITHER.split()) - _FRENCH - _ENGLISH
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)'")


def language_of(text: str) -> Language:
    """The language in which most of the text is written; "" when no small word tells, or they tell another language."""
    french, english, other = _counts(text)
    if french == english or other > max(french, english):
        return ""
    return "fr" if french > english else "en"


def is_foreign(text: str) -> bool:
    """Whether the text is in neither language: its small words are another language's, or it is in another script."""
    french, english, other = _counts(text)
    if other > max(french, english):
        return True
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and sum(c.isalpha() and c > _LATIN for c in text) * 2 > letters


_LATIN = "\u024f"  # the last letter of Latin Extended-B


def _counts(text: str) -> tuple[int, int, int]:
    french = english = other = 0
    for word in _WORD.findall(same_length_fold(text)):
        other += word in _OTHER
        if word in _ENGLISH:
            english += 1
        elif word in _FRENCH or _ELISION.match(word):
            french += 1
    return french, english, other
