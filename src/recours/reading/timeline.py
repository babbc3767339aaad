"""The acts of a dispute in order of time, and the shopper's days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo

from recours.reading.days import Days
from recours.reading.types import Act, Read

_MENDS = frozenset({"demand_repair", "offer_repair"})
_ENDS = frozenset({"demand_refund", "cancel_contract", "offer_refund", "offer_partial_refund"})


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

    def sent_back(self) -> list[tuple[Read, Act]]:
        """Acts by which the shopper gave the goods back, oldest first; not those by which they went to be mended, that is
        when a repair was spoken of until then, and no money back."""
        return [
            (read, act) for read, act in self.acts("consumer", "confirm_return") if not self._mended(read)
        ]

    def _mended(self, returned: Read) -> bool:
        until = {a.act for r in self.reads if _moment(r) < _moment(returned) for a in r.acts}
        return bool(until & _MENDS) and not until & _ENDS

    def place(self, read: Read) -> int:
        """Where a read stands among the others, the oldest first."""
        return self.reads.index(read) if read in self.reads else 0

    def after(self, read: Read) -> list[Read]:
        return [r for r in self.reads if _moment(r) > _moment(read)]


def _moment(read: Read) -> datetime:
    if read.message.date is None:  # pragma: no cover - undated reads are left out above
        raise ValueError(read.message.id)
    return read.message.date
