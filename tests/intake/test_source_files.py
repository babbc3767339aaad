"""The files of a source: all of them, once, in the order of their names; links are not followed."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from recours.intake.from_mbox import Mailbox
from recours.intake.signature import media_type
from recours.intake.sources import Reader, source_files
from recours.intake.types import Place

MAIL = b"From: a@b.example\nSubject: x\nMessage-ID: <%d@b.example>\n\nHello\n"


def _folder(path: Path) -> Path:
    for n, name in enumerate(("b/2.eml", "a b/1.eml", "a/x.eml", "a.eml", "é.eml", "b/.hidden.eml")):
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(MAIL % n)
    return path


def test_every_file_in_the_order_of_names(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "mails")
    told = [f.name for f in source_files(folder)]
    assert told == [str(p.relative_to(folder)) for p in sorted(folder.rglob("*")) if p.is_file()]
    assert len(told) == 6


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "mails")
    (folder / "again").symlink_to(folder)
    (folder / "one.eml").symlink_to(folder / "a.eml")
    assert len(list(source_files(folder))) == 6


def test_a_reader_goes_to_another_process_and_reads_there(tmp_path: Path) -> None:
    mailbox = Mailbox(_folder(tmp_path / "mails"))
    there: Reader = pickle.loads(pickle.dumps(mailbox.reader))
    assert [there.read(p) for p in mailbox.places()] == list(mailbox)
    place = Place(file="a.eml", length=len(MAIL % 3))
    assert there.beginning(place, 9).data == b"From: a@b"
    assert not there.beginning(place, 9).is_whole
    assert there.beginning(place, 9000).is_whole


def test_the_fingerprint_changes_with_any_file(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "mails")
    before = Mailbox(folder).fingerprint
    assert Mailbox(folder).fingerprint == before
    (folder / "a.eml").write_bytes(MAIL % 33)
    after = Mailbox(folder).fingerprint
    assert after != before
    (folder / "a.eml").rename(folder / "c.eml")
    assert Mailbox(folder).fingerprint != after


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"From: a@b.example\nSubject: x\n\nbody", "message/rfc822"),
        (b"From: a@b.example\r\nSubject: x\r\n\r\nbody", "message/rfc822"),
        (b"From: a@b.example\n\nSubject: in the body\nTo: too\n", "text/plain"),
        (b"Note: call them\nOrder: 12\n", "text/plain"),
    ],
)
def test_a_mail_has_two_headers_above_its_first_empty_line(head: bytes, kind: str) -> None:
    assert media_type(head) == kind


def test_a_folder_that_may_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in.eml").write_bytes(b"From: a@x.example\nTo: b@y.example\n\nHello\n")
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    box = Mailbox(tmp_path)
    assert [place.file for place in box.places()] == ["in.eml"]
    assert [file.name for file in box.others] == ["closed"]
