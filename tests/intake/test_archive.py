"""Zip archives, .emlx, mixed folders: the same messages, nothing outside, nothing skipped in silence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mailboxes import lamp_dispute, quiet

from recours.app.look import look
from recours.intake import archive
from recours.intake.archive import BadArchiveError, safe_name
from recours.intake.errors import EmptyMailboxError
from recours.intake.from_mbox import Mailbox


def contents(box: Mailbox) -> list[bytes]:
    return [raw.content for raw in box]


def test_a_zip_holds_the_same_messages_as_its_mbox(tmp_path: Path) -> None:
    plain = lamp_dispute().write(tmp_path / "mail.mbox")
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.write(plain, "Takeout/Mail/All mail.mbox")
        made.writestr("Takeout/photo.jpg", b"\xff\xd8\xff\xe0 photo")
    box = Mailbox(tmp_path / "takeout.zip")
    assert contents(box) == contents(Mailbox(plain))
    assert box.others == ("Takeout/photo.jpg",)
    assert next(iter(box)).place.file == "Takeout/Mail/All mail.mbox"


def test_an_emlx_is_the_message_within(tmp_path: Path) -> None:
    mail = quiet().mails[0]
    (tmp_path / "1.emlx").write_bytes(b"%d\n" % len(mail) + mail + b'<?xml version="1.0"?><plist></plist>\n')
    assert contents(Mailbox(tmp_path / "1.emlx")) == [mail]


def test_a_mixed_folder_just_works(tmp_path: Path) -> None:
    folder = tmp_path / "dropped"
    folder.mkdir()
    quiet().write(folder / "a.mbox")
    (folder / "b.eml").write_bytes(quiet().mails[0])
    (folder / "notes.txt").write_text("rien", encoding="utf-8")
    box = Mailbox(folder)
    assert len(contents(box)) == len(quiet().mails) + 1
    assert box.others == ("notes.txt",)


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/root/x.mbox", "root/x.mbox"),
        ("C:\\Users\\me\\x.eml", "C_/Users/me/x.eml"),
        ("a\x00b\n.mbox", "a_b_.mbox"),
        ("..", "member-7"),
        ("", "member-7"),
    ],
)
def test_names_stay_inside(name: str, inside: str) -> None:
    assert safe_name(name, 7) == inside


@given(st.text(max_size=12_000))
def test_no_name_leaves_the_folder(name: str) -> None:
    found = Path("/store") / safe_name(name, 1)
    assert found.resolve().is_relative_to("/store")
    assert len(str(found)) < 1_200


def test_a_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb.mbox", b"\0" * (200 * 2**20))
    with pytest.raises(BadArchiveError, match="would grow"):
        Mailbox(tmp_path / "bomb.zip")


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as made:
        for n in range(5):
            made.writestr(f"{n}.eml", b"From: a@b.example\nSubject: x\n\nx\n")
    with pytest.raises(BadArchiveError, match="5 files"):
        Mailbox(tmp_path / "many.zip")


def test_a_damaged_archive_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.mbox", b"From x\n" * 1000)
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[40:60] = b"\xff" * 20
    (tmp_path / "a.zip").write_bytes(bytes(data))
    with pytest.raises(BadArchiveError):
        Mailbox(tmp_path / "a.zip")


def test_an_archive_without_mail_is_an_empty_mailbox(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.txt", "x")
    with pytest.raises(EmptyMailboxError):
        Mailbox(tmp_path / "a.zip")


def test_two_processes_see_what_one_sees(tmp_path: Path) -> None:
    box = lamp_dispute().write(tmp_path / "mail.mbox")
    seen: list[int] = []
    one = look(Mailbox(box), lambda _s, done, _t: seen.append(done), workers=1)
    two = look(Mailbox(box), lambda *_: None, workers=2)
    assert one == two
    assert seen == sorted(seen) and seen[-1] == box.stat().st_size
