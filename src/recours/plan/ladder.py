"""The law's and the rails' steps -> one ladder, dated, in the order in which a person should climb.

Steps that need nobody's goodwill come first; among them the pack's own order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from recours.casefile.types import CaseFile
from recours.law.types import Decision, StepVerdict
from recours.plan.types import State, Step


def ladder(case: CaseFile, decision: Decision, today: date) -> tuple[Step, ...]:
    """One Step for each step that the packs offer; ``ready`` when all its conditions hold today."""
    sent = {d.paper: d.on for d in case.dispatches}
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


def _step(
    verdict: StepVerdict,
    sent: Mapping[str, date],
    known: frozenset[str],
    today: date,
) -> Step:
    missing = tuple(name for name in verdict.missing if name not in known)
    done = bool(verdict.papers) and all(p in sent for p in verdict.papers)
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
