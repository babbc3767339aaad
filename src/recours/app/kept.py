"""The outlines of large mboxes, kept beside the store with what opens the notes of their messages (see ``app.notes``).

So of a mailbox that grew only what was added is read.  Each is sealed with a key made from samples of the very file: it
opens for nobody who has not that file, and for none whose samples are others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from recours.app.look import SECRET, UNKNOWN
from recours.app.notes import Key, key_of, seal, unseal
from recours.intake.framing import MBOX_MESSAGE
from recours.intake.from_mbox import Mailbox
from recours.intake.outline import Outline
from recours.intake.settled import Settled, samples
from recours.intake.sources import File

LARGE = 2**20  # bytes of a file from which it is kept
MOST = 40  # files, the latest


class Kept(msgspec.Struct, frozen=True):
    """settled: see there; secrets: of the notes of its messages, SECRET bytes each."""

    settled: Settled
    secrets: bytes


class _Sealed(msgspec.Struct, frozen=True):
    """size: bytes of the file then."""

    size: int
    kept: bytes


class _Shelf(NamedTuple):
    """By the name of mailbox and file, hashed; the oldest first."""

    files: dict[bytes, _Sealed]


def outlines_file(store: Path) -> Path:
    """Where the outlines of a store lie."""
    return store.with_name(store.name + ".outlines")


class Outlines:
    """Those kept for one mailbox.  version: of the way of looking; another's open nothing."""

    def __init__(self, store: Path, mailbox: Mailbox, version: str) -> None:
        self._file, self._version = outlines_file(store), version
        self._mailbox = str(mailbox.path.resolve())
        self._shelf = _read(self._file)
        large = (f for f in mailbox.files if f.kind == MBOX_MESSAGE and f.size >= LARGE)
        self.known = {file.name: kept for file in large if (kept := self._opened(file))}

    @property
    def settled(self) -> dict[str, Settled]:
        """By the file's name, for ``Outline``."""
        return {name: kept.settled for name, kept in self.known.items()}

    def secrets(self, outline: Outline) -> bytes:
        """Of the notes of all messages of an outline, up to the last that is known."""
        found = bytearray()
        for file, first, _ in outline.settled():
            if kept := self.known.get(file.name):
                found += UNKNOWN * (first - len(found) // SECRET) + kept.secrets
        return bytes(found)

    def keep(self, outline: Outline, secrets: bytes) -> None:
        """secrets: of the notes of the first messages of the outline.  Where nothing can be written, nothing is kept."""
        grown = [
            (file, Kept(settled, secrets[first * SECRET : (first + len(settled)) * SECRET]))
            for file, first, settled in outline.settled()
            if file.size >= LARGE
        ]
        if changed := [(file, kept) for file, kept in grown if self.known.get(file.name) != kept]:
            self._write(changed)

    def _opened(self, file: File) -> Kept | None:
        sealed = self._shelf.get(self._name(file))
        if not sealed or sealed.size > file.size:
            return None
        key = self._key(file, sealed.size)
        kept = unseal(sealed.kept, key) if key else None
        return msgspec.msgpack.decode(kept, type=Kept) if kept else None

    def _write(self, files: Iterable[tuple[File, Kept]]) -> None:
        for file, kept in files:
            if key := self._key(file, kept.settled.size):
                name = self._name(file)
                self._shelf.pop(name, None)
                self._shelf[name] = _Sealed(kept.settled.size, seal(msgspec.msgpack.encode(kept), key))
        part = self._file.with_name(self._file.name + ".part")
        try:
            part.touch(mode=0o600)
            part.write_bytes(msgspec.msgpack.encode(_Shelf(dict([*self._shelf.items()][-MOST:]))))
            part.replace(self._file)
        except OSError:
            return

    def _name(self, file: File) -> bytes:
        return hashlib.sha256(f"{self._mailbox}\n{file.name}".encode("utf-8", "surrogateescape")).digest()

    def _key(self, file: File, size: int) -> Key | None:
        try:
            told = samples(file.path, size)
        except OSError:
            return None
        return key_of(told, f"outline {self._version} {size}") if told else None


def _read(file: Path) -> dict[bytes, _Sealed]:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=_Shelf).files
    except (OSError, msgspec.MsgspecError):
        return {}
