"""Words that must go, taken out of somebody else's PDF: each page that says some becomes a picture of itself, with the
words under black.  The picture has no text, so nothing is left to be read out of it; the other pages stay as they are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing

import pikepdf
import pypdfium2
import pypdfium2.raw
from PIL import ImageDraw

from recours.papers.masking import card_digits
from recours.papers.redaction import Redactor

SCALE = 150 / 72  # pixels a point
QUALITY = 80  # of JPEG
EDGE = 2  # pixels of black around a letter


def blacken(pdf: bytes, hide: Redactor) -> tuple[bytes, int]:
    """The PDF, and how many of its pages became pictures: those that say what ``hide`` takes out, or a card's number
    (of which the last four digits stay).  The same bytes and 0 when none does."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pictures = {n: found for n, page in enumerate(document) if (found := _picture(page, hide))}
    if not pictures:
        return pdf, 0
    with pikepdf.open(io.BytesIO(pdf)) as given, pikepdf.new() as made:
        for number, page in enumerate(given.pages):
            if number in pictures:
                _add(made, *pictures[number])
            else:
                made.pages.append(page)
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
    return out.getvalue(), len(pictures)


def _picture(
    page: pypdfium2.PdfPage, hide: Redactor
) -> tuple[bytes, tuple[int, int], tuple[float, float]] | None:
    """JPEG, its size and the page's size in points; None when the page says nothing that must go."""
    letters = page.get_textpage()
    if not any(_spans(letters.get_text_range(), hide)):
        return None
    # one character each, so that a place in the text is a place on the page
    text = "".join(_letter(letters, n) for n in range(letters.count_chars()))
    spans = list(_spans(text, hide)) or [(0, len(text))]  # every letter, should the place not be found again
    bitmap = page.render(scale=SCALE)
    picture, place = bitmap.to_pil().convert("RGB"), bitmap.get_posconv(page)
    pen = ImageDraw.Draw(picture)
    for start, end in spans:
        for number in range(start, end):
            left, bottom, right, top = letters.get_charbox(number, loose=True)
            corners = [place.to_bitmap(left, bottom), place.to_bitmap(right, top)]
            (x1, x2), (y1, y2) = (sorted(side) for side in zip(*corners, strict=True))
            if right > left and top > bottom:
                pen.rectangle((x1 - EDGE, y1 - EDGE, x2 + EDGE, y2 + EDGE), fill="black")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), picture.size, page.get_size()


def _letter(letters: pypdfium2.PdfTextPage, number: int) -> str:
    code = pypdfium2.raw.FPDFText_GetUnicode(letters, number)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _spans(text: str, hide: Redactor) -> Iterator[tuple[int, int]]:
    """Where the text says what must go."""
    # a line ends in two characters here; a hyphen that breaks a word is a sign of its own
    plain = text.replace("\r", " ").replace("\x02", "\n")
    for pattern, _ in hide.rules:
        yield from (found.span() for found in pattern.finditer(plain))
    yield from card_digits(plain)
    places = [n for n, letter in enumerate(plain) if not letter.isspace()]
    bare = "".join(plain[n] for n in places)
    for word in map(_bare, hide.certain):  # broken over lines, or set letter by letter
        yield from ((places[m.start()], places[m.end() - 1] + 1) for m in re.finditer(re.escape(word), bare))


def _bare(word: str) -> str:
    return "".join(word.split())


def _add(made: pikepdf.Pdf, jpeg: bytes, pixels: Sequence[int], points: Sequence[float]) -> None:
    """A page of the same size that holds nothing but the picture."""
    width, height = points
    picture = pikepdf.Stream(
        made,
        jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=pixels[0],
        Height=pixels[1],
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = made.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=made.make_indirect(picture)))
    page.Contents = pikepdf.Stream(made, f"q {width} 0 0 {height} 0 0 cm /Picture Do Q".encode())
