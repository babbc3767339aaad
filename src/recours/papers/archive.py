"""Others' PDF pages as pictures of themselves with their words under them, for a bundle that an archive takes.

A page of somebody else's PDF brings its own fonts, colours and no tags, so that the file around it can claim no standard.
Its picture can: nothing of it is foreign.  Its words are set where they stand, in ink that is not seen, so that the page
can still be searched and read aloud.  Asked for only: a picture is larger, and not as sharp when it is enlarged.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing

import msgspec
import pypdfium2

from recours.papers.blacken import QUALITY, SCALE
from recours.papers.shown import Placed, Rendered, clean
from recours.papers.wording import phrase
from recours.words import Language

DOTS = round(SCALE * 72)  # to the inch


def archived(one: Rendered, language: Language) -> Rendered:
    """An exhibit of PDF pages as pictures with their words; any other as it is."""
    if one.shown.kind != "pages":
        return one
    (source,) = one.shown.files
    files: dict[str, bytes] = {}
    words: list[tuple[Placed, ...]] = []
    with closing(pypdfium2.PdfDocument(one.files[source])) as document:
        for number, page in enumerate(document, 1):
            bitmap = page.render(scale=SCALE)
            files[f"{one.shown.label}-{number}.jpg"] = _picture(bitmap)
            words.append(tuple(_words(page, bitmap)))
            page.close()
    note = phrase(language, "bundle.as_pictures", dots=DOTS)
    shown = msgspec.structs.replace(
        one.shown,
        kind="picture",
        files=tuple(files),
        pages=0,
        words=tuple(words),
        note=" ".join(filter(None, (one.shown.note, note))),
    )
    return msgspec.structs.replace(one, shown=shown, files=files)


def _picture(bitmap: pypdfium2.PdfBitmap) -> bytes:
    out = io.BytesIO()
    bitmap.to_pil().convert("RGB").save(out, "JPEG", quality=QUALITY, dpi=(DOTS, DOTS))
    return out.getvalue()


def _words(page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap) -> Iterator[Placed]:
    """Each run of the page's words, where it stands in the picture, in shares of its width and height."""
    place, letters = bitmap.get_posconv(page), page.get_textpage()
    for number in range(letters.count_rects()):
        left, bottom, right, top = letters.get_rect(number)
        text = " ".join(letters.get_text_bounded(left, bottom, right, top).split())
        corners = [place.to_bitmap(left, bottom), place.to_bitmap(right, top)]
        (x1, x2), (y1, y2) = (sorted(side) for side in zip(*corners, strict=True))
        if text and x2 > x1 and y2 > y1:
            yield Placed(
                text=clean(text),
                x=x1 / bitmap.width,
                y=y1 / bitmap.height,
                width=(x2 - x1) / bitmap.width,
                height=(y2 - y1) / bitmap.height,
            )
