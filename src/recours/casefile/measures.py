"""The measures of the exchange: how much was written, how long it took, how long each side waited.

Comes in: the entries of a case.  Goes out: ``Measures``.  Counted over the mails of the dispute, a copy once;
days are calendar days where the consumer lives.  "Since the complaint" leaves out order and delivery notices.
A wait runs from the first message that one side left unanswered to the next message that a person of the
other side wrote, from the first complaint on; automatic messages answer nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from recours.casefile.contradictions import contradictions
from recours.casefile.days import day_of, shopper_days
from recours.casefile.loops import loops
from recours.casefile.types import Entry, Measures
from recours.reading.days import Days

NOTICES = frozenset({"order_confirmation", "shipping_notice", "delivery_notice", "marketing"})
COMPLAINTS = ("complain",)
NEXT_BEST = ("demand_refund", "demand_replacement", "demand_repair", "cancel_contract", "ask_status")

_NO_REPLY = re.compile(
    r"(^|[._+-])((no|do-?not|dont)[._-]?reply|ne[._-]?pas[._-]?repondre|noreponse)", re.IGNORECASE
)


def measure(entries: Sequence[Entry], days: Days | None = None) -> Measures:
    """Entries of a case, in order of time, those that are not of the dispute too -> its measures.

    days: the shopper's; None takes those of the mails that they sent.
    """
    dispute = in_dispute(entries)
    mails = [e for e in dispute if e.message.kind == "mail"]
    since = _since_complaint(dispute)
    late = [e for e in since if e.message.kind == "mail" and not _notice(e)]
    days = days or shopper_days(entries, {})
    merchant_wait, consumer_wait = _waits(since, days)
    return Measures(
        emails_sent=_count(mails, "sent"),
        emails_received=_count(mails, "received"),
        emails_sent_since_complaint=_count(late, "sent"),
        emails_received_since_complaint=_count(late, "received"),
        answers_since_complaint=sum(1 for e in late if e.membership.direction == "received" and _human(e)),
        calls=sum(1 for e in dispute if e.message.kind == "call"),
        days=_days(since, days),
        longest_wait_for_merchant_days=merchant_wait,
        longest_wait_for_consumer_days=consumer_wait,
        loops=loops(dispute),
        contradictions=contradictions(dispute),
    )


def in_dispute(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that are surely part of the dispute, each message once, in order of time.

    A message without a date stays after the one that it follows in the case.
    """
    kept: dict[str, Entry] = {}
    for entry in entries:
        if entry.membership.in_dispute is True:
            kept.setdefault(entry.message.id, entry)
    last = float("-inf")
    timed: list[tuple[float, Entry]] = []
    for entry in kept.values():
        if entry.message.date:
            last = entry.message.date.timestamp()
        timed.append((last, entry))
    return tuple(entry for _, entry in sorted(timed, key=lambda t: t[0]))


def _count(mails: Sequence[Entry], direction: str) -> int:
    return sum(1 for e in mails if e.membership.direction == direction)


def _since_complaint(dispute: Sequence[Entry]) -> list[Entry]:
    """From the first complaint on; without one, from the first time that the consumer asks for something."""
    for wanted in (COMPLAINTS, NEXT_BEST):
        for n, entry in enumerate(dispute):
            if any(a.by == "consumer" and a.act in wanted for a in entry.firm_acts):
                return list(dispute[n:])
    return []


def _notice(entry: Entry) -> bool:
    """Only an order, shipping or delivery notice: nothing in it answers the complaint."""
    acts = {a.act for a in entry.acts}
    answers = acts - NOTICES - {"promise_by_date", "apologise"}
    return entry.membership.direction == "received" and bool(acts & NOTICES) and not answers


def _human(entry: Entry) -> bool:
    """Did a person of the merchant write this?  Not a machine, a notice or a bare acknowledgement."""
    acts = {a.act for a in entry.acts}
    bare = bool(acts) and acts <= {"acknowledge"}
    machine = entry.message.automatic or entry.message.bulk or _NO_REPLY.search(entry.message.sender.email)
    return not (machine or bare or _notice(entry))


def _days(since: Sequence[Entry], days: Days) -> int:
    found = [d for e in since if (d := day_of(e, days))]
    return (max(found) - min(found)).days if found else 0


def _waits(since: Sequence[Entry], days: Days) -> tuple[int, int]:
    """Longest wait for the merchant, longest wait for the consumer, in days.  A call answers both."""
    longest = {"merchant": 0, "consumer": 0}
    asked: dict[str, date | None] = {"merchant": None, "consumer": None}
    for entry in since:
        day = day_of(entry, days)
        if day is None:
            continue
        for speaker in _speakers(entry):
            waited = asked[speaker]
            if waited is not None:
                longest[speaker] = max(longest[speaker], (day - waited).days)
            asked[speaker] = None
        speakers = _speakers(entry)
        if len(speakers) == 1:
            other = "consumer" if speakers == ("merchant",) else "merchant"
            asked[other] = asked[other] or day
    return longest["merchant"], longest["consumer"]


def _speakers(entry: Entry) -> tuple[str, ...]:
    """Who speaks in an entry: a received mail may copy the consumer's own words (web form, chat transcript)."""
    if entry.message.kind != "mail":
        sides = sorted({str(a.by) for a in entry.acts})
        return tuple(sides) if entry.message.kind == "chat" and sides else ("consumer", "merchant")
    if entry.membership.direction == "sent":
        return ("consumer",)
    if entry.membership.direction != "received":
        return ()
    copied = any(a.by == "consumer" for a in entry.acts)
    return (("consumer",) if copied else ()) + (("merchant",) if _human_in(entry) else ())


def _human_in(entry: Entry) -> bool:
    """A transcript sent by a machine still holds what a person of the merchant said."""
    acts = {a.act for a in entry.acts if a.by == "merchant"}
    copied = any(a.by == "consumer" for a in entry.acts)
    return _human(entry) or (copied and bool(acts - {"acknowledge", "promise_by_date", "stall"} - NOTICES))
