"""A second look at an unchanged mailbox searches nothing; a changed one, or other words, are searched."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.mailboxes import ME, SHOP, Box

from recours.app import found
from recours.app.desk import Desk
from recours.app.erase import erase
from recours.app.look import Looker, look
from recours.app.notes import notes_file
from recours.app.open_case import open_case
from recours.clock import Clock
from recours.intake.from_mbox import Mailbox
from recours.reading.mime import triage
from recours.store.sqlite import Store


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Store(tmp_path / "cases.recours"), Clock(date(2026, 7, 1)))


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry each time that a mailbox is really looked at."""
    told: list[str] = []
    real = vars(found)["look_at"]

    def counted(*args: object) -> object:
        told.append("look")
        return real(*args)

    monkeypatch.setattr(found, "look_at", counted)
    return told


def _box() -> Box:
    box = Box()
    first = box.mail(SHOP, ME, "Order 77-4410 confirmed", "Thank you for your order 77-4410. Total: $120.00")
    box.mail(ME, SHOP, "Order 77-4410 is broken", "The lamp of order 77-4410 arrived broken. I want a refund.",
             reply_to=first)  # fmt: skip
    return box


def test_the_same_mailbox_is_looked_at_once(desk: Desk, tmp_path: Path, looks: list[str]) -> None:
    file = _box().write(tmp_path / "box.mbox")
    first, second = open_case(desk, file), open_case(desk, file)
    assert looks == ["look"]
    assert second.count == first.count
    assert second.case == first.case
    open_case(desk, file, about="lamp")
    assert len(looks) == 2


def test_a_mailbox_that_grew_is_looked_at_again(desk: Desk, tmp_path: Path, looks: list[str]) -> None:
    box = _box()
    open_case(desk, box.write(tmp_path / "box.mbox"))
    box.mail(SHOP, ME, "Re: Order 77-4410 is broken", "We refuse to refund order 77-4410.")
    assert open_case(desk, box.write(tmp_path / "box.mbox")).new_messages == 1
    assert len(looks) == 2


def test_what_is_kept_holds_no_text_is_private_and_goes_with_the_case(desk: Desk, tmp_path: Path) -> None:
    box = _box()
    box.mail("Anne <anne@friends.example>", ME, "Dinner", "Shall we meet on Friday at the harbour?")
    opened = open_case(desk, box.write(tmp_path / "box.mbox"))
    shelf, notes = found.shelf_file(desk.store.path), notes_file(desk.store.path)
    assert notes.exists()
    assert b"harbour" not in shelf.read_bytes()
    assert b"arrived broken" not in shelf.read_bytes()
    assert os.name == "nt" or shelf.stat().st_mode & 0o077 == 0
    erase(desk, opened.case.id, opened.case.id)
    assert not shelf.exists()
    assert not notes.exists()


def test_a_damaged_shelf_costs_time_only(desk: Desk, tmp_path: Path, looks: list[str]) -> None:
    file = _box().write(tmp_path / "box.mbox")
    open_case(desk, file)
    found.shelf_file(desk.store.path).write_bytes(b"\x93\x00")
    assert open_case(desk, file).was_open
    assert len(looks) == 2


def test_the_beginning_of_a_long_mail_gives_the_same_headline(tmp_path: Path) -> None:
    box = Box()
    for body in ("short", "Order 77-4410 is broken. " * 9000):
        box.mail(ME, SHOP, "Lamp", body)
    attached = b"".join(b"QUFB" * 19 + b"\n" for _ in range(4000))
    box.raw(
        b"From: a@b.example\nTo: c@d.example\nSubject: photos\nMessage-ID: <long@b.example>\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nSee the photo.\n'
        b'--x\nContent-Type: image/jpeg; name="p.jpg"\nContent-Transfer-Encoding: base64\n\n'
        + attached
        + b"--x--\n"
    )
    box.raw(b"From: a@b.example\nSubject: nameless\n\n" + b"word " * 30000 + b"\n")
    mailbox = Mailbox(box.write(tmp_path / "box.mbox"))
    whole = [triage(m.content, m.place) for m in mailbox]
    assert [line.body[:14] for line in whole][2:] == ["See the photo.", "word word word"]
    lines, looker = [one.line for one in look(mailbox, lambda *_: None, workers=1)], Looker(mailbox.reader)
    assert [replace(line, body=looker.text(line)) for line in lines] == whole
    assert not any(line.body for line in lines)
