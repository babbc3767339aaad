"""The hash chain of a case: each entry's hash covers the entry and the hash before it.

A changed, removed or reordered entry breaks every hash after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from recours.errors import Problem
from recours.store.types import JournalEntry

_canonical = msgspec.json.Encoder(order="deterministic")
FIRST = "0" * 64


def chained(
    previous: JournalEntry | None, *, at: datetime, by: str, kind: str, payload: dict[str, Any]
) -> JournalEntry:
    """The entry that follows ``previous`` (None opens a journal).  at: UTC; payload: JSON values only."""
    sequence = previous.sequence + 1 if previous else 1
    before = previous.hash if previous else FIRST
    return JournalEntry(
        sequence=sequence,
        at=at,
        by=by,
        kind=kind,
        payload=payload,
        previous_hash=before,
        hash=entry_hash(sequence, at, by, kind, payload, before),
    )


def entry_hash(
    sequence: int, at: datetime, by: str, kind: str, payload: dict[str, Any], previous_hash: str
) -> str:
    """SHA-256 (hex) over the canonical JSON of the entry."""
    return hashlib.sha256(_canonical.encode([sequence, at, by, kind, payload, previous_hash])).hexdigest()


def broken_links(entries: Sequence[JournalEntry]) -> tuple[Problem, ...]:
    """Walk the chain; one Problem for each entry that does not fit."""
    problems = []
    before = FIRST
    for n, entry in enumerate(entries, 1):
        where = f"journal entry {n}"
        if entry.sequence != n:
            problems.append(Problem(where=where, what=f"its number is {entry.sequence}, expected {n}"))
        if entry.previous_hash != before:
            problems.append(Problem(where=where, what="it does not follow the entry before it"))
        expected = entry_hash(
            entry.sequence, entry.at, entry.by, entry.kind, entry.payload, entry.previous_hash
        )
        if entry.hash != expected:
            problems.append(Problem(where=where, what="its content was changed after it was written"))
        before = entry.hash
    return tuple(problems)
