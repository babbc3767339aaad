"""The files of a source of mail: what each is, and the bytes of a message in them.

The source is opened for reading only; each file is asked once for its kind, size and time.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from recours.intake import days, pst
from recours.intake.days import NO_DAY
from recours.intake.errors import EmptyMailboxError, MissingSourceError, NotAMailboxError
from recours.intake.framing import MAIL, MBOX_MESSAGE, MSG_MESSAGE, content
from recours.intake.outlook import is_message
from recours.intake.signature import COMPOUND, WORDS, media_type
from recours.intake.types import Item, Place

HEAD = 4096
_DATED = MAIL - {MBOX_MESSAGE, MSG_MESSAGE}
_HEAD_END = re.compile(rb"\n\r?\n")
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_name = attrgetter("name")
MAX_BYTES = 500 * 1024 * 1024  # of one Outlook mail


class RawMail(msgspec.Struct, frozen=True):
    """One message as it lies in its source.  media_type says whether it was framed by an mbox."""

    place: Place
    data: bytes
    media_type: str

    @property
    def content(self) -> bytes:
        """The message without the mbox's own quoting: what its sender sent."""
        return content(self.data, self.media_type)

    @property
    def is_whole(self) -> bool:
        """Or only the beginning of the message."""
        return len(self.data) >= self.place.length

    def item(self) -> Item:
        """The message as a piece of evidence, under the hash of its bytes as found."""
        return Item(
            sha256=hashlib.sha256(self.data).hexdigest(),
            kind="mail",
            name=f"{self.place.file}:{self.place.position}",
            media_type=self.media_type,
            data=self.data,
            place=self.place,
        )


class File(NamedTuple):
    """name: as it is told, relative to a folder; kind: media type; size: bytes; changed: nanoseconds since 1970; day: of the
    message that it is (see ``days``)."""

    name: str
    path: str
    kind: str
    size: int
    changed: int
    day: int = NO_DAY


class Reader:
    """Reads messages of known files; can be handed to another process."""

    def __init__(self, files: Iterable[File]) -> None:
        self._files = {file.name: (file.path, file.kind) for file in files}

    def read(self, place: Place) -> RawMail:
        """The message at a place.  Raises OSError when its file cannot be read any more."""
        path, kind = self._files[place.file]
        with open(path, "rb") as stream:  # noqa: PTH123 - half the cost of a Path, a hundred thousand times
            stream.seek(place.offset)
            return RawMail(place, stream.read(place.length), kind)

    def beginning(self, place: Place, size: int) -> RawMail:
        """The first bytes of a message as they lie in the source; the whole of one that is no longer."""
        path, kind = self._files[place.file]
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
            if place.offset:
                stream.seek(place.offset)
            return RawMail(place, stream.read(min(place.length, size)), kind)


def source_files(path: Path) -> Iterator[File]:
    """A file, or every file below a folder, in the order of their names; links are not followed.

    Raises MissingSourceError, EmptyMailboxError and NotAMailboxError (for a file that is no mail), OSError.
    """
    if not path.exists():
        raise MissingSourceError(path)
    if path.is_file():
        with path.open("rb") as stream:
            if not stream.read(HEAD).strip():
                raise EmptyMailboxError(path)
        file = _file(path.name, str(path))
        if file.kind not in MAIL:
            raise NotAMailboxError(path, WORDS[file.kind])
        yield file
        return
    root = str(path)
    below = len(root.rstrip(os.sep)) + 1
    for entry in _below(root):
        name = entry.path[below:]
        if entry.is_file(follow_symlinks=False):
            yield _file(name, entry.path)
        else:
            state = entry.stat(follow_symlinks=False)
            yield File(name, entry.path, media_type(b""), state.st_size, state.st_mtime_ns)


def _file(name: str, path: str) -> File:
    """A hundred thousand are asked: so by the system's own calls, each once."""
    opened = os.open(path, _READ)
    try:
        state = os.fstat(opened)
        head = os.read(opened, HEAD)
        kind = _kind(path, state.st_size, head)
        day = _day(head) if kind in _DATED else NO_DAY
        if day == NO_DAY and kind in _DATED and len(head) < state.st_size and not _HEAD_END.search(head):
            day = _day(head + os.read(opened, days.HEAD - HEAD))
    finally:
        os.close(opened)
    return File(name, path, kind, state.st_size, state.st_mtime_ns, day)


def _day(head: bytes) -> int:
    return days.day_of(b"\n" + head, 0, len(head) + 1)


def _below(folder: str) -> Iterator[os.DirEntry[str]]:
    """The files below a folder, by their names; and the folders in it that may not be opened, which are told with what holds no
    mail."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=_name)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            try:
                yield from list(_below(entry.path))
            except PermissionError:  # a folder of the system's own among the person's
                yield entry
        elif entry.is_file(follow_symlinks=False):
            yield entry


def is_outlook_data(path: Path) -> bool:
    """Is it an Outlook data file, .pst or .ost?"""
    with path.open("rb") as stream:
        return media_type(stream.read(HEAD)) == pst.MEDIA_TYPE


def _kind(path: str, size: int, head: bytes) -> str:
    """What a file is; a compound file is looked at whole, up to what one mail may weigh."""
    kind = media_type(head)
    if kind == COMPOUND and size <= MAX_BYTES and is_message(Path(path).read_bytes()):
        return MSG_MESSAGE
    return kind
