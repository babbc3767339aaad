"""Mails and files made to harm: each is read as far as it goes, stays where it is, and what was not read is named.

A longer run on any bytes: HYPOTHESIS_MAX=100000 pytest tests/intake/test_fuzz.py tests/reading/test_tnef.py
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from recours.intake.archive import BadArchiveError
from recours.intake.from_mbox import Mailbox
from recours.intake.types import Place
from recours.reading.mime import Parsed, read_mail, triage

HEAD = b"From: a@b.example\nTo: c@d.example\nSubject: s\nMessage-ID: <1@b.example>\nMIME-Version: 1.0\n"
DATE = b"Date: Fri, 10 Jul 2026 13:30:00 +0000\n"


def read(mail: bytes) -> Parsed:
    parsed = read_mail(mail, Place(file="x"))
    assert triage(mail, Place(file="x")).id == parsed.message.id == "1@b.example"
    return parsed


def attached(name: str) -> bytes:
    return (
        HEAD
        + DATE
        + b'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="'
        + name.encode()
        + b'"\n\nx\n'
    )


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "C:\\Windows\\system32\\x.dll",
        "/root/.ssh/authorized_keys",
        "a\x00b\x07c.pdf",
        "x" * 10_000 + ".pdf",
        "..",
        "\u202efdp.exe",
    ],
)
def test_the_name_of_an_attachment_is_a_short_name_without_folders(name: str) -> None:
    (found,) = read(attached(name)).message.attachments
    assert len(found.name) <= 200
    assert not set("/\\\x00\x07") & set(found.name) or found.name == found.media_type


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (HEAD + b"\nhi\n", "it has no date"),
        (HEAD + b"Date: Fri, 10 Jul 2026 13:30:00\n\nhi\n", "names no time zone"),
        (HEAD + b"Date: Fri, 10 Jul 2087 13:30:00 +0000\n\nhi\n", "2087"),
        (HEAD + b"Date: Thu, 31 Feb 2026 99:99:99 +9900\n\nhi\n", "31 Feb"),
        (HEAD + DATE + b"Content-Type: text/plain; charset=nonesuch\n\nhi\n", "unknown charset 'nonesuch'"),
        (HEAD + DATE + b"Content-Type: text/plain; charset=utf-8\n\n\xe9t\xe9 hi\n", "not utf-8"),
        (HEAD + DATE + b"Content-Type: multipart/mixed; boundary=a\n\nno border, hi\n", "empty or cut off"),
    ],
)
def test_what_could_not_be_read_is_named(mail: bytes, said: str) -> None:
    message = read(mail).message
    assert any(said in p.what for p in message.problems), message.problems
    assert all(p.where for p in message.problems)


def test_a_page_runs_nothing_and_fetches_nothing() -> None:
    page = (
        b"<html><head><script>alert('no')</script><style>p{background:url(http://t.example/s)}</style></head>"
        b"<body onload=x()><p>Nous refusons.</p><img src='http://t.example/pixel.gif' alt=''><iframe src=x></iframe>"
    )
    message = read(HEAD + DATE + b"Content-Type: text/html; charset=utf-8\n\n" + page).message
    assert message.text.strip() == "Nous refusons."


def test_nul_bytes_in_a_text_are_left_out_and_the_words_stay() -> None:
    assert read(HEAD + DATE + b"\nNous\x00 refusons\n").message.text.strip() == "Nous refusons"


def test_a_hundred_mails_one_in_the_other() -> None:
    mail = HEAD + DATE + b"\ninnermost\n"
    for _ in range(100):
        mail = HEAD + DATE + b"Content-Type: message/rfc822\n\n" + mail
    (found,) = read(mail).message.attachments
    assert found.media_type == "message/rfc822" and found.size > 1000


def test_more_parts_than_anyone_sends_are_counted_out() -> None:
    parts = b"".join(b"--a\nContent-Type: image/png\n\n%d\n" % n for n in range(600))
    parsed = read(HEAD + DATE + b"Content-Type: multipart/mixed; boundary=a\n\n" + parts + b"--a--\n")
    assert len(parsed.message.attachments) == 500
    assert any("more than 500 parts" in p.what for p in parsed.message.problems)


def test_an_archive_writes_nowhere_else_and_a_bomb_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "in" / "bad.zip"
    bad.parent.mkdir()
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("../../out.eml", HEAD + DATE + b"\nhi\n")
        archive.writestr("/abs/\x07evil.eml", HEAD + DATE + b"\nhi\n")
    assert len(list(Mailbox(bad))) == 2
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["bad.zip", "in"]
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.eml", b"\x00" * 30_000_000)
    with pytest.raises(BadArchiveError, match="grow"):
        Mailbox(bad)
