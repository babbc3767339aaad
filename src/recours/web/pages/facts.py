"""What is known and what is still asked: each fact beside its words, each question with its why."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from recours.app.answer import answer, confirm_rule
from recours.app.assess import Assessment
from recours.app.desk import Desk
from recours.casefile.types import Fact
from recours.casefile.vocabulary import FactKind, vocabulary
from recours.law.facts import UNSURE
from recours.plan.ladder import next_step
from recours.text import Quote
from recours.web.conflict import said_since
from recours.web.errors import NoSuchPageError, NotAFormError
from recours.web.pages.case import assessed, case_page
from recours.web.site import AtDesk, Form, go, text_of

router = APIRouter()
AROUND = 90  # characters of the message on each side of a fact's words


class Words(msgspec.Struct, frozen=True):
    """A quotation with what stands around it, and the number of its message; -1: of a paper that came by itself."""

    before: str
    quote: str
    after: str
    message: int


def words_of(found: Assessment, quote: Quote) -> Words | None:
    """Where a fact's words stand; None for what no message says."""
    for number, entry in enumerate(found.case.entries):
        if entry.message.id == quote.message and quote.message:
            if quote.part:
                return Words("", quote.text, "", number)
            text = entry.message.text
            before = " ".join(text[max(0, quote.start - AROUND) : quote.start].split())
            return Words(before, quote.text, " ".join(text[quote.end : quote.end + AROUND].split()), number)
    return Words("", quote.text, "", -1) if quote.message else None


class Told(msgspec.Struct, frozen=True):
    """A fact, its kind, its words; others: further values, each with its words."""

    fact: Fact
    kind: FactKind
    words: Words | None
    others: tuple[tuple[Any, Words | None], ...]


@router.get("/case/{case}/facts", response_class=HTMLResponse)
def facts(request: Request, case: str, desk: AtDesk) -> Response:
    """Every fact beside the words that it came from; those with several values first."""
    return _facts(request, desk, assessed(desk, case))


def _facts(
    request: Request, desk: Desk, found: Assessment, newer: tuple[object, ...] = (), tried: str = ""
) -> HTMLResponse:
    kinds = vocabulary()
    told = [
        Told(
            fact,
            kinds[name],
            words_of(found, fact.claim.quote),
            tuple((c.value, words_of(found, c.quote)) for c in fact.others),
        )
        for name, fact in found.case.facts.items()
        if name in kinds
    ]
    told.sort(key=lambda t: (t.fact.status not in UNSURE, list(kinds).index(t.fact.name)))
    values = {"facts": told, "newer": newer, "tried": tried}
    return case_page(request, desk, found, "facts", values, status=409 if newer else 200)


@router.post("/case/{case}/facts", response_class=HTMLResponse)
def corrected(request: Request, case: str, desk: AtDesk, form: Form) -> Response:
    """A person's value wins over what was read, and keeps its reason."""
    name, said = text_of(form, "fact"), text_of(form, "value")
    newer = said_since(desk, case, text_of(form, "length"), name)
    if newer:
        return _facts(request, desk, assessed(desk, case), newer, said)
    if not name:
        raise NotAFormError("fact")
    answer(desk, case, [f"{name}={said}"], text_of(form, "reason"))
    return go(f"/case/{case}/facts#{name}")


@router.get("/case/{case}/questions", response_class=HTMLResponse)
def questions(request: Request, case: str, desk: AtDesk) -> Response:
    """The one question that settles most."""
    return _question(request, desk, assessed(desk, case))


def _question(
    request: Request, desk: Desk, found: Assessment, newer: tuple[object, ...] = ()
) -> HTMLResponse:
    question = found.questions[0] if found.questions else None
    kind = vocabulary().get(question.fact) if question else None
    step = next_step(found.steps)
    ready = step if step and step.state == "ready" and step.papers else None
    values = {"question": question, "kind": kind, "newer": newer, "ready": ready}
    return case_page(request, desk, found, "questions", values, status=409 if newer else 200)


@router.post("/case/{case}/questions", response_class=HTMLResponse)
def answered(request: Request, case: str, desk: AtDesk, form: Form) -> Response:
    """An answer, or that one does not know: it is not asked again."""
    name = text_of(form, "fact")
    newer = said_since(desk, case, text_of(form, "length"), name)
    if newer:
        return _question(request, desk, assessed(desk, case), newer)
    said = "?" if form.get("unknown") is not None else text_of(form, "value")
    if not name or not said:
        raise NotAFormError("value")
    answer(desk, case, [f"{name}={said}"])
    return go(f"/case/{case}/questions")


@router.post("/case/{case}/rights")
def confirmed(case: str, desk: AtDesk, form: Form) -> Response:
    """The person has read a rule at its address: it may stand in a letter."""
    rule = text_of(form, "rule")
    if not rule:
        raise NoSuchPageError("rule")
    confirm_rule(desk, case, rule)
    return go(f"/case/{case}/rights#{rule}")
