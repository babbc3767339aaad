"""All cases on one screen: what is due, what is late, what to wait for, and the money that is missing."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import msgspec

from recours.app.assess import Assessment, assess
from recours.app.brief import Brief, Shelf, briefs, case_of, read_shelf, version_of, write_shelf
from recours.app.desk import Desk
from recours.app.money import left_over
from recours.law.types import Lang
from recours.money import Money
from recours.outbox.promises import Promises, confirmed, promises
from recours.outbox.today import Kind, Line, in_order, lines


class Today(msgspec.Struct, frozen=True):
    """lines: by day; cases: how many were looked at; closed: how many of them are closed and tell nothing;
    missing: the money still missing, one sum a currency."""

    day: date
    lines: tuple[Line, ...]
    cases: int
    closed: int
    missing: tuple[Money, ...]


def today(desk: Desk) -> Today:
    """Every case of the store as it stands today."""
    with resources.as_file(resources.files("recours.law").joinpath("packs")) as packs:
        version = version_of(Path(packs))
    before = read_shelf(desk.store.path, version)
    found = briefs(desk, before.briefs)
    old = before.told if before.day == desk.today else {}
    told = {}
    for case, brief in found.items():
        last = old.get(case)
        told[case] = last if last and last[0] == brief.head else (brief.head, _lines(desk, case, brief))
    after = Shelf(version, found, desk.today, told)
    if after != before:
        write_shelf(desk.store.path, after)
    every = in_order(line for _, found_lines in told.values() for line in found_lines)
    return Today(desk.today, every, len(found), sum(b.closed for b in found.values()), _sums(every))


def calendar(desk: Desk, language: Lang) -> bytes:
    """The dates of every open case as one calendar file, with the same identifiers each time."""
    from recours.outbox.calendar import feed  # its library is slow to start

    found = [assess(desk, case) for name in desk.store.cases() if not (case := desk.case(name)).closed]
    rows = [(a.case.id, a.case.title, a.steps, a.decision.deadlines) for a in found]
    return feed(rows, language, desk.clock.now())


def _lines(desk: Desk, name: str, brief: Brief) -> tuple[Line, ...]:
    if brief.closed:
        return ()
    case = case_of(name, brief)
    return day_lines(assess(desk, case), brief.promises)


def day_lines(found: Assessment, promised: Promises) -> tuple[Line, ...]:
    """The lines of one open case, on the day on which it was assessed."""
    case = found.case
    delivery = case.value("delivery.promised_on")
    came = isinstance(case.value("delivery.delivered_on"), date)
    return lines(
        case.id,
        case.title,
        found.steps,
        found.decision.deadlines,
        found.day,
        promised_for=promised.refund,
        others_for=(promised.other, delivery if isinstance(delivery, date) and not came else None),
        confirmed=confirmed(case),
        missing=left_over(case),
    )


def alarms(found: Assessment) -> tuple[Line, ...]:
    """What cannot wait: rails whose last day is near, or nearer than the other side's delay."""
    return _of_kind(found, "alarm")


def to_check(found: Assessment) -> tuple[Line, ...]:
    """What to look at before the next step is taken: a refund that they say was made."""
    return _of_kind(found, "confirmed")


def _of_kind(found: Assessment, kind: Kind) -> tuple[Line, ...]:
    if found.case.closed:
        return ()
    return tuple(x for x in day_lines(found, promises(found.case)) if x.kind == kind)


def _sums(found: tuple[Line, ...]) -> tuple[Money, ...]:
    sums: dict[str, Money] = {}
    for line in found:
        if line.kind == "money" and line.amount:
            before = sums.get(line.amount.currency)
            sums[line.amount.currency] = (
                Money(before.amount + line.amount.amount, line.amount.currency) if before else line.amount
            )
    return tuple(sums[c] for c in sorted(sums))
