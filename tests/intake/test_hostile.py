"""Mails and files made to harm: each is read as far as it goes, stays where it is, and what was not read is named.

A longer run on any bytes: HYPOTHESIS_MAX=100000 pytest tests/intake/test_fuzz.py tests/reading/test_tnef.py
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recours.intake.archive import BadArchiveError
from recours.intake.from_mbox import Mailbox
from recours.intake.types import Place
from recours.reading.forwards import all_parts
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


@contextmanager
def seconds(most: float) -> Iterator[None]:
    """A bound, not a measure: what hangs takes minutes; these take a tenth of it on a quiet machine."""
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < most


N = 500_000
FLOODS = {
    "from <a@a@": b"From: <" + b"a@" * (N // 2),
    "from ((((": b"From: " + b"(" * N,
    "to, groups": b"To: x;" + b"a:b," * (N // 4),
    "subject =?=?": b"Subject: " + b"=?" * (N // 2),
    "subject of words": b"Subject: " + b"=?utf-8?Q?a?= " * (N // 14),
    "date (((())))": b"Date: " + b"(" * (N // 2) + b")" * (N // 2),
    "parameters": b"Content-Type: text/plain" + b";" * N,
    "continued name": b"Content-Type: text/plain" + b"".join(b"; name*%d=x" % n for n in range(N // 12)),
    "one line": b"X-Long: " + b"x" * N,
    "folds": b"X-Long: x" + b"\n y" * (N // 3),
    "lines": b"\n".join([b"X-A: b"] * (N // 7)),
    "no headers": b"\n".join([b"zzz yyy"] * (N // 8)),
    "charset": b"Content-Type: text/plain; charset=" + b"x" * N,
    "nul": b"X: " + b"\x00" * N,
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_in_the_head_is_read_in_seconds(name: str) -> None:
    mail = b"Message-ID: <1@b.example>\n" + FLOODS[name] + b"\nSubject: s\n\nhello\n"
    with seconds(20):
        assert read(mail).message.sha256


def container(border: bytes, kind: bytes = b"mixed") -> bytes:
    return b"Content-Type: multipart/" + kind + b"; boundary=" + border + b"\n\n"


def nested(levels: int, kind: bytes = b"mixed") -> bytes:
    """Containers in each other and in the last of them a part."""
    opened = [container(b"b0", kind)]
    opened += [b"--b%d\n" % (n - 1) + container(b"b%d" % n, kind) for n in range(1, levels)]
    return b"".join(opened) + b"--b%d\nContent-Type: text/plain\n\ndeep\n" % (levels - 1)


BODIES = {
    "borders": container(b"a") + b"--a\n" * (N // 4),
    "parts": container(b"a") + b"--a\nContent-Type: image/png\n\nx\n" * 100_000,
    "containers and lines": nested(250) + b"x\n" * 200_000,
    "alternatives and parts": nested(250, b"alternative")
    + b"--b249\nContent-Type: image/png\n\nx\n" * 50_000,
    "5,000 containers": nested(5_000),
    "400 mails": b"Content-Type: message/rfc822\n\n" * 400 + b"\nhi\n",
    "3,000 mails": b"Content-Type: message/rfc822\n\n" * 3_000 + b"\nhi\n",
    "punycode": b"Content-Type: text/plain; charset=punycode\n\nabc-" + b"9" * N,
    "base64 of nothing": b"Content-Transfer-Encoding: base64\n\n" + b"!?*" * (N // 3),
    "attributes": b"Content-Type: text/html\n\n<a "
    + b" ".join(b"a%d=" % n for n in range(N // 8))
    + b">x</a>",
    "<dl><dd>": b"Content-Type: text/html\n\n" + b"<dl><dd>" * (N // 8),
    "<details>": b"Content-Type: text/html\n\n" + b"<details>" * (N // 9),
    "<<<<": b"Content-Type: text/html\n\n" + b"<" * N,
}


@pytest.mark.parametrize("name", BODIES)
def test_a_flood_in_the_body_is_read_in_seconds(name: str) -> None:
    mail = HEAD + DATE + BODIES[name]
    with seconds(30):
        assert read(mail).message.sha256
        all_parts(mail, Place(file="x"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("parts", "more than 20000 borders"),
        ("5,000 containers", "more than 120 containers"),
        ("400 mails", "cannot be written out"),
        ("3,000 mails", "cannot be taken apart"),
        ("punycode", "unknown charset"),
    ],
)
def test_what_a_flood_left_unread_is_named(name: str, said: str) -> None:
    message = read(HEAD + DATE + BODIES[name]).message
    assert any(said in p.what for p in message.problems), message.problems


def test_a_hundred_containers_in_each_other_are_read() -> None:
    assert read(HEAD + DATE + nested(100)).message.text.strip() == "deep"


def test_a_bomb_in_an_archive_in_an_archive_stays_an_archive(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.eml", b"\x00" * 30_000_000)
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("mail.eml", HEAD + DATE + b"\nhi\n")
        archive.write(inner, "inner.zip")
    box = Mailbox(outer)
    assert [m.data for m in box] == [HEAD + DATE + b"\nhi\n"]
    assert [file.name for file in box.others] == ["inner.zip"]
    assert [one.name for one in box.unread] == ["inner.zip"]


def test_a_flood_of_from_lines_is_split_in_seconds(tmp_path: Path) -> None:
    file = tmp_path / "flood.mbox"
    line = b"From a@b.example Mon Jun  3 12:50:27 1996\n"
    mail = line + HEAD + DATE + b"\nhi\n\n"
    file.write_bytes(mail + b"From x\n" * 100_000 + (b"From " + b"Mon " * 100_000 + b"\nA: b\n") + mail)
    with seconds(20):
        assert len(list(Mailbox(file).places())) == 3
