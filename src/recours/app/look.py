"""One look at every message of a mailbox, on all cores when it is large; the same headlines in the same order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from itertools import islice, repeat
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from recours.app.notes import Keeping, Key, Note, Notes, key_of, seal
from recours.intake.framing import EML_MESSAGE, MBOX_MESSAGE, content
from recours.intake.from_mbox import Mailbox
from recours.intake.sources import RawMail, Reader
from recours.intake.types import Place
from recours.reading.dispute_look import Seen, seen
from recours.reading.mime import Headline, triage, triage_head
from recours.reading.types import Address

LARGE = 64 * 2**20  # bytes from which starting another process pays
HEAD = 64 * 1024  # bytes of a long message that are looked at first
BATCH = 250  # messages handed to a process at a time
SECRET = 32  # bytes of the secret of a message's note
UNKNOWN = bytes(SECRET)  # of a message that has none
Progress = Callable[[str, int, int], None]
Batch = tuple[tuple[Place, bytes], ...]  # with the secret of its note

_looker: Looker  # a worker's own, made once
_NOWHERE = Place(file="")
_NONE: frozenset[str] = frozenset()
_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Seen).decode


class Looking(NamedTuple):
    """How a mailbox is looked at.  about: the person's words, "" when none; version: of the search; notes: the file of what
    was looked at before, None when nothing is to be kept."""

    about: str = ""
    version: str = ""
    notes: Path | None = None


NOTHING_KEPT = Looking()


class Looked(NamedTuple):
    """seen: without the message's place and text, encoded where that can be; note: what was used of the notes or is to be
    added to them, None when nothing; secret: what opens it."""

    seen: bytes | Seen
    note: Note | None = None
    secret: bytes = UNKNOWN


class Looks(NamedTuple):
    """seen: of every message, in order; secrets: of their notes, of SECRET bytes each, one after the other."""

    seen: list[Seen]
    secrets: bytes


class Looker:
    """Looks at messages of one source, with the notes of earlier looks."""

    def __init__(self, mails: Reader, how: Looking = NOTHING_KEPT) -> None:
        self._mails, self._how = mails, how
        self._notes = Notes(how.notes) if how.notes else None

    def look(self, place: Place, secret: bytes = UNKNOWN) -> Looked:
        """secret: of the message's note, where that is known: then the message is not read.  Raises OSError when the source
        cannot be read any more."""
        if secret != UNKNOWN and (known := self._recalled(Key.of(secret))):
            return known
        begun = self._mails.beginning(place, HEAD)
        key = self._key(begun)
        if known := self._recalled(key):
            return known
        line, looked_at = _headline(self._mails, begun)
        if looked_at is not begun:
            key = self._key(looked_at)
            if known := self._recalled(key):
                return known
        return self._noted(seen(line, self._how.about), key)

    def _key(self, looked_at: RawMail) -> Key | None:
        if self._notes is None:
            return None
        part = "whole" if looked_at.is_whole else "beginning"
        return key_of(looked_at.data, f"{self._how.version} {looked_at.media_type} {part}")

    def _recalled(self, key: Key | None) -> Looked | None:
        if self._notes is None or key is None or self._how.about:
            return None
        note = self._notes.recall(key)
        return Looked(note, Note(key.name), key.secret) if note else None

    def _noted(self, one: Seen, key: Key | None) -> Looked:
        bare = _bare(one)
        if self._notes is None or key is None or isinstance(bare, Seen):
            return Looked(bare)
        if self._how.about and key.name in self._notes:
            return Looked(bare, Note(key.name), key.secret)
        kept = _bare(replace(one, asked=False)) if one.asked else bare
        return (
            Looked(bare, Note(key.name, seal(kept, key)), key.secret)
            if isinstance(kept, bytes)
            else Looked(bare)
        )

    def text(self, line: Headline) -> str:
        """The first characters of a message's visible text, read again."""
        return _headline(self._mails, self._mails.beginning(line.place, HEAD))[0].body


def look(
    mailbox: Mailbox, progress: Progress, how: Looking = NOTHING_KEPT, workers: int | None = None
) -> list[Seen]:
    """What was seen of every message, in the source's order, without its text (see ``Looker.text``).

    progress: stage, bytes done, bytes in all; workers: None decides itself.
    """
    count = workers if workers is not None else processes(mailbox)
    found = look_at(mailbox, mailbox.places(), told(progress, "look", mailbox.size), how, count)
    progress("look", mailbox.size, mailbox.size)
    return found.seen


