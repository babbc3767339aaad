"""Kindnesses that are said in the negative, which no reader may take for a refusal.

"We won't ask you to send it back", "nothing more will be charged", "we cannot come before Tuesday", in both languages.
Comes in: a sentence of the merchant's.  Goes out: whether all that it denies is such a kindness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from recours.reading.types import Act
from recours.text import same_length_fold

_SEND = (
    r"(?:send|return|ship|post|bring|give|pay|repay|do|lift|wait|chase|worry|fill|prove|keep|come|go|call)"
)
_RENVOYER = r"(?:renvoyer|retourner|rendre|ramener|rapporter|payer|regler|rembourser quoi|faire|attendre|vous deplacer|fournir|justifier|rappeler)"
_KIND = re.compile(
    "|".join(
        (
            # "We won't ask you to send it back", "you don't need to return it", "no need to pay"
            rf"\b(?:won't|will not|wouldn't|would not|don't|do not|never|not) (?:\w+ ){{0,2}}?(?:ask|need|require|expect|want|have|make|let)(?:ing)? (?:you )?(?:for (?:it|them) back|to {_SEND}|pay|wait)\b",
            r"\b(?:no need|not necessary) (?:for you )?to\b",
            r"\b(?:won't|will not|don't|do not) (?:need|want|require|ask for) (?:it|them|the \w+|anything|any more|that) (?:back|from you)\b",
            # "Nothing more will be charged", "you won't be billed", "there is no fee"
            r"\b(?:nothing|no more|not a (?:penny|cent)) (?:\w+ ){0,4}?(?:charged|billed|debited|taken|owed|due|to pay|owe)\b",
            r"\b(?:won't|will not|wouldn't|not|never) (?:\w+ ){0,2}?(?:be |get )?(?:charg(?:e|ed|ing)|bill(?:ed|ing)?|debit(?:ed)?|cost)\b(?! us)",
            r"\bno (?:fee|charge|cost|penalty|catch|obligation|hard feelings|rush|hurry|trouble|bother)s?\b",
            # "We cannot do it sooner than Tuesday", "can't come before the 3rd"
            r"\b(?:can't|cannot|can not|couldn't|won't|will not|not able to|unable to|not) (?:[\w']+ ){1,8}?(?:sooner|earlier|faster|quicker|any quicker|before|until|till)\b",
            r"\b(?:don't|do not|won't|will not) (?:owe|lose|pay|have to worry|worry)\b(?! (?:for|towards) (?:returns|defects|repairs))",
            r"\b(?:isn't|is not|wasn't|was not|not) (?:\w+ )?your fault\b",
            r"\bno (?:questions asked|proof|photos?|paperwork|receipt|return) (?:needed|necessary|required)?|\bno questions asked\b",
            r"\b(?:won't|will not|wouldn't) (?:take|accept|want|keep|hear of) (?:a penny|a cent|any money|anything for|your money|it)\b",
            r"\bno reason to (?:keep|make|let) you wait\w*",
            # "We won't let you down", "can't apologise enough"
            r"\b(?:won't|will not|wouldn't|don't want to|not going to) (?:\w+ ){0,2}?(?:let you down|leave you|keep you waiting|forget|give up|hide|argue|quibble|fight|dispute it)\b",
            r"\b(?:can't|cannot) (?:apologi[sz]e|thank you|say sorry|be sorry) (?:\w+ ){0,3}?enough\b",
            # Le français.
            r"\b(?:ne|n') ?(?:va|vais|vas|allons|allez|vont|allais|allions) (?:\w+ ){0,2}?(?:pas|rien|plus|jamais) (?:\w+ ){0,2}?(?:vous |te )?(?:(?:faire|laisser) (?:payer|courir|attendre|patienter|languir|tourner|chercher|tomber|avancer|remplir|renvoyer|revenir|seule?s?)|demander|reclamer|exiger|facturer|compter|prelever|debiter|obliger|embeter|abandonner|oublier|chipoter)\b(?:.{0,40}?\bni (?:vous |te )?(?:demander|reclamer|faire|facturer|exiger)\b)*(?:.{0,6}\b(?:renvoyer|retourner|payer|fournir|rendre|envoyer)\b)?",
            rf"\b(?:ne|n') ?(?:vous |te |lui )?(?:\w+ ){{0,2}}?(?:demand\w+|exige\w*|reclam\w+|oblige\w*|ferons|fera) (?:pas|rien|plus|jamais)\b(?:.{{0,30}}\b{_RENVOYER}\b)?",
            r"\b(?:ne|n') ?(?:vous |te )?(?:\w+ ){0,2}?(?:factur\w+|prelev\w+|debit\w+|compter\w*) (?:pas|rien|plus)\b",
            r"\b(?:rien|plus rien|aucun (?:frais|montant|prelevement)|aucune (?:somme|penalite))\b.{0,20}\bne (?:vous )?(?:sera|serait|est|restera)\b",
            r"\b(?:ne|n') ?(?:serez|seras|serait|etes|sera) (?:pas|plus) (?:factur|prelev|debit)\w+",
            r"\b(?:n'est|n'etait) (?:pas|en rien) (?:de )?votre faute\b|\bne vous (?:inquietez|faites|en faites) (?:pas|aucun)",
            r"\bne (?:nous )?(?:payez|paierez|devez|perdez|perdrez) (?:rien|pas|aucun)",
            r"\b(?:ne|n') ?(?:vous )?(?:demandons|demande|demanderons|demanderai|fera|ferons) (?:pas|rien|aucune?)\b",
            r"\b(?:pas|hors de|il n'est pas) question (?:de vous laisser|que vous (?:pay|pei|regl|attend))\w*",
            r"\bn'(?:avons|ai) (?:pas|plus|aucun) besoin (?:de|d')",
            r"\baucune raison de (?:vous )?(?:faire attendre|refuser|discuter)",
            rf"\b(?:pas besoin|inutile|pas la peine|pas necessaire|n'avez (?:pas|rien) (?:a|besoin)|n'as (?:pas|rien) (?:a|besoin)) ?(?:de |d')?(?:nous |me |la |le |les |l')*(?:{_RENVOYER})?",
            r"\b(?:ne|n') ?(?:vous )?(?:pou(?:vons|rrons|rrai|rra)|peux|peut|sera|serai|serons|passer\w*|livrer\w*) (?:\w+ ){0,2}?pas\b.{0,40}\b(?:avant|plus tot|plus vite|plus rapidement)\b",
            r"\b(?:ne|n') ?(?:vous )?(?:laisser\w*|abandonner\w*|oublier\w*|voulons|veux) pas\b.{0,20}\b(?:tomber|seule?|attendre|sans)\b",
        )
    )
)
_DENIES = re.compile(
    r"\b(?:not|never|cannot|unable|refuse[sd]?|decline[sd]?|denied|unfortunately|impossible|pas|jamais|aucune?|malheureusement|refus\w*)\b|n't\b|\bno (?:refund|return|exchange)"
)
_CLAUSE = re.compile(r"[,;:.!?()–—]|\b(?:but|however|and|so|mais|cependant|toutefois|et|donc)\b")


def is_kind(sentence: str) -> bool:
    """Whether what a sentence denies is all kindness."""
    folded = same_length_fold(sentence).replace("’", "'")
    kind, left = _KIND.search(folded), _KIND.sub(" ", folded)
    return bool(kind) and not any(_DENIES.search(clause) for clause in _CLAUSE.split(left))


_ACCUSE = frozenset(["refuse", "deny_responsibility", "blame_consumer"])


def without_kindness(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Acts without the refusals and excuses that are none."""
    return tuple(a for a in acts if not (a.act in _ACCUSE and is_kind(a.quote.text)))
