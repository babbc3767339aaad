"""Notes of phone calls and exported chats -> Messages, one for each call or chat entry.

A call note is a person's memory: its Messages have ``kind`` "call" and every paper says so.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from recours.errors import Problem
from recours.intake.from_files import CHAT_LINE
from recours.intake.types import Item, Place
from recours.reading.types import Address, Message

_HEADING = re.compile(r"^##[ \t]+(?P<title>.*)$", re.MULTILINE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"\b([01]?\d|2[0-3])\s?(?:h|:)\s?([0-5]\d)?\b")


def calls(item: Item, zone: tzinfo) -> tuple[Message, ...]:
    """A Markdown file with one ``## `` heading for each call, its day (YYYY-MM-DD) in the heading.

    zone: where the person lives; the times of the notes are theirs.
    """
    text = item.data.decode("utf-8", "replace").replace("\r\n", "\n")
    headings = list(_HEADING.finditer(text))
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


def chats(item: Item, zone: tzinfo) -> tuple[Message, ...]:
    """A chat export (WhatsApp and the like): one dated line opens each entry."""
    text = item.data.decode("utf-8", "replace").replace("\r\n", "\n")
    lines = list(CHAT_LINE.finditer(text))
    messages = []
    for n, line in enumerate(lines, 1):
        end = lines[n].start() if n < len(lines) else len(text)
        when, problem = _moment(_iso(line[1], lines) + " " + line[2], zone)
        messages.append(
            Message(
                id=f"{item.place.file}#{n}",
                kind="chat",
                place=Place(file=item.place.file, position=n, offset=line.start(), length=end - line.start()),
                sha256=item.sha256,
                date=when,
                sender=Address(line[3].strip(), ""),
                text=text[line.end() : end].strip(),
                problems=(Problem(where=f"{item.place.file}#{n}", what=problem),) if problem else (),
            )
        )
    return tuple(messages)


def _iso(day: str, lines: list[re.Match[str]]) -> str:
    """The export's own order of day and month, told by the lines where only one reading is possible."""
    if re.match(r"\d{4}", day):
        return day.replace("/", "-").replace(".", "-")
    parts = [tuple(int(x) for x in re.split(r"[-/.]", line[1])) for line in lines]
    month_first = any(p[1] > 12 for p in parts) and not any(p[0] > 12 for p in parts)
    a, b, year = (int(x) for x in re.split(r"[-/.]", day))
    day_of, month = (b, a) if month_first else (a, b)
    return f"{year + 2000 if year < 100 else year:04d}-{month:02d}-{day_of:02d}"


def _moment(title: str, zone: tzinfo) -> tuple[datetime | None, str]:
    day = _DAY.search(title)
    if not day:
        return None, f"no date (year-month-day) in {title.strip()!r}"
    time = _TIME.search(title, day.end())
    hour, minute = (int(time[1]), int(time[2] or 0)) if time else (12, 0)
    if time and re.match(r"\s?[pP]\.?[mM]", title[time.end() :]) and hour < 12:
        hour += 12
    try:
        return datetime(int(day[1]), int(day[2]), int(day[3]), hour, minute, tzinfo=zone), ""
    except ValueError:
        return None, f"{day[0]} is not a date"
