"""A case and its plan -> the lines of the day: what is due, what is late, what to wait for, what is missing.

Pure: the day comes in, nothing is asked of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

import msgspec

from recours.law.types import Deadline, Words
from recours.money import Money
from recours.outbox.promises import Confirmed
from recours.plan.ladder import next_step
from recours.plan.pending import safe_day
from recours.plan.types import Step

Kind = Literal["alarm", "late", "due", "confirmed", "next", "default", "wait", "promise", "broken", "money"]
KINDS: tuple[Kind, ...] = get_args(Kind)
RAILS = frozenset(
    {"chargeback", "statutory_chargeback", "platform_claim", "bank_claim", "issuer_claim", "billing_error"}
)
ALARM = timedelta(days=15)
_OPEN = ("ready", "waiting", "unknown")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the day's screen.

    kind: alarm (waiting longer endangers a rail's last day), late (the person's day has passed), due (the person's
    day comes), confirmed (they say that they paid: look at the account first), next (the step that can be done now), default (the other side's time has ended), wait (the other
    side's time runs), promise (a refund promised for a day), broken (that day has passed), money (still missing).
    day: on which it matters, None when on any; last: the law's own last day where it is not ``day``; who: whose time;
    until: for an alarm, the day to which the other side's delay runs, None when nothing but time presses.
    """

    kind: Kind
    case: str
    title: str
    says: Words = {}
    day: date | None = None
    last: date | None = None
    who: str = ""
    until: date | None = None
    amount: Money | None = None


def wording(line: Line) -> str:
    """Under which key the screen's words for this line stand."""
    if line.kind == "alarm" and line.until:
        return "alarm_wait"
    if line.kind == "confirmed" and not line.amount:
        return "confirmed_without_amount"
    return line.kind


def lines(
    case: str,
    title: str,
    steps: Sequence[Step],
    deadlines: Sequence[Deadline],
    today: date,
    *,
    promised_for: date | None = None,
    others_for: Sequence[date | None] = (),
    confirmed: Confirmed | None = None,
    missing: Money | None = None,
) -> tuple[Line, ...]:
    """Every line of one case.

    promised_for: day for which a refund was promised; others_for: days for which an answer, or goods that have not
    come, were promised; confirmed: the refund that they say was made and nobody has seen; missing: what has not come of the price (None: unknown).
    Once all the money is there, nothing is left to do.
    """
    if missing is not None and missing.amount <= 0:
        return ()
    done = {s.rule for s in steps if s.state == "done"}
    found: list[Line] = []

    def add(kind: Kind, **values: object) -> None:
        found.append(msgspec.structs.replace(Line(kind=kind, case=case, title=title), **values))

    for deadline in deadlines:
        if deadline.kind != "last_day" or deadline.rule in done:
            continue
        if deadline.who == "consumer":
            kind: Kind = "late" if today > deadline.safe else "due"
            add(kind, says=deadline.says, day=deadline.safe, last=deadline.last, who=deadline.who)
        else:
            kind = "default" if today > deadline.last else "wait"
            add(kind, says=deadline.says, day=deadline.last, who=deadline.who)
    if confirmed:
        add("confirmed", day=confirmed.on, amount=confirmed.amount)
    step = next_step(steps)
    if step and step.state == "ready":
        add("next", says=step.says, day=safe_day(step.rule, step.latest, deadlines), last=step.latest)
    if promised_for:
        add("promise" if promised_for >= today else "broken", day=promised_for)
    if missing is not None:
        add("money", amount=missing)
    waits = _latest((*(x.day for x in found if x.kind in ("wait", "promise")), *others_for))
    for rail in steps:
        last = safe_day(rail.rule, rail.latest, deadlines)
        if rail.step in RAILS and rail.state in _OPEN and last and last >= today:
            until = waits if waits and waits > today else None
            if last - (until or today) <= ALARM:
                add("alarm", says=rail.says, day=last, last=rail.latest, until=until)
    alarms = {x.day for x in found if x.kind == "alarm"}
    return tuple(x for x in found if not (x.kind == "due" and x.day in alarms))


def in_order(found: Iterable[Line]) -> tuple[Line, ...]:
    """By day, what has no day last; on one day alarms first."""
    return tuple(
        sorted(found, key=lambda x: (x.day or date.max, KINDS.index(x.kind), x.case, x.says.get("en", "")))
    )


def _latest(days: Sequence[date | None]) -> date | None:
    known = [d for d in days if d]
    return max(known) if known else None
