"""A case as one file that another Recours opens."""

from __future__ import annotations

from pathlib import Path

from recours.app.desk import Desk, kept_items
from recours.casefile.events import PaperMade, Recorded
from recours.errors import RecoursError
from recours.intake.errors import MissingSourceError
from recours.store.sqlite import Store


class WouldOverwriteError(RecoursError):
    """The file to write is there already."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            {"en": f"{file} exists already", "fr": f"{file} existe déjà"},
            todo={
                "en": "Choose another name with -o, or move it away.",
                "fr": "Choisissez un autre nom avec -o, ou déplacez-le.",
            },
        )


def export(desk: Desk, case: str, file: Path) -> int:
    """Write a case with its originals into a new file; the number of originals.  Never overwrites."""
    history = desk.history(case)
    if file.exists():
        raise WouldOverwriteError(file)
    items = kept_items(history)
    target = Store(file)
    try:
        desk.store.copy_case(case, named(history), target)
    finally:
        target.close()
    return len(items)


def import_(desk: Desk, file: Path) -> tuple[tuple[str, int], ...]:
    """Take the cases of an exported file; for each its id and how many entries were new.

    Raises MissingSourceError, NotAStoreError, DivergedError.
    """
    if not file.is_file():
        raise MissingSourceError(file)
    source = Store(file)
    try:
        other = Desk(source, desk.clock, desk.by)
        return tuple(
            (case, source.copy_case(case, named(other.history(case)), desk.store)) for case in source.cases()
        )
    finally:
        source.close()


def named(history: tuple[Recorded, ...]) -> tuple[str, ...]:
    """SHA-256 of every original that a case keeps, and of every paper that was set for it."""
    papers = [r.payload.sha256 for r in history if isinstance(r.payload, PaperMade)]
    return tuple(dict.fromkeys((*(i.sha256 for i in kept_items(history)), *papers)))
