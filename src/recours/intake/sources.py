"""The files of a source of mail: what each is, and the bytes of a message in them.

The source is opened for reading only; each file is asked once for its kind, size and time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from recours.intake import pst
from recours.intake.errors import EmptyMailboxError, MissingSourceError, NotAMailboxError
from recours.intake.framing import MAIL, MSG_MESSAGE, content
from recours.intake.outlook import is_message
from recours.intake.signature import COMPOUND, WORDS, media_type
from recours.intake.types import Item, Place

HEAD = 4096
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
    """name: as it is told, relative to a folder; kind: media type; size: bytes; changed: nanoseconds since 1970."""

    name: str
    path: str
    kind: str
    size: int
    changed: int


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
            head = stream.read(HEAD)
        if not head.strip():
            raise EmptyMailboxError(path)
        kind = _kind(str(path), path.stat().st_size, head)
        if kind not in MAIL:
            raise NotAMailboxError(path, WORDS[kind])
        yield _file(path.name, str(path), kind, path.stat())
        return
    root = str(path)
    below = len(root.rstrip(os.sep)) + 1
    for entry in sorted(_below(root), key=lambda one: one.path[below:].split(os.sep)):  # noqa: PTH206 - the same
        head = b""
        if entry.is_file(follow_symlinks=False):
            with open(entry.path, "rb", buffering=0) as raw:  # noqa: PTH123 - a Path costs as much as the reading
                head = raw.read(HEAD)
        state = entry.stat(follow_symlinks=False)
        yield _file(entry.path[below:], entry.path, _kind(entry.path, state.st_size, head), state)


def _file(name: str, path: str, kind: str, state: os.stat_result) -> File:
    return File(name=name, path=path, kind=kind, size=state.st_size, changed=state.st_mtime_ns)


def _below(folder: str) -> Iterator[os.DirEntry[str]]:
    """The files below a folder; and the folders in it that may not be opened, which are told with what holds no mail."""
    with os.scandir(folder) as entries:
        found = list(entries)
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
