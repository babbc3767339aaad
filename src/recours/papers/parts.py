"""A bundle in parts, cut between exhibits: each part is a whole file with its own pages, proved by itself.

The contents of every part name the part in which each exhibit is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

T = TypeVar("T")
SHELL = 120_000  # bytes of a part beside its exhibits: fonts, cover, contents


class Weighed(msgspec.Struct, frozen=True):
    """label: of the exhibit; size: bytes that it adds, estimated."""

    label: str
    size: int


class Part(msgspec.Struct, frozen=True):
    """number: from 1; count: of parts; where: label -> number of its part, of every exhibit; here: this part's labels."""

    number: int
    count: int
    where: dict[str, int]
    here: tuple[str, ...]


def whole(labels: Sequence[str]) -> Part:
    """The only part."""
    return Part(1, 1, dict.fromkeys(labels, 1), tuple(labels))


def cut(
    weighed: Sequence[Weighed], limit: int, make: Callable[[Part], T], size: Callable[[T], int]
) -> tuple[T, ...]:
    """limit: bytes of a part; make: sets a part; size: of what was set.

    The estimate makes the first cut; a part that turns out too large is halved and all are set again, since every part
    names the others.  One exhibit larger than the limit is a part of its own: it is never cut.
    """
    groups = _grouped(weighed, limit)
    while True:
        where = {one.label: n for n, group in enumerate(groups, 1) for one in group}
        made = tuple(
            make(Part(n, len(groups), where, tuple(one.label for one in group)))
            for n, group in enumerate(groups, 1)
        )
        large = [n for n, one in enumerate(made) if size(one) > limit and len(groups[n]) > 1]
        if not large:
            return made
        groups = [
            half for n, group in enumerate(groups) for half in (_halved(group) if n in large else [group])
        ]


def _grouped(weighed: Sequence[Weighed], limit: int) -> list[list[Weighed]]:
    groups: list[list[Weighed]] = [[]]
    filled = SHELL
    for one in weighed:
        if groups[-1] and filled + one.size > limit:
            groups.append([])
            filled = SHELL
        groups[-1].append(one)
        filled += one.size
    return groups


def _halved(group: list[Weighed]) -> list[list[Weighed]]:
    """In two of about the same size, neither empty."""
    half, filled, at = sum(one.size for one in group) / 2, 0, 1
    for n, one in enumerate(group[:-1], 1):
        filled += one.size
        at = n
        if filled >= half:
            break
    return [group[:at], group[at:]]
