"""What is known of a purchase while its messages are gathered, and the few messages of a mailbox that may be of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec

from recours.reading.dispute_look import Look, says

AFTER = timedelta(days=60)  # how long after the last word a shop's stray mail may still be about it
BEFORE = timedelta(days=3)
DEPOSIT = timedelta(
    days=120
)  # how long before the first word with the trader its bookkeeper may have written


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the purchase while its messages are gathered.

    other_first: when another order of the shop was first spoken of; names: of the shop, written plainly; said: its own
    mails' words, in the same way; feet: see ``dispute_names.signed``; sums: of money, that are spoken of; trades: names under which services bill for it; words: the word by which others call it for short ("claveo" of Claveo Musique); files:
    numbers of its help desk; desks: addresses from which services write in its name; firms: whom the shop brought in (``dispute_brought``); sellers: who sells on a marketplace (``dispute_names.sellers``)."""

    group: frozenset[str]
    core: frozenset[str]
    orders: frozenset[str]
    numbers: frozenset[str]
    names: tuple[str, ...]
    words: tuple[str, ...]
    agents: frozenset[str]
    own: frozenset[str]
    first: datetime
    last: datetime
    other_orders: frozenset[str]
    other_numbers: frozenset[str]
    other_first: datetime | None
    said: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    sums: frozenset[Decimal] = frozenset()
    carriers: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    desks: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    sellers: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()


class Index:
    """The messages of a mailbox by what can make them part of a purchase, so that each purchase looks at few."""

    def __init__(self, looks: Iterable[Look]) -> None:
        self._looks = tuple(looks)
        self._by_id: dict[str, int] = {}
        self._by_org: dict[str, list[int]] = defaultdict(list)
        self._by_number: dict[str, list[int]] = defaultdict(list)
        self._sent: list[int] = []
        dated = []
        for at, look in enumerate(self._looks):
            self._by_id[look.line.id] = at
            for org in look.orgs:
                self._by_org[org].append(at)
            for number in look.seen.orders | look.seen.identifiers:
                self._by_number[number].append(at)
            if look.sent:
                self._sent.append(at)
            if look.when:
                dated.append((look.when, at))
        dated.sort()
        self._days, self._dated = [day for day, _ in dated], [at for _, at in dated]

    def near(self, case: Case) -> list[Look]:
        """All that ``member`` could have a word on, in the mailbox's order; of all others it has none."""
        start, end = bisect_left(self._days, case.first - BEFORE), bisect_right(self._days, end_of(case))
        billed = bisect_left(self._days, case.first - DEPOSIT)
        found = {
            *self._dated[start:end],
            *filter(self._may_bill, self._dated[billed:start]),
            *self._sent,
            *(self._by_id[id_] for id_ in case.core),
        }
        found.update(at for org in case.group for at in self._by_org[org])
        found.update(at for number in case.orders for at in self._by_number[number])
        return [self._looks[at] for at in sorted(found)]

    def with_organisation(self, org: str) -> list[Look]:
        """All that was written with it."""
        return [self._looks[at] for at in self._by_org[org]]

    def _may_bill(self, at: int) -> bool:
        look = self._looks[at]
        return not look.sent and not look.line.bulk and says("commerce", look) > 0


def is_near(look: Look, case: Case) -> bool:
    if look.when is None:
        return False
    return case.first - BEFORE <= look.when <= end_of(case)


def end_of(case: Case) -> datetime:
    latest = datetime.max.replace(tzinfo=UTC)
    return case.last + AFTER if case.last < latest - AFTER else latest
