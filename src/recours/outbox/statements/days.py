"""Days as statements write them.  Where day and month could be exchanged, the whole file decides, else the person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from recours.text import fold

Order = Literal["ymd", "mdy", "dmy"]
ORDERS: tuple[Order, ...] = ("ymd", "mdy", "dmy")

_NUMBERS = re.compile(r"(\d{1,4})[-/. ']+(\d{1,2})[-/. ']+(\d{1,4})(?:[ T].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(r"(?:(\d{1,2})[ .-]+)?([a-z]{3,9})\.?[ .-]+(?:(\d{1,2}),?[ .-]+)?(\d{2,4})")
_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            ("jan",),
            ("feb", "fev"),
            ("mar",),
            ("apr", "avr"),
            ("may", "mai"),
            ("jun", "juin"),
            ("jul", "juil"),
            ("aug", "aou"),
            ("sep",),
            ("oct",),
            ("nov",),
            ("dec",),
        ),
        1,
    )
    for name in names
}


def day_of(text: str, order: Order) -> date | None:
    """One written day in that order; None when it is no day so."""
    text = fold(text)
    if found := _COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(text):
        month = _MONTHS.get(found[2][:4]) or _MONTHS.get(found[2][:3])
        number = found[1] or found[3]
        return _day(_year(found[4]), month, int(number)) if month and number else None
    found = _NUMBERS.fullmatch(text)
    if not found:
        return None
    a, b, c = found.groups()
    if len(a) == 4:
        return _day(int(a), int(b), int(c)) if order == "ymd" else None
    if order == "ymd":
        return _day(_year(a), int(b), int(c)) if len(c) <= 2 else None
    month, number = (int(a), int(b)) if order == "mdy" else (int(b), int(a))
    return _day(_year(c), month, number) if len(a) <= 2 else None


def orders_of(texts: Sequence[str], among: Sequence[Order] = ORDERS) -> tuple[Order, ...]:
    """The orders in which every text is a day, one of each that gives the same days."""
    found: dict[tuple[date | None, ...], Order] = {}
    for order in among:
        days = tuple(day_of(t, order) for t in texts)
        if texts and None not in days:
            found.setdefault(days, order)
    return tuple(found.values())


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
