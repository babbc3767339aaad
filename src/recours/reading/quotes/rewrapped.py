"""Quoted lines that a mail program wrapped a second time: their ends stand on lines of their own, without the ``>``.

The earlier messages know such an end.  Without them the form may: a program breaks a line where the next word no longer fits.
So an end is too long for the line above it, and both together leave no room for the first word of the line below, as they stood
before.  Where that holds again and again, nobody typed between the lines.
"""

from __future__ import annotations

from recours.reading.quotes.lines import Labels
from recours.reading.quotes.witness import Witness

AGAIN = 3  # ends of lines that prove a second wrapping
_TAIL = 100
_SENTENCE = (".", "!", "?", "…", ":", ";")


def mark_ends(labels: Labels, start: int, end: int, witness: Witness) -> None:
    """Mark the ends that an earlier message knows, those that close a bracket, and those that the form proves."""
    lines = labels.lines
    tail = ""  # the end of the quoted lines that stand right above
    for i in range(start, end):
        said = lines[i].said
        if lines[i].depth and said:
            tail = last_words(f"{tail} {said}")
        elif labels.kind[i] != "authored" or not said or not tail:
            tail = ""
        elif witness.beside(said, tail, ()) or (
            _closes_bracket(tail, said) and lines[min(i + 1, end - 1)].depth
        ):
            labels.mark(i, i + 1, "quoted")
            tail = last_words(f"{tail} {said}")
        else:
            tail = ""
    if not witness.parent:
        _by_form(labels, start, end)


def _by_form(labels: Labels, start: int, end: int) -> None:
    """Where the answered message is not at hand: lines of their own that two wrappings, one after the other, explain."""
    lines = labels.lines
    marked = {i for i in range(start, end) if lines[i].depth and lines[i].said}
    width = max((_length(labels, i) for i in marked if " " in lines[i].body), default=0)
    ends = [
        i
        for i in range(start, end)
        if i - 1 in marked
        and i in labels.authored(i, i + 1)
        and not labels.authored(i + 1, min(i + 2, end))
        and _length(labels, i - 1) + 1 + _first(labels, i) > width
    ]
    inside = [i for i in ends if i + 1 in marked]
    whole = {
        i: _length(labels, i - 1) + 1 + len(lines[i].body) for i in ends
    }  # as it was after the first wrapping
    before = max((whole[i] for i in inside), default=0)
    sentence = {i for i in ends if lines[i].body[0].isupper() and lines[i].said.endswith(_SENTENCE)}
    full = {i for i in inside if whole[i] + 1 + _first(labels, i + 1) > before} - sentence
    proven = [i for i in full if not lines[i - 1].said.endswith(_SENTENCE)]
    against = {i for i in inside if i not in full and not lines[i].said.endswith(_SENTENCE)} | sentence
    if len(proven) < AGAIN or len(against) > len(proven) / 4:
        return
    for i in ends:
        open_ended = not lines[i - 1].said.endswith(_SENTENCE)
        if i in full or (i not in against and whole[i] <= before and open_ended):
            labels.mark(i, i + 1, "quoted")


def _length(labels: Labels, i: int) -> int:
    return labels.lines[i].end - labels.lines[i].start - 1


def _first(labels: Labels, i: int) -> int:
    """Length of a line's first word."""
    return len(labels.lines[i].body.split(" ", 1)[0])


def last_words(said: str) -> str:
    """The end of what was said, in whole words."""
    return said if len(said) <= _TAIL else said[-_TAIL:].partition(" ")[2]


def _closes_bracket(above: str, said: str) -> bool:
    """Is this one word the end of a bracketed link above it?"""
    return " " not in said and any(
        above.count(left) > above.count(right) and said.count(right) > said.count(left)
        for left, right in ("()", "<>", "[]")
    )
