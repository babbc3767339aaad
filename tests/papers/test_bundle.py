"""The bundle: every exhibit is there, every page stamped, every link right, what cannot be shown said."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on, lamp

from recours.app.add import add
from recours.app.open_case import open_case
from recours.app.write_paper import bundle
from recours.papers import verify
from recours.papers.bundle import Bundle, bind
from recours.papers.exhibits_list import list_exhibits
from recours.papers.types import PageMap
from recours.papers.verify import BundleFaultError, prove


def picture(mode: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (90, 120, 150)).save(out, mode)
    return out.getvalue()


def pdf(pages: int, password: str = "") -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


FILES = {
    "photo.jpg": picture(),
    "capture.png": picture("PNG", (3000, 200)),
    "contrat.pdf": pdf(3),
    "secret.pdf": pdf(1, "motdepasse"),
    "cassee.jpg": picture()[:90],
    "tronque.pdf": b"%PDF-1.7\n1 0 obj <<",
    "notes.txt": "Carte 4111 1111 1111 1111 \N{GRINNING FACE}\n".encode(),
    "archive.zip": b"PK\x03\x04rien",
}


def bound(folder: Path) -> tuple[Bundle, int]:
    desk, case = lamp(folder)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    add(desk, case, [folder / name for name in FILES])
    from recours.app.originals import originals

    file = desk.case(case)
    exhibits = list_exhibits(file)
    made = bind(file, exhibits, originals(desk, desk.history(case)), "fr", desk.today)
    return made, len(exhibits)


def pages_of(made: Bundle) -> list[str]:
    return texts(made.pdf)


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(p.get_textpage().get_text_range().split()) for p in document]
    finally:
        document.close()


def test_everything_is_there_and_what_cannot_be_shown_says_so(tmp_path: Path) -> None:
    made, count = bound(tmp_path)
    pages = pages_of(made)
    keys = [key for key, *_ in made.page_map.sections]
    assert keys == ["cover", "contents", "timeline", *(f"P-{n}" for n in range(1, count + 1)), "manifest"]
    assert len(made.problems) == 4
    named = " ".join(p.where for p in made.problems)
    for name in ("secret.pdf", "cassee.jpg", "tronque.pdf", "archive.zip"):
        assert name in named
        assert any(name in page and "ne peut pas être montrée" in page for page in pages)
    for data in FILES.values():
        assert any(
            hashlib.sha256(data).hexdigest() in page.replace("\u200b", "").replace(" ", "") for page in pages
        )


def test_a_pdf_keeps_its_pages_and_a_card_number_is_masked(tmp_path: Path) -> None:
    made, _ = bound(tmp_path)
    counts = {title: count for _, title, _, count in made.page_map.sections}
    assert next(count for title, count in counts.items() if "contrat.pdf" in title) == 3
    whole = " ".join(pages_of(made))
    assert "4111 1111" not in whole
    assert (
        "•••• 1111 [grinning face]" in whole or "•••• 1111 \N{GRINNING FACE}" in whole
    )  # a font of the system


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    assert bundle(desk, case).pdf == bundle(desk, case).pdf


@pytest.mark.parametrize("apart", [False, True])
def test_a_file_that_does_not_match_its_map_is_not_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: bool
) -> None:
    """A large file is read by several processes, and judged alike."""
    made, _ = bound(tmp_path)
    monkeypatch.setattr(verify, "APART", 1 if apart else 1000)
    with pytest.raises(BundleFaultError, match="page 4 still says"):
        prove(made.pdf, made.page_map, [], "fr", lengths={}, gone=[texts(made.pdf)[3].split()[0]])
    prove(made.pdf, made.page_map, [], "fr", lengths={})
    key, title, first, count = made.page_map.sections[3]
    moved = PageMap(
        sections=(*made.page_map.sections[:3], (key, title, first + 1, count), *made.page_map.sections[4:]),
        total=made.page_map.total,
    )
    with pytest.raises(BundleFaultError):
        prove(made.pdf, moved, [], "fr", lengths={})
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        del document.pages[5]
        out = io.BytesIO()
        document.save(out)
    with pytest.raises(BundleFaultError):
        prove(out.getvalue(), made.page_map, [], "fr", lengths={})


def test_bytes_that_changed_are_not_shown_as_the_original(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(picture())
    add(desk, case, [tmp_path / "photo.jpg"])
    file = desk.case(case)
    exhibits = list_exhibits(file)
    made = bind(file, exhibits, lambda _: b"other bytes", "en", desk.today)
    assert [p.what for p in made.problems] == ["the bytes do not match the hash"] * len(exhibits)
    told = [page for page in pages_of(made) if "could not be checked: the bytes do not match" in page]
    assert len(told) == sum(
        1 for e in exhibits if e.message
    )  # a message is shown as it was read, and says so


def test_a_mail_whose_lines_an_mbox_quotes_is_proved_by_the_bytes_that_are_kept(tmp_path: Path) -> None:
    """Old bug: the exhibit bore the hash of the unquoted mail, which is not the original's."""
    box = lamp_dispute()
    box.mail(
        ME, SHOP, "Re: Commande AL-20417 : lampe brisée", "Bonjour,\n\nFrom memory, I paid in June.\n\nJo"
    )
    assert b"\nFrom memory" in box.mails[-1]
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "mail.mbox")).case.id
    made = bundle(desk, case)
    assert made.problems == ()
    assert any("From memory" in page and ">From" not in page for page in texts(made.pdf))


def test_every_header_is_printed_when_asked(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    plain, whole = (texts(bundle(desk, case, headers=asked).pdf) for asked in (False, True))
    assert not any("Delivered-To: jo.tremblay" in page for page in plain)
    shown = [page for page in whole if "Delivered-To: jo.tremblay" in page and "Message-ID: <" in page]
    assert len(shown) >= sum(1 for e in desk.case(case).dispute if e.message.kind == "mail")
