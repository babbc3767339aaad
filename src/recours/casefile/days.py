"""A case's days, as its shopper counts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from recours.casefile.types import CaseFile, Entry, Fact
from recours.reading.days import Days, home


def days_of(case: CaseFile) -> Days:
    """The days where the shopper lives, as far as the case tells."""
    return shopper_days(case.entries, case.facts)


def shopper_days(entries: Iterable[Entry], facts: Mapping[str, Fact]) -> Days:
    """entries: of a case; facts: its facts, of which the place where the shopper lives is asked."""
    sent = (
        e.message.date
        for e in entries
        if e.membership.direction == "sent" and e.message.kind == "mail" and e.message.date
    )
    place = [
        str(facts[name].value) if name in facts else "" for name in ("consumer.region", "consumer.country")
    ]
    return Days(sent, home(*place))


def day_of(entry: Entry, days: Days) -> date | None:
    """The shopper's local day of an entry; None when it has no date."""
    return days.of(entry.message.date) if entry.message.date else None
