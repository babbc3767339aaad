"""Where a quotation is announced: attribution lines, copied headers, separators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal

import msgspec

from recours.reading.quotes.languages import Patterns, plain
from recours.reading.quotes.lines import Labels, Line, cut

WRAPPED = 4  # written lines over which an attribution may be wrapped
LONGEST = 320  # characters of it
HEADER_SPAN = 14  # lines in which a copied header's labels stand
_RULE = re.compile(r"[-_=*—–]{3,}")
_ADDRESS = re.compile(r"\S@\S")
_DIGIT = re.compile(r"\d")
_ENDS = (":", ">", "wrote", "ecrit")  # what no announcement ends without: tried before the slower patterns
_DAY = r"(?:\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2})"
_TOLD = re.compile(
    rf"(?=.{{0,80}}{_DAY}).{{6,160}}?(?:< ?(?:mailto:)?|\[mailto:)[^<>@\s]+@[^<>\s]+ ?[>\]]+,?(?: [^\s:]+){{0,3}} ?:"
)
"""A day, a name and its address between angle brackets, at most three words, a colon: how programs of every language
announce a quotation."""
_SECONDS = re.compile(r"\d{4}.*\d\d:\d\d:\d\d [+-]\d{4}")
_LABEL = re.compile(r"\*{0,2}[^\W\d_][^:<>@]{0,24}? ?:\*{0,2} ?(.+)")
_MAILBOX = re.compile(r"<[^<>@\s]+@[^<>\s]+>|\[mailto:")
_BETWEEN_RULES = re.compile(r"[-_=*—–]{2,} ?.{2,60}? ?[-_=*—–]{2,}")
_RULED = re.compile(
    rf"[-_=*—–]{{2,}} ?(?=.{{0,200}}{_DAY})(?=.{{0,200}}<[^<>@\s]+@[^<>\s]+>).{{10,200}} ?[-_=*—–]{{2,}}"
)
_MOMENT = re.compile(rf"(?=.*\d{{1,2}} ?[:.h] ?\d{{2}}).*{_DAY}")


class Boundary(msgspec.Struct, frozen=True):
    """Lines start..end announce a quotation (end exclusive)."""

    start: int
    end: int
    kind: Literal["attribution", "header", "forward"]


def boundaries(labels: Labels, p: Patterns) -> list[Boundary]:
    """Every announcement in the message, in order, quoted ones too (they divide a history into its messages)."""
    found: list[Boundary] = []
    i = 0
    while i < len(labels.lines):
        at = _attribution(labels, i, p) or _separator(labels, i, p) or _header(labels, i, p)
        if at:
            found.append(at)
            i = at.end
        else:
            i += 1
    return found


def _attribution(labels: Labels, i: int, p: Patterns) -> Boundary | None:
    lines = labels.lines
    if not lines[i].said:
        return None
    wrapped = 0
    for n in range(i, len(lines)):
        if _is_gap(labels, n):
            continue
        wrapped += 1
        if wrapped > WRAPPED or not lines[n].said or abs(lines[n].depth - lines[i].depth) > 1:
            return None
        joined = _joined(labels, i, n)
        if len(joined) > LONGEST:
            return None
        if announces(joined, p):
            end = n + 2 if n + 1 < len(lines) and lines[n + 1].said == ":" else n + 1  # its colon, wrapped
            return Boundary(_opens(labels, i, n, p), end, "attribution")
    return None


def _joined(labels: Labels, first: int, last: int) -> str:
    """What these lines say together; a ``>`` that ends a wrapped address is no mark."""
    joined = ""
    for line in labels.lines[first : last + 1]:
        closes = line.depth > labels.lines[first].depth and joined.count("<") > joined.count(">")
        said = f">{line.said}" if closes else line.said
        joined = f"{joined} {said}" if joined and said else joined or said
    return joined


def announces(said: str, p: Patterns) -> bool:
    """Do these words say, in a known language or by their form, that what follows is quoted?"""
    if not said.endswith(_ENDS) or not (_DIGIT.search(said) or "@" in said):
        return False
    return bool(p.attribution.fullmatch(said)) or (
        bool(_TOLD.fullmatch(said)) and not p.persons & set(re.findall(r"\w+'?", said.split("<")[0]))
    )


def _opens(labels: Labels, i: int, last: int, p: Patterns) -> int:
    """The line with which an attribution opens: not the author's own last line above it.

    Where the lines below announce as well, a line without a digit is the author's, and so is any above a whole moment.
    """
    while i < last:
        below = _joined(labels, i + 1, last)
        if not announces(below, p) or (_DIGIT.search(labels.lines[i].said) and not _MOMENT.search(below)):
            break
        i += 1
    return i


def _is_gap(labels: Labels, n: int) -> bool:
    """An empty line that a program left between a name and its address in angle brackets."""
    lines = labels.lines
    return not lines[n].said and n + 1 < len(lines) and lines[n + 1].said.startswith("<")


def _separator(labels: Labels, i: int, p: Patterns) -> Boundary | None:
    said = labels.lines[i].said
    if not said:
        return None
    forward = bool(p.forwarded.fullmatch(said))
    if forward or p.original.fullmatch(said) or _RULED.fullmatch(said):
        header = _header(labels, labels.next_said(i + 1), p, asked=2)
        return Boundary(i, header.end if header else i + 1, "forward" if forward else "header")
    if _RULE.fullmatch(said) or _BETWEEN_RULES.fullmatch(said):
        header = _header(labels, labels.next_said(i + 1), p)
        return Boundary(i, header.end, "header") if header else None
    return None


def _header(labels: Labels, i: int, p: Patterns, asked: int = 3) -> Boundary | None:
    """A copied header: From with two more labels, and an address or a subject so that a timetable is not one; or two
    labels, with a moment and a mailbox as only programs write them."""
    lines = labels.lines
    if i >= len(lines):
        return None
    if not p.header.fullmatch(lines[i].said):
        return _foreign_header(labels, i)
    kinds: set[str] = set()
    values = ""
    end, blank = i, 0
    for n in range(i, min(i + HEADER_SPAN, len(lines))):
        match = p.header.fullmatch(lines[n].said)
        if match:
            kinds.add(p.header_kinds[match[1].strip()])
            values += " " + match[2]
            end, blank = n + 1, 0
        elif not lines[n].said:
            blank += 1
            if blank > 1:
                break
        elif blank or not kinds:
            break
        else:
            values += " " + lines[n].said
            if _ADDRESS.search(lines[n].said) and n == end:
                end = n + 1
    few = bool({"sent", "to"} <= kinds and _SECONDS.search(values) and _ADDRESS.search(values)) or bool(
        {"sent", "from"} <= kinds and _MOMENT.search(values) and _MAILBOX.search(values)
    )
    if ("from" not in kinds or len(kinds) < asked) and not few:
        return None
    proven = _ADDRESS.search(values) or ("subject" in kinds and _DIGIT.search(values))
    return Boundary(i, end, "header") if proven else None


def _foreign_header(labels: Labels, i: int) -> Boundary | None:
    """A copied header in a language without a table: labels one a line, a mailbox first, then a moment."""
    lines = labels.lines
    first = _LABEL.fullmatch(lines[i].said)
    if not first or not _MAILBOX.search(first[1]):
        return None
    end = i
    while end < len(lines) and end - i < HEADER_SPAN and _LABEL.fullmatch(lines[end].said):
        end += 1
    told = any(_MOMENT.search(line.said) for line in lines[i + 1 : end])
    return Boundary(i, end, "header") if told and end - i >= 3 else None


def apart(lines: Sequence[Line], p: Patterns) -> list[Line]:
    """Lines -> the same, where words and the announcement of the marked line below share one: the two apart."""
    found: list[Line] = []
    for line, below in zip_longest(lines, lines[1:]):
        at = _shared(line, p) if below and below.depth and not line.depth else None
        found += cut(line, *at) if at else [line]
    return found


def _shared(line: Line, p: Patterns) -> tuple[int, int] | None:
    """Places in the body where the author's words end and the announcement opens."""
    if "@" not in line.said or not line.said.endswith(":") or announces(line.said, p):
        return None
    for gap in re.finditer(r"\s*-{2,}\s*|\s+", line.body):
        rest = plain(line.body[gap.end() :])
        if _MOMENT.search(rest) and p.attribution.fullmatch(rest):
            return gap.start(), gap.end()
    return None
