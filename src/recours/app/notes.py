"""What one look at each message gave, kept beside the store, so that only messages that are new are looked at.

A note is found by, and sealed with, a key made from the very bytes that were looked at.  So it is never taken for
another message's, however the mailbox was changed, moved or exported again; and without the mailbox the notes tell
nothing of it.  They can be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import hmac
import mmap
import os
import shutil
import struct
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

MOST = 300_000  # notes of one store, the latest used; 0.5 kB each
_MARK = b"recours notes 1\n"
_HEAD = struct.Struct("<16sI")  # name, length of what follows
_TAG = 16
_PIECE = 64 * 1024  # bytes that are mixed at a time: a sum of megabytes takes five times as much memory


class Key(NamedTuple):
    """name: by which a note is found; secret: what opens it.  From the name the secret cannot be told."""

    name: bytes
    secret: bytes

    @classmethod
    def of(cls, secret: bytes) -> Key:
        """The whole key."""
        return cls(hashlib.sha256(b"name" + secret).digest()[:16], secret)


class Note(NamedTuple):
    """sealed: "" for one that was there."""

    name: bytes
    sealed: bytes = b""


def key_of(looked_at: bytes, how: str) -> Key:
    """Of the bytes that were looked at.  how: all else on which the look depends."""
    secret = hashlib.sha256(f"{len(how)} {how}".encode())
    secret.update(looked_at)
    return Key.of(secret.digest())


def seal(note: bytes, key: Key) -> bytes:
    """SHAKE-256 of the secret laid over the note, then a tag (BLAKE2b).  One secret seals one note only: the same bytes,
    looked at in the same way, give the same note."""
    mixed = _mixed(note, key)
    return mixed + _tag(mixed, key)


def unseal(sealed: bytes, key: Key) -> bytes | None:
    """The note; None when it is damaged or another's."""
    mixed, tag = sealed[:-_TAG], sealed[-_TAG:]
    return _mixed(mixed, key) if hmac.compare_digest(tag, _tag(mixed, key)) else None


def _mixed(text: bytes, key: Key) -> bytes:
    stream = hashlib.shake_256(b"seal" + key.secret).digest(len(text))
    return b"".join(
        (int.from_bytes(text[at : at + _PIECE]) ^ int.from_bytes(stream[at : at + _PIECE])).to_bytes(
            min(_PIECE, len(text) - at)
        )
        for at in range(0, len(text), _PIECE)
    )


def _tag(mixed: bytes, key: Key) -> bytes:
    return hashlib.blake2b(mixed, key=key.secret, digest_size=_TAG).digest()


def notes_file(store: Path) -> Path:
    """Where the notes of a store lie."""
    return store.with_name(store.name + ".notes")


class Notes:
    """The notes as they are in a file; none when there is no file, or it is damaged."""

    def __init__(self, file: Path) -> None:
        self._data = _mapped(file)
        self._places: dict[bytes, int] = {}  # where each begins, with its name
        at = len(_MARK)
        while at + _HEAD.size <= len(self._data):
            name, length = _HEAD.unpack_from(self._data, at)
            if at + _HEAD.size + length > len(self._data):
                break
            self._places[name] = at
            at += _HEAD.size + length

    def __contains__(self, name: bytes) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[bytes]:
        """The oldest first."""
        return iter(self._places)

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._data, mmap.mmap):
            self._data.close()

    def sealed(self, name: bytes) -> bytes:
        """The note of a name that is in it, as it lies there."""
        at = self._places[name]
        _, length = _HEAD.unpack_from(self._data, at)
        return self._data[at + _HEAD.size : at + _HEAD.size + length]

    def recall(self, key: Key) -> bytes | None:
        """The note under a key; None when there is none."""
        return unseal(self.sealed(key.name), key) if key.name in self._places else None


def _mapped(file: Path) -> bytes | mmap.mmap:
    try:
        with file.open("rb") as stream:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # not there, or empty
        return b""
    return data if data[: len(_MARK)] == _MARK else b""


class Keeping:
    """Notes being written anew: those of other mailboxes, then those used and made in one look.  A context.

    Readable by their owner only.  Left early, what there is is kept, so that a look that was broken off goes on from there.
    Where nothing can be written, nothing is kept.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._used: set[bytes] = set()
        self._fresh: set[bytes] = set()
        self._made: IO[bytes] | None = (
            None  # their notes, on the disk: they are as large as all else of a search
        )

    def __enter__(self) -> Keeping:
        try:
            self._made = tempfile.TemporaryFile(dir=self._file.parent)
        except OSError:
            self._made = None
        return self

    def __exit__(self, *_: object) -> None:
        if self._made:
            with self._made:
                if self._fresh:
                    self._write(Notes(self._file), self._made)

    def take(self, notes: Iterable[Note]) -> None:
        """Those that were of use, and those that were made just now."""
        for note in notes:
            self._used.add(note.name)
            if self._made and note.sealed and note.name not in self._fresh:
                self._fresh.add(note.name)
                try:
                    _put(self._made, note.name, note.sealed)
                except OSError:  # the disk is full
                    self._made = None

    def _write(self, before: Notes, made: IO[bytes]) -> None:
        others = (name for name in before if name not in self._fresh)
        kept = sorted(others, key=self._used.__contains__)  # those of other mailboxes first
        kept = kept[max(0, len(kept) + len(self._fresh) - MOST) :]
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            part.touch(mode=0o600)
            with part.open("wb") as out:
                out.write(_MARK)
                for name in kept:
                    _put(out, name, before.sealed(name))
                made.seek(0)
                shutil.copyfileobj(made, out)
            before.close()  # or it could not be replaced everywhere
            part.replace(self._file)
        except OSError:
            part.unlink(missing_ok=True)
        finally:
            before.close()


def _put(out: IO[bytes], name: bytes, sealed: bytes) -> None:
    out.write(_HEAD.pack(name, len(sealed)) + sealed)
