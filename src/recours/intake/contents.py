"""The files of a source, with those inside its zip archives and Outlook data files, unpacked into a folder that goes again.

A person's export is often several archives in one folder.  One that cannot be opened is named, and the rest is read; a
source that is itself such a file and cannot be opened is an error.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from recours.errors import RecoursError
from recours.intake import pst
from recours.intake.archive import is_document, unpack
from recours.intake.signature import ZIP
from recours.intake.sources import File, is_outlook_data, source_files

DEEPEST = 2  # archives within archives
STALE = 24 * 3600  # seconds after which an unpacked folder is one that a broken-off run has left
_PREFIX = "recours-unpacked-"
Progress = Callable[[int, int], None]


class Unread(NamedTuple):
    """An archive among other files that could not be opened.  why: by language."""

    name: str
    why: dict[str, str]


class Contents:
    """files: every file, named as in its folder or archive; unread: archives that could not be opened, which are among
    the files too.

    scratch: the folder in which is unpacked, the system's own when None; progress: bytes unpacked of an archive, and all.
    Raises BadArchiveError, OutlookFileError and the errors of ``source_files`` for the source itself.
    """

    def __init__(
        self, path: Path, scratch: Path | None = None, progress: Progress = lambda _done, _total: None
    ) -> None:
        self._scratch, self._progress = scratch, progress
        self._folders: list[tempfile.TemporaryDirectory[str]] = []
        self.unread: tuple[Unread, ...] = ()
        itself = path.is_file() and (is_outlook_data(path) or zipfile.is_zipfile(path))
        self.files = tuple(self._inside(path, 1) if itself else self._below(path, 0))

    def _below(self, path: Path, depth: int) -> Iterator[File]:
        for file in source_files(path):
            if depth < DEEPEST and _is_container(file):
                try:
                    for one in self._inside(Path(file.path), depth + 1):
                        yield one._replace(name=f"{file.name}/{one.name}")
                    continue
                except RecoursError as error:
                    self.unread += (Unread(file.name, error.what),)
            yield file

    def _inside(self, path: Path, depth: int) -> tuple[File, ...]:
        folder = self._folder()
        if is_outlook_data(path):
            pst.write_out(path, folder)
        else:
            unpack(path, folder, self._progress)
        changed = path.stat().st_mtime_ns
        return tuple(file._replace(changed=changed) for file in self._below(folder, depth))

    def _folder(self) -> Path:
        if self._scratch:
            self._scratch.mkdir(parents=True, exist_ok=True)
            _sweep(self._scratch)
        self._folders.append(tempfile.TemporaryDirectory(prefix=_PREFIX, dir=self._scratch))
        return Path(self._folders[-1].name)


def _is_container(file: File) -> bool:
    if file.kind == pst.MEDIA_TYPE:
        return True
    try:
        return file.kind == ZIP and zipfile.is_zipfile(file.path) and not is_document(Path(file.path))
    except (OSError, zipfile.BadZipFile):
        return False


def _sweep(scratch: Path) -> None:
    for left in scratch.glob(f"{_PREFIX}*"):
        if left.stat().st_mtime < time.time() - STALE:
            shutil.rmtree(left, ignore_errors=True)
