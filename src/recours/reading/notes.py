"""Notes of phone calls -> Messages, one for each call.

A call note is a person's memory: its Messages have ``kind`` "call" and every paper says so.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from recours.errors import Problem
from recours.intake.from_files import CALL_LINE
from recours.intake.types import Item, Place
from recours.reading.dates import find_dates
from recours.reading.types import Address, Message

_HEADING = re.compile(r"^##[ \t]+(?P<title>.*)$", re.MULTILINE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"\b([01]?\d|2[0-3])\s?(?:h|:)\s?([0-5]\d)?\b")


def calls(item: Item, zone: tzinfo) -> tuple[Message, ...]:
    """A file with one heading for each call and its day in it: a ``## `` line of Markdown, else a line that opens with
    a word for a call ("Appel du 12 février 2026, 14 h").

    zone: where the person lives; the times of the notes are theirs.
    """
    text = item.data.decode("utf-8", "replace").replace("\r\n", "\n")
    headings = list(_HEADING.finditer(text)) or list(CALL_LINE.finditer(text))
    messages = []
    for n, heading in enumerate(headings, 1):
        end = headings[n].start() if n < len(headings) else len(text)
        when, problem = _moment(heading["title"], zone)
        messages.append(
            Message(
                id=f"{item.place.file}#{n}",
                kind="call",
                place=Place(
                    file=item.place.file, position=n, offset=heading.start(), length=end - heading.start()
                ),
                sha256=item.sha256,
                date=when,
                sender=Address("", ""),
                subject=heading["title"].strip(),
                text=text[heading.end() : end].strip(),
                problems=(Problem(where=f"{item.place.file}#{n}", what=problem),) if problem else (),
            )
        )
    return tuple(messages)


def _moment(title: str, zone: tzinfo) -> tuple[datetime | None, str]:
    day = _DAY.search(title)
    if not day:
        return _in_words(title, zone)
    time = _TIME.search(title, day.end())
    hour, minute = _hour(title, time)
    try:
        return datetime(int(day[1]), int(day[2]), int(day[3]), hour, minute, tzinfo=zone), ""
    except ValueError:
        return None, f"{day[0]} is not a date"


def _hour(title: str, time: re.Match[str] | None) -> tuple[int, int]:
    """Noon when the heading names no hour."""
    hour, minute = (int(time[1]), int(time[2] or 0)) if time else (12, 0)
    if time and re.match(r"\s?[pP]\.?[mM]", title[time.end() :]) and hour < 12:
        hour += 12
    return hour, minute


def _in_words(title: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """A day written otherwise than year-month-day, where it can be read one way only."""
    found = [f for f in find_dates(title) if f.said == "full"]
    if not found:
        return None, f"no date (year-month-day) in {title.strip()!r}"
    day = found[0].day
    if day is None:
        said = " or ".join(str(d) for d in sorted(found[0].days))
        return None, f"{title.strip()!r} may be {said}: write it year-month-day, or correct --on"
    hour, minute = _hour(title, _TIME.search(title, found[0].end))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone), ""
