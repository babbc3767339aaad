"""What of a message is history: the lines that quote, told from the author's own by what announces and what marks them.

What an attribution is followed by decides how much of it is history.  Marked with ``>``: the marked lines.
Not marked, below the author's words: all the rest.  Not marked, and nothing above: what an earlier message
said, what is indented, or (a forward) all of it; otherwise the words stay the author's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from recours.reading.quotes.boundaries import Boundary
from recours.reading.quotes.compare import LONG, has_words, squeeze
from recours.reading.quotes.languages import Patterns
from recours.reading.quotes.lines import Labels
from recours.reading.quotes.rewrapped import last_words, mark_ends
from recours.reading.quotes.witness import Witness

_DATED_ADDRESS = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.{0,80}<[^<>\s]+@[^<>\s]+> ?:?")
"""A day and an address just above marked lines announce them, with no verb."""
_WHO_WHEN = re.compile(r"(?=.*\d{1,2} ?[:h] ?\d{2})(?=.*[a-z]{3}).{8,90}")
_STAMP = re.compile(
    r"(?=.{0,60}\d{1,2} ?[:h] ?\d{2})(?=.{0,60}(?:\d{4}|\d{1,2}[/.]\d{1,2}))[\[(]?.{8,90}?(?<!\d)[\])]? ?[:>–—-] ?(?P<said>.{24,})"
)
MOST = 0.5  # of a history's words: known from earlier messages, the rest may be answers
_NEAR = 3  # lines below a short one among which the next quoted one stands


def mark_history(
    labels: Labels,
    announced: Sequence[Boundary],
    start: int,
    end: int,
    p: Patterns,
    witness: Witness,
    forward: bool,
) -> None:
    """Mark what lines start..end quote.

    announced: the message's boundaries; forward: the subject says that the message passes another one on.
    """
    lines = labels.lines
    found = [b for b in announced if start <= b.start < end]
    marked = [i for i in range(start, end) if lines[i].depth and lines[i].said]
    lone = len(marked) == 1 and not any(b.kind == "attribution" for b in found)
    for i in marked:
        more_than = bool(witness.earlier) or lines[i].said[0].isdigit()  # "> 30 days", or nobody's words
        if not (lone and more_than and not witness.first(lines[i].said)):
            labels.mark(i, i + 1, "quoted")
    for i in range(start, end):
        if lines[i].depth and not lines[i].said:  # a mark alone is nobody's words
            labels.mark(i, i + 1, "quoted")
    for i in marked:
        just = i - 1 if i > start and lines[i - 1].said else i - 2
        if just >= start and _DATED_ADDRESS.fullmatch(lines[just].said) and not lines[just].depth:
            labels.mark(just, i, "quoted")
    for b in found:
        if lines[b.start].depth or labels.kind[b.start] != "authored":
            continue
        labels.mark(b.start, b.end, "quoted")
        follow = labels.next_said(b.end)
        if b.kind == "attribution" and follow < end and lines[follow].depth:
            continue
        above = labels.authored(start, b.start)
        if b.kind == "attribution" and not above and any(i > b.end for i in marked) and not forward:
            continue
        if above or forward or b.kind == "forward":
            tail = _answers_below(labels, b, end, witness) if not above else end
            labels.mark(b.end, tail, "quoted")
            if above:
                invited = bool(p.answers_inside.fullmatch(labels.said(above)))
                _tell_apart(labels, announced, b.end, end, witness, invited)
        elif b.kind == "header" and any(i > b.end and witness.others_said(lines[i].said) for i in marked):
            _answered_between(labels, b.end, end, witness)
        elif not _tell_apart(labels, announced, b.end, end, witness, True):
            _unmarked(labels, b, end, witness)
    _said_before(labels, start, end, witness)
    mark_ends(labels, start, end, witness)


def _unmarked(labels: Labels, b: Boundary, end: int, witness: Witness) -> None:
    """A history without marks, with nothing of the author's above it: the answer may stand below."""
    lines = labels.lines
    indented = lines[labels.next_said(b.end)].indent > 0 if labels.next_said(b.end) < end else False
    for group in labels.paragraphs(labels.authored(b.end, end)):
        if (
            (indented and lines[group[0]].indent)
            or (witness.first(labels.said(group)))
            or (b.kind == "header" and not witness.earlier)
        ):
            labels.mark(group[0], group[-1] + 1, "quoted")
    told = [i for i in range(b.end, end) if labels.kind[i] == "quoted"]
    if told:  # short lines (greeting, name) above the last words that are known to be quoted
        labels.mark(b.end, told[-1] + 1, "quoted")
    elif b.kind == "header":
        labels.mark(b.end, end, "quoted")


def _answered_between(labels: Labels, start: int, end: int, witness: Witness) -> None:
    """Below a copied header the other's lines bear marks: what bears none, and was never said, answers them."""
    for group in labels.paragraphs(labels.authored(start, end)):
        if witness.first(labels.said(group)):
            labels.mark(group[0], group[-1] + 1, "quoted")


def _answers_below(labels: Labels, b: Boundary, end: int, witness: Witness) -> int:
    """A forward without a word above: the whole is another's, unless what stands below was never said before."""
    groups = labels.paragraphs(labels.authored(b.end, end))
    known = [n for n, g in enumerate(groups) if witness.first(labels.said(g))]
    if not known or b.kind == "forward":
        return end
    below = groups[known[-1] + 1 :]
    return below[0][0] if below and len(labels.said([i for g in below for i in g])) > 40 else end


