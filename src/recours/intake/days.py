"""The day of a message, by its Date line, without taking the message apart."""

from __future__ import annotations

import mmap
import re
from datetime import date

NO_DAY = 0  # of a message whose Date line is missing, far down or not as RFC 5322 writes it
HEAD = 32 * 1024  # bytes in which it is looked for
_DATE_LINE = b"\nDate:"
_DATE = re.compile(rb"[ \t]*(?:[A-Za-z]{3},)?[ \t]*(\d{1,2})[ \t]+([A-Za-z]{3})[a-z]*[ \t]+(\d{4})\b")
_MONTHS = {name: n for n, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_OLDEST, _NEWEST = 1990, 2100


def day_of(box: mmap.mmap | bytes, start: int, end: int) -> int:
    """The day of the Date line in a head that lies there, as ``date.toordinal``; NO_DAY when it cannot be told at once."""
    at = box.find(_DATE_LINE, max(0, start - 1), end)
    if at == -1 or box.find(b"\n\n", start, at + 1) != -1 or box.find(b"\n\r\n", start, at + 1) != -1:
        return NO_DAY
    told = _DATE.match(box[at + len(_DATE_LINE) : at + 60])
    month = _MONTHS.get(told[2].lower()) if told else None
    if not told or not month or not _OLDEST <= int(told[3]) <= _NEWEST:
        return NO_DAY
    try:
        return date(int(told[3]), month, int(told[1])).toordinal()
    except ValueError:
        return NO_DAY
