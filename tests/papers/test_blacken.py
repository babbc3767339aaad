"""Words that must go are read nowhere in somebody else's PDF, and stand under black in its picture."""

from __future__ import annotations

import io
import re
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
from tests.papers.cases import lamp

from recours.app.add import add
from recours.app.write_paper import bundle
from recours.papers.blacken import blacken
from recours.papers.redaction import NOTHING, Redactor

PAGE = '#set page(width: 300pt, height: 200pt, margin: 30pt)\n#set text(font: "Libertinus Serif")\n'
HIDE = Redactor(((re.compile(r"Jo\s+Tremblay"), "[nom]"),), ("names",), ("Jo Tremblay",))


def pdf(*pages: str, rotate: int = 0) -> bytes:
    made = typst.compile((PAGE + "\n#pagebreak()\n".join(pages)).encode())
    assert isinstance(made, bytes)
    with pikepdf.open(io.BytesIO(made)) as document:
        for page in document.pages:
            page.Rotate = rotate
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_a_pdf_that_says_nothing_hidden_stays_as_it_is() -> None:
    data = pdf("Facture 12 de la lampe", "Merci")
    assert blacken(data, HIDE) == (data, 0)


@pytest.mark.parametrize("said", ["Facture de Jo Tremblay, Granby", "Jo \\ Tremblay", "J o T r e m b l a y"])
def test_the_page_that_says_it_becomes_a_picture(said: str) -> None:
    made, covered = blacken(pdf("Conditions", said), HIDE)
    assert covered == 1
    first, second = texts(made)
    assert "Conditions" in first and second == ""
    assert b"Tremblay" not in made
    with pikepdf.open(io.BytesIO(made)) as document:
        assert [round(float(x)) for x in document.pages[1].mediabox] == [0, 0, 300, 200]
        assert not any(
            b"Tremblay" in thing.read_bytes()
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image"
        )


@pytest.mark.parametrize("rotate", [0, 90, 180])
def test_the_black_lies_on_the_words(rotate: int) -> None:
    """The words stand in grey: none of their grey is left where they stood, and what stands beside them is."""
    made, _ = blacken(
        pdf("#text(fill: rgb(200, 0, 0))[Jo Tremblay] #text(fill: rgb(0, 0, 200))[12]", rotate=rotate), HIDE
    )
    with closing(pypdfium2.PdfDocument(made)) as document:
        picture = document[0].render(scale=2).to_pil().convert("RGB")
    colours = [picture.getpixel((x, y)) for x in range(picture.width) for y in range(picture.height)]
    seen = [c for c in colours if isinstance(c, tuple)]
    assert not [c for c in seen if c[0] > 150 and c[1] < 80 and c[2] < 80]
    assert [c for c in seen if c[2] > 150 and c[0] < 80 and c[1] < 80]


def test_a_card_s_number_goes_but_for_its_last_four_digits() -> None:
    made, covered = blacken(pdf("Visa 4111 1111 1111 1111, merci"), NOTHING)
    assert covered == 1 and texts(made) == [""]
    with closing(pypdfium2.PdfDocument(made)) as document:
        picture = document[0].render(scale=2).to_pil().convert("L")
    assert (
        sum(picture.getpixel((x, y)) == 0 for x in range(picture.width) for y in range(picture.height)) > 1000
    )


def test_a_receipt_in_the_bundle_says_no_card_and_tells_what_was_done(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    (tmp_path / "receipt.pdf").write_bytes(pdf("Visa 4111 1111 1111 1111"))
    add(desk, case, [tmp_path / "receipt.pdf"])
    whole = " ".join(texts(bundle(desk, case, "fr").pdf))
    assert "4111 1111" not in whole and "ces mots noircis" in whole
