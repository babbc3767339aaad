"""Zip archives, .emlx, mixed folders: the same messages, nothing outside, nothing skipped in silence."""

from __future__ import annotations

import gc
import os
import time
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
    assert [file.name for file in box.others] == ["Takeout/photo.jpg"]
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
    assert [file.name for file in box.others] == ["notes.txt"]


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


def packed(file: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return file


def test_an_export_in_several_archives_is_one_mailbox(tmp_path: Path) -> None:
    """Old bug: archives in a folder were passed over."""
    one, two = quiet().mails[:2]
    folder, scratch = tmp_path / "Downloads", tmp_path / "store"
    folder.mkdir()
    packed(folder / "takeout-001.zip", ("Takeout/a.eml", one), ("Takeout/photo.jpg", b"\xff\xd8\xff\xe0"))
    inner = packed(tmp_path / "inner.zip", ("b.eml", two)).read_bytes()
    packed(folder / "takeout-002.zip", ("more/inner.zip", inner))
    packed(folder / "letter.docx", ("[Content_Types].xml", b"<x/>"), ("c.eml", one))
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 not much")
    packed(folder / "bomb.zip", ("d.eml", b"\x00" * 30_000_000))
    told: list[tuple[str, int, int]] = []
    box = Mailbox(folder, scratch, lambda *step: told.append(step))
    assert contents(box) == [one, two]
    assert [file.name for file in box.files] == [
        "takeout-001.zip/Takeout/a.eml",
        "takeout-002.zip/more/inner.zip/b.eml",
    ]
    assert {file.name for file in box.others} == {
        "bomb.zip",
        "broken.zip",
        "letter.docx",
        "takeout-001.zip/Takeout/photo.jpg",
    }
    assert [(one.name, "grow" in one.why["en"]) for one in box.unread] == [("bomb.zip", True)]
    assert all(stage == "unpack" and 0 < done <= total for stage, done, total in told)
    assert list(scratch.iterdir())
    del box
    gc.collect()
    assert list(scratch.iterdir()) == []


def test_archives_are_opened_two_deep_and_no_deeper(tmp_path: Path) -> None:
    mail = quiet().mails[0]
    deep = packed(tmp_path / "0.zip", ("a.eml", mail))
    for n in (1, 2):
        deep = packed(tmp_path / f"{n}.zip", ("mail.eml", mail), (f"{n - 1}.zip", deep.read_bytes()))
    box = Mailbox(deep)
    assert [file.name for file in box.files] == ["1.zip/mail.eml", "mail.eml"]
    assert [file.name for file in box.others] == ["1.zip/0.zip"]


def test_an_archive_is_not_unpacked_where_there_is_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = packed(tmp_path / "a.zip", ("a.eml", quiet().mails[0]))
    monkeypatch.setattr(archive, "ROOM", 2**62)
    with pytest.raises(BadArchiveError, match="0 MB are free"):
        Mailbox(file, tmp_path / "store")
    assert list((tmp_path / "store").iterdir()) == []


def test_an_unchanged_archive_is_known_again_wherever_it_was_unpacked(tmp_path: Path) -> None:
    file = packed(tmp_path / "a.zip", ("a.eml", quiet().mails[0]))
    before = Mailbox(file).fingerprint
    assert Mailbox(file, tmp_path / "elsewhere").fingerprint == before
    packed(tmp_path / "a.zip", ("a.eml", quiet().mails[1]))
    assert Mailbox(file).fingerprint != before


def test_what_a_run_that_was_broken_off_had_unpacked_goes_after_a_day(tmp_path: Path) -> None:
    for name, age in (("recours-unpacked-old", 90_000), ("recours-unpacked-new", 60), ("other", 90_000)):
        (tmp_path / name).mkdir()
        when = time.time() - age
        os.utime(tmp_path / name, (when, when))
    Mailbox(packed(tmp_path / "a.zip", ("a.eml", quiet().mails[0])), tmp_path)
    assert {p.name for p in tmp_path.iterdir()} >= {"recours-unpacked-new", "other", "a.zip"}
    assert not (tmp_path / "recours-unpacked-old").exists()
