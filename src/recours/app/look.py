"""One look at every message of a mailbox, on all cores when it is large; the same headlines in the same order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from recours.intake.from_mbox import Mailbox
from recours.intake.types import Place
from recours.reading.dispute_look import Seen, seen
from recours.reading.mime import Headline, triage, triage_head

LARGE = 64 * 2**20  # bytes from which starting another process pays
HEAD = 64 * 1024  # bytes of a long message that are looked at first
BATCH = 250  # messages handed to a process at a time
Progress = Callable[[str, int, int], None]

_mailbox: Mailbox  # a worker's own, opened once


def look(mailbox: Mailbox, progress: Progress, workers: int | None = None) -> list[Seen]:
    """What was seen of every message, in the source's order.  progress: stage, bytes done, bytes in all; workers: None decides itself."""
    count = workers if workers is not None else (os.cpu_count() or 1 if mailbox.size >= LARGE else 1)
    batches = _batches(mailbox.places())
    found: list[Seen] = []
    done = 0
    for seen_here, size in _here(mailbox, batches) if count < 2 else _there(mailbox, batches, count):
        found += seen_here
        done += size
        progress("look", done, mailbox.size)
    progress("look", mailbox.size, mailbox.size)
    return found


def _batches(places: Iterator[Place]) -> Iterator[tuple[Place, ...]]:
    while batch := tuple(islice(places, BATCH)):
        yield batch


def _here(mailbox: Mailbox, batches: Iterable[tuple[Place, ...]]) -> Iterator[tuple[list[Seen], int]]:
    for batch in batches:
        yield _looked(mailbox, batch)


def _there(
    mailbox: Mailbox, batches: Iterable[tuple[Place, ...]], workers: int
) -> Iterator[tuple[list[Seen], int]]:
    with ProcessPoolExecutor(workers, initializer=_open, initargs=(mailbox.path,)) as pool:
        yield from pool.map(_work, batches)


def _open(path: Path) -> None:
    global _mailbox
    _mailbox = Mailbox(path)


def _work(batch: tuple[Place, ...]) -> tuple[list[Seen], int]:
    return _looked(_mailbox, batch)


def _looked(mailbox: Mailbox, batch: tuple[Place, ...]) -> tuple[list[Seen], int]:
    return [seen(_headline(mailbox, p)) for p in batch], sum(p.length for p in batch)


def _headline(mailbox: Mailbox, place: Place) -> Headline:
    """Of a long mail the beginning is enough: what follows its text is attachments."""
    head = mailbox.head(place, HEAD)
    line = triage_head(head, place) if head else None
    return line or triage(mailbox.read(place).content, place)