def look_at(
    mailbox: Mailbox,
    places: Iterable[Place],
    progress: Callable[[int], None] = lambda _length: None,
    how: Looking = NOTHING_KEPT,
    workers: int = 1,
    secrets: bytes = b"",
) -> Looks:
    """The same of the messages at some places.  progress: bytes of the messages that were looked at since it was called;
    secrets: of the notes of the first of them, as an earlier look gave them."""
    asked: deque[Batch] = deque()
    placed = Placing()
    batches = _batches(zip(places, _each(secrets), strict=False), asked)
    found: list[Seen] = []
    learnt = bytearray()
    with Keeping(how.notes) if how.notes else nullcontext() as keeping:
        for looked in _here(mailbox, how, batches) if workers < 2 else _there(mailbox, how, batches, workers):
            batch = asked.popleft()
            found += [placed(one.seen, place) for one, (place, _) in zip(looked, batch, strict=True)]
            learnt += b"".join(one.secret for one in looked)
            if keeping:
                keeping.take(one.note for one in looked if one.note)
            progress(sum(place.length for place, _ in batch))
    return Looks(found, bytes(learnt))


def processes(mailbox: Mailbox) -> int:
    """How many pay for going through a mailbox."""
    return os.cpu_count() or 1 if mailbox.size >= LARGE else 1


def told(progress: Progress, stage: str, size: int) -> Callable[[int], None]:
    """Tells a progress of so many bytes in all, from those done since the last call."""
    done = 0

    def tell(length: int) -> None:
        nonlocal done
        done += length
        progress(stage, done, size)

    return tell


def _each(secrets: bytes) -> Iterator[bytes]:
    for at in range(0, len(secrets), SECRET):
        yield secrets[at : at + SECRET]
    yield from repeat(UNKNOWN)


def _batches(messages: Iterator[tuple[Place, bytes]], asked: deque[Batch]) -> Iterator[Batch]:
    """asked: takes each batch that was handed out."""
    while batch := tuple(islice(messages, BATCH)):
        asked.append(batch)
        yield batch


def _here(mailbox: Mailbox, how: Looking, batches: Iterable[Batch]) -> Iterator[list[Looked]]:
    looker = Looker(mailbox.reader, how)
    for batch in batches:
        yield [looker.look(*one) for one in batch]


def _there(mailbox: Mailbox, how: Looking, batches: Iterable[Batch], workers: int) -> Iterator[list[Looked]]:
    pool = ProcessPoolExecutor(workers, initializer=_open, initargs=(mailbox.reader, how))
    try:
        yield from pool.map(_work, batches)
    finally:
        pool.shutdown(cancel_futures=True)


def _open(mails: Reader, how: Looking) -> None:
    global _looker
    _looker = Looker(mails, how)


def _work(batch: Batch) -> list[Looked]:
    return [_looker.look(*one) for one in batch]


def _headline(mails: Reader, begun: RawMail) -> tuple[Headline, RawMail]:
    """The headline, and what it was made from.  Of a long mail the beginning is enough: what follows its text is
    attachments."""
    if begun.is_whole:
        return triage(begun.content, begun.place), begun
    if begun.media_type in (MBOX_MESSAGE, EML_MESSAGE):
        lines = begun.data[: begun.data.rfind(b"\n") + 1]
        line = triage_head(content(lines, begun.media_type), begun.place) if lines else None
        if line:
            return line, begun
    raw = mails.read(begun.place)
    return triage(raw.content, raw.place), raw


def _bare(one: Seen) -> bytes | Seen:
    """Without the place and the text; encoded, unless a letter in it cannot be."""
    bare = replace(one, line=replace(one.line, place=_NOWHERE, body=""))
    try:
        return _encode(bare)
    except UnicodeEncodeError:  # half of a surrogate pair, from a broken header
        return bare


class Placing:
    """Puts places to what was seen.  What mails have in common is held once: a mailbox has a hundred thousand."""

    def __init__(self) -> None:
        self._people: dict[Address, Address] = {}
        self._targets: dict[tuple[Address, ...], tuple[Address, ...]] = {}
        self._owners: dict[str, str] = {}
        self._said: dict[tuple[int, ...], tuple[int, ...]] = {}

    def __call__(self, bare: bytes | Seen, place: Place) -> Seen:
        one = bare if isinstance(bare, Seen) else _decode(bare)
        line = one.line
        return replace(
            one,
            line=replace(
                line,
                place=place,
                sender=self._people.setdefault(line.sender, line.sender),
                to=self._targets.setdefault(line.to, line.to),
                delivered_to=self._owners.setdefault(line.delivered_to, line.delivered_to),
            ),
            said=self._said.setdefault(one.said, one.said),
            orders=one.orders or _NONE,
            identifiers=one.identifiers or _NONE,
            joined=one.joined or _NONE,
            files=one.files or _NONE,
        )
