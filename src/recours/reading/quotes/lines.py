"""A message's text as lines: where each stands, how deep it is quoted, what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recours.reading.quotes.languages import plain
from recours.reading.types import SpanKind

_QUOTE = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")
_NAMED = re.compile(r"^[ \t]{0,3}([A-Z]{1,4}>|\|)(?=[>\s]|\Z)[^|\n]*$", re.MULTILINE)
"""Lines that open with somebody's initials and ``>``, or with a bar, as some programs mark what they quote."""
_CELLS = re.compile(r"^[ \t]{0,3}\|[^|\n]*\|", re.MULTILINE)  # a table's row
_DEEP = re.compile(r"[>|]")
_MBOX_FROM = re.compile(r">+From \S")


class Line(msgspec.Struct, frozen=True):
    """Characters start..end of the text, line end included.

    depth: number of marks in front; body: the line without them; said: ``body`` as the tables see it;
    indent: spaces in front of a line that no ``>`` marks.
    """

    start: int
    end: int
    depth: int
    body: str
    said: str
    indent: int


class Labels:
    """What each line is: the state that the passes of this room share while they work on one message."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.kind: list[SpanKind] = ["authored"] * len(lines)
        self.of: list[str] = [""] * len(lines)

    def mark(self, start: int, end: int, kind: SpanKind, of: str = "") -> None:
        """Lines start..end (end exclusive) are of this kind."""
        for i in range(max(start, 0), min(end, len(self.lines))):
            self.kind[i], self.of[i] = kind, of

    def authored(self, start: int, end: int) -> list[int]:
        """The lines of start..end that say something and are, so far, the author's."""
        return [i for i in range(start, end) if self.kind[i] == "authored" and self.lines[i].said]

    def paragraphs(self, indexes: Sequence[int]) -> list[list[int]]:
        """Indexes grouped: a paragraph ends where lines do not follow each other."""
        groups: list[list[int]] = []
        for i in indexes:
            if groups and groups[-1][-1] == i - 1:
                groups[-1].append(i)
            else:
                groups.append([i])
        return groups

    def next_said(self, i: int) -> int:
        """The first line from i on that says something; the number of lines when none does."""
        while i < len(self.lines) and not self.lines[i].said:
            i += 1
        return i

    def said(self, indexes: Sequence[int]) -> str:
        return " ".join(self.lines[i].said for i in indexes)


def split(text: str) -> list[Line]:
    """Text -> its lines; joined again from their places they are the whole text."""
    lines = []
    start = 0
    quote = _marks(text)
    for raw in text.split("\n"):
        end = min(start + len(raw) + 1, len(text))
        if end == start:
            continue
        lines.append(_line(start, end, text[start:end], quote))
        start = end
    return lines


def _marks(text: str) -> re.Pattern[str]:
    """What marks a quotation in this text: ``>``, and such a name or bar as opens two lines or more."""
    named = [m[1] for m in _NAMED.finditer(text)]
    more = [mark for mark in set(named) if named.count(mark) > 1 and (mark != "|" or not _table(named, text))]
    if not more:
        return _QUOTE
    return re.compile(rf"[ \t]{{0,3}}((?:(?:{'|'.join(map(re.escape, sorted(more)))}|>)[ \t]?)+)")


def _table(named: list[str], text: str) -> bool:
    """Are the bars those of a table: as many rows with several as lines with one?"""
    return len(_CELLS.findall(text)) >= named.count("|")


def _line(start: int, end: int, raw: str, quote: re.Pattern[str]) -> Line:
    body = raw.rstrip()
    mark = None if _MBOX_FROM.match(body) or body.endswith("<<") else quote.match(body)  # ">>> news <<<"
    depth = len(_DEEP.findall(mark[1])) if mark else 0
    rest = body[mark.end() :] if mark else body
    indent = 0 if mark else len(rest) - len(rest.lstrip())
    return Line(start, end, depth, rest.strip(), plain(rest), indent)


def cut(line: Line, ends: int, opens: int) -> list[Line]:
    """A line -> two: its body up to ``ends``, and the rest of it, which says what stands from ``opens`` on."""
    at = line.start + line.indent + ends
    first, rest = line.body[:ends], line.body[opens:]
    return [
        Line(line.start, at, 0, first, plain(first), line.indent),
        Line(at, line.end, 0, rest, plain(rest), 0),
    ]
