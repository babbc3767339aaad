"""Are these the words of that text?  Compared so that what a quotation suffers on its way does not matter.

Without spaces, ``>`` marks, accents and case, a rewrapped quotation is still the same words.  Long ones are compared by their
consonants and digits alone: an encoding, a font or a page loses accents, quotes, signs and links, and leaves those.  Few words
are compared as whole words, together with those beside them.  Everything that comes in is ``plain``, but for the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from recours.reading.quotes.languages import plain

LONG = 30  # characters without spaces below which the same words prove nothing
_NOISE = re.compile(r"[\s>*_|]+")
_LINK = re.compile(r"<?\b(?:https?://|www\.|mailto:)[^\s<>]+>?|\[(?:cid|image|https?):[^\]]*\]")
_SOFT = re.compile(r"[^bdfghjklmnpqrstvwxz0-9]+")  # all but letters that bear no accent or cedilla
_SIGN = re.compile(r"[^a-z0-9]+")
_VOWEL = re.compile(r"[aceiouy]+")
_HOLE = re.compile(r"\w\?+\w")  # a letter that an encoding did not have
_FEW = 6  # such letters of a line below which it is compared by whole words, even beside a long one
_FIRM = 10  # such letters below which they prove nothing


@lru_cache(maxsize=1024)
def squeeze(said: str) -> str:
    """Text -> what is compared: letters and signs only, no spaces, no quoting marks."""
    return _NOISE.sub("", said)


@lru_cache(
    maxsize=4096
)  # more than a dispute has messages: gone through in order, a smaller one would never hit
def squeezed(text: str) -> str:
    return squeeze(plain(text))


@lru_cache(maxsize=1024)
def skeleton(said: str) -> str:
    """Plain text -> the consonants and digits of its words."""
    return _SOFT.sub("", _LINK.sub("", said))


def has_words(said: str) -> bool:
    """Is there more than links and pictures?"""
    return any(c.isalnum() for c in _LINK.sub("", said))


@lru_cache(maxsize=4096)
def _skeleton(text: str) -> str:
    return skeleton(plain(text))


def within(said: str, text: str) -> bool:
    """Does the text say this?  Long words by their skeleton, few ones to the letter."""
    words = squeeze(said)
    if len(words) >= LONG and len(firm := skeleton(said)) >= _FIRM:
        return firm in _skeleton(text)
    return bool(words) and _to_the_letter(said, text)


def _to_the_letter(said: str, text: str) -> bool:
    return squeeze(said) in squeezed(text)


@lru_cache(maxsize=1024)
def _words(said: str) -> str:
    """Plain text -> its words, letters and digits only, a space around each."""
    return (
        f" {' '.join(word for word in (_SIGN.sub('', w) for w in said.replace('-', ' ').split()) if word)} "
    )


@lru_cache(maxsize=4096)
def _worded(text: str) -> tuple[str, str]:
    """A text's words, and their skeletons."""
    words = _words(plain(text))
    return words, _words(_VOWEL.sub("", words))


def _follows(said: str, both: str, text: str) -> bool:
    """Do a few words, and those beside them, stand in the text, whole words each?"""
    words, firm = _worded(text)
    return (bool(_HOLE.search(said)) or _words(said) in words) and _words(
        _VOWEL.sub("", _words(both))
    ) in firm


def beside(said: str, both: str, text: str) -> bool:
    """Do these words stand in the text as they stand here, right below or above others?"""
    if len(squeeze(both)) < LONG:
        return False
    return _follows(said, both, text) if len(skeleton(said)) < _FEW else within(both, text)


def ends(said: str, text: str) -> bool:
    """Are these the text's last words?"""
    return _skeleton(text).endswith(skeleton(said))


def has_phrase(said: str, text: str) -> bool:
    """Do these words, whole words each, stand in the text?"""
    return _words(said) in _worded(text)[0]