def _tell_apart(
    labels: Labels, announced: Sequence[Boundary], start: int, end: int, witness: Witness, invited: bool
) -> bool:
    """Answers typed into or below a history without marks: what no earlier message said, where they said most of it.

    invited: something says, or nothing contradicts, that there are answers; else only what stands between known lines is one.
    What a later announcement opens is history, and looked at in the same way.
    """
    cuts = [b for b in announced if start < b.start < end]
    stops = [*(b.start for b in cuts), end]
    if not _answered(labels, start, stops[0], witness, invited, invited and bool(witness.parent)):
        return False
    for b, stop in zip(cuts, stops[1:], strict=True):
        labels.mark(b.start, b.end, "quoted")
        if not _answered(labels, b.end, stop, witness, invited):
            labels.mark(b.end, stop, "quoted")
    return True


def _answered(
    labels: Labels, start: int, end: int, witness: Witness, invited: bool, at_hand: bool = False
) -> bool:
    """Mark what these lines repeat and what answers it; False, and no mark, where they repeat too little.

    at_hand: the quoted message is among the earlier ones, so that what it does not say is an answer, however much it is.
    """
    lines = [i for i in range(start, end) if labels.lines[i].said]
    known = _repeated(labels, lines, witness)
    if not known:
        return False
    whole = witness.ends(
        last_words(labels.said(known))
    )  # what is below a message's last words is not of that message
    measured = [i for i in lines if i <= known[-1]] if whole else lines
    if not at_hand and len(labels.said(known)) < MOST * len(labels.said(measured)):
        return False
    labels.mark(start, end, "quoted")
    for i in lines:
        within = invited or known[0] < i < known[-1]
        if i not in known and within and not labels.lines[i].depth and has_words(labels.lines[i].said):
            labels.mark(i, i + 1, "authored")
    return True


def _repeated(labels: Labels, lines: list[int], witness: Witness) -> list[int]:
    """Those of the lines that repeat an earlier message; a short one, where it stands beside the same words there."""
    known: list[int] = []
    tail = ""
    for n, i in enumerate(lines):
        said = labels.lines[i].said
        below = (labels.lines[k].said for k in lines[n + 1 : n + 1 + _NEAR])
        if witness.first(said) or witness.parent_said(said) or witness.beside(said, tail, below):
            known.append(i)
            tail = last_words(f"{tail} {said}")
    return known


def _said_before(labels: Labels, start: int, end: int, witness: Witness) -> None:
    """The end of the message, unmarked, is what was said before: first by somebody else, then by anyone.

    Only the end: who copies an address or a sentence above their own words is writing.
    """
    groups = labels.paragraphs(labels.authored(start, end))
    first: int | None = None
    for n in range(len(groups) - 1, 0, -1):
        said = labels.said(groups[n])
        if witness.first(said, others_only=True) or _listed(labels, groups[n], witness):
            first = n
        elif len(squeeze(said)) >= LONG and not witness.first(said):
            break
    if first is None:
        return
    while first > 1 and witness.beside(labels.said(groups[first - 1]), "", [labels.said(groups[first])]):
        first -= 1
    labels.mark(groups[first][0], end, "quoted")


def _listed(labels: Labels, group: Sequence[int], witness: Witness) -> bool:
    """Does a line of the group tell when, who, and what an earlier message says, there or below it?  A desk's list of
    what was said."""
    opens = [n for n, i in enumerate(group) if _STAMP.fullmatch(labels.lines[i].said)]
    for n, stop in pairwise([*opens, len(group)]):
        entry = _STAMP.fullmatch(labels.said(group[n:stop]))
        if entry and witness.first(entry["said"].rstrip(".… ")):
            return True
    headed = _WHO_WHEN.fullmatch(labels.lines[group[0]].said)
    return bool(headed and witness.first(labels.said(group[1:]).rstrip(".… ")))


def attribute(labels: Labels, announced: Sequence[Boundary], witness: Witness, in_reply_to: str) -> None:
    """Say which earlier message each stretch of history repeats; a stretch ends where the next is announced."""
    starts = {b.start for b in announced}
    announcing = {i for b in announced for i in range(b.start, b.end)}
    stretches: list[list[int]] = []
    follows = False
    for i, line in enumerate(labels.lines):
        if not line.said:
            continue
        if labels.kind[i] != "quoted":
            follows = False
            continue
        if not follows or i in starts:
            stretches.append([])
        stretches[-1].append(i)
        follows = True
    for n, stretch in enumerate(stretches):
        of = _source(labels, [i for i in stretch if i not in announcing], witness)
        if not of and n == 0 and witness.has(in_reply_to):
            of = in_reply_to
        for i in stretch:
            labels.mark(i, i + 1, "quoted", of)


def _source(labels: Labels, lines: list[int], witness: Witness) -> str:
    """The latest of the messages that first said one of its paragraphs: what is older are repeated frames."""
    places = [witness.first_at(labels.said(group)) for group in labels.paragraphs(lines)]
    last = max(places, default=-1)
    return witness.earlier[last].id if last >= 0 else ""
