"""Where each message of a source lies and about when it was sent, and which messages hold certain bytes.

No message is taken apart for it: borders, the Date line and the bytes themselves are looked for in a map of the file.  A large
file is gone through in stretches, on all cores; a stretch begins where the one before it leads to, or is gone through again.
Of a file that grew since it was gone through, only what was added is (see ``settled``).
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeVar

from recours.intake.days import HEAD, NO_DAY, day_of
from recours.intake.framing import MBOX_MESSAGE, MSG_MESSAGE
from recours.intake.from_mbox import RELEASE, cuts, first_start, following_start, let_go, mapped
from recours.intake.settled import Settled
from recours.intake.sources import File
from recours.intake.types import Place

STRETCH = 64 * 2**20  # bytes of an mbox that a process goes through at a time
FILES = 500  # files that it does
Progress = Callable[[int], None]
_A = TypeVar("_A")
_R = TypeVar("_R")


class _Stretch(NamedTuple):
    """Bytes of a file; all of one that is no mbox."""

    file: File
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


class _Piece(NamedTuple):
    """The messages that open within a stretch.  opens: where the first does; following: where the first after them does; -1
    when none does; settled: how many of the first of them are; resume: where the next opens, -1 when all are."""

    opens: int
    following: int
    settled: int
    resume: int
    offsets: array[int]
    lengths: array[int]
    days: array[int]


class _Search(NamedTuple):
    """A stretch, and its messages.  number: of the first."""

    stretch: _Stretch
    number: int
    offsets: array[int]
    lengths: array[int]

    @property
    def size(self) -> int:
        return self.stretch.size


_T = TypeVar("_T", _Stretch, _Search)


class _Begun:
    """A file that is gone through.  first: number of its first message; settled: how many of its messages are, from the
    first on; resume: where the one after them opens; opens: where the next message does; -1 when not known."""

    def __init__(self, file: File, first: int) -> None:
        self.file, self.first, self.settled, self.resume, self.opens = file, first, 0, -1, -1


class Outline:
    """Of every message of some files, in their order: its place and its day, in 20 bytes a message.

    A message is named by its number, from 0.  progress: called with the bytes gone through since the last call; workers:
    processes that go through the files side by side; known: by name, what an earlier outline says of files that are
    the same up to ``Settled.size``.
    """

    def __init__(
        self,
        files: Sequence[File],
        progress: Progress = lambda _bytes: None,
        workers: int = 1,
        known: Mapping[str, Settled] | None = None,
    ) -> None:
        self._files, self._workers = tuple(files), workers
        self._first: list[int] = []  # of each file, the number of its first message
        self._begun: list[_Begun] = []  # the mboxes
        self._stretches: list[_Stretch] = []  # that hold messages
        self._numbers: list[int] = []  # of each stretch's first message
        self._offsets, self._lengths, self._days = array("q"), array("q"), array("i")
        known = known or {}
        boxes = [file for file in self._files if file.kind == MBOX_MESSAGE]
        stretches = (stretch for box in boxes for stretch in _stretches(box, known))
        pieces = self._pieces(stretches, progress)
        for file in self._files:
            self._first.append(len(self))
            if file.kind != MBOX_MESSAGE:
                self._extend(_Stretch(file, 0, file.size), [0], [file.size], [file.day])
                continue
            self._begin(file, known.get(file.name))
            for stretch, found in islice(pieces, sum(1 for _ in _stretches(file, known))):
                self._take(stretch, found)
        progress(sum(f.size for f in self._files if f.kind != MBOX_MESSAGE))
        progress(sum(known[box.name].resume for box in boxes if box.name in known))

    def _pieces(self, stretches: Iterable[_Stretch], progress: Progress) -> Iterator[tuple[_Stretch, _Piece]]:
        for task, pieces in _each(_outlined, _tasks(stretches), self._workers):
            progress(sum(stretch.size for stretch in task))
            yield from zip(task, pieces, strict=True)

    def _begin(self, file: File, known: Settled | None) -> None:
        begun = _Begun(file, len(self))
        self._begun.append(begun)
        if known:
            begun.settled, begun.opens = len(known), known.resume
            self._extend(_Stretch(file, 0, known.resume), *known.arrays())

    def _take(self, stretch: _Stretch, found: _Piece) -> None:
        begun = self._begun[-1]
        piece = _chained(found, stretch, begun.opens)
        begun.opens = piece.following
        if begun.resume == -1:
            begun.settled, begun.resume = begun.settled + piece.settled, piece.resume
        if piece.offsets:
            end = stretch.file.size if piece.following == -1 else piece.following
            self._extend(_Stretch(stretch.file, piece.opens, end), piece.offsets, piece.lengths, piece.days)

    def _extend(
        self, stretch: _Stretch, offsets: Iterable[int], lengths: Iterable[int], days: Iterable[int]
    ) -> None:
        self._stretches.append(stretch)
        self._numbers.append(len(self))
        self._offsets.extend(offsets)
        self._lengths.extend(lengths)
        self._days.extend(days)

    def settled(self) -> Iterator[tuple[File, int, Settled]]:
        """Of each mbox, with the number of its first message: what no growth of it changes, to be given to an outline of it
        later."""
        for begun in self._begun:
            file, first, end = begun.file, begun.first, begun.first + begun.settled
            if begun.settled and begun.resume <= file.size:
                columns = (self._offsets, self._lengths, self._days)
                yield file, first, Settled.of(file.size, begun.resume, *(c[first:end] for c in columns))

    def __len__(self) -> int:
        return len(self._days)

    def place(self, number: int) -> Place:
        """Where a message lies, as iterating over the mailbox gives it.  Raises IndexError."""
        at = bisect_right(self._first, number) - 1
        file = self._files[at]
        if file.kind != MBOX_MESSAGE:
            return Place(file=file.name, length=file.size)
        return Place(
            file=file.name,
            position=number - self._first[at] + 1,
            offset=self._offsets[number],
            length=self._lengths[number],
        )

    def between(self, first: date, last: date) -> Iterator[int]:
        """The messages whose Date line names one of these days, and those of which no day is known."""
        start, end = first.toordinal(), last.toordinal()
        return (n for n, day in enumerate(self._days) if start <= day <= end or day == NO_DAY)

    def holding(self, needles: Sequence[bytes], progress: Progress = lambda _bytes: None) -> set[int]:
        """The messages in whose bytes one of the needles stands; Outlook's, whose letters are not bytes, always."""
        found: set[int] = set()
        held = _each(partial(_holding, tuple(needles)), _tasks(self._searches()), self._workers)
        for task, numbers in held:
            found.update(numbers)
            progress(sum(search.size for search in task))
        return found

    def _searches(self) -> Iterator[_Search]:
        after = [*self._numbers[1:], len(self)]
        for stretch, start, end in zip(self._stretches, self._numbers, after, strict=True):
            yield _Search(stretch, start, self._offsets[start:end], self._lengths[start:end])


