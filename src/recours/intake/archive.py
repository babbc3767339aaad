"""A zip archive of mail and other files, unpacked into a folder of its own, within bounds and nowhere else.

A bomb is refused before it is inflated: by the number of members, by what they say they hold, and while reading by
what they really hold.
"""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from recours.errors import RecoursError

MAX_MEMBERS = 200_000
MAX_BYTES = 64 * 2**30  # inflated, in all
MAX_RATIO = 300  # inflated to packed; text mail packs to about a tenth
_CHUNK = 64 * 1024  # what stays in the processor's cache
_SMALL = 10 * 2**20  # bytes that a member may always have
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


def unpack(path: Path, folder: Path) -> None:
    """Every member of the archive as a file under ``folder``.  Raises BadArchiveError."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            _check(path, members)
            for number, member in enumerate(members):
                target = folder / safe_name(member.filename, number)
                target.parent.mkdir(parents=True, exist_ok=True)
                _write(path, archive, member, target)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise BadArchiveError(path, str(error), str(error)) from None
    except RuntimeError:  # what zipfile raises for a member that needs a password
        raise BadArchiveError(
            path, "it is protected by a password", "elle est protégée par un mot de passe"
        ) from None


def _check(path: Path, members: list[zipfile.ZipInfo]) -> None:
    inflated, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > MAX_MEMBERS:
        raise BadArchiveError(
            path, f"it holds {len(members)} files", f"elle contient {len(members)} fichiers"
        )
    if inflated > MAX_BYTES or inflated > max(packed, 1) * MAX_RATIO + _SMALL:
        size = inflated // 2**20
        raise BadArchiveError(path, f"it would grow to {size} MB", f"elle atteindrait {size} Mo")


def _write(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    with archive.open(member) as source, target.open("wb") as out:
        left = member.file_size
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise BadArchiveError(
                    path, f"{member.filename} is larger than it says", f"{member.filename} ment sur sa taille"
                )
            out.write(chunk)
        shutil.copystat(path, target)


def safe_name(name: str, number: int) -> str:
    """A member's name as a path that stays inside: no root, no "..", no control characters, no endless parts."""
    parts = [_STRANGE.sub("_", part)[-120:] for part in PurePosixPath(name.replace("\\", "/")).parts]
    kept = [part for part in parts if part not in ("", ".", "..", "/")]
    return "/".join(kept[-8:]) or f"member-{number}"
