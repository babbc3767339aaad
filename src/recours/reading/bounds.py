"""How much of a mail the standard library's parser is given: what it can take apart in seconds.

Its time grows with the number of parts, and with the depth of containers times the number of lines.  No honest mail comes
near these bounds; of one that does, the beginning is read and the rest is named.
"""

from __future__ import annotations

import re
from heapq import heappop, heappush
from itertools import islice

_BORDERS = 20_000  # lines that may be borders
_DEPTH = 120  # containers in each other
_FEW = 20  # containers, whatever their depth, for any number of lines
_WORK = 20_000_000  # lines times depth
_BORDER = re.compile(rb"\n--")
_BOUNDARY = re.compile(rb'boundary[ \t]*=[ \t]*"?([^"\r\n;]{1,100})', re.IGNORECASE)


def bounded(data: bytes) -> tuple[bytes, str]:
    """The mail as far as it can be read, and what was left out ("" when nothing)."""
    borders = [border.start() for border in islice(_BORDER.finditer(data), _BORDERS + 1)]
    if len(borders) <= _FEW:
        return data, ""
    if len(borders) > _BORDERS:
        data, trouble = data[: borders[-1]], f"more than {_BORDERS} borders of parts; the rest was not opened"
    else:
        trouble = ""
    end, depth = _depth(data)
    if end < len(data):
        data, trouble = data[:end], f"more than {_DEPTH} containers in each other; the rest was not opened"
    if depth > _FEW and data.count(b"\n") * depth > _WORK:
        lines = data.split(b"\n", _WORK // depth)
        data, trouble = (
            b"\n".join(lines[:-1]),
            f"{depth} containers in each other and too many lines for that",
        )
    return data, trouble


def _depth(data: bytes) -> tuple[int, int]:
    """Where the containers become too many, else the end; and how many lie in each other at most."""
    open_until: list[int] = []
    deepest = 0
    for boundary in _BOUNDARY.finditer(data):
        start = boundary.start()
        while open_until and open_until[0] < start:
            heappop(open_until)
        closed = data.find(b"\n--" + boundary[1].rstrip() + b"--", boundary.end())
        heappush(open_until, len(data) if closed == -1 else closed)
        if len(open_until) > _DEPTH:
            return start, deepest
        deepest = max(deepest, len(open_until))
    return len(data), deepest