def _stretches(file: File, known: Mapping[str, Settled]) -> Iterator[_Stretch]:
    begun = known[file.name].resume if file.name in known else 0
    for start in range(begun, max(1, file.size), STRETCH):
        yield _Stretch(file, start, min(start + STRETCH, file.size))


def _tasks(parts: Iterable[_T]) -> Iterator[list[_T]]:
    """What is gone through in one go."""
    task: list[_T] = []
    size = 0
    for part in parts:
        task.append(part)
        size += part.size
        if size >= STRETCH or len(task) == FILES:
            yield task
            task, size = [], 0
    if task:
        yield task


def _each(work: Callable[[_A], _R], tasks: Iterable[_A], workers: int) -> Iterator[tuple[_A, _R]]:
    """Each task with what came of it, in their order."""
    if workers < 2:
        yield from ((task, work(task)) for task in tasks)
        return
    given = list(tasks)
    pool = ProcessPoolExecutor(workers)
    try:
        yield from zip(given, pool.map(work, given), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _outlined(task: Sequence[_Stretch]) -> list[_Piece]:
    return [_outline(stretch) for stretch in task]


def _chained(found: _Piece, stretch: _Stretch, opens: int) -> _Piece:
    """What was found in a stretch, if it begins where the stretches before it lead; else what is found from there."""
    if stretch.start == 0 or found.opens == opens != -1:
        return found
    if stretch.start <= opens < stretch.end:
        return _outline(stretch, opens)
    return _Piece(-1, opens, 0, -1, array("q"), array("q"), array("i"))


def _outline(stretch: _Stretch, opens: int | None = None) -> _Piece:
    """opens: where the first message does, None when that is to be found."""
    offsets, lengths, days = array("q"), array("q"), array("i")
    with mapped(stretch.file) as (box, text):
        if opens is None:
            at = stretch.start - 1
            opens = first_start(box) if at < 0 else following_start(box, text, at, stretch.end)
        following, settled, resume = opens, 0, -1
        for cut in cuts(box, text, opens, stretch.end):
            offsets.append(cut.offset)
            lengths.append(cut.length)
            days.append(day_of(box, cut.offset, cut.offset + min(cut.length, HEAD)))
            following = cut.following
            if resume == -1:
                settled, resume = (settled + 1, -1) if cut.settled else (settled, cut.opens)
    return _Piece(opens if offsets else -1, following, settled, resume, offsets, lengths, days)


def _holding(needles: Sequence[bytes], task: Sequence[_Search]) -> set[int]:
    found: set[int] = set()
    for search in task:
        if search.stretch.file.kind == MBOX_MESSAGE:
            found.update(_hits(search, needles))
        elif search.stretch.file.kind == MSG_MESSAGE or _holds(search.stretch.file, needles):
            found.add(search.number)
    return found


def _hits(search: _Search, needles: Sequence[bytes]) -> Iterator[int]:
    """The messages that hold a needle; what stands between two messages is of none."""
    (file, first, last), offsets, lengths = search.stretch, search.offsets, search.lengths
    with mapped(file) as (box, text):
        for start in range(first, last, RELEASE):
            end = min(start + RELEASE, last)
            for needle in needles:
                beyond = min(end + len(needle) - 1, last)
                hit = text.find(needle, start, beyond)
                while hit != -1:
                    at = bisect_right(offsets, hit) - 1
                    if at >= 0 and hit < offsets[at] + lengths[at]:
                        yield search.number + at
                    onward = offsets[at + 1] if at + 1 < len(offsets) else beyond
                    hit = text.find(needle, onward, beyond) if onward < beyond else -1
            let_go(box, start, end)


def _holds(file: File, needles: Sequence[bytes]) -> bool:
    with open(file.path, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
        data = stream.read()
    return any(needle in data for needle in needles)
