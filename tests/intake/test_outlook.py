"""Outlook's .msg: the mail in it is read like any other; the file itself stays the evidence."""

from __future__ import annotations

import email
import email.policy
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.outlook_file import compound, message, storage
from tests.papers.cases import desk_on, lamp

from recours.app.add import add
from recours.app.open_case import open_case
from recours.app.verify_case import verify
from recours.intake.errors import NotAMailboxError
from recours.intake.from_mbox import Mailbox
from recours.intake.outlook import DEEPEST, is_message, mail_of
from recours.intake.types import Place
from recours.papers.mail_view.pictures import carried_by
from recours.reading.mime import read_mail

SENT = datetime(2026, 7, 10, 13, 30, tzinfo=UTC)
SHOP = ("Atelier Lumen", "service@atelierlumen.example")
ME = ("Jo Tremblay", "jo.tremblay@maison.example")
REFUSAL = "Bonjour,\r\n\r\nNous refusons tout remboursement de la commande AL-20417.\r\n\r\nMarc"
HEADERS = (
    "Received: from mail.atelierlumen.example by mx.maison.example; Fri, 10 Jul 2026 13:30:00 +0000\r\n"
    "From: Atelier Lumen <service@atelierlumen.example>\r\nTo: Jo Tremblay <jo.tremblay@maison.example>\r\n"
    "Subject: Re: Commande AL-20417\r\n : suite\r\nDate: Fri, 10 Jul 2026 09:30:00 -0400\r\n"
    "Message-ID: <m1@atelierlumen.example>\r\nContent-Type: multipart/alternative; boundary=gone\r\n\r\n"
)


def read(data: bytes) -> object:
    return read_mail(mail_of(data), Place(file="x.msg")).message


def test_transport_headers_are_the_mail_s_own() -> None:
    data = message(subject="other", body=REFUSAL, headers=HEADERS, sender=SHOP, sent=SENT)
    assert is_message(data)
    found = read_mail(mail_of(data), Place(file="x.msg")).message
    assert found.id == "m1@atelierlumen.example" and found.subject == "Re: Commande AL-20417 : suite"
    assert found.sender.email == SHOP[1] and found.to[0].email == ME[1]
    assert found.date and found.date.isoformat() == "2026-07-10T09:30:00-04:00"
    assert "Nous refusons tout remboursement" in found.text and "gone" not in found.text


def test_without_them_outlook_s_fields_make_the_head() -> None:
    data = message(subject="Ma réponse", body="Bonjour", sender=ME, to=SHOP, sent=SENT)
    found = read_mail(mail_of(data), Place(file="x.msg")).message
    assert (found.subject, found.sender.email, found.to[0].email) == ("Ma réponse", ME[1], SHOP[1])
    assert found.date == SENT


def test_html_and_attachments_come_along() -> None:
    files = {"../../facture é.pdf": b"%PDF-1.4 x" * 90, "b.bin": b"\x00\x01"}
    data = message(subject="s", html="<p>Bonjour <b>Jo</b></p><script>x()</script>", sender=SHOP, files=files)
    parsed = read_mail(mail_of(data), Place(file="x.msg"))
    assert "Bonjour" in parsed.message.text and "x()" not in parsed.message.text
    assert set(parsed.parts.values()) >= set(files.values())


def test_a_picture_that_the_html_shows_keeps_its_name_and_other_files_none() -> None:
    html = '<p>Bonjour</p><img src="CID:image001.png@01DB.5F">'
    ids = {"logo.png": "image001.png@01DB.5F", "photo.png": "<other@x>", "odd.png": "a\r\nX-Evil: 1"}
    files = dict.fromkeys(ids, b"\x89PNG")
    mail = mail_of(message(subject="s", html=html, sender=SHOP, files=files, ids=ids))
    assert carried_by(mail).named == {"image001.png@01DB.5F": b"\x89PNG"}
    inline = {a.name for a in read_mail(mail, Place(file="x.msg")).message.attachments if a.inline}
    assert inline == {"logo.png"}


