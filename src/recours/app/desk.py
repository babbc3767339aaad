"""The desk on which the use cases work: a store, a clock, and who sits there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from recours.casefile.events import ItemKept, Payload, ReadDone, Recorded
from recours.casefile.fold import fold
from recours.casefile.types import CaseFile
from recours.clock import Clock
from recours.store.sqlite import Store


class Desk:
    """store: where the cases are; clock: the only today; by: the person's name for the journal."""

    def __init__(self, store: Store, clock: Clock, by: str = "me") -> None:
        self.store = store
        self.clock = clock
        self.by = by

    @property
    def today(self) -> date:
        return self.clock.today()

    def history(self, case: str) -> tuple[Recorded, ...]:
        """The case's journal, typed.  Raises NoSuchCaseError."""
        return tuple(
            Recorded(e.at, e.by, msgspec.convert({"kind": e.kind, **e.payload}, Payload))
            for e in self.store.journal(case)
        )

    def case(self, case: str) -> CaseFile:
        """The case as it stands.  Raises NoSuchCaseError."""
        return fold(case, self.history(case))

    def record(
        self, case: str, payloads: Iterable[Payload], *, blobs: Iterable[bytes] = (), new: bool = False
    ) -> None:
        """Append to the case's journal, all or none, together with the bytes that the entries name."""
        self.store.append(
            case, [draft(p) for p in payloads], by=self.by, at=self.clock.now(), blobs=blobs, new=new
        )


def draft(payload: Payload) -> tuple[str, dict[str, object]]:
    """A payload -> (kind, JSON values)."""
    values = msgspec.to_builtins(payload)
    return values.pop("kind"), values


def kept_items(history: Iterable[Recorded]) -> tuple[ItemKept, ...]:
    return tuple(r.payload for r in history if isinstance(r.payload, ItemKept))


def last_reading(history: Iterable[Recorded]) -> ReadDone | None:
    found = [r.payload for r in history if isinstance(r.payload, ReadDone)]
    return found[-1] if found else None
