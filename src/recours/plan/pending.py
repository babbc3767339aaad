"""One payment, one request at a time: what already lies with the issuer of the card.

The issuer can be asked on several grounds (a statute's, the network's).  While one request lies with it, a second for the
same payment confuses its desk and asks twice for one sum; so the other grounds wait, until the issuer refused or its time
ended, but never past their own last day: a statute and a network run apart, and neither stops the other's clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from recours.casefile.types import CaseFile
from recours.law.facts import BY_LAW, NETWORK, REFUSED, UNSURE
from recours.law.types import Deadline, Decision, StepVerdict

PAPER = "chargeback"  # the paper that asks the issuer, on whatever ground
NEAR = timedelta(days=14)  # before a ground's own last day it is open, whatever lies with the issuer
# Where no rule gives the issuer a time: as long as a merchant has to answer a network's dispute; as the longest that a
# statute of a province gives an issuer.
NETWORK_TIME, LAW_TIME = timedelta(days=45), timedelta(days=90)


class Left(NamedTuple):
    """A paper that left.  step: kind of the step that it takes, "" unknown; on: None when nobody says the day."""

    paper: str
    step: str
    on: date | None = None


class Pending(NamedTuple):
    """A request that lies with the issuer.  on: when it left; opens: from when the other ground is open all the same."""

    on: date
    opens: date


def takes(left: Left, verdict: StepVerdict) -> bool:
    """Whether the paper that left is this step's own, not another's of the same name.

    A request to the issuer of which nobody knows the ground is not the one that a statute provides: that has its own
    contents and its own days.
    """
    return left.step == verdict.step if left.step else verdict.step not in BY_LAW


def pending(
    verdict: StepVerdict, sent: Sequence[Left], case: CaseFile, decision: Decision, today: date
) -> Pending | None:
    """The request on another ground that the issuer has not answered, and whose time runs; None when there is none."""
    if PAPER not in verdict.papers or verdict.step not in (NETWORK, *BY_LAW):
        return None
    others = [one for one in sent if _lies(one, decision) and not takes(one, verdict)]
    last = max(others, key=lambda one: one.on or date.min, default=None)
    if last is None or last.on is None or _refused(case, last.on):
        return None
    ends = _ends(last, last.on, decision.deadlines)
    if today > ends:
        return None
    own = safe_day(verdict.rule, verdict.latest, decision.deadlines)
    opens = ends + timedelta(days=1)
    return Pending(last.on, min(opens, own - NEAR) if own else opens)


def _lies(left: Left, decision: Decision) -> bool:
    """A request of which the day is known.  One in the name of a law that gives it no ground holds nothing up."""
    if left.paper != PAPER or left.on is None:
        return False
    own = [v for v in decision.steps if PAPER in v.papers and takes(left, v)]
    return left.step not in BY_LAW or any(v.truth == "yes" and not v.refused_because for v in own)


def safe_day(rule: str, latest: date | None, deadlines: Sequence[Deadline]) -> date | None:
    """The consumer's safe day for a step: that of its rule's own last day, else the step's last day."""
    days = [d.safe for d in deadlines if d.rule == rule and d.kind == "last_day" and d.who == "consumer"]
    return min(days) if days else latest


def _refused(case: CaseFile, since: date) -> bool:
    fact = case.facts.get(REFUSED)
    return bool(fact and fact.status not in UNSURE and isinstance(fact.value, date) and fact.value >= since)


def _ends(left: Left, on: date, deadlines: Sequence[Deadline]) -> date:
    """The last day of the issuer's time, by the most generous reading."""
    if left.step not in BY_LAW:
        return on + NETWORK_TIME
    return max((d.last for d in deadlines if d.who == "issuer" and d.start == on), default=on + LAW_TIME)
