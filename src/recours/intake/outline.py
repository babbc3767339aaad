"""Where each message of a source lies and about when it was sent, and which messages hold certain bytes.

No message is taken apart for it: borders, the Date line and the bytes themselves are looked for in a map of the file.
"""

from __future__ import annotations

import mmap
import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from stringzilla import Str

from recours.intake.framing import MBOX_MESSAGE, MSG_MESSAGE
from recours.intake.from_mbox import RELEASE, let_go, split
from recours.intake.sources import File
from recours.intake.types import Place

NO_DAY = 0  # of a message whose Date line is missing, far down or not as RFC 5322 writes it
_HEAD = 32 * 1024
_DATE_LINE = b"\nDate:"
_DATE = re.compile(rb"[ \t]*(?:[A-Za-z]{3},)?[ \t]*(\d{1,2})[ \t]+([A-Za-z]{3})[a-z]*[ \t]+(\d{4})\b")
_MONTHS = {name: n for n, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_OLDEST, _NEWEST = 1990, 2100
Progress = Callable[[int], None]


class Outline:
    """Of every message of some files, in their order: its place and its day, in 20 bytes a message.

    A message is named by its number, from 0.  progress: called with the bytes gone through since the last call.
    """

    def __init__(self, files: Sequence[File], progress: Progress = lambda _bytes: None) -> None:
        self._files = tuple(files)
        self._first: list[int] = []  # of each file, the number of its first message
        self._offsets, self._lengths, self._days = array("q"), array("q"), array("i")
        for file in self._files:
            self._first.append(len(self._days))
            if file.kind == MBOX_MESSAGE:
                self._take_all(file, progress)
            else:
                self._take_one(file)
                progress(file.size)

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
        for at, file in enumerate(self._files):
            if file.kind == MBOX_MESSAGE:
                found.update(self._hits(at, needles, progress))
                continue
            if file.kind == MSG_MESSAGE or _holds(file, needles):
                found.add(self._first[at])
            progress(file.size)
        return found

    def _take_all(self, file: File, progress: Progress) -> None:
        told = 0
        with _mapped(file) as box:
            for place in split(file):
                self._offsets.append(place.offset)
                self._lengths.append(place.length)
                self._days.append(_day(box, place.offset, place.offset + min(place.length, _HEAD)))
                if place.offset - told > RELEASE:
                    progress(place.offset - told)
                    told = let_go(box, told, place.offset)
        progress(file.size - told)

    def _take_one(self, file: File) -> None:
        with open(file.path, "rb", buffering=0) as stream:  # noqa: PTH123 - a Path costs as much as the reading
            head = b"\n" + stream.read(_HEAD)
        self._offsets.append(0)
        self._lengths.append(file.size)
        self._days.append(NO_DAY if file.kind == MSG_MESSAGE else _day(head, 0, len(head)))

    def _hits(self, at: int, needles: Sequence[bytes], progress: Progress) -> Iterator[int]:
        """The messages of one mbox that hold a needle; what stands between two messages is of none."""
        first, after = self._first[at], self._first[at + 1] if at + 1 < len(self._first) else len(self)
        with _mapped(self._files[at]) as box, memoryview(box) as view:
            text = Str(view)
            for start in range(0, len(box), RELEASE):
                end = min(start + RELEASE, len(box))
                for needle in needles:
                    beyond = min(end + len(needle) - 1, len(box))
                    hit = text.find(needle, start, beyond)
                    while hit != -1:
                        number = bisect_right(self._offsets, hit, first, after) - 1
                        if number >= first and hit < self._offsets[number] + self._lengths[number]:
                            yield number
                        onward = self._offsets[number + 1] if number + 1 < after else beyond
                        hit = text.find(needle, onward, beyond) if onward < beyond else -1
                let_go(box, start, end)
                progress(end - start)
            del text


@contextmanager
def _mapped(file: File) -> Iterator[mmap.mmap]:
    with Path(file.path).open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as box:
        yield box


def _holds(file: File, needles: Sequence[bytes]) -> bool:
    with open(file.path, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
        data = stream.read()
    return any(needle in data for needle in needles)


def _day(box: mmap.mmap | bytes, start: int, end: int) -> int:
    """The day of the Date line in a head, as ``date.toordinal``; NO_DAY when it cannot be told at once."""
    at = box.find(_DATE_LINE, max(0, start - 1), end)
    if at == -1 or box.find(b"\n\n", start, at + 1) != -1 or box.find(b"\n\r\n", start, at + 1) != -1:
        return NO_DAY
    told = _DATE.match(box[at + len(_DATE_LINE) : at + 60])
    month = _MONTHS.get(told[2].lower()) if told else None
    if not told or not month or not _OLDEST <= int(told[3]) <= _NEWEST:
        return NO_DAY
    try:
        return date(int(told[3]), month, int(told[1])).toordinal()
    except ValueError:
        return NO_DAY
