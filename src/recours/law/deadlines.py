"""A deadline is a count that tells itself: where it starts, how many days, what moved it.

Always from the event, never from a former deadline, except where the law itself counts from one being over (``after``).
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from recours.law.calendars import Calendar
from recours.law.rules import Compiled, DeadlineRule, Moves, Rule, Unit
from recours.law.types import Deadline, DeadlineStep, Words
from recours.law.value import Situation

GENEROUS: tuple[Moves, ...] = ("saturday", "sunday", "holiday")
UNITS: dict[Unit, Words] = {
    "days": {"fr": "jours", "en": "days"},
    "business_days": {"fr": "jours ouvrables", "en": "working days"},
    "months": {"fr": "mois", "en": "months"},
    "years": {"fr": "ans", "en": "years"},
    "statement_periods": {"fr": "périodes de relevé complètes", "en": "whole statement periods"},
}
ONE: dict[Unit, Words] = {
    "days": {"fr": "jour", "en": "day"},
    "business_days": {"fr": "jour ouvrable", "en": "working day"},
    "months": {"fr": "mois", "en": "month"},
    "years": {"fr": "an", "en": "year"},
    "statement_periods": {"fr": "période de relevé complète", "en": "whole statement period"},
}


def add(start: date, number: int, unit: Unit, days: Calendar, closes: date | None = None) -> date:
    """The day reached by a count; the start day is not counted.

    Months and years end on the same day of the month, or on the month's last day when it has none (31 January + 1 month).
    Statement periods end each month on the day of ``closes``, the date of one statement; the one that runs on the start
    day is not whole and does not count.
    """
    match unit:
        case "days":
            return start + timedelta(number)
        case "business_days":
            return days.add_working(start, number)
        case "months":
            year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
            return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))
        case "years":
            return add(start, number * 12, "months", days)
        case "statement_periods":
            if closes is None:
                raise ValueError("statement periods are counted from the date of a statement")
            apart = (start.year - closes.year) * 12 + start.month - closes.month
            running = apart if add(closes, apart, "months", days) >= start else apart + 1
            return add(closes, running + number, "months", days)


def deadlines_of(rule: Rule, compiled: Compiled, situation: Situation, days: Calendar) -> dict[str, Deadline]:
    """The rule's deadlines by id; one whose start is not known is left out."""
    found: dict[str, Deadline] = {}
    for counted in rule.deadlines:
        start = _start(counted, compiled, situation, found)
        if start is None:
            continue
        closes = _closes(counted, compiled, situation)
        if counted.unit == "statement_periods" and closes is None:
            continue
        cap = _cap(counted, compiled, situation, days)
        found[counted.id] = count(rule.id, counted, start, cap, days, closes)
    return found


def count(
    rule: str,
    counted: DeadlineRule,
    start: date,
    cap: date | None,
    days: Calendar,
    closes: date | None = None,
) -> Deadline:
    """One deadline.  start: the day of the event, not counted; cap: a day that it cannot pass; closes: see add."""
    raw = add(start, counted.number, counted.unit, days, closes)
    steps = [_step(start, "départ, non compté", "start, not counted"), *_counted(counted, raw)]
    if cap is not None and cap < raw:
        raw = cap
        steps.append(_step(raw, "limite absolue", "outer limit"))
    steps += [_step(met, *_names(days, met)) for met in _met(start, raw, days)]
    if counted.kind == "first_day":
        last = safe = raw
    elif counted.who == "consumer":
        last = days.next_open(raw, days.rule.moved_on if counted.moved_on is None else counted.moved_on)
        safe = days.last_working(raw - timedelta(counted.margin))
        if start <= raw:  # a limit that was over before it began keeps its own safe day
            safe = max(safe, start)
    else:
        last = safe = days.next_open(raw, () if counted.moved_on == () else GENEROUS)
    steps += _moves(counted, raw, last, safe)
    return Deadline(
        id=counted.id,
        rule=rule,
        who=counted.who,
        kind=counted.kind,
        says=counted.says,
        start=start,
        raw=raw,
        last=last,
        safe=safe,
        steps=tuple(steps),
    )


def _start(
    counted: DeadlineRule, compiled: Compiled, situation: Situation, found: Mapping[str, Deadline]
) -> date | None:
    if counted.after:
        before = found.get(counted.after)
        return before.last if before else None
    known = [value for term in compiled.starts[counted.id] if isinstance(value := situation.term(term), date)]
    if not known:
        return None
    return max(known) if counted.prefer == "latest" else known[0]


def _cap(counted: DeadlineRule, compiled: Compiled, situation: Situation, days: Calendar) -> date | None:
    if counted.cap is None:
        return None
    start = situation.term(compiled.caps[counted.id])
    return add(start, counted.cap.number, counted.cap.unit, days) if isinstance(start, date) else None


def _closes(counted: DeadlineRule, compiled: Compiled, situation: Situation) -> date | None:
    if not counted.closes:
        return None
    found = situation.term(compiled.closes[counted.id])
    return found if isinstance(found, date) else None


def _step(day: date, french: str, english: str) -> DeadlineStep:
    return DeadlineStep(day, {"fr": french, "en": english})


def _counted(counted: DeadlineRule, raw: date) -> Iterable[DeadlineStep]:
    if counted.number:
        unit = (ONE if counted.number == 1 else UNITS)[counted.unit]
        yield _step(raw, f"{counted.number} {unit['fr']} plus tard", f"{counted.number} {unit['en']} later")


def _met(start: date, raw: date, days: Calendar) -> Iterable[date]:
    """Holidays met in the count, when it is short enough to tell them."""
    if (raw - start).days <= 31:
        return [
            start + timedelta(n)
            for n in range(1, (raw - start).days + 1)
            if days.holiday(start + timedelta(n))
        ]
    return [raw] if days.holiday(raw) else []


def _names(days: Calendar, day: date) -> tuple[str, str]:
    said = days.holiday(day) or {}
    return f"jour férié : {said.get('fr', '')}", f"holiday: {said.get('en', '')}"


def _moves(counted: DeadlineRule, raw: date, last: date, safe: date) -> Iterable[DeadlineStep]:
    if counted.kind == "first_day":
        return
    if last != raw:
        yield _step(last, "reporté au jour ouvert suivant", "moved to the next open day")
    if counted.who == "consumer" and safe != raw:
        margin = counted.margin
        yield _step(
            safe,
            f"à faire au plus tard ce jour-là{f' ({margin} jours de marge)' if margin else ''} : dernier jour ouvrable",
            f"do it by this day{f' ({margin} days in hand)' if margin else ''}: last working day",
        )
