"""Facts that follow from the order of what was done: first complaint, refusals, promises, what is left unsolved.

Days are the shopper's (reading.days).
"""

from __future__ import annotations

from collections.abc import Iterator

from recours.reading.problem import MONEY_BACK, asks_money, kind_of_problem
from recours.reading.timeline import Timeline
from recours.reading.types import Act, Finding, Read, Value
from recours.text import fold

DERIVED = "derived.acts"


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
    yield from _back(timeline)
    yield from kind_of_problem(timeline, DERIVED)
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
    """The first offer of money that the shopper accepted; where none was, the first of the whole sum that was not turned
    down, or a dated promise of one."""
    offers = timeline.acts("merchant", "offer_refund", "promise_by_date", "offer_partial_refund")
    money = [
        (read, act)
        for read, act in offers
        if act.act != "promise_by_date" or MONEY_BACK.search(fold(act.quote.text))
    ]
    accepted = [(read, act) for read, act in money if taken(timeline, read)]
    whole = [
        (read, act)
        for read, act in money
        if act.act == "promise_by_date" or (act.act == "offer_refund" and not turned_down(timeline, read))
    ]
    for read, act in (accepted or whole)[:1]:
        day = timeline.day(read)
        if day:
            yield _finding(act, "refund.promised_on", day, 0.9)


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


def _back(timeline: Timeline) -> Iterator[Finding]:
    """The day the goods went back, when the shopper still asks for the money."""
    returned = timeline.sent_back()
    if returned and asks_money(timeline, returned[0][0]):
        day = timeline.day(returned[0][0])
        if day:  # the day on which it was told: the person corrects it when the parcel left earlier
            yield _finding(returned[0][1], "goods.returned_on", day, 0.7)
