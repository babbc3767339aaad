"""Numbers written in words, French and English: "deux cent quarante", "four hundred and twenty", "the third", "le premier".

Comes in: folded words (lower case, no accents).  Goes out: the number, None for words that are no number together.
"""

from __future__ import annotations

import re

_BELOW_TWENTY = {
    "one": 1, "un": 1, "une": 1, "two": 2, "deux": 2, "three": 3, "trois": 3, "four": 4, "quatre": 4, "five": 5, "cinq": 5,
    "six": 6, "seven": 7, "sept": 7, "eight": 8, "huit": 8, "nine": 9, "neuf": 9, "ten": 10, "dix": 10, "eleven": 11,
    "onze": 11, "twelve": 12, "douze": 12, "thirteen": 13, "treize": 13, "fourteen": 14, "quatorze": 14, "fifteen": 15,
    "quinze": 15, "sixteen": 16, "seize": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "vingt": 20, "vingts": 20, "thirty": 30, "trente": 30, "forty": 40, "quarante": 40, "fifty": 50,
    "cinquante": 50, "sixty": 60, "soixante": 60, "seventy": 70, "septante": 70, "eighty": 80, "huitante": 80,
    "octante": 80, "ninety": 90, "nonante": 90,
}  # fmt: skip
_TIMES = {"hundred": 100, "cent": 100, "cents": 100, "thousand": 1000, "mille": 1000}
_ORDINALS = {
    "first": 1, "premier": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_VALUES = _BELOW_TWENTY | _TENS | _ORDINALS
_JOIN = r"(?:[ \u00a0-]+|[ -]+(?:and|et)[ -]+)"


def _either(*tables: dict[str, int]) -> str:
    return "|".join(sorted((word for table in tables for word in table), key=len, reverse=True))


_WORD = rf"(?:{_either(_BELOW_TWENTY, _TENS, _TIMES)})"
NUMBER = rf"\b{_WORD}(?:{_JOIN}{_WORD})*\b"
ORDINAL = rf"\b(?:(?:twenty|thirty)[ -])?(?:{_either(_ORDINALS)})\b"


def spelled(words: str) -> int | None:
    """ "quatre-vingt-dix" -> 90.  None when a part is not smaller than the one before it ("two three")."""
    whole = current = 0
    last = 1000
    for word in re.split(r"[\s\u00a0-]+", words):
        if word in ("and", "et"):
            continue
        if times := _TIMES.get(word):
            if times <= current:
                return None
            current = max(current, 1) * times
            if times == 1000:
                whole, current = whole + current, 0
            last = times
            continue
        value = _VALUES.get(word)
        if value is None:
            return None
        if value == 20 and last == 4:  # quatre-vingt
            current, last = current - 4 + 80, 20
        elif value < last and (last >= 20 or (last == 10 and value > 6)):  # vingt-deux, dix-sept
            current, last = current + value, value
        else:
            return None
    return whole + current
