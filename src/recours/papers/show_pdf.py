"""A PDF's bytes -> its pages as they are, forms and notes made part of them."""

from __future__ import annotations

import io

import pikepdf

from recours.papers.blacken import blacken
from recours.papers.metadata import bare_pdf
from recours.papers.redaction import NOTHING, Redactor
from recours.papers.shown import Rendered, Shown, placeholder
from recours.papers.types import Exhibit
from recours.papers.typesetting import sets
from recours.papers.wording import phrase
from recours.words import Language

MAX_PAGES = 400  # of one PDF; what is left out is said
_PROBE = """#set document(title: "t")
#for n in range(int(sys.inputs.text)) { image("probe.pdf", page: n + 1, width: 5cm, alt: "t") }"""


def show_pdf(exhibit: Exhibit, data: bytes, language: Language, hide: Redactor = NOTHING) -> Rendered:
    """An encrypted or broken file is said to be so; so are files that hide inside it, and pages on which words that
    ``hide`` takes out, or a card's number, were put under black."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
            inside = tuple(document.attachments)
            document.generate_appearance_streams()
            document.flatten_annotations("all")
            bare_pdf(document)
            if pages > MAX_PAGES:
                del document.pages[MAX_PAGES:]
            out = io.BytesIO()
            document.save(out, encryption=False, deterministic_id=True)
    except pikepdf.PasswordError:
        return placeholder(exhibit, phrase(language, "bundle.encrypted"), language)
    except (pikepdf.PdfError, ValueError, LookupError, TypeError, AttributeError, RuntimeError):
        return placeholder(exhibit, phrase(language, "bundle.broken"), language)
    shown = min(pages, MAX_PAGES)
    if not pages or not sets(_PROBE, str(shown), {"probe.pdf": out.getvalue()}, ()):
        return placeholder(exhibit, phrase(language, "bundle.broken"), language)
    notes = [phrase(language, "bundle.more_pages", count=pages - shown)] if pages > shown else []
    pages_, covered = blacken(out.getvalue(), hide)
    notes += [phrase(language, "redaction.covered_note", count=covered)] if covered else []
    notes += [phrase(language, "bundle.inside", names=", ".join(inside))] if inside else []
    name = f"{exhibit.label}.pdf"
    return Rendered(
        shown=Shown(
            label=exhibit.label,
            title=exhibit.title,
            kind="pages",
            sha256=exhibit.sha256,
            files=(name,),
            pages=shown,
            note=" ".join(notes),
        ),
        files={name: pages_},
        covered=covered,
    )
