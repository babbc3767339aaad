"""Files that lay beside the mail (photos, notes of calls, receipts, chats): taken into the case when the person wants them.

What a mail program or a system keeps for itself is none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import msgspec

from recours.app.add import add
from recours.app.desk import Desk
from recours.intake.archive import safe_name
from recours.intake.signature import UNKNOWN
from recours.intake.sources import File

MOST = 60  # files that are taken together; of more, the person chooses
_KEPT_BY_PROGRAMS = frozenset(
    {".msf", ".ini", ".db", ".dat", ".log", ".plist", ".lock", ".tmp", ".idx", ".json", ".xml"}
)
_NOTHING_TO_SEE = frozenset({UNKNOWN, "application/vnd.sqlite3", "application/x-executable"})


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """names: of the files that may be taken; taken: of those that are in the case now; refused: others, with why by
    language."""

    names: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    refused: tuple[tuple[str, dict[str, str]], ...] = ()


def beside(files: Iterable[File]) -> tuple[File, ...]:
    """Those that may say something of a purchase."""
    return tuple(file for file in files if not _is_of_a_program(file))


def take_beside(desk: Desk, case: str, files: Iterable[File]) -> Beside:
    """Add them to the case; all or, when there are more than MOST, none.  Raises NoSuchCaseError."""
    found = beside(files)
    names = tuple(file.name for file in found)
    if not found or len(found) > MOST:
        return Beside(names=names)
    name_of = {Path(file.path): file.name for file in found}
    added = add(desk, case, list(name_of), pass_over=True)
    refused = dict(added.refused)
    return Beside(
        names=names,
        taken=tuple(name for path, name in name_of.items() if path not in refused),
        refused=tuple((name_of[path], error.what) for path, error in refused.items()),
    )


def place_for(folder: Path, name: str, number: int) -> Path:
    """Where a file that is handed over goes, its folder made: under its own name, in a folder of its own where another has
    that name.  number: of the file, for one without a name."""
    safe = safe_name(name, number)
    path = folder / safe
    if path.exists() or any(parent.is_file() for parent in path.parents):
        path = folder / str(number) / safe
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _is_of_a_program(file: File) -> bool:
    name = PurePosixPath(file.name)
    return (
        name.name.startswith(".") or name.suffix.lower() in _KEPT_BY_PROGRAMS or file.kind in _NOTHING_TO_SEE
    )
