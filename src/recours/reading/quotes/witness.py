"""What earlier messages of the dispute already said: the best witness of a quotation.

Words are compared without spaces, ``>`` marks, accents and case, so that a rewrapped quotation is still the same words; long
ones by their consonants and digits alone, so that what an encoding, a font or a page lost of it (accents, quotes, signs, links)
does not matter.  Only long stretches count, or short ones beside them: everybody writes "Bonjour,".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from recours.reading.quotes.languages import plain
from recours.reading.types import Address, Message

LONG = 30  # characters without spaces below which the same words prove nothing
SHORT = 12  # the same for lines that a program marked as quoted
_ABOVE = 90
_NOISE = re.compile(r"[\s>*_|]+")
_LINK = re.compile(r"<?\b(?:https?://|www\.|mailto:)[^\s<>]+>?|\[(?:cid|image|https?):[^\]]*\]")
_SOFT = re.compile(
    r"[^bdfghjklmnpqrstvwxz0-9]+"
)  # all but the letters that no accent, cedilla or ligature touches
_SIGN = re.compile(r"[^a-z0-9]+")
_VOWEL = re.compile(r"[aceiouy]+")
_HOLE = re.compile(r"\w\?+\w")  # a letter that an encoding did not have
_FEW = 6  # such letters of a line below which it is compared by whole words, even beside a long one
_FIRM = 10  # such letters below which they prove nothing


def squeeze(said: str) -> str:
    """Text -> what is compared: letters and signs only, no spaces, no quoting marks."""
    return _NOISE.sub("", said)


@lru_cache(
    maxsize=4096
)  # more than a dispute has messages: gone through in order, a smaller one would never hit
def _squeezed(text: str) -> str:
    return squeeze(plain(text))


def skeleton(said: str) -> str:
    """Plain text -> the consonants and digits of its words."""
    return _SOFT.sub("", _LINK.sub("", said))


def has_words(said: str) -> bool:
    """Is there more than links and pictures?"""
    return any(c.isalnum() for c in _LINK.sub("", said))


@lru_cache(maxsize=4096)
def _skeleton(text: str) -> str:
    return skeleton(plain(text))


def _within(said: str, text: str) -> bool:
    """Does the text say this?  Long words by their skeleton, few ones to the letter."""
    words = squeeze(said)
    if len(words) >= LONG and len(firm := skeleton(said)) >= _FIRM:
        return firm in _skeleton(text)
    return bool(words) and _to_the_letter(said, text)


def _to_the_letter(said: str, text: str) -> bool:
    return squeeze(said) in _squeezed(text)


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


def _before(other: datetime | None, own: datetime | None) -> bool:
    """A message without a date may itself quote this one; it is no witness, unless this one has none either."""
    if other is None or own is None:
        return other is own
    return other <= own if (other.tzinfo is None) == (own.tzinfo is None) else True


class Witness:
    """The earlier messages, oldest first, without the message itself, its copies, and those of unknown time."""

    def __init__(self, message: Message, earlier: Sequence[Message], around: Sequence[Message] = ()) -> None:
        self.author = message.sender
        self._around = {m.text for m in around if m.sender.domain == message.sender.domain} - {message.text}
        self.earlier = [
            m
            for m in earlier
            if m.id != message.id and m.text and m.text != message.text and _before(m.date, message.date)
        ]

    def first(self, said: str, *, others_only: bool = False) -> str:
        """Id of the first message that said these words; "" when none did, or the words are too few.

        others_only: "" too when it was the author who said them first.
        """
        n = self.first_at(said)
        if n < 0 or (others_only and self._same_side(self.earlier[n].sender)):
            return ""
        return self.earlier[n].id

    def first_at(self, said: str) -> int:
        """Place, among the earlier messages, of the first that said these words; -1 when none did."""
        if len(squeeze(said)) >= LONG:
            for n, m in enumerate(self.earlier):
                if _within(said, m.text):
                    return n
        return -1

    def beside(self, said: str, above: str, below: Iterable[str]) -> bool:
        """Does this stand, in an earlier message, right below or above these words?"""
        both = [f"{above} {said}" if above else "", *(f"{said} {other}" for other in below)]
        few = len(skeleton(said)) < _FEW
        return bool(squeeze(said)) and any(
            _follows(said, words, m.text) if few else _within(words, m.text)
            for words in both
            if len(squeeze(words)) >= LONG
            for m in self.earlier
        )

    def others_said(self, said: str) -> bool:
        """Did another person say these words first, be they few?"""
        words = squeeze(said)
        first = next((m for m in self.earlier if _within(said, m.text)), None)
        return len(words) >= SHORT and first is not None and not self._same_side(first.sender)

    def unsaid(self, said: str) -> bool:
        """Did no earlier message say this, however short it is?"""
        return bool(squeeze(said)) and not any(_within(said, m.text) for m in self.earlier)

    def _same_side(self, other: Address) -> bool:
        """The same person, or somebody of the same shop."""
        return other.email == self.author.email or other.domain == self.author.domain != ""

    def recurs(self, said: str, times: int = 2) -> bool:
        """Did this sender close several earlier messages with the same paragraph?"""
        words = squeeze(said)
        same = {_squeezed(m.text) for m in self.earlier if m.sender.email == self.author.email and words}
        return sum(1 for text in same if words in text) >= times if len(words) >= 12 else False

    def stands(self, said: str, times: int = 2) -> bool:
        """Do other mails from the same domain, before or after, hold the same words?"""
        words = squeeze(said)
        return len(words) >= LONG and sum(words in _squeezed(text) for text in self._around) >= times

    def opens(self, said: str, times: int = 2) -> bool:
        """Do other mails from the same domain begin with these words, but for a line above?"""
        words = squeeze(said)
        return (
            len(words) >= SHORT
            and sum(words in _squeezed(text)[: len(words) + _ABOVE] for text in self._around) >= times
        )

    def has(self, message_id: str) -> bool:
        return any(m.id == message_id for m in self.earlier)
