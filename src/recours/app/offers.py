"""The merchant's offers of a case, beside what the law and the rails give."""

from __future__ import annotations

from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.money import left_over
from recours.outbox.offers import Offer
from recours.outbox.offers import offers as find_offers


def offers(desk: Desk, case: str) -> tuple[Offer, ...]:
    """In order of time.  Raises NoSuchCaseError."""
    found = assess(desk, desk.case(case))
    decision = found.decision
    return find_offers(found.case, decision.rights, found.steps, decision.deadlines, left_over(found.case))
