"""Exported chats and text messages -> Messages, one for each entry, dated in the zone of the person.

The order of day and month is the file's own: a day beyond 12, or the order of the entries in time.  Where the file
does not tell, the entries have no date and a Problem that asks; none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from recours.errors import Problem
from recours.intake.chat import ChatEntry, chat_entries
from recours.intake.sms import is_sms, text_messages
from recours.intake.types import Item, Place
from recours.reading.dates import find_dates
from recours.reading.types import Address, Message

Order = Literal["", "day", "month"]
_NUMBERS = re.compile(r"\d+")


def chats(item: Item, zone: tzinfo) -> tuple[Message, ...]:
    """One export -> its entries.  Lines that the program wrote itself ("Messages are encrypted") are no messages."""
    if is_sms(item.data[:4096]):
        return tuple(_texts(item, zone))
    return tuple(_lines(item, zone))


def _lines(item: Item, zone: tzinfo) -> Iterator[Message]:
    text = item.data.decode("utf-8", "replace")
    entries = chat_entries(text)
    order = order_of(entries)
    last, offset = 0, 0
    day: date | None = None
    position = 0
    for entry in entries:
        day = _heading(text[last : entry.start]) or day if not entry.day else day
        offset += len(text[last : entry.start].encode())
        length = len(text[entry.start : entry.end].encode())
        start, offset, last = offset, offset + length, entry.end
        ends = text[entry.said : entry.end]
        following = _heading(ends.partition("\n")[2]) if not entry.day else None
        if entry.who:
            position += 1
            name = f"{item.place.file}#{position}"
            when, problem = _moment(entry, day, order, zone)
            yield Message(
                id=name,
                kind="chat",
                place=Place(file=item.place.file, position=position, offset=start, length=length),
                sha256=item.sha256,
                date=when,
                sender=Address(entry.who, ""),
                text=ends.replace("\r\n", "\n").strip("\u200e \n"),
                problems=(
                    Problem(where=name, what=problem, effect="it has no place in time until you say it"),
                )
                if problem
                else (),
            )
        day = following or day


def order_of(entries: Sequence[ChatEntry]) -> Order:
    """Day first or month first, "" when the file allows both."""
    if any(e.french for e in entries) or any("." in e.day for e in entries if not _iso(e.day)):
        return "day"
    days = [tuple(map(int, _NUMBERS.findall(e.day))) for e in entries if e.day and not _iso(e.day)]
    possible: list[Order] = []
    orders: tuple[Order, ...] = ("day", "month")
    for order in orders:
        read = [_day(d, order) for d in days]
        known = [d for d in read if d]
        if len(known) == len(read) and known == sorted(known):
            possible.append(order)
    if len(possible) == 1:
        return possible[0]
    beyond = {"day" for d in days if d[0] > 12} | {"month" for d in days if d[1] > 12}
    if beyond == {"day"}:
        return "day"
    return "month" if beyond == {"month"} else ""


def _iso(day: str) -> bool:
    return bool(re.match(r"\d{4}", day))


def _day(numbers: Sequence[int], order: Order) -> date | None:
    a, b, year = numbers
    day, month = (a, b) if order == "day" else (b, a)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _moment(entry: ChatEntry, day: date | None, order: Order, zone: tzinfo) -> tuple[datetime | None, str]:
    """The entry's moment, or why it has none."""
    if entry.day:
        numbers = [int(n) for n in _NUMBERS.findall(entry.day)]
        if _iso(entry.day):
            day = _day((numbers[2], numbers[1], numbers[0]), "day")
        else:
            both: set[date | None] = {_day(numbers, "day"), _day(numbers, "month")}
            day = _day(numbers, order) if order else both.pop() if len(both) == 1 else None
            if day is None and not order and None not in both and both:
                said = " or ".join(str(d) for d in sorted(d for d in both if d))
                return (
                    None,
                    f"{entry.day} may be {said}: the export does not tell which comes first; say the day: correct --on",
                )
        if day is None:
            return None, f"{entry.day} is not a date"
    if day is None:
        return None, f"{entry.time.strip()!r} has an hour and no day; say the day: correct --on"
    hour, minute, *second = (int(n) for n in _NUMBERS.findall(entry.time))
    half = re.search(r"([ap])\.?\s?m", entry.time, re.IGNORECASE)
    if half:
        hour = hour % 12 + (12 if half[1].lower() == "p" else 0)
    try:
        return datetime(
            day.year, day.month, day.day, hour, minute, second[0] if second else 0, tzinfo=zone
        ), ""
    except ValueError:
        return None, f"{entry.time.strip()!r} is not an hour"


def _heading(between: str) -> date | None:
    """The day that a short line above the entries names, where it names one and can be read one way only."""
    found = [
        d for line in between.splitlines() if len(line) <= 80 for d in find_dates(line) if d.said == "full"
    ]
    return found[-1].day if found else None


def _texts(item: Item, zone: tzinfo) -> Iterator[Message]:
    messages, stopped = text_messages(item.data)
    for n, text in enumerate(messages, 1):
        name = f"{item.place.file}#{n}"
        other = text.name or text.number
        problems = [] if text.at is not None else ["the message has no readable moment"]
        if stopped and n == len(messages):
            problems.append(stopped)
        yield Message(
            id=name,
            kind="chat",
            place=Place(file=item.place.file, position=n, offset=text.start, length=text.end - text.start),
            sha256=item.sha256,
            date=(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=text.at)).astimezone(zone)
            if text.at is not None
            else None,
            sender=Address("", "") if text.sent else Address(other, ""),
            to=(Address(other, ""),) if text.sent else (),
            subject=other,
            text=text.text,
            problems=tuple(Problem(where=name, what=p) for p in problems),
        )
