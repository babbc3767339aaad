"""What stands around a match and turns its meaning: negation, condition, question, somebody else's words.

"We cannot refund" offers nothing; "if we refund" promises nothing; "you say that it is broken" complains of
nothing.  Works on folded text (lower case, no accents); both languages at once, for mixed mail is common.
"""

from __future__ import annotations

import re

from recours.reading.acts.sentences import Sentence
from recours.reading.acts.tables import Void

# Words that look like a negation and are none.
_NOT_A_NEGATION = re.compile(
    r"n'?\s?hesit\w* (?:pas|surtout)|do(?:n'?t| not) hesitate|not only|non seulement|no problem|pas de (?:soucis?|problemes?)"
    r"|no worries|n'?\w+ qu'a|no later than|not later than|without (?:delay|any cost|charge|further)|sans (?:delai|frais|attendre|plus tarder)"
    r"|why (?:don't|not|can't|won't)|pourquoi (?:ne|pas)|if not|sinon|n'?est[- ]ce pas|can't you|couldn't you|ne pourriez[- ]vous pas"
)
_NEGATION = re.compile(
    r"\bnot\b|n't\b|\b(?:dont|doesnt|didnt|cant|cannot|wont|wouldnt|couldnt|isnt|arent|havent|hasnt)\b|\bnever\b|\bno\b|\bunable\b|\bneither\b|\bnor\b"
    r"|\bwithout\b|\brefus\w+|\bdeclin\w+|\bpas\b|\bjamais\b|\baucune?\b|\bsans\b|\bni\b|\bimpossible\b|\bnon\b|\binstead of\b|\bau lieu d"
)
_AFTER = re.compile(r"^\W*(?:\w+\W+)?(?:pas|plus|jamais|aucune?|not|never)\b")
_CLAUSE = re.compile(
    r"[;:—–]|,|\bbut\b|\bhowever\b|\bmais\b|\bcependant\b|\btoutefois\b|\bpar contre\b|\band\b|\bet\b|\bdonc\b|\bso\b|\.\s"
)
_CONDITION = re.compile(
    r"(?:^|[^\w])(?:if|unless|whether|in case|should you|should it|provided|si|s'ils?|s'il|a moins|au cas|pourvu|a condition)\b(?! (?:vous|te) plait)"
    r"(?! possible)(?! necessary)[^,;:]*$"
)
_HEARSAY = re.compile(
    r"\b(?:you|they|he|she|your \w+)(?: \w+)? (?:say|says|said|claim|claims|claimed|state[sd]?|told|allege|pretend|write|wrote|insist|keep saying)\b"
    r"|\b(?:vous|ils?|elles?|on)(?: \w+)? (?:dites|dit|disent|affirme[zr]?|affirment|pretende[zr]?|pretendent|soutenez|ecrivez|invoquez|disiez)\b"
    r"|\bselon vous\b|\bd'apres vous\b|\baccording to you\b|\bvous me dites\b"
)


def is_void(sentence: Sentence, match: re.Match[str], void: tuple[Void, ...]) -> bool:
    """Whether what stands around the match makes it worthless, of the kinds of ``void``."""
    if not void:
        return False
    if "question" in void and sentence.is_question:
        return True
    before = sentence.folded[: match.start()]
    if "conditional" in void and _CONDITION.search(before):
        return True
    if "hearsay" in void and _HEARSAY.search(sentence.folded[: match.end()]):
        return True
    return "negated" in void and _is_negated(sentence.folded, match)


def _is_negated(folded: str, match: re.Match[str]) -> bool:
    start = 0
    for clause in _CLAUSE.finditer(folded, 0, match.start()):
        start = clause.end()
    stretch = _NOT_A_NEGATION.sub(" ", folded[start : match.end()])
    if _NEGATION.search(stretch):
        return True
    rest = folded[match.end() : match.end() + 30]
    return bool(_AFTER.match(rest)) and not _CLAUSE.match(rest.lstrip()[:6])
