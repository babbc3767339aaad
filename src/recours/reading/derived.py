"""Facts that follow from the order of what was done: first complaint, refusals, promises, what is left unsolved.

Days are the shopper's (reading.days).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

import msgspec

from recours.reading.amounts import find_amounts
from recours.reading.problem import MONEY_BACK, asks_money, kind_of_problem
from recours.reading.timeline import Timeline
from recours.reading.types import Act, Finding, Read, Value
from recours.text import Quote, fold

DERIVED = "derived.acts"


def derived(
    timeline: Timeline, by_seller: Callable[[Read], bool], sent_back: Collection[str]
) -> Iterator[Finding]:
    """Every derived fact, each on the quotation of the act that it stands on.

    by_seller: whether a message is the seller's own word, and not a carrier's or an expert's; sent_back: the messages in
    which a sum is said to have gone back.
    """
    yield from _edges(timeline, timeline.acts("consumer", "complain"), "problem.reported_on", None)
    refusals = [(read, act) for read, act in timeline.acts("merchant", "refuse") if by_seller(read)]
    yield from _edges(timeline, refusals, "refusal.first_on", "refusal.last_on")
    yield from _confirmed(timeline, sent_back)
    yield from _edges(timeline, timeline.acts("consumer", "cancel_contract"), "cancellation.sent_on", None)
    yield from _edges(timeline, timeline.acts("consumer", "formal_demand"), "demand.sent_on", None)
    for read, act in timeline.acts("consumer", "cancel_contract")[:1]:
        if read.message.kind == "mail" and timeline.side(read) == "consumer":
            yield _finding(act, "cancellation.means", "email", 0.9)
    yield from _demanded(timeline)
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


def _within(quote: Quote, start: int, end: int) -> Quote:
    return msgspec.structs.replace(
        quote, start=quote.start + start, end=quote.start + end, text=quote.text[start:end]
    )


def _edges(
    timeline: Timeline, found: Sequence[tuple[Read, Act]], first: str, last: str | None
) -> Iterator[Finding]:
    for name, at in ((first, 0), (last, -1)):
        if found and name:
            read, act = found[at]
            day = timeline.day(read)
            if day:
                yield _finding(act, name, day, 0.95)


_DONE = re.compile(
    r"\brefund(?: is| was| has been|'s)? (?:now )?(?:done|made|issued|processed|sent|complete[d]?|through|gone)\b|\b(?:made|issued|processed|sent|completed) (?:the|your) refund\b"
    r"|\bremboursement (?:est |a ete )?(?:bien )?(?:fait|effectue|emis|envoye|passe|parti|traite)\b"
)


def _confirmed(timeline: Timeline, sent_back: Collection[str]) -> Iterator[Finding]:
    """The first message that says that money went back; one that is heard faintly counts where it also says how much, or
    says it in as many words."""
    for read in timeline.reads:
        for act in read.acts:
            if act.by != "merchant" or act.act != "confirm_refund":
                continue
            day = timeline.day(read)
            plain = read.message.id in sent_back or _DONE.search(fold(act.quote.text))
            if day and (act.firm or plain):
                yield _finding(act, "refund.confirmed_on", day, 0.95)
                return


def _promised(timeline: Timeline) -> Iterator[Finding]:
    """The first offer of money that the shopper accepted; where none was, the first of the whole sum that was not turned
    down, or a dated promise of one.  What was accepted may have been offered before: the first word counts, unless it was
    taken back in between."""
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
    if accepted:
        taken_on = timeline.place(accepted[0][0])
        refused = [timeline.place(read) for read, _ in timeline.acts("merchant", "refuse")]
        whole = [
            (read, act)
            for read, act in whole
            if act.act == "offer_refund"
            and timeline.place(read) < taken_on
            and not any(timeline.place(read) < at < taken_on for at in refused)
        ]
    for read, act in [*whole, *accepted][:1]:
        day = timeline.day(read)
        if day:
            yield _finding(act, "refund.promised_on", day, 0.9)


def _demanded(timeline: Timeline) -> Iterator[Finding]:
    """The largest sum that the shopper's own demands name: it need not be the price, for a part of the order, or a deposit,
    may be all that is asked back.  Of one sum named often, the last time."""
    named = [
        (amount, act)
        for _, act in timeline.acts("consumer", "demand_refund", "formal_demand")
        for amount in find_amounts(act.quote.text)
        if amount.amount > 0
    ]
    if named:
        amount, act = max(reversed(named), key=lambda found: found[0].amount)
        yield Finding(
            name="claim.demanded",
            value=amount.money,
            quote=_within(act.quote, amount.start, amount.end),
            by=DERIVED,
            confidence=0.9,
        )


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
