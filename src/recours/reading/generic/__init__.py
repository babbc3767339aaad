"""Facts that any shop's mail says in much the same words: many small extractors, one message at a time.

Comes in: a Read, and which side sent it.  Goes out: Findings, each with its exact words; several values for one
fact are normal, ``settle`` chooses.  A bare dollar keeps the currency "$", a numeric date of two readings is
"YYYY-MM-DD|YYYY-MM-DD" (day first, month first), a ship-to or bill-to block is ``ship.*`` or ``bill.*``: only the
whole dispute tells what they mean.  Never: a fact from quoted history, a guess.  Read first: view.py.
"""

from __future__ import annotations

from recours.reading.generic.delivery import delivered, promised, references, tracking
from recours.reading.generic.merchant import payees, phones, registers
from recours.reading.generic.orders import order_dates, order_numbers
from recours.reading.generic.payment import payments
from recours.reading.generic.people import addresses, beneficiaries, closings, recipients, senders
from recours.reading.generic.refunds import refund_amounts
from recours.reading.generic.returns import returns
from recours.reading.generic.structured import structured
from recours.reading.generic.totals import order_events, order_items, order_totals, priced_in_parts, receipts
from recours.reading.generic.view import Extractor, View
from recours.reading.types import Finding, Read, Side

__all__ = ["findings_of"]

EXTRACTORS: tuple[Extractor, ...] = (
    structured,
    order_numbers,
    order_dates,
    order_totals,
    priced_in_parts,
    receipts,
    order_events,
    order_items,
    payments,
    promised,
    delivered,
    tracking,
    references,
    senders,
    recipients,
    closings,
    addresses,
    beneficiaries,
    payees,
    phones,
    registers,
    returns,
    refund_amounts,
)


def findings_of(read: Read, side: Side | None) -> tuple[Finding, ...]:
    """One message -> what it says, unsettled.  side: who sent it, None when nobody knows (then: nothing)."""
    if read.message.bulk and not read.acts:
        return ()
    view = View(read, side)
    return tuple(finding for extract in EXTRACTORS for finding in extract(view))
