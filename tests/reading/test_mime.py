"""Mail as it really comes: whatever the bytes, a value; what could not be decoded is named."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.intake.types import Place
from recours.reading.html import visible_text
from recours.reading.mime import read_mail, triage
from recours.reading.types import Address

HERE = Place(file="box.mbox", position=3)
HEAD = b"From: =?utf-8?q?L=C3=A9a?= <LEA@Shop.example>\nTo: me@home.example\nDate: Tue, 3 Mar 2026 10:00:00 -0500\nMessage-ID: <a@b>\n"


def test_a_plain_mail() -> None:
    message = read_mail(HEAD + b"Subject: =?iso-8859-1?Q?Re=E7u?=\n\nBonjour\n", HERE).message
    assert message.sender == Address("Léa", "lea@shop.example")
    assert (message.id, message.subject, message.text) == ("a@b", "Reçu", "Bonjour\n")
    assert message.date == datetime(2026, 3, 3, 10, tzinfo=timezone(timedelta(hours=-5)))
    assert message.problems == ()


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (b"=?utf-8?B?UmXDp3U=?=", "Reçu"),
        (b"=?utf-8?Q?Re=C3=A7u_du?= =?utf-8?Q?_3_mars?=", "Reçu du 3 mars"),
        (b"=?utf-8?Q?Commande_n=C2=B0?=\n =?utf-8?Q?_4417?=", "Commande n° 4417"),
        ("Reçu brut".encode(), "Reçu brut"),
        ("Reçu ancien".encode("latin-1"), "Reçu ancien"),
        (b"Re: =?klingon?Q?x?=", "Re: x"),
        (b"=?utf-8?B?broken", "=?utf-8?B?broken"),
        (b"folded\n over two lines", "folded over two lines"),
        (b"", ""),
    ],
)
def test_subjects(subject: bytes, said: str) -> None:
    data = HEAD + b"Subject: " + subject + b"\n\nx\n"
    assert read_mail(data, HERE).message.subject == said
    assert triage(data, HERE).subject == said


@pytest.mark.parametrize(
    ("kind", "encoding", "body", "text", "named"),
    [
        ("text/plain; charset=utf-8", "8bit", "été".encode(), "été", ""),
        ("text/plain; charset=iso-8859-1", "quoted-printable", b"=E9t=E9", "été", ""),
        ("text/plain; charset=windows-1252", "8bit", b"l\x92\xe9t\xe9", "l’été", ""),
        ("text/plain; charset=utf-8", "base64", b"w6l0w6k=", "été", ""),
        ("text/plain; charset=utf-8", "8bit", b"\xe9t\xe9", "été", "not utf-8"),
        ("text/plain; charset=klingon-8", "8bit", b"ete", "ete", "unknown charset"),
        ("text/plain", "8bit", "été".encode("latin-1"), "été", ""),
        ("text/plain; charset=utf-8", "8bit", b"a\x00b", "ab", ""),
        ("text/html; charset=utf-8", "8bit", b"<p>Un<br>deux</p><script>x</script>", "Un\ndeux", ""),
    ],
)
def test_bodies(kind: str, encoding: str, body: bytes, text: str, named: str) -> None:
    data = HEAD + f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n".encode() + body
    message = read_mail(data, HERE).message
    assert message.text.strip() == text
    assert any(named in p.what for p in message.problems) if named else not message.problems


@pytest.mark.parametrize(
    ("date", "iso", "doubt"),
    [
        (b"Tue, 3 Mar 2026 10:00:00 -0500", "2026-03-03T10:00:00-05:00", ""),
        (b"Tue, 3 Mar 2026 10:00:00", "2026-03-03T10:00:00+00:00", "names no time zone"),
        (b"Thu, 1 Jan 1970 00:00:00 +0000", None, "1970"),
        (b"Mon, 30 Feb 2026 10:00:00 +0000", None, "30 Feb"),
        (b"Tue, 3 Mar 2087 10:00:00 +0000", None, "2087"),
        (b"yesterday", None, "yesterday"),
        (b"", None, "no date"),
    ],
)
def test_dates(date: bytes, iso: str | None, doubt: str) -> None:
    message = read_mail(b"From: a@b.example\nDate: " + date + b"\n\nx\n", HERE).message
    assert (message.date.isoformat() if message.date else None) == iso
    assert any(doubt in p.what for p in message.problems) if doubt else not message.problems


def test_a_date_of_1970_gives_way_to_the_day_of_arrival() -> None:
    data = b"Received: by mx; Tue, 3 Mar 2026 10:00:00 -0500\nDate: Thu, 1 Jan 1970 00:00:00 +0000\nFrom: a@b.example\n\nx\n"
    message = read_mail(data, HERE).message
    assert message.date is not None
    assert message.date.date().isoformat() == "2026-03-03"
    assert "day of its arrival" in message.problems[0].what


def test_without_message_id_the_hash_is_the_id() -> None:
    data = b"From: a@b.example\nDate: Tue, 3 Mar 2026 10:00:00 -0500\n\nx\n"
    message = read_mail(data, HERE).message
    assert message.id == f"sha256:{message.sha256}"
    assert triage(data, HERE).id == message.id


MIXED = (
    HEAD
    + b"""Subject: photos
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Voici
--b
Content-Type: image/jpeg; name="../../etc/p\x01hoto.jpg"
Content-Disposition: attachment
Content-Transfer-Encoding: base64

/9j/4AAQ
--b
Content-Type: message/rfc822

Subject: inner
From: x@y.example

