"""Lines by which a notice is known, whatever its words: an order's number, a sum, a parcel's number.

Comes in: folded text (lower case, no accents).  Goes out: whether such a line stands in it.
"""

from __future__ import annotations

import re

_YOUR = r"(?:(?:your|votre|ta|ton) )?"
_ORDER = re.compile(
    rf"^\W*{_YOUR}(?:order|commande|booking|reservation|contrat|contract|invoice|facture|docket|job|bon de travail)\b[^\n\d]{{0,20}}\d",
    re.MULTILINE,
)
_TOTAL = re.compile(r"^\W*(?:(?:grand|order|net|montant) )?total\b[^\n\d]{0,30}\d", re.MULTILINE)
_MONEY = r"(?:[$€£] ?\d[\d .,]*|\d[\d .,]* ?(?:\$|€|£|eur|cad|usd|gbp))"
_PRICED = re.compile(rf"^[^\n]*[a-z]{{3}}[^\n]*[ \t:|]{_MONEY}[ \t|]*$", re.MULTILINE)
_TRACKING = re.compile(
    rf"^\W*{_YOUR}(?:(?:numero|no) de )?(?:tracking|suivi)\b[^\n\d]{{0,30}}\d", re.MULTILINE
)


def has_order_line(folded: str) -> bool:
    """ "Order GJ4-882-107", "Commande n° 5527-C" at the head of a line."""
    return bool(_ORDER.search(folded))


def has_total_line(folded: str) -> bool:
    """ "Total $454.77 USD", "Grand total 793,30 $"."""
    return bool(_TOTAL.search(folded))


def has_price_list(folded: str) -> bool:
    """Two lines or more that end in a sum: something, and what it comes to."""
    return len(_PRICED.findall(folded)) > 1


def has_tracking_line(folded: str) -> bool:
    """ "Suivi : CLP-4471-90226", "Tracking number 1Z 999 AA1"."""
    return bool(_TRACKING.search(folded))
