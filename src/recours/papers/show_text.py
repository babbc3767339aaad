"""A text file's bytes -> its text; a page of HTML gives its words, never its layout."""

from __future__ import annotations

import codecs

from recours.papers.shown import Rendered, Run, Shown, clean
from recours.papers.types import Exhibit
from recours.papers.wording import phrase
from recours.reading.html import visible_text
from recours.words import Language

MAX_TEXT = 60_000  # characters; what is cut is said


def show_text(exhibit: Exhibit, data: bytes, language: Language) -> Rendered:
    """UTF-8, UTF-16 with its mark, else Windows-1252, which is then said."""
    text, guessed = decoded(data)
    notes = [phrase(language, "bundle.guessed")] if guessed else []
    if exhibit.media_type == "text/html":
        text = visible_text(text)
        notes.append(phrase(language, "bundle.html"))
    if len(text) > MAX_TEXT:
        notes.append(phrase(language, "bundle.cut", count=len(text) - MAX_TEXT))
    return Rendered(
        shown=Shown(
            label=exhibit.label,
            title=exhibit.title,
            kind="text",
            sha256=exhibit.sha256,
            runs=(Run(clean(text[:MAX_TEXT]), False),),
            note=" ".join(notes),
        )
    )


def decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding was guessed."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16", "replace"), False
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), True
