"""Sentences of what the author typed, with their places in the message.

Comes in: a message's text and its spans.  Goes out: ``Sentence`` values whose ``folded`` text has the same
length as the original stretch, so that a match inside it is a place in the message.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from recours.reading.types import Span
from recours.text import same_length_fold


class Sentence(msgspec.Struct, frozen=True):
    """Characters start..end of the message; folded: lower case, no accents, white space made plain spaces.

    paragraph: number of the blank-line separated block it stands in, from 0.
    """

    start: int
    end: int
    folded: str
    paragraph: int = 0

    @property
    def is_question(self) -> bool:
        return self.folded.rstrip(" \"»)'").endswith("?")


# A line this long that ends without a stop was wrapped by the mail program, not ended by its author.
_WRAPPED = 46
_SPACE = re.compile("[\\s\u200b\u200c\u200d\u2060]")
_BLANK_LINE = re.compile("\\n[ \\t\\r\u00a0\u202f]*\\n")
_STOP = re.compile(r"[.!?…]+[\"'»)\]]*(?=\s)")
_BULLET = re.compile(r"\s*(?:[-*•–—·>]\s|\d{1,2}[.)]\s|[a-z][.)]\s)")
# "(13:12) You: it's 24 kilos", "Agent: ...": a line of a copied conversation; without hours, one speaks twice.
_TURN = re.compile(
    r"^[ \t]*(?P<hour>[\[(]?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?[ \t])?\d{1,2} ?[:h] ?\d{2}(?::\d{2})?[ \t]?(?:[ap]\.?m\.?)?[\])]?[ \t]*[-–—]?[ \t]*)?"
    r"(?P<who>[^\W\d_][\w.'’&-]*(?:[ \t][\w.'’&()-]+){0,3}?)[ \t\u00a0]?:[ \t]",
    re.MULTILINE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"'])(?:m|mr|mrs|ms|mme|mlle|mm|dr|me|st|ste|no|nos|n|art|arts|par|para|sec|s|p|pp|cf|etc|ex|env|tel"
    r"|inc|ltd|ltee|co|corp|vs|approx|e\.g|i\.e|p\.ex|s\.v\.p|c\.-a-d|[a-z])\.$"
)


def sentences(text: str, spans: Sequence[Span]) -> tuple[Sentence, ...]:
    """The sentences of the authored spans, in order."""
    found: list[Sentence] = []
    paragraph = 0
    for span in spans:
        if span.kind != "authored":
            continue
        for start, end in _blocks(text, span.start, span.end):
            for first, last in _split(text, start, end):
                folded = _SPACE.sub(" ", same_length_fold(text[first:last]))
                found.append(Sentence(first, last, folded, paragraph))
            paragraph += 1
    return tuple(found)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for gap in _BLANK_LINE.finditer(text, start, end):
        # "Please send:" and a blank line before its list are one request.
        following = text[gap.end() : gap.end() + 12].lstrip("\n\r ")
        if text[at : gap.start()].rstrip().endswith(":") and _BULLET.match(following):
            continue
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if end > at:
        yield at, end


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in _cuts(text, start, end):
        trimmed = _trim(text, at, cut)
        if trimmed:
            yield trimmed
        at = cut
    trimmed = _trim(text, at, end)
    if trimmed:
        yield trimmed


def _cuts(text: str, start: int, end: int) -> list[int]:
    cuts = set()
    for stop in _STOP.finditer(text, start, end):
        if stop[0].startswith(".") and len(stop[0]) == 1:
            before = same_length_fold(text[max(start, stop.start() - 8) : stop.end()])
            after = text[stop.end() : stop.end() + 3].lstrip()
            if _ABBREVIATION.search(before) and not (
                before.endswith(("etc.", "s.v.p.")) and after[:1].isupper()
            ):
                continue
        cuts.add(stop.end())
    line_start, listing = start, False
    turns = _turns(text, start, end)
    for newline in re.finditer(r"\n", text[start:end]):
        place = start + newline.start()
        line = text[line_start:place].rstrip()
        following = text[place + 1 : min(end, place + 12)]
        if line.endswith(":"):
            listing = True
        elif not _BULLET.match(text[line_start : line_start + 6]) and not line.endswith((";", ",")):
            listing = False
        wrapped = len(line) >= _WRAPPED and not line.endswith((".", "!", "?", ":"))
        bullet = bool(_BULLET.match(following))
        if place + 1 in turns or not (
            (listing and bullet)
            or line.endswith(":")
            or (wrapped and not bullet)
            or (line.endswith(",") and len(line) > 30)
        ):
            cuts.add(place)
        line_start = place + 1
    return sorted(cuts)


def _turns(text: str, start: int, end: int) -> frozenset[int]:
    """Where the lines of a copied conversation begin."""
    lines = list(_TURN.finditer(text, start, end))
    spoken = max(Counter(line["who"] for line in lines).values(), default=0) > 1
    return frozenset(line.start() for line in lines if line["hour"] or spoken)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
