"""How much of a merchant's name stands in a bank's description.

Banks cut names, join their words and put a processor before them; they do not misspell.  So a word counts when it is
there whole, or cut after its beginning; every word of the name weighs by its length, common words little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from recours.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_LEGAL = frozenset(
    {"inc", "ltd", "ltee", "llc", "corp", "co", "cie", "enr", "gmbh", "sarl", "www", "com", "ca"}
)
_COMMON = frozenset(
    {
        "the",
        "la",
        "le",
        "les",
        "du",
        "de",
        "des",
        "and",
        "et",
        "shop",
        "store",
        "boutique",
        "online",
        "canada",
        "google",
    }
)
_PLACES = frozenset({"canada", "quebec", "usa", "international", "group", "groupe"})
_ALIAS = {"amzn": "amazon", "cdn": "canadian"}
_CUT = 4  # letters that a cut word must still have
_LITTLE = 0.5  # weight of a common word's letters
_TYPED = 10  # from this length one letter in ten may differ


def likeness(names: Sequence[str], words: str) -> int:
    """The best of the merchant's names, 0..100.  words: the description as the statement has it."""
    line = [_ALIAS.get(w, w) for w in _WORD.findall(fold(words))]
    return max((_of(_words(name), line) for name in names), default=0) if line else 0


def _words(name: str) -> list[str]:
    """The words of a name that tell it from others; a place after them is dropped."""
    found = [w for w in _WORD.findall(fold(name)) if w not in _LEGAL] or _WORD.findall(fold(name))
    while len(found) > 1 and found[-1] in _PLACES:
        found.pop()
    return found


def _of(name: list[str], line: list[str]) -> int:
    if sum(map(len, name)) < 3:
        return 0
    return round(max(_covered(name, line), _joined("".join(name), line)))


def _covered(name: list[str], line: list[str]) -> float:
    """The share of the name's letters whose words are in the line."""
    weights = [(w, len(w) * (_LITTLE if w in _COMMON else 1)) for w in name]
    found = sum(weight for word, weight in weights if any(_same(word, other) for other in line))
    return 100 * found / sum(weight for _, weight in weights)


def _same(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if short == long or (len(short) >= _CUT and other == short and long.startswith(short)):
        return True
    return len(short) >= _TYPED and Levenshtein.normalized_similarity(word, other) >= 0.9


def _joined(name: str, line: list[str]) -> float:
    """The share of the joined name that stands in the line from the beginning of one of its words."""
    best = 0
    for n in range(len(line)):
        rest = "".join(line[n:])
        common = next((k for k, (a, b) in enumerate(zip(name, rest, strict=False)) if a != b), None)
        best = max(best, min(len(name), len(rest)) if common is None else common)
    return 100 * best / len(name) if best > _CUT else 0
