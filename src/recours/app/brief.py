"""What the day's screen needs of a case, and no more: small, so that a thousand of them are read at once.

Kept beside the store under each journal's last hash; it can be thrown away at any moment and is made again.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from recours import __version__
from recours.app.desk import Desk
from recours.casefile.events import Kept
from recours.casefile.fold import fold
from recours.casefile.types import CaseFile, Claim, Dispatch, Fact, FactStatus, Receipt
from recours.outbox.promises import Promises, promises
from recours.outbox.today import Line
from recours.store.upkeep import heads
from recours.text import Quote

SHAPE = 2  # of what is kept; another number and it is made again
_NOWHERE = Quote(message="", start=0, end=0, text="")


class Brief(msgspec.Struct, frozen=True, array_like=True):
    """A case without its messages.  head: last hash of the journal from which it was made."""

    head: str
    title: str
    facts: dict[str, tuple[Kept, FactStatus]]
    dispatches: tuple[Dispatch, ...]
    receipts: tuple[Receipt, ...]
    confirmed: tuple[str, ...]
    closed: bool
    promises: Promises = Promises()


class Shelf(msgspec.Struct, frozen=True, array_like=True):
    """version: of Recours and its packs; day: for which ``told`` holds; told: by case, its head and lines."""

    version: str = ""
    briefs: dict[str, Brief] = {}
    day: date | None = None
    told: dict[str, tuple[str, tuple[Line, ...]]] = {}


def shelf_file(store: Path) -> Path:
    """Where the briefs of a store lie."""
    return store.with_name(store.name + ".today")


def read_shelf(store: Path, version: str) -> Shelf:
    """What was kept by the same version; an empty shelf when there is none or it cannot be read."""
    try:
        found = msgspec.msgpack.decode(shelf_file(store).read_bytes(), type=Shelf)
    except (OSError, msgspec.MsgspecError):
        return Shelf(version=version)
    return found if found.version == version else Shelf(version=version)


def write_shelf(store: Path, shelf: Shelf) -> None:
    """Keep it, readable by its owner only.  Where nothing can be written, nothing is kept."""
    file = shelf_file(store)
    part = file.with_name(file.name + ".part")
    try:
        part.touch(mode=0o600)
        part.write_bytes(msgspec.msgpack.encode(shelf))
        part.replace(file)
    except OSError:
        return


def briefs(desk: Desk, known: dict[str, Brief]) -> dict[str, Brief]:
    """A brief of every case; only those are made whose journal has grown since."""
    found = {}
    for case, head in heads(desk.store).items():
        before = known.get(case)
        if before and before.head == head:
            found[case] = before
        else:
            found[case] = _brief(fold(case, desk.history(case), measured=False), head)
    return found


def _brief(case: CaseFile, head: str) -> Brief:
    facts = {name: (Kept.of(fact.value), fact.status) for name, fact in case.facts.items()}
    return Brief(
        head,
        case.title,
        facts,
        case.dispatches,
        case.receipts,
        case.confirmed_rules,
        case.closed is not None,
        promises(case),
    )


def case_of(name: str, brief: Brief) -> CaseFile:
    """The case as the law and the plan see it; no message, no source."""
    return CaseFile(
        id=name,
        title=brief.title,
        language="en",
        entries=(),
        facts={
            n: Fact(name=n, claim=Claim(value=kept.value, quote=_NOWHERE, by=""), status=status)
            for n, (kept, status) in brief.facts.items()
        },
        dispatches=brief.dispatches,
        receipts=brief.receipts,
        confirmed_rules=brief.confirmed,
    )


def version_of(packs: Path) -> str:
    """What the briefs and lines depend on besides the journals: Recours and the law that it ships."""
    newest = max((f.stat().st_mtime_ns for f in packs.rglob("*.yaml")), default=0)
    return f"{__version__} {SHAPE} {newest}"
