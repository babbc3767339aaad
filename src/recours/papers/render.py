"""An exhibit -> what the bundle shows of it; what cannot be shown becomes a placeholder, never nothing.

The bytes decide, not the name: a kind has one small module (show_message, show_page, show_picture, show_pdf, show_text).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import msgspec

from recours.casefile.types import CaseFile
from recours.errors import RecoursError
from recours.intake.page import PAGES, page_type
from recours.intake.types import Place
from recours.papers.show_message import Known, show_entry, show_mail
from recours.papers.show_page import show_page
from recours.papers.show_pdf import show_pdf
from recours.papers.show_picture import SIGNATURES, show_picture
from recours.papers.show_text import show_text
from recours.papers.shown import Rendered, Shown, placeholder, problem
from recours.papers.types import Exhibit
from recours.papers.wording import phrase
from recours.reading.mime import read_mail
from recours.words import Language

Blobs = Callable[[str], bytes]


def render(exhibit: Exhibit, case: CaseFile, blobs: Blobs, known: Known, language: Language) -> Rendered:
    """blobs: SHA-256 -> bytes; a RecoursError or LookupError of it is told on the exhibit's page.

    A message was read when its case was opened: it is shown even when its original is gone, which is said.
    """
    data, why = _original(exhibit, blobs, language)
    entry = known.entries.get(exhibit.message)
    if entry is not None:
        place = entry.message.place
        made = show_entry(exhibit, entry, known, language, data)
        made = msgspec.structs.replace(made, name=f"{place.file}, n° {place.position}")
        if why:
            effect = phrase(language, "bundle.unproved", why=why)
            made = msgspec.structs.replace(
                made,
                shown=_noted(made.shown, effect),
                as_text=_noted(made.as_text, effect) if made.as_text else None,
                problem=problem(exhibit.label, exhibit.title, why, effect),
            )
    else:
        made = placeholder(exhibit, why, language) if why else _file(exhibit, data, case, known, language)
        made = msgspec.structs.replace(made, name=_name(exhibit, case))
    return msgspec.structs.replace(made, size=None if why else len(data))


def _noted(shown: Shown, note: str) -> Shown:
    return msgspec.structs.replace(shown, note=f"{shown.note} {note}".strip())


def _original(exhibit: Exhibit, blobs: Blobs, language: Language) -> tuple[bytes, str]:
    """The bytes, or why they are not to be had."""
    try:
        data = blobs(exhibit.sha256)
    except RecoursError as error:
        return b"", error.what[language]
    except LookupError:
        return b"", phrase(language, "bundle.missing")
    if hashlib.sha256(data).hexdigest() != exhibit.sha256:
        return b"", phrase(language, "bundle.altered")
    return data, ""


def _file(exhibit: Exhibit, data: bytes, case: CaseFile, known: Known, language: Language) -> Rendered:
    if not data:
        return placeholder(exhibit, phrase(language, "bundle.empty"), language)
    if exhibit.kind == "pdf" or data[:5] == b"%PDF-":
        return show_pdf(exhibit, data, language, known.hide)
    if exhibit.kind == "photo" or exhibit.media_type.startswith("image/") or data.startswith(SIGNATURES):
        taken = next((e.taken_on for e in case.evidence if e.attachment.sha256 == exhibit.sha256), "")
        return show_picture(exhibit, data, taken, language)
    name = _name(exhibit, case)
    if exhibit.media_type in PAGES or page_type(data, name):
        return show_page(exhibit, data, name, known, language)
    if exhibit.media_type == "message/rfc822":
        inner = read_mail(data, Place(file=name, position=1)).message
        return show_mail(exhibit, inner, data, known, language)
    if exhibit.media_type.startswith("text/"):
        return show_text(exhibit, data, language)
    return placeholder(exhibit, phrase(language, "bundle.no_page", kind=exhibit.media_type or "?"), language)


def _name(exhibit: Exhibit, case: CaseFile) -> str:
    """The file's name as it came; the title when Recours made the file itself."""
    found = (e.attachment.name for e in case.evidence if e.attachment.sha256 == exhibit.sha256)
    return next(found, "") or exhibit.title
