"""The first page: the cases there are, a mailbox to open; then how far the reading is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from recours.app.beside import place_for
from recours.app.open_case import Opened, open_case
from recours.app.today import calendar, today
from recours.errors import RecoursError
from recours.outbox.today import Line
from recours.web.errors import NoSuchJobError, NothingGivenError
from recours.web.jobs import Progress
from recours.web.site import (
    LANGUAGE,
    AtDesk,
    Form,
    InLanguage,
    feed_path,
    go,
    page,
    say,
    site_of,
    text_of,
)
from recours.words import LANGUAGES

router = APIRouter()
_SHOWN = ("alarm", "late", "due", "next", "default", "broken", "wait")


@router.get("/", response_class=HTMLResponse)
def home(request: Request, desk: AtDesk) -> Response:
    """The cases with what comes next in each, and the two ways to open a mailbox."""
    found = today(desk) if desk.store.cases() else None
    lines: dict[str, list[Line]] = {}
    for line in found.lines if found else ():
        lines.setdefault(line.case, []).append(line)
    cases = [
        {"id": name, "title": _title(desk, name, lines), "next": _first(lines.get(name, []))}
        for name in desk.store.cases()
    ]
    feed = feed_path(site_of(request).feed)
    values = {
        "cases": cases,
        "missing": found.missing if found else (),
        "feed": f"{request.url.scheme}://{request.url.netloc}{feed}" if feed else "",
    }
    return page(request, "home.html", values)


def _title(desk: AtDesk, name: str, lines: dict[str, list[Line]]) -> str:
    return lines[name][0].title if lines.get(name) else desk.case(name).title


def _first(lines: list[Line]) -> Line | None:
    """The line that matters most today."""
    return next((line for kind in _SHOWN for line in lines if line.kind == kind), None)


@router.get("/feed/{secret}.ics")
@router.get("/dates.ics")
def dates(desk: AtDesk, language: InLanguage) -> Response:
    """The dates of every open case."""
    return Response(calendar(desk, language), media_type="text/calendar; charset=utf-8")


@router.post("/language")
def language(form: Form) -> Response:
    """The screen's language from now on; the page stays where it is."""
    back = text_of(form, "here")
    response = go(back if back.startswith("/") and not back.startswith("//") else "/")
    chosen = text_of(form, "language")
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE, chosen, httponly=True, samesite="strict", max_age=365 * 86_400)
    return response


@router.post("/open")
def open_(request: Request, form: Form) -> Response:
    """A mailbox by its path, or the files that were sent; read in the background."""
    site = site_of(request)
    path = text_of(form, "path")
    with_files = bool(text_of(form, "with_files"))

    def opening(source: Path) -> Callable[[Progress], Opened]:
        return lambda progress: open_case(
            site.desk(),
            source,
            about=text_of(form, "about"),
            with_files=lambda _: with_files,
            progress=progress,
        )

    uploads = [f for f in form.getlist("files") if not isinstance(f, str) and f.filename]
    if path:
        source = Path(path).expanduser()
        job = site.jobs.start(source.name, opening(source), str(source))
        return go(f"/job/{job.id}")
    if not uploads:
        raise NothingGivenError
    folder = Path(tempfile.mkdtemp(prefix="recours-"))
    sent = [_received(upload, folder, number) for number, upload in enumerate(uploads, 1)]

    def work(progress: Progress) -> Opened:
        try:
            return opening(sent[0] if len(sent) == 1 else folder)(progress)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return go(f"/job/{site.jobs.start(sent[0].name, work).id}")


def _received(upload: UploadFile, folder: Path, number: int) -> Path:
    path = place_for(folder, upload.filename or "", number)
    with path.open("xb") as file:
        shutil.copyfileobj(upload.file, file)
    return path


@router.get("/job/{name}", response_class=HTMLResponse)
def job(request: Request, name: str, language: InLanguage) -> Response:
    """How far it is; it looks again by itself each second, and leads on when it is done."""
    found = site_of(request).jobs.find(name)
    if found is None:
        raise NoSuchJobError
    if found.opened:
        return go(f"/case/{found.opened.case.id}/dispute", job=found.id)
    error: RecoursError | None = found.error
    values = {
        "job": found,
        "stage": say(language, f"opened.{found.stage}"),
        "what": error.what[language] if error else say(language, "web.crashed") if found.crashed else "",
        "todo": error.todo[language] if error else "",
    }
    return page(request, "job.html", values, status=400 if found.over else 200)
