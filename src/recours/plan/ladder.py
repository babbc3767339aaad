"""The law's and the rails' steps -> one ladder, dated, in the order in which a person should climb.

Steps that need nobody's goodwill come first; among them the pack's own order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recours.casefile.types import CaseFile
from recours.law.facts import SENT, UNSURE
from recours.law.types import Decision, StepVerdict
from recours.plan.pending import Left, Pending, pending, takes
from recours.plan.types import State, Step


def ladder(case: CaseFile, decision: Decision, today: date) -> tuple[Step, ...]:
    """One Step for each step that the packs offer; ``ready`` when all its conditions hold today.

    A step is done when its papers were sent, by Recours or, as the mailbox shows, by the person before.
    """
    sent = [Left(d.paper, d.step, d.on) for d in case.dispatches] + _sent_before(case)
    verdicts = sorted(decision.steps, key=lambda v: (not v.unilateral, v.order, v.id))
    return tuple(
        _step(v, sent, pending(v, sent, case, decision, today), today) for v in verdicts if v.truth != "no"
    )


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
        Left(paper, step, fact.value if isinstance(fact.value, date) else None)
        for (paper, step), fact in known.items()
        if fact
        and fact.status not in UNSURE
        and (fact.status == "stated" or paper == "demand")
        and not (isinstance(fact.value, bool) and not fact.value)
    ]


def _step(
    verdict: StepVerdict,
    sent: Sequence[Left],
    other: Pending | None,
    today: date,
) -> Step:
    left = {one.paper for one in sent if takes(one, verdict)}
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
    elif other and verdict.truth == "yes" and today < other.opens:
        state = "with_issuer"
    elif verdict.truth == "unknown" or verdict.missing:
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
        missing=verdict.missing,
        papers=verdict.papers,
        asked_on=other.on if other and state in ("with_issuer", "ready") else None,
        opens_on=other.opens if other and state == "with_issuer" else None,
        refused_because=verdict.refused_because,
        first=verdict.first,
        rule=verdict.rule,
        cost=verdict.cost,
        yields=verdict.yields,
        evidence=verdict.evidence,
        answered_by=verdict.answered_by,
        closes=verdict.closes,
    )
