"""How plain a letter's words are: one figure a language, each with the scale it was made for.

English: Flesch-Kincaid grade (Kincaid, Fishburne, Rogers and Chissom, 1975): years of American school, lower is plainer.
French: Kandel and Moles (1958), Flesch's ease fitted to French: 0 to 100, higher is plainer; 60 is the general public's.
Words quoted from the mails and citations of articles are left out: they are not the letter's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from recours.words import Language

GOAL = {"en": 7.0, "fr": 60.0}  # grade at most; ease at least
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_CITED = re.compile(r"\((?:[^()]|\([^()]*\))*\)")  # exhibits and articles stand in brackets
_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zà-ÿ])")  # before a capital
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS = {"en": re.compile(r"[aeiouy]+"), "fr": re.compile(r"[aeiouyœæ]+")}
_SILENT = {
    # ends of words that are written with a vowel and said without it
    "en": re.compile(
        r"(?<=[^aeiouyl])e$|(?<=[aeiouy])le$|(?<=[^aeiouytd])(?<![^aeiouy]l)ed$|(?<=[aeiouy][^aeiouycgsxz])es$"
    ),
    "fr": re.compile(r"(?<=[^aeiouyàâéèêëîïôùûü])es?$"),
}
_APART = {
    # letters side by side that are said as two
    "en": re.compile(r"(?<![tcs])i[ao](?!u)|ua|ea$|(?<!^)y[aeiou]"),
    "fr": re.compile(r"é[aeiou](?!$)|[aou]ï|oë|(?<=[aeou])y[aeioué]|ueu"),
}


class Ease(msgspec.Struct, frozen=True):
    """value: a grade (English) or an ease (French), to one decimal; good: it reaches the goal."""

    language: Language
    value: float
    words: int
    sentences: int

    @property
    def good(self) -> bool:
        return self.value <= GOAL["en"] if self.language == "en" else self.value >= GOAL["fr"]


def ease(sentences: Iterable[str], language: Language) -> Ease | None:
    """sentences: of a letter's body, each one or several whole ones; None when they hold no words."""
    bare = (_CITED.sub(" ", _QUOTED.sub(" ", text)) for text in sentences)
    own = [_WORD.findall(sentence) for text in bare for sentence in _END.split(text)]
    own = [words for words in own if words]
    count = sum(map(len, own))
    if not count:
        return None
    long = count / len(own)
    heavy = sum(syllables(word, language) for words in own for word in words) / count
    value = 0.39 * long + 11.8 * heavy - 15.59 if language == "en" else 207 - 1.015 * long - 73.6 * heavy
    return Ease(language, round(value, 1), count, len(own))


def syllables(word: str, language: Language) -> int:
    """Groups of vowels that are said, at least one; within one of the dictionary's count for nearly every word."""
    parts = re.split(r"['’]", word.lower()) if language == "fr" else [re.sub(r"['’]", "", word.lower())]
    return max(1, sum(_said(part, language) for part in parts if part))


def _said(word: str, language: Language) -> int:
    apart = len(_APART[language].findall(word))
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    end = bare[:-2] + word[-2:] if len(bare) == len(word) else word  # an é at the end is said
    silent = bool(_SILENT[language].search(end))
    return max(0, len(_VOWELS[language].findall(bare.removeprefix("y"))) + apart - silent)
