"""Amounts as statements write them: 1,234.56  1 234,56 $  (12.00)  -12,00  12.00-  12.00 CR."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,4})?|[.,]\d{1,2}")
_SPACE = re.compile(r"[\s\u00a0\u202f]+")
_CREDIT = re.compile(r"\b(?:CR|CT)\b", re.IGNORECASE)


def amount_of(text: str) -> Decimal | None:
    """The amount with its sign; None when there is none, or more than one."""
    text = _SPACE.sub(" ", text.replace("−", "-")).strip()
    numbers = _NUMBER.findall(text)
    rest = _NUMBER.sub("", text)
    if len(numbers) != 1 or re.search(r"\d", rest):
        return None
    negative = "-" in rest or ("(" in rest and ")" in rest)
    value = Decimal(_plain(numbers[0]))
    return -value if negative and not _CREDIT.search(rest) else value


def _plain(number: str) -> str:
    """Without its groups, the last separator followed by one, two or four digits as the point."""
    found = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}|\d{4}))?", number)
    assert found
    whole = re.sub(r"\D", "", found[1]) or "0"
    return f"{whole}.{found[2]}" if found[2] else whole
