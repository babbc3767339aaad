"""After sending: what to watch, what they offer, the money, files to add, and how it ends."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from recours.app.add import add
from recours.app.close import close, reopen
from recours.app.money import CHANNELS, by_channel, interest_on_rest, left_over, money_in
from recours.app.offers import offers
from recours.app.send import unproved
from recours.app.today import today
from recours.outbox.calendar import calendar
from recours.outbox.drafts import answer_to
from recours.papers.names import PAPERS
from recours.web.errors import NotAFormError, NothingGivenError
from recours.web.pages.case import assessed, case_page
from recours.web.site import AtDesk, Form, InLanguage, go, text_of

router = APIRouter()
HOW = ("solved", "partly", "unsolved", "abandoned")
STATES = ("final", "provisional", "reversed")


@router.get("/case/{case}/after", response_class=HTMLResponse)
def after(request: Request, case: str, desk: AtDesk) -> Response:
    """What is due, what was sent and how it is proved, the offers, the money, and the end."""
    found = assessed(desk, case)
    file = found.case
    values = {
        "lines": [line for line in today(desk).lines if line.case == case],
        "sent": [(d, PAPERS.get(d.paper, {}), unproved(d)) for d in file.dispatches],
        "offers": [(o, answer_to(o, file.language)) for o in offers(desk, case)],
        "channels": by_channel(file),
        "owed": left_over(file),
        "interest": interest_on_rest(desk, file),
        "from_": CHANNELS,
        "states": STATES,
        "hows": HOW,
        "today": desk.today,
    }
    return case_page(request, desk, found, "after", values)


@router.post("/case/{case}/money")
def money(case: str, desk: AtDesk, form: Form) -> Response:
    """Money was seen on the account, or was taken back."""
    state = text_of(form, "state")
    if state not in STATES:
        raise NotAFormError("state")
    money_in(
        desk,
        case,
        text_of(form, "amount"),
        text_of(form, "on"),
        channel=text_of(form, "channel"),
        state="provisional" if state == "provisional" else "reversed" if state == "reversed" else "final",
        why=text_of(form, "why"),
    )
    return go(f"/case/{case}/after#money")


@router.post("/case/{case}/files")
def files(case: str, desk: AtDesk, form: Form) -> Response:
    """Photos, PDFs, notes of calls, by the browser or by path."""
    uploads = [f for f in form.getlist("files") if not isinstance(f, str) and f.filename]
    path = text_of(form, "path")
    if path:
        add(desk, case, [Path(path).expanduser()])
        return go(f"/case/{case}/after#files")
    if not uploads:
        raise NothingGivenError
    folder = Path(tempfile.mkdtemp(prefix="recours-"))
    try:
        kept = []
        for number, upload in enumerate(uploads):
            place = folder / str(number) / (Path(upload.filename or "file").name[:120] or "file")
            place.parent.mkdir()
            with place.open("wb") as out:
                shutil.copyfileobj(upload.file, out)
            kept.append(place)
        add(desk, case, kept)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return go(f"/case/{case}/after#files")


@router.post("/case/{case}/close")
def closed(case: str, desk: AtDesk, form: Form) -> Response:
    """How it ended, and why; nothing is erased."""
    how, why = text_of(form, "how"), text_of(form, "why")
    if how == "reopen":
        reopen(desk, case, why)
    elif how == "solved":
        close(desk, case, "solved", why, otherwise=text_of(form, "otherwise") == "yes")
    elif how == "partly":
        close(desk, case, "partly", why)
    elif how == "unsolved":
        close(desk, case, "unsolved", why)
    elif how == "abandoned":
        close(desk, case, "abandoned", why)
    else:
        raise NotAFormError("how")
    return go(f"/case/{case}/after#end")


@router.get("/case/{case}/dates.ics")
def dates(case: str, desk: AtDesk, language: InLanguage) -> Response:
    """The dates for a calendar."""
    found = assessed(desk, case)
    file = found.case
    data = calendar(file.id, file.title, found.steps, found.decision.deadlines, language, desk.clock.now())
    return Response(
        data,
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="dates.ics"'},
    )
