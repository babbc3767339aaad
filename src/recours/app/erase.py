"""Erasing a case for good: its journal, and the originals and papers that no other case names.

What is left is a receipt: hashes, from which nothing can be read, but with which it can be shown what was erased.
"""

from __future__ import annotations

import hashlib
import mmap
import re
import shutil
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from recours.app import brief, found, kept, notes
from recours.app.desk import Desk
from recours.app.transfer import named
from recours.errors import RecoursError
from recours.intake.imap import SPOOLS
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
    gone; shared: of those that stay because another case names them; fetched: how many copies of mailboxes on a server
    were taken away, since the case's mails stood in them."""

    at: datetime
    case: str
    head: str
    entries: int
    blobs: tuple[str, ...]
    shared: tuple[str, ...]
    fetched: int


def erase(desk: Desk, case: str, typed: str) -> Erased:
    """typed: the case's name, as the person typed it.  Raises NoSuchCaseError, NotConfirmedError."""
    history = desk.history(case)
    if typed != case:
        raise NotConfirmedError(case, typed)
    mails = frozenset(e.message.id for e in desk.case(case).entries)
    head = desk.store.journal(case)[-1].hash
    ours = frozenset(named(history))
    shared = ours & named_elsewhere(desk.store, case)
    gone = erase_in(desk.store, case, ours - shared)
    # they tell titles, amounts, correspondents; made again when needed
    for shelf in (brief.shelf_file, found.shelf_file, notes.notes_file, kept.outlines_file):
        shelf(desk.store.path).unlink(missing_ok=True)
    copies = tuple(copies_with(desk.store.path.parent / SPOOLS, mails))
    for copy in copies:
        shutil.rmtree(copy, ignore_errors=True)
    return Erased(
        at=desk.clock.now(),
        case=hashlib.sha256(case.encode()).hexdigest(),
        head=head,
        entries=len(history),
        blobs=gone,
        shared=tuple(sorted(shared)),
        fetched=sum(not copy.exists() for copy in copies),
    )


def copies_with(spools: Path, mails: Collection[str]) -> Iterator[Path]:
    """The mailboxes fetched from a server that hold one of these mails (Message-IDs); each is a folder, and the server
    still has what is in it."""
    wanted = [re.escape(f"<{m}>".encode()) for m in sorted(mails) if "@" in m]
    if not wanted or not spools.is_dir():
        return
    pattern = re.compile(b"|".join(wanted))
    for spool in sorted(p for p in spools.iterdir() if p.is_dir()):
        if any(_holds(file, pattern) for file in spool.rglob("*")):
            yield spool


def _holds(file: Path, pattern: re.Pattern[bytes]) -> bool:
    if not file.is_file() or not file.stat().st_size:
        return False
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return pattern.search(data) is not None
