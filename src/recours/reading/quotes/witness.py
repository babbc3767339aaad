"""What earlier messages of the dispute already said: the best witness of a quotation.

Only long stretches count, or short ones beside them: everybody writes "Bonjour,".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from recours.reading.quotes.compare import LONG, beside, ends, has_phrase, squeeze, squeezed, within
from recours.reading.types import Address, Message

SHORT = 12  # characters without spaces below which a line that a program marked as quoted proves nothing
_ABOVE = 90
_PHRASE = 3  # spaces: a phrase of four words, alone on a line, is nobody's answer


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

        self.parent = next((m.text for m in self.earlier if m.id == message.in_reply_to), "")

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
                if within(said, m.text):
                    return n
        return -1

    def beside(self, said: str, above: str, below: Iterable[str]) -> bool:
        """Does this stand, in an earlier message, right below or above these words?"""
        both = [f"{above} {said}" if above else "", *(f"{said} {other}" for other in below)]
        return bool(squeeze(said)) and any(beside(said, b, m.text) for b in both for m in self.earlier)

    def parent_said(self, said: str) -> bool:
        """Is this a phrase of the very message that is answered?"""
        return said.count(" ") >= _PHRASE and has_phrase(said, self.parent)

    def ends(self, said: str) -> bool:
        """Are these the last words of an earlier message?"""
        return len(squeeze(said)) >= LONG and any(ends(said, m.text) for m in self.earlier)

    def others_said(self, said: str) -> bool:
        """Did another person say these words first, be they few?"""
        words = squeeze(said)
        first = next((m for m in self.earlier if within(said, m.text)), None)
        return len(words) >= SHORT and first is not None and not self._same_side(first.sender)

    def _same_side(self, other: Address) -> bool:
        """The same person, or somebody of the same shop."""
        return other.email == self.author.email or other.domain == self.author.domain != ""

    def recurs(self, said: str, times: int = 2) -> bool:
        """Did this sender close several earlier messages with the same paragraph?"""
        words = squeeze(said)
        same = {squeezed(m.text) for m in self.earlier if m.sender.email == self.author.email and words}
        return sum(1 for text in same if words in text) >= times if len(words) >= 12 else False

    def stands(self, said: str, times: int = 2) -> bool:
        """Do other mails from the same domain, before or after, hold the same words?"""
        words = squeeze(said)
        return len(words) >= LONG and sum(words in squeezed(text) for text in self._around) >= times

    def opens(self, said: str, times: int = 2) -> bool:
        """Do other mails from the same domain begin with these words, but for a line above?"""
        words = squeeze(said)
        return (
            len(words) >= SHORT
            and sum(words in squeezed(text)[: len(words) + _ABOVE] for text in self._around) >= times
        )

    def has(self, message_id: str) -> bool:
        return any(m.id == message_id for m in self.earlier)
