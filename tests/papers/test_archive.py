"""A bundle with others' PDFs that an archive takes: PDF/A and PDF/UA, still searched and read aloud."""

from __future__ import annotations

import io
from pathlib import Path

import pdfua
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.papers.cases import lamp
from tests.papers.test_blacken import pdf

from recours.app.add import add
from recours.app.write_paper import bundle
from recours.papers.archive import archived
from recours.papers.shown import Rendered, Shown


def _standards(data: bytes) -> tuple[bool, bool]:
    """Claims PDF/A, claims PDF/UA."""
    with pikepdf.open(io.BytesIO(data)) as document:
        meta = document.Root.Metadata.read_bytes() if "/Metadata" in document.Root else b""
    return b"pdfaid" in meta, b"pdfuaid" in meta


@pytest.mark.parametrize("archive", [False, True])
def test_the_file_claims_what_it_holds(tmp_path: Path, archive: bool) -> None:
    desk, case = lamp(tmp_path)
    (tmp_path / "receipt.pdf").write_bytes(pdf("Facture AL-20417, total 217,30"))
    add(desk, case, [tmp_path / "receipt.pdf"])
    made = bundle(desk, case, archive=archive)
    assert _standards(made.pdf) == (archive, archive)
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.pdf)]
    assert sum("Facture AL-20417, total 217,30" in text for text in texts) == 1  # found by a search, once
    if archive:
        (tmp_path / "bundle.pdf").write_bytes(made.pdf)
        found = pdfua.validate(str(tmp_path / "bundle.pdf")).findings
        assert [f.message for f in found if f.severity > pdfua.Severity.INFO] == []


def test_what_is_under_black_has_no_words_under_the_picture(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    (tmp_path / "receipt.pdf").write_bytes(pdf("Visa 4111 1111 1111 1111"))
    add(desk, case, [tmp_path / "receipt.pdf"])
    made = bundle(desk, case, archive=True)
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.pdf)]
    assert not any("4111 1111" in text for text in texts)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_words_lie_where_the_picture_shows_them(rotate: int) -> None:
    given = pdf("Facture de Jo Tremblay", rotate=rotate)
    exhibit = Rendered(
        shown=Shown(label="P-1", title="x", kind="pages", sha256="", files=("P-1.pdf",), pages=1),
        files={"P-1.pdf": given},
    )
    made = archived(exhibit, "fr")
    ((placed,),) = made.shown.words
    picture = Image.open(io.BytesIO(made.files["P-1-1.jpg"])).convert("L")
    wide, high = picture.size
    box = (
        placed.x * wide,
        placed.y * high,
        (placed.x + placed.width) * wide,
        (placed.y + placed.height) * high,
    )
    assert placed.text == "Facture de Jo Tremblay"
    assert picture.crop(box).histogram()[:100] != [0] * 100  # ink