inside words
--b
Content-Type: application/pdf; name=broken.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjcK
--b--
"""
)


def test_every_part_is_kept_and_named() -> None:
    parsed = read_mail(MIXED, HERE)
    photo, inner, pdf = parsed.message.attachments
    assert (photo.name, parsed.parts[photo.sha256][:3]) == ("photo.jpg", b"\xff\xd8\xff")
    assert inner.media_type == "message/rfc822"
    assert "inside words" in inner.text
    assert any("PDF cannot be read" in p.what and "broken.pdf" in p.where for p in parsed.message.problems)
    assert parsed.message.text.strip() == "Voici"
    assert pdf.size == 9


def test_a_cut_off_attachment_is_named() -> None:
    cut = MIXED[: MIXED.index(b"JVBER") + 3]
    parsed = read_mail(cut, HERE)
    assert len(parsed.message.attachments) == 3
    assert parsed.message.text.strip() == "Voici"


@pytest.mark.parametrize(
    ("headers", "automatic", "bulk"),
    [
        (b"Auto-Submitted: auto-replied\n", True, False),
        (b"Auto-Submitted: no\n", False, False),
        (b"List-Unsubscribe: <mailto:u@x.example>\n", False, True),
        (b"Precedence: bulk\n", False, True),
        (b"", False, False),
    ],
)
def test_who_wrote_by_machine(headers: bytes, automatic: bool, bulk: bool) -> None:
    data = HEAD + headers + b"\nx\n"
    message, line = read_mail(data, HERE).message, triage(data, HERE)
    assert (message.automatic, message.bulk) == (automatic, bulk)
    assert (line.automatic, line.bulk) == (automatic, bulk)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Bonjour</p><p>Merci</p>", "Bonjour\n\nMerci"),
        (
            "<table><tr><td>Total</td><td>217,30 $</td></tr><tr><td>Taxes</td><td>28,30 $</td></tr></table>",
            "Total 217,30 $\nTaxes 28,30 $",
        ),
        ('<p>Vu<span style="display:none">caché</span></p>', "Vu"),
        ('<img src="https://track.example/p.gif" alt="">Texte<style>p{}</style>', "Texte"),
        ("<blockquote>cité<br>encore</blockquote>", "> cité\n> encore"),
        ('<a href="https://x.example">lien</a>', "lien"),
        ("a&nbsp;b &amp; c", "a b & c"),
        ("", ""),
    ],
)
def test_html_becomes_what_its_reader_sees(html: str, text: str) -> None:
    assert visible_text(html).strip() == text


@given(st.binary(max_size=600))
@settings(max_examples=150)
def test_any_bytes_give_a_value(data: bytes) -> None:
    read_mail(data, HERE)
    triage(data, HERE)


header_name = st.sampled_from(
    ["From", "To", "Subject", "Date", "Message-ID", "References", "Content-Type", "Content-Transfer-Encoding"]
)
header_value = st.text(max_size=60) | st.sampled_from(
    [
        "multipart/mixed; boundary=x",
        "text/html; charset=utf-16",
        "message/rfc822",
        "base64",
        "=?utf-8?B?!!!?=",
        "<a@b> <c@d>",
    ]
)


@given(st.lists(st.tuples(header_name, header_value), max_size=8), st.binary(max_size=300))
@settings(max_examples=150)
def test_any_headers_give_a_value(headers: list[tuple[str, str]], body: bytes) -> None:
    data = b"".join(f"{n}: {v}\n".encode("utf-8", "surrogatepass") for n, v in headers) + b"\n--x\n\n" + body
    assert read_mail(data, HERE).message.place == HERE
    assert triage(data, HERE).place == HERE


def test_a_hundred_levels_of_nesting() -> None:
    inner = b"Content-Type: text/plain\n\nen bas\n"
    for n in range(100):
        inner = (
            f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode()
            + inner
            + f"\n--b{n}--\n".encode()
        )
    assert "en bas" in read_mail(HEAD + inner, HERE).message.text


def test_a_body_that_bears_a_file_name_is_the_body() -> None:
    head = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html\n"
    inline = head + b"Content-Disposition: inline; filename=mail.html\n\n<p>Bonjour</p>\n"
    attached = head + b"Content-Disposition: attachment; filename=mail.html\n\n<p>Bonjour</p>\n"
    assert read_mail(inline, HERE).message.text.strip() == "Bonjour"
    assert [a.name for a in read_mail(attached, HERE).message.attachments] == ["mail.html"]


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "blockquote"])
@pytest.mark.parametrize("levels", [3, 390, 40_000])
def test_words_are_read_however_deep_they_lie(tag: str, levels: int) -> None:
    close = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    found = visible_text(f"<{tag}>" * levels + "core" + close * levels + "<p>after</p>")
    assert "core" in found and found.endswith("after")


def test_a_layout_of_columns_without_size_keeps_its_words() -> None:
    """Old fault: mails made with a common tool put their columns in an element of size 0, and were read as empty."""
    html = (
        '<td style="direction:ltr;font-size:0px;padding:20px 0"><div style="font-size:0px;display:inline-block">'
        '<div style="font-family:Ubuntu;font-size:13px">Your order shipped.</div></div></td>'
        '<div style="font-size:0">preview words</div><p style="font-size:10px">small print</p>'
    )
    assert visible_text(f"<table><tr>{html}</tr></table>{html}").count("Your order shipped.") == 2
    assert "preview" not in visible_text(html) and "small print" in visible_text(html)
