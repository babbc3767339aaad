"""The papers: written, looked at as pages, taken along, marked as sent."""

from __future__ import annotations

import io
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import msgspec
import pypdfium2
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from recours.app.desk import Desk
from recours.app.originals import originals
from recours.app.pack import pack
from recours.app.send import GROUNDS, REQUEST, WAYS, Reason, ground_of, sent
from recours.app.write_paper import Form as PaperForm
from recours.app.write_paper import PaperRefusedError, bundle, write_as, write_paper
from recours.casefile.events import (
    CaseOpened,
    Corrected,
    FactStated,
    ItemKept,
    PaperMade,
    ReadDone,
    Recorded,
)
from recours.casefile.fold import dispatches
from recours.papers.errors import DoesNotFitError, NotReadyError
from recours.papers.names import PAPERS
from recours.papers.pack import LETTERS
from recours.web.errors import NoSuchPageError, NotAFormError
from recours.web.pages.case import assessed, case_page
from recours.web.site import AtDesk, Form, file_of, go, text_of
from recours.words import LANGUAGES, Language

router = APIRouter()
SCALE = 1.5  # of a page's picture: 108 dots to the inch
_CHANGES = (CaseOpened, Corrected, FactStated, ItemKept, ReadDone)
_ASKED = ("paper", "packed", "paper_language")  # fields of the form that asks for a paper
_KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "txt": "text/plain; charset=utf-8",
}


class Made(msgspec.Struct, frozen=True):
    """A paper of the case.  stale: something was said or added since; sent: when it left; reason: the ground on which
    the issuer is asked, "any" where there is none to tell apart."""

    paper: PaperMade
    stale: bool
    sent: str
    reason: Reason = "any"


def made_of(history: tuple[Recorded, ...]) -> list[Made]:
    """The papers as they were last set, in each language and on each ground, newest first."""
    last: dict[tuple[str, str, Reason], Made] = {}
    changed = max((n for n, r in enumerate(history) if isinstance(r.payload, _CHANGES)), default=-1)
    left = {(d.paper, ground_of(d.paper, d.step)): d.on.isoformat() for d in dispatches(history)}
    for n, entry in enumerate(history):
        if isinstance(entry.payload, PaperMade):
            paper = entry.payload
            reason = ground_of(paper.paper, paper.step)
            last.pop((paper.paper, paper.language, reason), None)
            last[paper.paper, paper.language, reason] = Made(
                paper, n < changed, left.get((paper.paper, reason), ""), reason
            )
    return list(reversed(last.values()))


@router.get("/case/{case}/papers", response_class=HTMLResponse)
def papers(request: Request, case: str, desk: AtDesk) -> Response:
    """Those that the next steps need, those that were made, then the others."""
    found = assessed(desk, case)
    needed = [p for s in found.steps if s.state == "ready" for p in s.papers]
    values = {
        "made": made_of(desk.history(case)),
        "needed": list(dict.fromkeys(needed)),
        "names": PAPERS,
        "packed": LETTERS,
        "asks": REQUEST,
        "grounds": ("any", *GROUNDS),
        "ways": WAYS,
    }
    return case_page(request, desk, found, "papers", values)


@router.post("/case/{case}/papers", response_class=HTMLResponse)
def written(request: Request, case: str, desk: AtDesk, form: Form) -> Response:
    """Set a paper; a refusal is told in words, with what to do."""
    name = text_of(form, "paper")
    language = _language(text_of(form, "paper_language"))
    reason = _ground(form)
    try:
        if text_of(form, "packed"):
            pack(desk, case, name, language, reason)
        elif name == "bundle":
            bundle(desk, case, language, archive=bool(text_of(form, "archive")))
        else:
            write_paper(desk, case, name, language, reason)
    except (PaperRefusedError, NotReadyError, DoesNotFitError) as refusal:
        asked = {field: said for field in _ASKED if (said := text_of(form, field))}
        return _refused(request, desk, case, asked, refusal)
    made = next(m for m in made_of(desk.history(case)) if m.paper.paper == name)
    return go(f"/case/{case}/paper/{made.paper.sha256}")