def test_a_mail_attached_to_a_mail_is_read_as_one() -> None:
    inner = storage(
        subject="Commande AL-20417", body=REFUSAL, sender=SHOP, to=ME, sent=SENT, files={"a.txt": b"prix"}
    )
    middle = storage(subject="TR: Commande", body="Voir plus bas", sender=ME, inside=inner)
    mail = mail_of(
        message(subject="TR: TR: Commande", body="Voici", sender=ME, files={"b.bin": b"\x01"}, inside=middle)
    )
    parsed = email.message_from_bytes(mail, policy=email.policy.default)
    assert [p["subject"] for p in parsed.walk() if p["subject"]] == [
        "TR: TR: Commande",
        "TR: Commande",
        "Commande AL-20417",
    ]
    assert b"Nous refusons tout remboursement" in mail
    found = read_mail(mail, Place(file="x.msg"))
    assert b"\x01" in found.parts.values()
    assert any(b"Commande AL-20417" in part for part in found.parts.values())  # the attached mail, whole


def test_what_lies_too_deep_is_named_and_nothing_breaks() -> None:
    inside = storage(subject="last", body="x")
    for n in range(DEEPEST + 5):
        inside = storage(subject=f"level {n}", inside=inside)
    mail = mail_of(message(subject="top", inside=inside))
    assert mail.count(b"Subject: level") == DEEPEST and b"(not read)" in mail


def test_html_that_is_not_in_its_encoding_is_read_all_the_same() -> None:
    data = message(
        subject="s", html="<p>Réponse: remboursé</p>", sender=SHOP, codepage=20127
    )  # US-ASCII, it says
    assert "remboursé" in read_mail(mail_of(data), Place(file="x.msg")).message.text


def test_an_encoding_that_nobody_knows_breaks_nothing() -> None:
    assert mail_of(message(subject="s", html="<p>x</p>", sender=SHOP, codepage=99999)) is not None


def test_a_msg_is_added_to_a_case_and_proved(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    data = message(subject="Re: Commande AL-20417", body=REFUSAL, headers=HEADERS)
    (tmp_path / "refus.msg").write_bytes(data)
    (kept,) = add(desk, case, [tmp_path / "refus.msg"]).kept
    assert kept.item == "mail" and kept.sha256 == hashlib.sha256(data).hexdigest()
    entry = next(e for e in desk.case(case).entries if e.message.id == "m1@atelierlumen.example")
    assert "refuse" in {a.act for a in entry.acts}
    assert verify(desk, case).problems == ()
    assert desk.store.blob(kept.sha256) == data


def test_a_folder_of_msg_files_is_a_mailbox(tmp_path: Path) -> None:
    folder = tmp_path / "outlook"
    folder.mkdir()
    order = "Merci pour votre commande AL-20417.\r\nLampe Orion\r\nTotal 217,30 $ CAD\r\n"
    complaint = "Bonjour, la lampe de la commande AL-20417 est arrivée brisée. Je demande un remboursement."
    for n, (who, to, text) in enumerate([(SHOP, ME, order), (ME, SHOP, complaint), (SHOP, ME, REFUSAL)]):
        sent = SENT.replace(day=1 + n)
        data = message(subject="Commande AL-20417", body=text, sender=who, to=to, sent=sent)
        (folder / f"{n}.msg").write_bytes(data)
    (folder / "report.doc").write_bytes(compound({"WordDocument": b"x" * 600}))
    assert [file.name for file in Mailbox(folder).others] == ["report.doc"]
    opened = open_case(desk_on(tmp_path, "2026-07-20"), folder)
    assert opened.count.messages == 3 and len(opened.case.dispute) == 3


def test_an_office_document_is_no_mail(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(compound({"WordDocument": b"x" * 600}))
    with pytest.raises(NotAMailboxError):
        Mailbox(tmp_path / "a.doc")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_never_breaks_the_reader(data: st.DataObject) -> None:
    whole = bytearray(message(subject="s", body=REFUSAL, headers=HEADERS, files={"a": b"x" * 300}))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    read(bytes(whole))
    read(bytes(whole[:cut]))
