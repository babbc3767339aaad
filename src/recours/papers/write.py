"""A paper, from what the case and the law say to a set PDF of the length that it should have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pypdfium2

from recours.papers.letter import Letter
from recours.papers.models import (
    accept_offer,
    bank_complaint,
    cancellation,
    chargeback,
    complaint,
    demand,
    issuer_demand,
    mandate,
    manufacturer_demand,
    platform_claim,
    regulator,
    reminder,
    repeat_answer,
    return_slip,
    review,
    runaround,
    second_round,
    small_claims,
    timeline,
)
from recours.papers.models.common import unfit
from recours.papers.plain import Fitted, body, plain, within
from recours.papers.shown import all_breakable
from recours.papers.types import Paper
from recours.papers.typesetting import typeset
from recours.papers.writer import Brief, Writer

SIZES = (10.5, 10.0, 9.5)  # points; never smaller: people must be able to read it
DROPPED = 12  # sentences that a letter may lose to hold on its page
Model = Letter | timeline.Timeline | runaround.Runaround
_TABLES: dict[str, tuple[Callable[[Writer], Model], str]] = {
    # name: model, template; nothing is dropped from a table, which may run over pages
    "timeline": (timeline.model, "timeline.typ"),
    "runaround": (runaround.model, "runaround.typ"),
    "one_page": (timeline.model, "timeline.typ"),
}
_LETTERS: dict[str, tuple[Callable[[Writer, int], Letter], int, int]] = {
    # name: model, pages before the list of exhibits, exhibits cited at most (an issuer's clerk reads 5 to 8)
    "demand": (demand.model, 1, 15),
    "cancellation": (cancellation.model, 1, 15),
    "chargeback": (chargeback.model, 2, 8),
    "first_complaint": (complaint.model, 1, 15),
    "reminder": (reminder.model, 1, 15),
    "repeat_answer": (repeat_answer.model, 1, 15),
    "issuer_demand": (issuer_demand.model, 1, 8),
    "platform_claim": (platform_claim.model, 2, 8),
    "manufacturer_demand": (manufacturer_demand.model, 1, 15),
    "bank_complaint": (bank_complaint.model, 2, 8),
    "regulator": (regulator.model, 2, 15),
    "second_round": (second_round.model, 2, 8),
    "accept_offer": (accept_offer.model, 1, 15),
    "return_slip": (return_slip.model, 1, 15),
    "mandate": (mandate.model, 1, 15),
    "small_claims": (small_claims.model, 2, 15),
    "review": (review.model, 1, 0),
}


def write(name: str, brief: Brief) -> Paper:
    """Set the paper.  name: of papers.names.  Raises NotReadyError, KeyError for a name that has no model."""
    writer = Writer(name, brief)
    made: Model
    if name == "one_page":
        made, pdf = _one_page(writer)
    elif name in _TABLES:
        model, template = _TABLES[name]
        made = model(writer)
        pdf = _set(template, made)
    else:
        made, pdf = _fitted(writer, *_LETTERS[name])
    return Paper(
        name=name,
        language=brief.language,
        model=_plain(made),
        pdf=pdf,
        pages=len(pypdfium2.PdfDocument(pdf)),
    )


def write_text(name: str, brief: Brief, limit: int = 0) -> Fitted:
    """The paper as text.  limit: characters of a portal's box, 0 for none: then the letter's least needed sentences go
    first, and addresses and the list of exhibits are not in it.

    Raises NotReadyError, DoesNotFitError (when even the shortest text is longer, or a table has a limit).
    """
    writer = Writer(name, brief)
    if name in _TABLES:
        text = plain(_plain(_TABLES[name][0](writer)))
        fitted = Fitted(text) if not limit or len(text) <= limit else None
        shortest = len(text)
    else:
        model = _LETTERS[name][0]
        models = [_plain(model(writer, drop)) for drop in range(DROPPED if limit else 1)]
        fitted = within(models, limit) if limit else Fitted(plain(models[0]))
        shortest = len(body(models[-1]))
    if fitted is None:
        raise unfit(writer, "limit.over", limit=str(limit), shortest=str(shortest))
    return fitted


def _one_page(writer: Writer) -> tuple[timeline.Timeline, bytes]:
    """The timeline with as many of its most telling lines as one page holds."""
    count = len(timeline.lines(writer))
    low, high = 1, count
    made, pdf = timeline.model(writer, low), b""
    while low <= high:
        middle = (low + high) // 2
        tried = timeline.model(writer, middle)
        found = _set("timeline.typ", tried)
        if len(pypdfium2.PdfDocument(found)) == 1:
            made, pdf, low = tried, found, middle + 1
        else:
            high = middle - 1
    return made, pdf or _set("timeline.typ", made)


def fit(writer: Writer, name: str, drop: int = 0) -> Letter:
    """The model of a letter as long as it may be, or without its ``drop`` least needed sentences when that is shorter.

    Raises NotReadyError, DoesNotFitError, KeyError for what is no letter.
    """
    model, pages, exhibits = _LETTERS[name]
    return model(writer, drop) if drop else _fitted(writer, model, pages, exhibits)[0]


def _fitted(
    writer: Writer, model: Callable[[Writer, int], Letter], pages: int, exhibits: int
) -> tuple[Letter, bytes]:
    """A smaller size first, then without the sentences that are needed least (the timeline has them all)."""
    made, pdf = model(writer, 0), b""
    for drop in range(DROPPED):
        made = model(writer, drop)
        if len(made.cited) > exhibits and drop < DROPPED - 1:
            continue
        sized = [msgspec.structs.replace(made, size=size) for size in SIZES]
        best = min(((_body(letter), letter) for letter in sized), key=lambda one: one[0][0])
        (count, pdf), made = best
        if count <= pages:
            return made, pdf
    return made, pdf


def _body(letter: Letter) -> tuple[int, bytes]:
    """Pages before the list of exhibits, and the file."""
    pdf = _set("letter.typ", letter)
    return _body_pages(pdf, letter.exhibits_head), pdf


def _body_pages(pdf: bytes, exhibits_head: str) -> int:
    """Pages before the list of exhibits, which opens a page of its own."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        if page.get_textpage().get_text_range().lstrip().startswith(exhibits_head):
            return number
    return len(document)


def _set(template: str, model: Model) -> bytes:
    return typeset(template, all_breakable(_plain(model)), language=model.language).pdf


def _plain(model: Model) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(model)
    return plain
