"""What a PDF says, as text with a form feed between pages."""

from __future__ import annotations

import pypdfium2

from recours.errors import Problem
from recours.reading.ocr import PACKAGES

MAX_PAGES = 200
MAX_CHARACTERS = 400_000


NO_TEXT = "the PDF holds pictures and no text"
UNREAD = f"kept and bound, not read (with Debian's {PACKAGES} it would be)"


def pdf_text(name: str, data: bytes) -> tuple[str, Problem | None]:
    """The text layer of a PDF ("" when it has none), and a Problem when it cannot be read.

    A scanned PDF has no text: it is kept as a picture, and that is said.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "it is locked by a password" if locked else "it is damaged"
        return "", Problem(where=name, what=f"the PDF cannot be read: {what}", effect="kept as it is")
    try:
        pages = []
        for number in range(min(len(document), MAX_PAGES)):
            try:
                pages.append(document[number].get_textpage().get_text_bounded().replace("\r\n", "\n"))
            except pypdfium2.PdfiumError:
                pages.append("")
        text = "\f".join(pages)[:MAX_CHARACTERS]
        if not text.strip("\f \n"):
            return "", Problem(where=name, what=NO_TEXT, effect=UNREAD)
        return text, None
    finally:
        document.close()
