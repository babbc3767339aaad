"""A case -> the day for which the merchant last promised money, the day of its last other promise, and the refund that
it says was made.

The fact ``refund.promised_on`` tells when a refund was promised; here is told for when.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from recours.casefile.days import day_of, days_of
from recours.casefile.types import CaseFile
from recours.money import Money
from recours.reading.dates import find_dates
from recours.text import fold

MONEY = frozenset({"offer_refund", "offer_partial_refund", "confirm_refund"})
_MONEY_BACK = re.compile(r"refund|rembours|money|argent|credit|reimburs")
_STATED = "refund.promised_on"


class Promises(msgspec.Struct, frozen=True, array_like=True):
    """Local days, None when no promise names one.  refund: of money; other: of an answer, a part, a visit."""

    refund: date | None = None
    other: date | None = None


class Confirmed(msgspec.Struct, frozen=True):
    """They say that they paid on this local day; amount: None when they name none."""

    on: date
    amount: Money | None = None


def confirmed(case: CaseFile) -> Confirmed | None:
    """The refund that they say was made, while nobody has said whether it came; a bank may take days to show it."""
    on = case.refund_not_seen
    if on is None:
        return None
    amount = case.value("refund.amount")
    return Confirmed(on, amount if isinstance(amount, Money) else None)


def promises(case: CaseFile) -> Promises:
    """Of each sort the last that was made.  What a person stated of the refund goes before what is read."""
    days = days_of(case)
    refund = other = None
    for entry in case.dispute:
        made = day_of(entry, days)
        for act in entry.firm_acts:
            if act.by != "merchant" or act.act not in MONEY | {"promise_by_date"}:
                continue
            named = [f.day for f in find_dates(act.quote.text, made) if f.day and made and f.day >= made]
            if not named:
                continue
            if act.act in MONEY or _MONEY_BACK.search(fold(act.quote.text)):
                refund = max(named)
            else:
                other = max(named)
    stated = case.facts.get(_STATED)
    if stated and stated.status == "stated" and isinstance(stated.value, date):
        refund = stated.value
    return Promises(refund, other)
