"""The law's and the rails' steps -> one ladder, dated, in the order in which a person should climb.

Steps that need nobody's goodwill come first; among them the pack's own order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from recours.casefile.types import CaseFile
from recours.law.facts import BY_LAW, SENT, UNSURE
from recours.law.types import Decision, StepVerdict
from recours.plan.types import State, Step


class Left(NamedTuple):
    """A paper that left.  step: kind of the step that it takes, "" unknown."""

    paper: str
    step: str


def ladder(case: CaseFile, decision: Decision, today: date) -> tuple[Step, ...]:
    """One Step for each step that the packs offer; ``ready`` when all its conditions hold today.

    A step is done when its papers were sent, by Recours or, as the mailbox shows, by the person before.
    """
    sent = [Left(d.paper, d.step) for d in case.dispatches] + _sent_before(case)
    known = frozenset(case.facts)
    verdicts = sorted(decision.steps, key=lambda v: (not v.unilateral, v.order, v.id))
    return tuple(_step(v, sent, known, today) for v in verdicts if v.truth != "no")


def next_step(steps: Sequence[Step]) -> Step | None:
    """The first rung that is not behind us: ready before waiting before what still lacks an answer."""
    for state in ("ready", "unknown", "waiting"):
        for step in steps:
            if step.state == state:
                return step
    return None


def state_key(step: Step) -> str:
    """Under which key the screen's words for the step's state stand; what it needs cannot always be named."""
    return "step.unknown_open" if step.state == "unknown" and not step.missing else f"step.{step.state}"


def _sent_before(case: CaseFile) -> list[Left]:
    """Papers that left without Recours: the person said so, or a formal demand stands in the mailbox.

    What else was read there (a cancellation in passing) may lack what the law asks of it, and is still offered.
    """
    known = {left: case.facts.get(name) for left, name in SENT.items()}
    return [
        Left(paper, step)
        for (paper, step), fact in known.items()
        if fact
        and fact.status not in UNSURE
        and (fact.status == "stated" or paper == "demand")
        and not (isinstance(fact.value, bool) and not fact.value)
    ]


def _takes(left: Left, verdict: StepVerdict) -> bool:
    """Whether the paper that left is this step's own, not another's of the same name.

    A request to the issuer of which nobody knows the ground is not the one that a statute provides: that has its own
    contents and its own days.
    """
    return left.step == verdict.step if left.step else verdict.step not in BY_LAW


def _step(
    verdict: StepVerdict,
    sent: Sequence[Left],
    known: frozenset[str],
    today: date,
) -> Step:
    missing = tuple(name for name in verdict.missing if name not in known)
    left = {one.paper for one in sent if _takes(one, verdict)}
    done = bool(verdict.papers) and left.issuperset(verdict.papers)
    state: State
    if done:
        state = "done"
    elif verdict.latest and today > verdict.latest:
        state = "too_late"
    elif verdict.refused_because:
        state = "refused"
    elif verdict.earliest and today < verdict.earliest:
        state = "waiting"
    elif verdict.truth == "unknown" or missing:
        state = "unknown"
    else:
        state = "ready"
    return Step(
        id=verdict.id,
        step=verdict.step,
        says=verdict.says,
        state=state,
        ready=state == "ready",
        earliest=verdict.earliest,
        latest=verdict.latest,
        missing=missing,
        papers=verdict.papers,
        refused_because=verdict.refused_because,
        first=verdict.first,
        rule=verdict.rule,
        cost=verdict.cost,
        yields=verdict.yields,
        evidence=verdict.evidence,
        answered_by=verdict.answered_by,
        closes=verdict.closes,
    )
