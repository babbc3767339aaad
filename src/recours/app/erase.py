"""Erasing a case for good: its journal, and the originals and papers that no other case names.

What is left is a receipt: hashes, from which nothing can be read, but with which it can be shown what was erased.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec

from recours.app import brief, found
from recours.app.desk import Desk
from recours.app.transfer import named
from recours.errors import RecoursError
from recours.store.upkeep import erase as erase_in
from recours.store.upkeep import named_elsewhere


class NotConfirmedError(RecoursError):
    """The case's name was not typed."""

    def __init__(self, case: str, typed: str) -> None:
        super().__init__(
            {
                "en": f"Nothing was erased: {typed!r} is not the case's name",
                "fr": f"Rien n'a été effacé : {typed!r} n'est pas le nom du dossier",
            },
            where="--yes",
            todo={
                "en": f"Erasing cannot be undone. Keep a copy first (recours export {case} -o FILE), then: --yes {case}",
                "fr": "L'effacement est définitif. Gardez d'abord une copie"
                f" (recours export {case} -o FICHIER), puis : --yes {case}",
            },
        )


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt.  case: SHA-256 of its name; head: last hash of its journal; blobs: SHA-256 of the bytes that are
    gone; shared: of those that stay because another case names them."""

    at: datetime
    case: str
    head: str
    entries: int
    blobs: tuple[str, ...]
    shared: tuple[str, ...]


def erase(desk: Desk, case: str, typed: str) -> Erased:
    """typed: the case's name, as the person typed it.  Raises NoSuchCaseError, NotConfirmedError."""
    history = desk.history(case)
    if typed != case:
        raise NotConfirmedError(case, typed)
    head = desk.store.journal(case)[-1].hash
    ours = frozenset(named(history))
    shared = ours & named_elsewhere(desk.store, case)
    gone = erase_in(desk.store, case, ours - shared)
    for shelf in (brief.shelf_file, found.shelf_file):  # they tell titles and amounts; made again when needed
        shelf(desk.store.path).unlink(missing_ok=True)
    return Erased(
        at=desk.clock.now(),
        case=hashlib.sha256(case.encode()).hexdigest(),
        head=head,
        entries=len(history),
        blobs=gone,
        shared=tuple(sorted(shared)),
    )
