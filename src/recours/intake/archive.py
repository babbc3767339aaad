"""A zip archive of mail and other files, unpacked into a folder of its own, within bounds and nowhere else.

A bomb is refused before it is inflated: by the number of members, by what they say they hold, and while reading by
what they really hold.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from recours.errors import RecoursError
from recours.intake.inflate import BROKEN, inflated

MAX_MEMBERS = 200_000
MAX_BYTES = 64 * 2**30  # inflated, in all
MAX_RATIO = 300  # inflated to packed; text mail packs to about a tenth
ROOM = 64 * 2**20  # bytes that stay free on the disk
_SMALL = 10 * 2**20  # bytes that a member may always have
_OF_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
_STRANGE = re.compile(r"[\x00-\x1f<>:\"|?*\\]+")


class BadArchiveError(RecoursError):
    """The archive is damaged, protected, or larger than anything a person exports."""

    def __init__(self, path: Path, en: str, fr: str) -> None:
        super().__init__(
            {"en": f"{path} cannot be unpacked: {en}", "fr": f"{path} ne peut pas être décompressé : {fr}"},
            todo={
                "en": "Unpack it yourself and open the folder: recours open FOLDER",
                "fr": "Décompressez-le vous-même et ouvrez le dossier : recours open DOSSIER",
            },
        )


def unpack(
    path: Path, folder: Path, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> None:
    """Every member of the archive as a file under ``folder``.  progress: bytes written, bytes in all.

    Raises BadArchiveError.
    """
    try:
        with zipfile.ZipFile(path) as archive, ThreadPoolExecutor(1) as beside:
            members = [m for m in archive.infolist() if not m.is_dir()]
            size = _checked(path, members, shutil.disk_usage(folder).free - ROOM)
            done = 0
            for number, member in enumerate(members):
                target = folder / safe_name(member.filename, number)
                target.parent.mkdir(parents=True, exist_ok=True)
                for length in _written(path, archive, member, target, beside):
                    done += length
                    progress(done, size)
    except (*BROKEN, OSError) as error:
        raise BadArchiveError(path, str(error), str(error)) from None
    except RuntimeError:  # what zipfile raises for a member that needs a password
        raise BadArchiveError(
            path, "it is protected by a password", "elle est protégée par un mot de passe"
        ) from None


def is_document(path: Path) -> bool:
    """Word, Excel and OpenDocument files, programs of telephones and Java are zip archives too, and are no archives of
    files.  Raises zipfile.BadZipFile, OSError."""
    with zipfile.ZipFile(path) as archive:
        return not _OF_DOCUMENTS.isdisjoint(archive.namelist())


def _checked(path: Path, members: list[zipfile.ZipInfo], free: int) -> int:
    """How many bytes the members say they hold.  free: bytes of the disk."""
    told, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > MAX_MEMBERS:
        raise BadArchiveError(
            path, f"it holds {len(members)} files", f"elle contient {len(members)} fichiers"
        )
    size = told // 2**20
    if told > MAX_BYTES or told > max(packed, 1) * MAX_RATIO + _SMALL:
        raise BadArchiveError(path, f"it would grow to {size} MB", f"elle atteindrait {size} Mo")
    if told > free:
        left = max(0, free) // 2**20
        raise BadArchiveError(
            path,
            f"it needs {size} MB, and {left} MB are free where your cases are kept",
            f"il faut {size} Mo, et {left} Mo sont libres là où sont vos dossiers",
        )
    return told


def _written(
    path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, beside: Executor
) -> Iterator[int]:
    """Writes a member, each piece while the next is inflated; the length of each.  beside: where is written."""
    left = member.file_size
    with target.open("wb") as out:
        writing: Future[int] | None = None
        for piece in inflated(archive, member):
            left -= len(piece)
            if left < 0:
                raise BadArchiveError(
                    path, f"{member.filename} is larger than it says", f"{member.filename} ment sur sa taille"
                )
            if writing:
                writing.result()
            writing = beside.submit(out.write, piece)
            yield len(piece)
        if writing:
            writing.result()
    shutil.copystat(path, target)


def safe_name(name: str, number: int) -> str:
    """A member's name as a path that stays inside: no root, no "..", no control characters, no endless parts."""
    parts = [_STRANGE.sub("_", part)[-120:] for part in PurePosixPath(name.replace("\\", "/")).parts]
    kept = [part for part in parts if part not in ("", ".", "..", "/")]
    return "/".join(kept[-8:]) or f"member-{number}"
