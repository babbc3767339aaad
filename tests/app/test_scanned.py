"""Receipts that only a picture shows: read where Tesseract is, marked, and never a fact before the person agrees."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
import typst
from PIL import ImageFilter
from PIL.Image import Image
from tests.mailboxes import Box, lamp_dispute
from tests.papers.cases import desk_on

from recours.app.add import add
from recours.app.answer import answer
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.reread import reread
from recours.app.sources import sources
from recours.app.verify_case import verify
from recours.law.facts import facts_of
from recours.money import Money
from recours.reading.ocr import SWITCH, recognised
from recours.reading.pdf import NO_TEXT

needs_tesseract = pytest.mark.skipif(
    not shutil.which("tesseract"), reason="needs tesseract-ocr and tesseract-ocr-fra"
)

RECEIPT = """#set page(width: 90mm, height: auto, margin: 8mm)
#set text(11pt)
Maison Béluga \\
1040, boul. Talbot, Chicoutimi QC G7H 4B5 \\
Facture de la commande BL-88412 \\
Date d'achat : 12 mai 2026

#grid(columns: (1fr, auto), row-gutter: 8pt,
 [1 x Cafetière à piston], [129,99 \\$], [Sous-total], [129,99 \\$], [TPS], [6,50 \\$], [TVQ], [12,97 \\$],
 [Total], [149,46 \\$])

Payé par Visa se terminant par 7316
"""


def scan() -> Image:
    """A receipt as a telephone takes it: a little askew, a little blurred, grey."""
    document = pypdfium2.PdfDocument(typst.compile(RECEIPT.encode()))
    page = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    turned: Image = page.rotate(1.0, fillcolor=255, expand=True).filter(ImageFilter.GaussianBlur(0.7))
    return turned


def as_(kind: str) -> bytes:
    out = io.BytesIO()
    scan().save(out, kind, quality=60) if kind == "JPEG" else scan().save(out, kind, resolution=200)
    return out.getvalue()


def without_payment() -> Box:
    """The broken lamp, but no mail says how it was paid."""
    box = lamp_dispute()
    box.mails = [m.replace(b" se terminant par 4417", b"").replace(b" par Visa", b"") for m in box.mails]
    return box


def opened(tmp_path: Path) -> Desk:
    desk = desk_on(tmp_path, "2026-07-20")
    open_case(desk, without_payment().write(tmp_path / "mail.mbox"), name="lamp")
    return desk


@needs_tesseract
@pytest.mark.parametrize("kind", ["JPEG", "PDF"])
def test_a_receipt_in_a_picture_is_read_and_its_facts_wait_for_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv(SWITCH, "on")
    desk = opened(tmp_path)
    before = desk.case("lamp").facts
    assert "payment.last4" not in before
    file = tmp_path / f"scan.{kind.lower()}"
    file.write_bytes(as_(kind))
    add(desk, "lamp", [file])
    case = desk.case("lamp")
    card = case.facts["payment.last4"]
    assert (card.value, card.status) == ("7316", "recognised")
    assert "payment.last4" not in facts_of(case)
    assert NO_TEXT not in {p.what for p in case.problems}
    told = next(p for p in sources(desk, "lamp", "fr").pieces if p.name == file.name)
    assert told.status == "taken" and "reconnus" in told.why and not told.problems
    assert not verify(desk, "lamp").problems
    answer(desk, "lamp", ["payment.last4=7316"])
    assert facts_of(desk.case("lamp"))["payment.last4"] == "7316"


@needs_tesseract
def test_a_clean_reading_wins_over_a_recognised_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "on")
    desk = opened(tmp_path)
    order = desk.case("lamp").facts["order.number"]
    (tmp_path / "scan.jpg").write_bytes(as_("JPEG"))
    add(desk, "lamp", [tmp_path / "scan.jpg"])
    assert desk.case("lamp").facts["order.number"].value == order.value


@needs_tesseract
def test_a_scan_that_hangs_on_a_mail_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "on")
    box = without_payment()
    mail = EmailMessage()
    mail["From"], mail["To"] = "Atelier Lumen <service@atelierlumen.example>", "jo.tremblay@maison.example"
    mail["Subject"], mail["Date"] = "Facture, commande AL-20417", "Tue, 14 Jul 2026 09:00:00 -0400"
    mail["Message-ID"] = "<scan@atelierlumen.example>"
    mail.set_content("Bonjour, voici la facture de la commande AL-20417.\n")
    mail.add_attachment(as_("PDF"), maintype="application", subtype="pdf", filename="facture.pdf")
    box.raw(mail.as_bytes())
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "mail.mbox"), name="lamp").case
    entry = next(e for e in case.entries if e.message.id == "scan@atelierlumen.example")
    assert "149,46" in entry.message.attachments[0].text and not entry.message.problems
    assert case.facts["payment.last4"].status == "recognised"


def test_without_the_program_a_scan_is_kept_named_and_read_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, "off")
    desk = opened(tmp_path)
    (tmp_path / "scan.pdf").write_bytes(as_("PDF"))
    add(desk, "lamp", [tmp_path / "scan.pdf"])
    case = desk.case("lamp")
    problem = next(p for p in case.problems if p.what == NO_TEXT)
    assert "tesseract-ocr" in problem.effect and "payment.last4" not in case.facts
    if shutil.which("tesseract"):
        monkeypatch.setenv(SWITCH, "on")
        assert reread(desk, "lamp").since
        assert desk.case("lamp").facts["payment.last4"].value == "7316"


def test_a_receipt_with_a_text_layer_gives_facts_at_once(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    (tmp_path / "receipt.pdf").write_bytes(typst.compile(RECEIPT.replace("BL-88412", "AL-20417").encode()))
    add(desk, "lamp", [tmp_path / "receipt.pdf"])
    case = desk.case("lamp")
    card = case.facts["payment.last4"]
    assert (card.value, card.status) == ("7316", "read")
    assert Money(Decimal("149.46"), "CAD") in [
        case.facts["order.total"].value, *(c.value for c in case.facts["order.total"].others)
    ]  # fmt: skip
    assert not verify(desk, "lamp").problems


@needs_tesseract
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image/jpeg", b"\xff\xd8\xff\xe0 not a picture"),
        ("image/png", b""),
        ("application/pdf", b"%PDF-1.7 broken"),
        ("image/heic", b"\x00\x00\x00\x18ftypheic"),
    ],
)
def test_what_cannot_be_opened_has_no_words(monkeypatch: pytest.MonkeyPatch, kind: str, data: bytes) -> None:
    monkeypatch.setenv(SWITCH, "on")
    assert recognised(kind, data) == ""


@needs_tesseract
def test_a_photo_of_a_thing_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "on")
    photo = Path("src/recours/demo/photo-1.jpg").read_bytes()
    assert recognised("image/jpeg", photo) == ""
