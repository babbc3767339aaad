"""Which of the messages with an organisation hang together: replies, one subject, numbers that both sides name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from recours.reading.dispute_look import Look
from recours.reading.threads import Groups, subject_base

SHARED = 3  # messages of a conversation in which its number stands
_MOST_PIECES = 5  # of an order's number


def conversations(talk: Sequence[Look]) -> list[list[Look]]:
    """Messages that hang together: replies, shared order numbers, one subject."""
    groups = Groups()
    known = {x.line.id for x in talk}
    by_number: dict[str, list[str]] = defaultdict(list)
    by_subject: dict[str, list[Look]] = defaultdict(list)
    numbers = {x.line.id: x.seen.orders for x in talk}
    for look in talk:
        line = look.line
        groups.root(line.id)
        for reference in (line.in_reply_to, *line.references):
            if reference:
                groups.tie(line.id, reference)
        for number in numbers[line.id]:
            by_number[number].append(line.id)
        base = subject_base(line.subject)
        if len(base) >= 3:
            by_subject[base].append(look)
    named = _naming(talk, by_number)
    for number, ids in by_number.items():
        groups.tie_all([*ids, *named[number]])
    titled = [looks for looks in _titled(talk).values() if len({x.sent for x in looks}) > 1]
    for same in [*by_subject.values(), *titled]:
        for a, b in pairwise(same):
            if not numbers[a.line.id] or not numbers[b.line.id] or numbers[a.line.id] & numbers[b.line.id]:
                groups.tie(a.line.id, b.line.id)
    found: dict[object, list[Look]] = defaultdict(list)
    for look in talk:
        if look.line.id in known:
            found[groups.root(look.line.id)].append(look)
    return list(found.values())


def _titled(talk: Sequence[Look]) -> dict[str, list[Look]]:
    """The messages by the numbers in their subjects, whatever they are called there: "MSP-2204: your spa is home!"."""
    found: dict[str, list[Look]] = defaultdict(list)
    for look in talk:
        title = look.line.subject.upper()
        for number in look.seen.identifiers:
            if number in title:
                found[number].append(look)
    return found


def _naming(talk: Sequence[Look], numbers: Container[str]) -> dict[str, list[str]]:
    """The messages in which a number stands, whatever they call it: as it is, or with further pieces ("KV-20931-2")."""
    found: dict[str, list[str]] = defaultdict(list)
    for look in talk:
        for joined in look.seen.joined:
            for number in _runs(joined):
                if number in numbers:
                    found[number].append(look.line.id)
    return found


def _runs(token: str) -> Iterator[str]:
    """ "KV-20931-2" -> KV, KV-20931, KV-20931-2, 20931 ..."""
    if token.isalnum():
        yield token
        return
    parts = re.split(r"([-/_])", token)  # pieces at even places, what joins them at odd ones
    for start in range(0, len(parts), 2):
        for end in range(start + 1, min(start + 2 * _MOST_PIECES, len(parts) + 1), 2):
            yield "".join(parts[start:end])


def shares_number(component: Sequence[Look]) -> bool:
    """Whether a number that nobody calls an order's goes through the conversation."""
    counts = Counter(n for x in component for n in x.seen.identifiers)
    return max(counts.values(), default=0) >= SHARED
