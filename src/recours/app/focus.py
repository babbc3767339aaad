"""A search for a shop that the person names, in a mailbox too large to look at every message for that.

The shop's name or the order's number is looked for in the bytes of the mailbox; then the domains of those who wrote
with it; then all that was sent in the days of the dispute is looked at.  What this finds is what a look at every message
finds, as far as the search says more of a message than why it stays out (see docs/decisions/0017).  Where the words
are none that can be looked for so, or nothing comes of it, every message is looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from recours.app.look import LARGE, Looker, Looking, look_at, told
from recours.intake.from_mbox import Mailbox
from recours.intake.outline import Outline
from recours.reading.dispute import bears, find, is_named
from recours.reading.dispute_case import AFTER, DEPOSIT
from recours.reading.dispute_look import Seen
from recours.reading.organisations import organisation, owners
from recours.reading.types import Candidate
from recours.text import fold

SAMPLE = 200  # messages by which the owner's addresses are told
MOST_SHOPS = 12  # organisations beyond which the words are no name of a shop
MOST = 5  # a share of the messages, beyond which nothing is won: one in five
MANY = 600  # messages from which starting other processes pays
NEAR = 0.5  # of the likeliest's score
SHORTEST = 4  # letters of a word that is looked for in bytes
_ZONES = timedelta(days=1)  # a day's name differs by zone
_ROUNDS = 4
Progress = Callable[[str, int, int], None]


class Focus(NamedTuple):
    """seen: in the source's order, those that were looked at; candidates: likeliest first; messages: of the mailbox."""

    seen: list[Seen]
    candidates: tuple[Candidate, ...]
    messages: int


def focused(mailbox: Mailbox, outline: Outline, about: str, progress: Progress, version: str) -> Focus | None:
    """The disputes with the shop, or about the order, that the person's words name; None when every message must be looked
    at for that.  outline: of the mailbox's files; progress: stage, bytes done, bytes in all."""
    word = word_of(about)
    if mailbox.size < LARGE or not word:
        return None
    found = _Found(mailbox, outline, Looking(about=about, version=version))
    named = outline.holding(written(word), told(progress, "search", mailbox.size))
    if not named or not found.take(named):
        return None
    shops = found.shops(named)
    if not shops or len(shops) > MOST_SHOPS:
        return None
    beyond = [needle for shop in sorted(shops) if word not in shop for needle in written(shop)]
    if beyond and not found.take(outline.holding(beyond, told(progress, "shops", mailbox.size))):
        return None
    for _ in range(_ROUNDS):
        candidates = found.candidates()
        if not candidates or not is_named(candidates[0], about):
            return None
        around = found.around(candidates)
        if around <= found.looked.keys():
            return Focus(found.in_order(), candidates, len(outline))
        if not found.take(around):
            return None
    return None


class _Found:
    """What was looked at so far.  looked: by the message's number in the outline."""

    def __init__(self, mailbox: Mailbox, outline: Outline, how: Looking) -> None:
        self._mailbox, self._outline, self._how = mailbox, outline, how
        self._text = Looker(mailbox.reader).text
        self.looked: dict[int, Seen] = {}
        self.take(range(0, len(outline), max(1, len(outline) // SAMPLE)))

    def take(self, numbers: Iterable[int]) -> bool:
        """Look at these messages too; False when they are too many, so that nothing is won by choosing."""
        new = sorted({*numbers} - self.looked.keys())
        if (len(new) + len(self.looked)) * MOST > len(self._outline) + SAMPLE * MOST:
            return False
        workers = os.cpu_count() or 1 if len(new) >= MANY else 1
        seen = look_at(self._mailbox, map(self._outline.place, new), how=self._how, workers=workers).seen
        self.looked.update(zip(new, seen, strict=True))
        return True

    def shops(self, numbers: Iterable[int]) -> frozenset[str]:
        """The organisations whose names bear the person's words; if none do, those in whose messages the words stand."""
        own = owners([one.line for one in self.looked.values()])
        about = self._how.about
        named: set[str] = set()
        spoken_to: set[str] = set()
        for line, asked in ((self.looked[n].line, self.looked[n].asked) for n in numbers):
            parties = (line.sender, *line.to, *line.cc, *line.reply_to)
            others = {organisation(a.email) for a in parties if a.email and a.email not in own}
            writer = organisation(line.sender.email)
            named.update(o for o in others if bears(about, (o, line.sender.name if o == writer else "")))
            spoken_to.update(others if asked else ())
        return frozenset(named or spoken_to)

    def candidates(self) -> tuple[Candidate, ...]:
        return find(self.in_order(), self._how.about, self._text)

    def in_order(self) -> list[Seen]:
        return [self.looked[n] for n in sorted(self.looked)]

    def around(self, candidates: Sequence[Candidate]) -> set[int]:
        """All that was sent in the days in which a message may belong to the likeliest dispute, or one near it."""
        days = {one.line.id: one.line.date for one in self.looked.values()}
        found: set[int] = set()
        likely = [c for c in candidates if c.score >= NEAR * candidates[0].score]
        for candidate in likely:
            inside = [d for m in candidate.members if m.in_dispute is True and (d := days.get(m.message))]
            if inside:
                first, last = min(inside).date() - DEPOSIT - _ZONES, max(inside).date() + AFTER + _ZONES
                found.update(self._outline.between(first, last))
        return found


def word_of(about: str) -> str:
    """The one of the person's words that is looked for in the bytes of a mailbox: a number if there is one, the longest; ""
    when all are too short for it."""
    words = (word for word in re.findall(r"[a-z0-9]+", fold(about)) if len(word) >= SHORTEST)
    return max(words, key=lambda w: (any(c.isdigit() for c in w), len(w)), default="")


def written(word: str) -> tuple[bytes, ...]:
    """Bytes of which one stands wherever a word of small ASCII letters is written in them, with a capital or in capitals."""
    return tuple(dict.fromkeys((word[1:].encode(), word[1:].upper().encode())))
