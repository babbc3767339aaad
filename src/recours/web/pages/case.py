"""A case as it stands: the dispute, the story, the rights, the plan, and one page for whoever helps."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from recours.app.assess import Assessment, assess
from recours.app.desk import Desk
from recours.app.replies import replies
from recours.app.send import ground_of
from recours.app.story import story
from recours.app.today import to_check
from recours.casefile.types import CaseFile, Entry
from recours.law.types import Deadline, Right
from recours.plan.ladder import next_step
from recours.plan.types import Step
from recours.web.chart import chart
from recours.web.conflict import length_of
from recours.web.site import AtDesk, InLanguage, go, page, site_of

router = APIRouter()
WALK = ("dispute", "story", "facts", "questions", "rights", "plan", "papers", "after")
_ROLES = ("consumer.name", "payment.cardholder", "beneficiary.name", "merchant.name")


def case_page(
    request: Request, desk: Desk, found: Assessment, tab: str, values: dict[str, Any], *, status: int = 200
) -> HTMLResponse:
    """A page of a case: its title, the walk with where one is, and the length of the journal for the forms."""
    case = found.case
    shared = {
        "case": case,
        "walk": WALK,
        "tab": tab,
        "at": f"/case/{case.id}",
        "length": length_of(desk, case.id),
        "left": len(found.questions),
    }
    return page(request, f"{tab}.html", {**shared, **values}, status=status)


def assessed(desk: Desk, case: str) -> Assessment:
    """The case and what holds for it today.  Raises NoSuchCaseError."""
    return assess(desk, desk.case(case))


def numbered(case: CaseFile, entries: tuple[Entry, ...]) -> list[tuple[int, Entry]]:
    """Entries with their place in the case, which is their address."""
    places = {id(e): n for n, e in enumerate(case.entries)}
    return [(places[id(e)], e) for e in entries]


@router.get("/case/{case}")
def first(case: str) -> Response:
    """The story is where one comes in."""
    return go(f"/case/{case}/story")


@router.get("/case/{case}/dispute", response_class=HTMLResponse)
def dispute(request: Request, case: str, desk: AtDesk, job: str = "") -> Response:
    """Which messages are in, which are not, which are doubtful, each with the reason."""
    found = assessed(desk, case)
    entries = found.case.entries
    opening = site_of(request).jobs.find(job)
    values = {
        "inside": numbered(found.case, tuple(e for e in entries if e.membership.in_dispute is True)),
        "unsure": numbered(found.case, tuple(e for e in entries if e.membership.in_dispute == "unsure")),
        "outside": numbered(found.case, tuple(e for e in entries if e.membership.in_dispute is False)),
        "opened": opening.opened if opening else None,
        "path": opening.path if opening else "",
        "roles": [(name, found.case.value(name)) for name in _ROLES],
    }
    return case_page(request, desk, found, "dispute", values)


@router.get("/case/{case}/story", response_class=HTMLResponse)
def story_(request: Request, case: str, desk: AtDesk, language: InLanguage) -> Response:
    """What happened: the chart, the rows with their words, what was asked again, what the law answers."""
    found = assessed(desk, case)
    places = {e.message.id: n for n, e in enumerate(found.case.entries)}
    values = {
        "chart": chart(found.case, language),
        "rows": [(places[row.message], row) for row in story(found.case, language)],
        "measures": found.case.measures,
        "replies": [(places[r.quote.message], r) for r in replies(found.case, found.decision)],
        "places": places,
    }
    return case_page(request, desk, found, "story", values)


@router.get("/case/{case}/rights", response_class=HTMLResponse)
def rights(request: Request, case: str, desk: AtDesk) -> Response:
    """What holds, with article and proof; then what cannot be said yet."""
    found = assessed(desk, case)
    listed = [r for r in found.decision.rights if r.kind != "step"]
    values = {
        "holding": sorted((r for r in listed if r.truth == "yes"), key=_weight),
        "open": [r for r in listed if r.truth == "unknown"],
    }
    return case_page(request, desk, found, "rights", values)


def _weight(right: Right) -> tuple[bool, bool]:
    return right.kind == "note", not right.citable


@router.get("/case/{case}/plan", response_class=HTMLResponse)
def plan(request: Request, case: str, desk: AtDesk) -> Response:
    """The next step, large, with its last day and how it is counted; then the whole ladder."""
    found = assessed(desk, case)
    step = next_step(found.steps)
    values = {
        "checks": to_check(found),
        "next": step,
        "ground": ground_of("chargeback", step.step) if step else "any",
        "why": _dated(step, found.decision.deadlines),
        "steps": found.steps,
        "said": {s.id: s.says for s in found.steps},
        "deadlines": found.decision.deadlines,
        "today": desk.today,
    }
    return case_page(request, desk, found, "plan", values)


def _dated(step: Step | None, deadlines: tuple[Deadline, ...]) -> tuple[Deadline, ...]:
    """The dates of the step's own rule, of which its last day is one."""
    return tuple(d for d in deadlines if step and d.rule == step.rule)


@router.get("/case/{case}/brief", response_class=HTMLResponse)
def brief(request: Request, case: str, desk: AtDesk) -> Response:
    """One page for whoever helps: who, what, how much, what runs, what is strong, what is missing."""
    found = assessed(desk, case)
    values = {
        "roles": [(name, found.case.value(name)) for name in _ROLES],
        "facts": [(n, found.case.value(n)) for n in _TOLD if found.case.value(n) is not None],
        "dates": [d for d in found.decision.deadlines if d.who == "consumer" and d.last >= desk.today],
        "next": next_step(found.steps),
        "holding": [r for r in found.decision.rights if r.citable and r.kind not in ("step", "note")][:8],
        "replies": replies(found.case, found.decision)[:4],
        "asked": found.questions[:3],
        "measures": found.case.measures,
        "today": desk.today,
    }
    return case_page(request, desk, found, "brief", values)


_TOLD = (
    "order.items",
    "order.number",
    "order.date",
    "order.total",
    "payment.method",
    "problem.kind",
    "problem.reported_on",
    "refusal.first_on",
)
