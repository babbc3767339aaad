"""The dates of a plan as a calendar file (.ics, RFC 5545): one all-day entry a date, with an alarm before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from recours.law.types import Deadline, Lang
from recours.plan.types import Step

_ALARMS = (timedelta(days=-7), timedelta(days=-1))


def calendar(
    case: str,
    title: str,
    steps: Sequence[Step],
    deadlines: Sequence[Deadline],
    language: Lang,
    stamp: datetime,
) -> bytes:
    """Last days of steps that are still open, and the other side's last days.

    case: its name, by which a calendar knows a date again when the title or the day has changed; stamp: when the file was made (UTC).  Returns the file's bytes.
    """
    return feed([(case, title, steps, deadlines)], language, stamp)


def feed(
    cases: Iterable[tuple[str, str, Sequence[Step], Sequence[Deadline]]], language: Lang, stamp: datetime
) -> bytes:
    """The dates of several cases in one calendar.  cases: (name, title, steps, deadlines) of each; the rest as above."""
    book = Calendar()
    book.add("prodid", "-//Recours//FR-EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", "Recours")
    for case, title, steps, deadlines in cases:
        _dates(book, (case, title), steps, deadlines, language, stamp)
    return bytes(book.to_ical())


def _dates(
    book: Calendar,
    case: tuple[str, str],
    steps: Sequence[Step],
    deadlines: Sequence[Deadline],
    language: Lang,
    stamp: datetime,
) -> None:
    for step in steps:
        if step.latest and step.state in ("ready", "waiting", "with_issuer", "unknown"):
            _add(book, case, f"step {step.id}", step.latest, step.says[language], step.says[language], stamp)
    for deadline in deadlines:
        day = deadline.safe if deadline.who == "consumer" and deadline.kind == "last_day" else deadline.last
        told = "\n".join(s.says[language] for s in deadline.steps)
        _add(book, case, f"deadline {deadline.id}", day, deadline.says[language], told, stamp)


def _add(
    book: Calendar, case: tuple[str, str], key: str, day: date, title: str, told: str, stamp: datetime
) -> None:
    entry = Event()
    entry.add("uid", hashlib.sha256(f"{case[0]} {key}".encode()).hexdigest()[:32] + "@recours")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", day)
    entry.add("summary", f"{title} ({case[1]})")
    entry.add("description", told)
    for before in _ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", before)
        alarm.add("description", title)
        entry.add_component(alarm)
    book.add_component(entry)
