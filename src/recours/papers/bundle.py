"""The bound bundle: cover, contents, timeline, exhibits, and the list of their hashes, in one proved PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pypdfium2

from recours.casefile.types import CaseFile
from recours.errors import Problem
from recours.law.types import Decision
from recours.papers.formats import day_text
from recours.papers.masking import mask_cards
from recours.papers.models import timeline
from recours.papers.pagemap import page_map
from recours.papers.render import Blobs, breakable, render
from recours.papers.types import Exhibit, PageMap
from recours.papers.typesetting import ACCESSIBLE, typeset
from recours.papers.verify import prove
from recours.papers.wording import phrase
from recours.papers.writer import Brief, Writer, paper_of
from recours.words import Language, say

_NOTHING = Decision(rights=(), deadlines=(), steps=(), questions=(), packs=())


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """pdf: the bytes, proved; page_map: where everything is; problems: what could not be shown and why."""

    pdf: bytes
    page_map: PageMap
    problems: tuple[Problem, ...]


def bind(
    case: CaseFile, exhibits: Sequence[Exhibit], blobs: Blobs, language: Language, today: date
) -> Bundle:
    """exhibits: in order, labelled; blobs: SHA-256 -> bytes; today: local day, for the cover.

    Raises BundleFaultError when the set file does not prove right.
    """
    writer = Writer(
        "bundle",
        Brief(
            case=case,
            decision=_NOTHING,
            step=None,
            cite=None,
            exhibits=tuple(exhibits),
            language=language,
            today=today,
        ),
    )
    labels = {e.message: e.label for e in exhibits if e.message}
    rendered = [render(exhibit, case, blobs, language, labels) for exhibit in exhibits]
    files = {name: data for one in rendered for name, data in one.files.items()}
    data = {
        **_cover(writer, exhibits),
        "timeline": timeline.model(writer),
        "exhibits": [one.shown for one in rendered],
        "days": [_day(e, language) for e in exhibits],
        "manifest": [(e.label, e.title, breakable(e.sha256)) for e in exhibits],
    }
    plain: dict[str, Any] = msgspec.to_builtins(data)
    pages_as_they_are = any(one.shown.kind == "pages" for one in rendered)
    made = typeset(
        "bundle.typ",
        plain,
        language=language,
        files=files,
        standards=() if pages_as_they_are else ACCESSIBLE,  # a foreign PDF page is not tagged
        marks=True,
    )
    pages = page_map(made.marks, len(pypdfium2.PdfDocument(made.pdf)))
    prove(made.pdf, pages, exhibits)
    return Bundle(
        pdf=made.pdf, page_map=pages, problems=tuple(one.problem for one in rendered if one.problem)
    )


def _cover(writer: Writer, exhibits: Sequence[Exhibit]) -> dict[str, Any]:
    language = writer.language
    rows = (
        ("row.beneficiary", "beneficiary.name"),
        ("row.items", "order.items"),
        ("row.order_number", "order.number"),
        ("row.order_date", "order.date"),
        ("row.total", "order.total"),
    )
    return {
        "title": writer.say("bundle.title"),
        "subject": mask_cards(writer.case.title),
        "author": writer.text("consumer.name"),
        "parties": [
            (writer.say("timeline.consumer"), list(writer.sender())),
            (writer.say("timeline.merchant"), list(writer.merchant())),
        ],
        "rows": [(writer.say(key), text) for key, name in rows if (text := writer.text(name))],
        "day": writer.say("bundle.made", day=day_text(writer.brief.today, language)),
        "count": writer.say("bundle.count", count=len(exhibits)),
        "notice": say(language, "notice"),
        "paper": paper_of(writer.facts.get("consumer.country")),
        "words": {
            key: writer.say(f"bundle.{key}") for key in ("contents", "manifest", "manifest_note", "page")
        }
        | {
            "page_head": writer.say("letter.page_head"),
            "exhibit": writer.say("letter.exhibit"),
            "date": writer.say("letter.date"),
            "what": writer.say("letter.what"),
            "sha256": writer.say("bundle.sha256"),
        },
    }


def _day(exhibit: Exhibit, language: Language) -> str:
    return (
        day_text(date.fromisoformat(exhibit.date), language)
        if exhibit.date
        else phrase(language, "bundle.undated")
    )
