"""What the classifier sees of a sentence: its words, pairs and triples of words, and the letters within a word.

Amounts, days, spans of time and numbers become their kind, so that "$41.20 within 5 days" is like "$18 within 10 days".
Words of one meaning, in either language, share a feature beside their own (``meanings.yaml``).
Comes in: folded text (lower case, no accents).  Goes out: the features, each with what it counts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import msgspec

LETTERS, MEANINGS = 0.5, 0.7  # what a run of letters and a meaning count beside a word's 1

_MONTH = "jan|feb|fev|mar|apr|avr|may|mai|jun|juin|jul|juil|aug|aou|sep|oct|nov|dec"
_SPAN = "h|hrs?|hours?|heures?|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?|minutes?"
_NUMBER = "one|two|three|four|five|six|seven|ten|fourteen|thirty|un|une|deux|trois|quatre|cinq|sept|huit|dix|quinze|trente"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_MONEY = (
    r"(?:[$£€]|\b(?:cad|usd|eur|gbp|us\$|c\$)) ?\d[\d ,.]*"
    r"|\b\d[\d ,.]*(?: ?(?:[$£€]|(?:eur|euros?|dollars?|cad|usd|gbp|pounds|quid|bucks)\b))"
)
_DATE = (
    r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er)? (?:of )?(?:{_MONTH})[a-z]*\b(?:,? \d{{4}})?"
    rf"|\b(?:{_MONTH})[a-z]*\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
)
_TIME = (
    rf"\b(?:\d+|{_NUMBER})(?:[-/ ]?(?:to|a|or|ou|-) ?\d+)?[ -](?:(?:business|working|calendar) )?(?:{_SPAN})\b"
    r"(?: (?:ouvrables?|ouvres))?"
)
# In this order; what became a kind is upper case and is not looked at again.
_KINDS = (
    (re.compile(_MONEY), " MONEY "),
    (re.compile(r"\d+ ?%"), " PERCENT "),
    (re.compile(r"\b\d{1,2}[:h]\d{2}\b|\b\d{1,2} ?[ap]m\b"), " CLOCK "),
    (re.compile(_DATE), " DAY "),
    (re.compile(rf"\b(?:{_DAYS})s?\b"), " WEEKDAY "),
    (re.compile(_TIME), " SPAN "),
    (re.compile(r"\b[a-z]*-?\d[\w-]*\b"), " NUMBER "),
)
_WORD = re.compile(r"[A-Z]{3,}|[a-z]+(?:'[a-z]+)?|[?!]")
_ELIDED = frozenset(["qu", "jusqu", "lorsqu", "puisqu", "quelqu"])


def words(folded: str) -> list[str]:
    """The words in order, French elisions apart ("l'article": "l'", "article"), numbers as their kind."""
    for expression, kind in _KINDS:
        folded = expression.sub(kind, folded)
    found: list[str] = []
    for word in _WORD.findall(folded):
        head, mark, tail = word.partition("'")
        if mark and (len(head) <= 2 or head in _ELIDED):
            found += [head + mark, tail]
        else:
            found.append(word)
    return found


def features(folded: str) -> dict[str, float]:
    """Each feature once, with what it counts: words, pairs, triples and the sentence's length; runs of three to five
    letters within its words; meanings and pairs of them."""
    found = words(folded)
    framed = ["<", *found, ">"]
    whole = set(found)
    whole.update(map(" ".join, pairwise(framed)))
    whole.update(map(" ".join, zip(framed, framed[1:], framed[2:], strict=False)))
    count = len(found)
    whole.add(f"#{0 if count < 4 else 1 if count < 8 else 2 if count < 16 else 3}")
    letters = {run for word in set(found) for run in _letters(word)}
    told = [several for word in found if (several := meanings(word))]
    meant = {one for those in told for one in those}
    meant |= {one + two for these, those in pairwise(told) for one in these for two in those}
    return dict.fromkeys(letters, LETTERS) | dict.fromkeys(meant, MEANINGS) | dict.fromkeys(whole, 1.0)


@cache
def _table() -> tuple[dict[str, set[str]], tuple[tuple[str, str], ...]]:
    """Word -> its meanings; (beginning, meaning) of words with any ending."""
    text = (resources.files("recours.reading.linear") / "meanings.yaml").read_text(encoding="utf-8")
    whole: dict[str, set[str]] = {}
    begun: list[tuple[str, str]] = []
    for name, listed in msgspec.yaml.decode(text, type=dict[str, tuple[str, ...]]).items():
        for word in listed:
            if word.endswith("*"):
                begun.append((word[:-1], f"~{name}"))
            else:
                whole.setdefault(word, set()).add(f"~{name}")
    return whole, tuple(begun)


@lru_cache(maxsize=20_000)
def meanings(word: str) -> tuple[str, ...]:
    """The names of its meanings, in order ("~refund"), none for most words."""
    whole, begun = _table()
    return tuple(sorted(whole.get(word, set()) | {name for start, name in begun if word.startswith(start)}))


@lru_cache(maxsize=20_000)
def _letters(word: str) -> tuple[str, ...]:
    framed = f"<{word}>"
    return tuple(f":{framed[at : at + n]}" for n in (3, 4, 5) for at in range(len(framed) - n + 1))
