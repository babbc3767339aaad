"""One message: its text, its words that count marked, and what a person corrects in how it was read."""

from __future__ import annotations

import itertools
from typing import Literal

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from recours.app.assess import Assessment
from recours.app.correct import correct
from recours.app.desk import Desk
from recours.casefile.types import Entry
from recours.papers.exhibits_list import list_exhibits
from recours.reading.acts.tables import act_names
from recours.reading.types import Side
from recours.text import Quote
from recours.web.conflict import said_since
from recours.web.errors import NoSuchPageError, NotAFormError
from recours.web.pages.case import assessed, case_page
from recours.web.site import AtDesk, Form, go, text_of

router = APIRouter()
_QUIET = ("quoted", "signature", "disclaimer", "frame")


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a message's text.  quiet: not its author's new words; names: facts and acts that stand on it."""

    text: str
    quiet: bool
    names: tuple[str, ...]


def pieces(entry: Entry, quotes: list[tuple[str, Quote]]) -> list[Piece]:
    """The whole text, cut where its spans and the quotations begin and end.  quotes: (what stands on it, words)."""
    text = entry.message.text
    here = [(name, q) for name, q in quotes if q.message == entry.message.id and not q.part]
    cuts = {0, len(text)} | {p for s in entry.spans for p in (s.start, s.end)}
    cuts |= {p for _, q in here for p in (q.start, q.end)}
    marks = sorted(p for p in cuts if 0 <= p <= len(text))
    made = []
    for start, end in itertools.pairwise(marks):
        quiet = any(s.start <= start and end <= s.end and s.kind in _QUIET for s in entry.spans)
        names = tuple(dict.fromkeys(n for n, q in here if q.start <= start and end <= q.end))
        made.append(Piece(text[start:end], quiet, names))
    return made


@router.get("/case/{case}/message/{number}", response_class=HTMLResponse)
def message(request: Request, case: str, number: int, desk: AtDesk) -> Response:
    """The message as plain text: its HTML is never shown."""
    found = assessed(desk, case)
    return _shown(request, desk, found, number)


def _shown(
    request: Request, desk: Desk, found: Assessment, number: int, newer: tuple[object, ...] = ()
) -> HTMLResponse:
    entry = _entry(found, number)
    quotes = [(f"act.{a.act}", a.quote) for a in entry.acts]
    quotes += [(name, f.claim.quote) for name, f in found.case.facts.items()]
    labels = {e.message: e.label for e in list_exhibits(found.case) if e.message}
    values = {
        "entry": entry,
        "number": number,
        "last": len(found.case.entries) - 1,
        "label": labels.get(entry.message.id, ""),
        "pieces": pieces(entry, quotes),
        "acts": act_names(),
        "newer": newer,
    }
    return case_page(request, desk, found, "message", values, status=409 if newer else 200)


@router.post("/case/{case}/message/{number}", response_class=HTMLResponse)
def corrected(request: Request, case: str, number: int, desk: AtDesk, form: Form) -> Response:
    """In or out, the day, who spoke, an act that is not there or was missed; the reason is kept with it."""
    found = assessed(desk, case)
    entry = _entry(found, number)
    newer = said_since(desk, case, text_of(form, "length"), entry.message.id)
    if newer:
        return _shown(request, desk, found, number, newer)
    what, reason = text_of(form, "what"), text_of(form, "reason")
    if what in ("in", "out"):
        correct(desk, case, entry.message.id, in_dispute=what == "in", reason=reason)
    elif what == "speaker":
        speaker: Side = "merchant" if entry.membership.direction == "sent" else "consumer"
        correct(desk, case, entry.message.id, speaker=speaker, reason=reason)
    elif what == "date":
        correct(desk, case, entry.message.id, on=text_of(form, "on"), reason=reason)
    elif what == "drop":
        correct(desk, case, entry.message.id, drop=[text_of(form, "act")], reason=reason)
    elif what == "add":
        by = text_of(form, "by")
        side: Side | Literal[""] = "consumer" if by == "consumer" else "merchant" if by == "merchant" else ""
        if not side:
            raise NotAFormError("by")
        words = text_of(form, "words").replace("\r\n", "\n")
        correct(desk, case, entry.message.id, add=[(text_of(form, "act"), side, words)], reason=reason)
    else:
        raise NotAFormError("what")
    back = text_of(form, "back")
    if back == "dispute":
        return go(f"/case/{case}/dispute")
    places = {e.message.id: n for n, e in enumerate(desk.case(case).entries)}  # another day may move it
    return go(f"/case/{case}/message/{places[entry.message.id]}")


def _entry(found: Assessment, number: int) -> Entry:
    if not 0 <= number < len(found.case.entries):
        raise NoSuchPageError(f"message {number}")
    return found.case.entries[number]