def _refused(
    request: Request,
    desk: Desk,
    case: str,
    asked: dict[str, str],
    refusal: PaperRefusedError | NotReadyError | DoesNotFitError,
) -> HTMLResponse:
    """asked: what the form said, so that it can be said again on another ground."""
    found = assessed(desk, case)
    name = asked.get("paper", "")
    reasons = (refusal.why,) if isinstance(refusal, DoesNotFitError) else refusal.reasons
    values = {
        "name": PAPERS.get(name, {"fr": name, "en": name}),
        "reasons": reasons,
        "missing": () if isinstance(refusal, DoesNotFitError) else refusal.missing,
        "first": refusal.first_says if isinstance(refusal, PaperRefusedError) else {},
        "grounds": refusal.grounds if isinstance(refusal, PaperRefusedError) else (),
        "asked": asked,
    }
    return case_page(request, desk, found, "refused", values, status=409)


def _ground(form: FormData) -> Reason:
    return next((one for one in GROUNDS if one == text_of(form, "reason")), "any")


def _language(text: str) -> Language | None:
    return next((one for one in LANGUAGES if one == text), None)


@router.get("/case/{case}/paper/{sha256}", response_class=HTMLResponse)
def paper(request: Request, case: str, sha256: str, desk: AtDesk) -> Response:
    """A paper's pages as pictures, what to take along, and how to say that it was sent."""
    history = desk.history(case)
    made = _made(history, sha256)
    values = {
        "made": made,
        "name": PAPERS[made.paper.paper],
        "ways": WAYS,
        "today": desk.today,
        "forms": () if made.paper.paper == "bundle" else ("docx", "eml", "txt"),
    }
    return case_page(request, desk, assessed(desk, case), "paper", values)


def _made(history: tuple[Recorded, ...], sha256: str) -> Made:
    """Raises NoSuchPageError for bytes that are no paper of this case."""
    found = next((m for m in made_of(history) if m.paper.sha256 == sha256), None)
    if found:
        return found
    old = [r.payload for r in history if isinstance(r.payload, PaperMade) and r.payload.sha256 == sha256]
    if not old:
        raise NoSuchPageError("paper")
    return Made(old[-1], True, "", ground_of(old[-1].paper, old[-1].step))


@router.get("/case/{case}/paper/{sha256}/page/{number}.png")
def picture(case: str, sha256: str, number: int, desk: AtDesk) -> Response:
    """One page as a picture.  number: from 1."""
    history = desk.history(case)
    data = originals(desk, history)(_made(history, sha256).paper.sha256)
    with closing(pypdfium2.PdfDocument(data)) as document:
        if not 1 <= number <= len(document):
            raise NoSuchPageError(f"page {number}")
        shown = document[number - 1].render(scale=SCALE).to_pil()
    out = io.BytesIO()
    shown.save(out, "PNG", optimize=False)
    return Response(out.getvalue(), media_type="image/png")


@router.get("/case/{case}/paper/{sha256}/file/{form}")
def download(case: str, sha256: str, form: PaperForm, desk: AtDesk) -> Response:
    """The paper to take along: the PDF as it was set, or the same words to edit, to mail or to paste."""
    history = desk.history(case)
    made = _made(history, sha256).paper
    if form == "pdf":
        data = originals(desk, history)(made.sha256)
    else:
        data = write_as(desk, case, made.paper, form, _language(made.language)).data
    name = f"{made.paper}-{made.language}.{form}"
    return Response(
        data,
        media_type=_KINDS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.post("/case/{case}/sent")
def left(case: str, desk: AtDesk, form: Form) -> Response:
    """A paper left.  The same said twice (a second click) is kept once."""
    name, on, by = (text_of(form, field) for field in ("paper", "on", "by"))
    if by not in WAYS:
        raise NotAFormError("by")
    proof, ref = file_of(form, "proof"), text_of(form, "ref")
    reason = _ground(form)
    before = [
        d
        for d in desk.case(case).dispatches
        if (d.paper, d.on.isoformat(), d.by, ground_of(name, d.step)) == (name, on, by, reason)
    ]
    if before and not proof and before[-1].ref == ref:
        return go(f"/case/{case}/after")
    folder = Path(tempfile.mkdtemp(prefix="recours-"))
    try:
        file = None
        if proof:
            file = folder / (Path(proof.filename or "proof").name[:120] or "proof")
            with file.open("wb") as out:
                shutil.copyfileobj(proof.file, out)
        sent(desk, case, name, on, by, file, ref, reason)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return go(f"/case/{case}/after")
