"""Mails in odd forms: each oddity in a small mail, and what its reader is told of what could not be read."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from recours.intake.types import Place
from recours.reading.headers import addresses, decoded, decoded_text, sent_at
from recours.reading.mime import Parsed, read_mail, triage

HEAD = b"From: shop@lampe.example\nSubject: Votre lampe\nMessage-ID: <1@lampe.example>\n"
DATE = b"Date: Fri, 10 Jul 2026 13:30:00 +0200\n"


def read(mail: bytes) -> Parsed:
    parsed = read_mail(mail, Place(file="x"))
    assert triage(mail, Place(file="x")).id == parsed.message.id
    return parsed


def mixed(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--b\n" + part + b"\n" for part in parts)
    return HEAD + DATE + b"Content-Type: multipart/" + kind + b"; boundary=b\n\n" + body + b"--b--\n"


def part(text: str, kind: str = "text/plain", encoding: str = "8bit") -> bytes:
    return f"Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{text}".encode()


PAGE = part("<p>Le remboursement part lundi.</p>", "text/html")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"X-\xe9tat: livr\xe9\n", True),
        (b"an orphan line\n of two\n", True),
        (b">From shop@lampe.example Fri Jul 10 13:30:00 2026\n", False),
        (b"X-Note \t: spaced\n", False),
    ],
)
def test_a_line_of_the_head_that_is_no_header_does_not_end_it(line: bytes, told: bool) -> None:
    mail = (
        HEAD + line + DATE + b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"Bonjour") + b"\n"
    )
    message = read(mail).message
    assert (message.text, message.date is not None) == ("Bonjour", True)
    assert any("is no header" in p.what for p in message.problems) == told


def test_what_may_be_the_text_of_a_mail_without_an_empty_line_stays() -> None:
    assert "Bonjour : je veux" in read(HEAD + DATE + b"Bonjour : je veux\nune lampe.\n\nPaul\n").message.text


@pytest.mark.parametrize(
    ("mail", "text"),
    [
        (mixed(part("Bonjour,"), PAGE), "Bonjour,\nLe remboursement part lundi."),
        (mixed(part("Le remboursement part lundi."), PAGE), "Le remboursement part lundi."),
        (mixed(part("Bonjour,"), PAGE, kind=b"alternative"), "Bonjour,"),
        (mixed(part(" \n"), PAGE, kind=b"alternative"), "Le remboursement part lundi."),
    ],
    ids=["another text", "the same text", "an alternative", "an alternative of nothing"],
)
def test_a_page_beside_plain_words_is_read_where_it_says_more(mail: bytes, text: str) -> None:
    message = read(mail).message
    assert message.text.strip() == text and "lundi" in message.html


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("quoted-printable   ", "caf=C3=A9", "café"),
        ("Base64 (RFC 2045)", "Y2Fmw6k=", "café"),
        ('"base64";', "Y2Fmw6k=", "café"),
        ("8 bit", "café", "café"),
        ("base64", "Nous refusons votre demande, désolés.", "Nous refusons votre demande, désolés."),
        ("base64", "Y2Fmw6k= et la suite", "café"),
    ],
)
def test_encodings_as_programs_write_them(encoding: str, body: str, text: str) -> None:
    assert read(mixed(part(body, encoding=encoding))).message.text.strip() == text


def test_base64_that_is_none_or_is_cut_is_named() -> None:
    told = [
        p.what
        for p in read(
            mixed(part("Nous refusons votre demande, désolés.", encoding="base64"))
        ).message.problems
    ]
    assert any("base64" in what for what in told)
    told = [p.what for p in read(mixed(part("Y2Fmw6", encoding="base64"))).message.problems]
    assert any("broken or cut off" in what for what in told)


def test_a_mail_within_a_mail_that_is_encoded() -> None:
    inner = base64.encodebytes(HEAD.replace(b"lampe", b"autre") + b"\nLe mail du vendeur\n")
    attached = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + inner
    parsed = read(mixed(part("Voir ci-joint"), attached))
    (found,) = parsed.message.attachments
    assert parsed.parts[found.sha256].startswith(b"From: shop@autre.example")
    assert found.text.strip() == "Le mail du vendeur"


def test_words_outside_every_part_are_read_where_there_are_no_others() -> None:
    inner = b'Content-Type: multipart/mixed; boundary="x----"\n\n--x----\n\nNous refusons\n--x------\n'
    mail = HEAD + DATE + b'Content-Type: multipart/mixed; boundary="x--"\n\n--x--\n' + inner
    message = read(mail).message
    assert "Nous refusons" in message.text
    assert any("outside its parts" in p.what for p in message.problems)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("1 Jul 2026 (a (nested) comment) 10:52:37 +0200", "2026-07-01T10:52:37+02:00"),
        ("Wed, 1 Jul 2026 10:52:37 CEST", "2026-07-01T10:52:37+02:00"),
        ("Wed, 1 Jul 2026 10:52:37 GMT-05:00", "2026-07-01T10:52:37-05:00"),
        ("Wed, 1 Jul 2026 10:52:37 +02:00", "2026-07-01T10:52:37+02:00"),
        ("Wed, 1 Jul 2026 10:52:60 +0000", "2026-07-01T10:52:59+00:00"),
        ("mer., 1 juil. 2026 10:52:37 +0200", "2026-07-01T10:52:37+02:00"),
        ("2026-07-01T10:52:37+02:00", "2026-07-01T10:52:37+02:00"),
        ("Thu, 13 Aug 2026 23:32 -0230 (Newfoundland Time)", "2026-08-13T23:32:00-02:30"),
    ],
)
def test_dates_as_mailers_write_them(written: str, moment: str) -> None:
    when, doubt = sent_at(written, "")
    assert when is not None and when.isoformat() == moment and not doubt


def test_a_zone_of_several_meanings_is_none() -> None:
    assert sent_at("Wed, 1 Jul 2026 10:52:37 EST5EDT", "") == (
        datetime(2026, 7, 1, 10, 52, 37, tzinfo=UTC),
        "its date names no time zone",
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Service client", [("Service client", "")]),
        ("undisclosed-recipients:;", []),
        ("Amis: a@x.example, B <b@x.example>;", [("", "a@x.example"), ("B", "b@x.example")]),
        ("'Paul' via Lampe <a@x.example>", [("'Paul' via Lampe", "a@x.example")]),
        ("'Paul Durand' <a@x.example>", [("Paul Durand", "a@x.example")]),
        ("Lampe: aide <a@x.example>", [("Lampe: aide", "a@x.example")]),
        ("<" + "a@" * 50_000, []),
    ],
)
def test_senders_as_programs_write_them(written: str, found: list[tuple[str, str]]) -> None:
    assert [(a.name, a.email) for a in addresses(written)][:3] == found or len(written) > 50_000


def test_one_broken_word_of_a_subject_leaves_the_others() -> None:
    assert decoded("=?utf-8?B?a?= annul=?utf-8?Q?=C3=A9e?=") == "=?utf-8?B?a?= annulée"


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("gb2312", "镕".encode("gbk"), "镕"),
        ("shift_jis", "①".encode("cp932"), "①"),
        ("windows-874", "ก".encode("cp874"), "ก"),
        ("utf-7", b"caf+AOk-", "café"),
        ("punycode", "café".encode(), "café"),
        ("unicode_escape", b"\\u0041", "\\u0041"),
    ],
)
def test_sets_of_letters_as_browsers_read_them(charset: str, content: bytes, text: str) -> None:
    assert decoded_text(content, charset)[0] == text
