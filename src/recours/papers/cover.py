"""The first page of a bundle, or of one of its parts, and the words that its template sets."""

from __future__ import annotations

from typing import Any

from recours.papers.masking import mask_cards
from recours.papers.parts import Part
from recours.papers.wording import phrase
from recours.papers.writer import Writer, paper_of
from recours.words import say

_ROWS = (
    ("row.beneficiary", "beneficiary.name"),
    ("row.items", "order.items"),
    ("row.order_number", "order.number"),
    ("row.order_date", "order.date"),
    ("row.total", "order.total"),
)
WORDS = (
    "contents",
    "manifest",
    "manifest_note",
    "page",
    "pages",
    "not_shown",
    "file",
    "size",
    "sha256",
)


def cover(writer: Writer, part: Part, hidden: str) -> dict[str, Any]:
    """hidden: what was taken out, in a sentence, or ""."""
    language = writer.language
    return {
        "title": writer.say("bundle.title"),
        "subject": mask_cards(writer.case.title),
        "author": writer.text("consumer.name"),
        "parties": [
            (writer.say("timeline.consumer"), list(writer.sender())),
            (writer.say("timeline.merchant"), list(writer.merchant())),
        ],
        "rows": [(writer.say(key), text) for key, name in _ROWS if (text := writer.text(name))],
        "part": phrase(language, "parts.part", n=part.number, count=part.count) if part.count > 1 else "",
        "hidden": hidden,
        "day": writer.say("bundle.made", day=writer.in_words(writer.brief.today)),
        "count": writer.say("bundle.count", count=len(part.here)),
        "paper": paper_of(writer.facts.get("consumer.country")),
    }


def fixed(writer: Writer) -> dict[str, Any]:
    """What stands on every bundle."""
    return {
        "notice": say(writer.language, "notice"),
        "words": {key: writer.say(f"bundle.{key}") for key in WORDS}
        | {
            "page_head": writer.say("letter.page_head"),
            "exhibit": writer.say("letter.exhibit"),
            "date": writer.say("letter.date"),
            "what": writer.say("letter.what"),
        },
    }
