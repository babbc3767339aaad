"""Card numbers never reach a paper whole: only the last four digits stay (PCI DSS 3.4 shows at most those to most)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = re.compile(r"(?<![\d.,])\d(?:[ \u00a0\u202f-]?\d){12,18}(?![\d])")


def mask_cards(text: str) -> str:
    """Every number of 13 to 19 digits that passes the check digit of cards (ISO/IEC 7812-1, Luhn) -> •••• 1234.

    Digits may stand in groups with spaces or hyphens.  Order and tracking numbers that fail the check stay.
    """
    return _DIGITS.sub(_masked, text)


def card_digits(text: str) -> Iterator[tuple[int, int]]:
    """Where the digits stand that ``mask_cards`` would take out: a card's number without its last four."""
    for found in _DIGITS.finditer(text):
        places = [n for n in range(*found.span()) if text[n].isdigit()]
        if _luhn(re.sub(r"\D", "", found[0])):
            yield found.start(), places[-4]


def _masked(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return f"•••• {digits[-4:]}" if _luhn(digits) else found[0]


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1
