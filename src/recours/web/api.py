"""The same case for other programs: JSON in, JSON out, described by OpenAPI at /api/openapi.json."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.correct import correct
from recours.app.money import money_in
from recours.app.send import sent
from recours.app.show import shown, to_json
from recours.app.today import today
from recours.app.write_paper import write_paper
from recours.errors import RecoursError
from recours.store.errors import NoSuchCaseError
from recours.web.site import AtDesk

router = APIRouter()


class Refusal(BaseModel):
    """Why a request was not taken: what, where, what to do, in both languages."""

    what: dict[str, str]
    where: str
    todo: dict[str, str]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Answers(_Body):
    """answers: fact name -> value in words, "?" for what is not known; reason: kept with them."""

    answers: dict[str, str] = Field(min_length=1)
    reason: str = ""


class Correction(_Body):
    """message: exhibit label or message id; drop: acts that it does not do."""

    message: str
    in_dispute: bool | None = None
    drop: list[str] = []
    reason: str = ""


class Wanted(_Body):
    """A paper to set, in a language (the case's own when left out).  reason: ground of a chargeback, "any" the best."""

    paper: str
    language: Literal["fr", "en"] | None = None
    reason: Literal["any", "statutory", "network"] = "any"


class Left(_Body):
    """A paper left.  on: YYYY-MM-DD; reason: ground of a chargeback, "any" that of the one last set."""

    paper: str
    on: str
    by: Literal["registered_mail", "courier", "email", "portal", "fax", "hand", "bailiff"]
    ref: str = ""
    reason: Literal["any", "statutory", "network"] = "any"


class Money(_Body):
    """amount: with its currency ("400.00 CAD"); on: YYYY-MM-DD."""

    amount: str
    on: str
    channel: Literal["", "merchant", "issuer", "paypal", "court"] = ""
    state: Literal["final", "provisional", "reversed"] = "final"


class Json(Response):
    """JSON that is made already."""

    media_type = "application/json"


_REFUSED: dict[int | str, dict[str, type[BaseModel] | str]] = {
    400: {"model": Refusal, "description": "The request cannot be taken"},
    403: {"description": "Without the session's token, or from another site"},
    404: {"model": Refusal, "description": "There is no such case"},
}


def refused(error: RecoursError) -> JSONResponse:
    """What went wrong, as JSON."""
    status = 404 if isinstance(error, NoSuchCaseError) else 400
    return JSONResponse({"what": error.what, "where": error.where, "todo": error.todo}, status)


@router.get("/cases", response_class=Json)
def cases(desk: AtDesk) -> Json:
    """The names of the cases."""
    return Json(to_json({"cases": desk.store.cases()}))


@router.get("/today", response_class=Json)
def day(desk: AtDesk) -> Json:
    """Every case's lines of the day."""
    return Json(to_json(today(desk)))


@router.get("/cases/{case}", response_class=Json, responses=_REFUSED)
def case(case: str, desk: AtDesk) -> Json:
    """Everything that is known of a case: what ``recours show CASE --json`` prints."""
    return Json(to_json(shown(assess(desk, desk.case(case)))))


@router.post("/cases/{case}/answers", response_class=Json, responses=_REFUSED)
def answers(case: str, body: Answers, desk: AtDesk) -> Json:
    """State or correct facts."""
    names = answer(desk, case, [f"{n}={v}" for n, v in body.answers.items()], body.reason)
    return Json(to_json({"kept": names}))


@router.post("/cases/{case}/corrections", response_class=Json, responses=_REFUSED)
def corrections(case: str, body: Correction, desk: AtDesk) -> Json:
    """Correct how a message was read."""
    kept = correct(desk, case, body.message, in_dispute=body.in_dispute, drop=body.drop, reason=body.reason)
    return Json(to_json({"kept": kept.message}))


@router.post("/cases/{case}/papers", response_class=Json, responses=_REFUSED)
def papers(case: str, body: Wanted, desk: AtDesk) -> Json:
    """Set a paper; its model, pages and hash.  The PDF is at /case/{case}/paper/{sha256}/file/pdf."""
    import hashlib

    made = write_paper(desk, case, body.paper, body.language, body.reason)
    sha256 = hashlib.sha256(made.pdf).hexdigest()
    return Json(to_json({"paper": made.name, "pages": made.pages, "sha256": sha256, "model": made.model}))


@router.post("/cases/{case}/sent", response_class=Json, responses=_REFUSED)
def left(case: str, body: Left, desk: AtDesk) -> Json:
    """Keep that a paper left."""
    kept = sent(desk, case, body.paper, body.on, body.by, None, body.ref, body.reason)
    return Json(to_json({"kept": kept.paper, "on": kept.on}))


@router.post("/cases/{case}/money", response_class=Json, responses=_REFUSED)
def money(case: str, body: Money, desk: AtDesk) -> Json:
    """Keep that money came in, or was taken back."""
    kept = money_in(desk, case, body.amount, body.on, channel=body.channel, state=body.state)
    return Json(to_json({"kept": kept.amount, "on": kept.on}))
