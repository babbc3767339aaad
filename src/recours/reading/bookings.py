"""Booking codes: what an airline, a train or a hotel calls a purchase by, with few digits or none ("K7RTPW", "QHXMTR").

Text -> where such codes stand.  A code is in capitals as it was written; one without a digit must stand apart from its label, by
a colon or in a cell of its own (IATA Resolution 830d calls it the reservation's record locator: six letters or digits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LABELS = (
    "booking",
    "reservation",
    "réservation",
    "itinerary",
    "ticket",
    "locator",
    "confirmation",
    "dossier",
)  # in each label
_LABEL = r"(?i:booking|reservation|réservation|itinerary|e-?ticket|record locator|locator|confirmation|dossier(?: de voyage)?)"
_MARK = r"(?i:reference|référence|ref|réf|code|locator|number|numéro|numero|no|n[°ºo]|id|is|est|de)"
_CODE = re.compile(
    rf"\b{_LABEL}\b(?P<gap>[\s.:#°º()|]*(?:{_MARK}(?![\w])[\s.:#°º()|]*){{0,3}})(?P<code>[A-Z0-9]{{5,8}})(?![\w%.,-]*[\w%])"
)
_LETTERS = 3  # at least: a number of digits alone is found as any order's
_LOCATOR = 6
_APART = re.compile(r"[:\n\t|]")


def booking_codes(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each code.  text: as it was written, letters' case included."""
    lower = text.lower()
    if not any(label in lower for label in _LABELS):
        return
    for match in _CODE.finditer(text):
        code = match["code"]
        letters = sum(c.isalpha() for c in code)
        digits = len(code) - letters
        bare = digits == 0 and len(code) == _LOCATOR and _APART.search(match["gap"])
        if letters >= _LETTERS and (digits or bare):
            yield match.span("code")
