"""The acts of a dispute in order of time, and the shopper's days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo

from recours.reading.days import Days
from recours.reading.types import Act, Read


class Timeline:
    """The acts of a dispute in order of time.  side: of a read; home: the zone where the shopper lives, if known."""

    def __init__(
        self, reads: Sequence[Read], side: Callable[[Read], str], home: tzinfo | None = None
    ) -> None:
        dated = [r for r in reads if r.message.date]
        self.reads = sorted(dated, key=lambda r: _moment(r))
        self.side = side
        self._days = Days(
            (_moment(r) for r in self.reads if side(r) == "consumer" and r.message.kind == "mail"), home
        )

    def day(self, read: Read) -> date | None:
        """The shopper's local day of a message."""
        return self._days.of(read.message.date) if read.message.date else None

    def acts(self, by: str, *names: str) -> list[tuple[Read, Act]]:
        """Acts of these names by this side that are firm, oldest first."""
        return [(r, a) for r in self.reads for a in r.acts if a.firm and a.by == by and a.act in names]

    def after(self, read: Read) -> list[Read]:
        return [r for r in self.reads if _moment(r) > _moment(read)]


def _moment(read: Read) -> datetime:
    if read.message.date is None:  # pragma: no cover - undated reads are left out above
        raise ValueError(read.message.id)
    return read.message.date
