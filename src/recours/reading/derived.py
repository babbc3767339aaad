"""Facts that follow from the order of what was done: first complaint, refusals, promises, what is left unsolved.

Days are the shopper's (reading.days).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, tzinfo

from recours.reading.days import Days
from recours.reading.types import Act, Finding, Read, Value
from recours.text import fold

DERIVED = "derived.acts"
_MONEY_BACK = re.compile(r"refund|rembours|money|argent|credit|reimburs")
_CANCELLED = re.compile(
    r"\b(?:has been|have been|was|is|been|we(?:'ve| have)?|i(?:'ve| have)?) (?:now )?cancell?ed\b|\bcancellation (?:is )?(?:confirmed|processed|accepted)|\b(?:est|a ete|avons|ai) (?:bien )?annulee?\b|\bannulation (?:est |a ete )?(?:confirmee|acceptee|effectuee|prise en compte)"
)


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


def derived(timeline: Timeline) -> Iterator[Finding]:
    """Every derived fact, each on the quotation of the act that it stands on."""
    yield from _edges(timeline, "consumer", ("complain",), "problem.reported_on", None)
    yield from _edges(timeline, "merchant", ("refuse",), "refusal.first_on", "refusal.last_on")
    yield from _edges(timeline, "merchant", ("confirm_refund",), "refund.confirmed_on", None)
    yield from _edges(timeline, "consumer", ("cancel_contract",), "cancellation.sent_on", None)
    yield from _edges(timeline, "consumer", ("formal_demand",), "demand.sent_on", None)
    for read, act in timeline.acts("consumer", "cancel_contract")[:1]:
        if read.message.kind == "mail" and timeline.side(read) == "consumer":
            yield _finding(act, "cancellation.means", "email", 0.9)
    yield from _promised(timeline)
    yield from _left(timeline)
    for read, act in timeline.acts("merchant", "order_confirmation")[:1]:
        if read.message.kind == "mail":
            yield _finding(act, "contract.at_distance", "yes", 0.8)
            day = timeline.day(read)
            if day:
                yield _finding(act, "contract.copy_received_on", day, 0.6)


def _finding(act: Act, name: str, value: Value, sure: float) -> Finding:
    return Finding(
        name=name, value=value, quote=act.quote, by=DERIVED, confidence=sure * min(1.0, act.confidence + 0.1)
    )


def _edges(
    timeline: Timeline, by: str, acts: tuple[str, ...], first: str, last: str | None
) -> Iterator[Finding]:
    found = timeline.acts(by, *acts)
    for name, at in ((first, 0), (last, -1)):
        if found and name:
            read, act = found[at]
            day = timeline.day(read)
            if day:
                yield _finding(act, name, day, 0.95)


def _promised(timeline: Timeline) -> Iterator[Finding]:
    """The first offer of the whole refund that was not turned down, or a dated promise of one."""
    for read, act in timeline.acts("merchant", "offer_refund", "promise_by_date", "offer_partial_refund"):
        if act.act == "promise_by_date" and not _MONEY_BACK.search(fold(act.quote.text)):
            continue
        if act.act == "offer_partial_refund" and not taken(timeline, read):
            continue
        if act.act == "offer_refund" and turned_down(timeline, read):
            continue
        day = timeline.day(read)
        if day:
            yield _finding(act, "refund.promised_on", day, 0.9)
            return


def _answer(timeline: Timeline, read: Read) -> set[str]:
    for later in timeline.after(read):
        acts = {a.act for a in later.acts if a.firm and a.by == "consumer"}
        if acts:
            return acts
    return set()


def turned_down(timeline: Timeline, read: Read) -> bool:
    """Whether the shopper's next message rejects what this one offered."""
    answer = _answer(timeline, read)
    return "reject_offer" in answer and "accept_offer" not in answer


def taken(timeline: Timeline, read: Read) -> bool:
    """Whether the shopper's next message accepts what this one offered."""
    return "accept_offer" in _answer(timeline, read)


def _left(timeline: Timeline) -> Iterator[Finding]:
    """returned_not_refunded, cancelled_not_refunded: what is open at the end, when the goods or the contract are gone."""
    returned = timeline.acts("consumer", "confirm_return")
    if returned:
        asked = _asks_money(timeline, returned[0][0])
        if asked:
            yield _finding(asked, "problem.kind", "returned_not_refunded", 0.95)
            day = timeline.day(returned[0][0])
            if day:  # the day on which it was told: the person corrects it when the parcel left earlier
                yield _finding(returned[0][1], "goods.returned_on", day, 0.7)
            return
    cancelled = [
        r for r in timeline.reads
        if any(a.by == "merchant" for a in r.acts) and _CANCELLED.search(fold(r.new_text))
    ]  # fmt: skip
    if cancelled:
        asked = _asks_money(timeline, cancelled[0])
        if asked:
            yield _finding(asked, "problem.kind", "cancelled_not_refunded", 0.95)


def _asks_money(timeline: Timeline, since: Read) -> Act | None:
    """The first words after ``since`` in which the shopper asks for money that has not come."""
    for later in timeline.after(since):
        for act in later.acts:
            if (
                act.firm
                and act.by == "consumer"
                and act.act
                in (
                    "ask_status",
                    "demand_refund",
                    "complain",
                    "formal_demand",
                )
            ):
                words = fold(act.quote.text)
                if act.act == "demand_refund" or _MONEY_BACK.search(words):
                    return act
    return None
