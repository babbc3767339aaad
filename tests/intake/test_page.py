"""Saved web pages are told from mails and from other text by their bytes, and say where and when they were saved."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.papers.saved_pages import as_html, as_mhtml

from recours.intake.page import HTML, MHTML, Origin, origin, page_type

RELATED = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"; boundary=b\r\n\r\n--b\r\n'
)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (as_html(), "", HTML),
        (as_mhtml(), "", MHTML),
        (b"\xef\xbb\xbf \n<!-- c --><!DOCTYPE html><p>x", "", HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "", HTML),
        ("<html><p>é".encode("utf-16"), "", HTML),
        (b"<HTML\n><p>x", "notes.txt", HTML),
        (b"<p>only a part</p>", "part.htm", HTML),
        (b"<p>only a part</p>", "part.txt", ""),
        (b"no tags at all", "a.html", ""),
        (b"\x00\x01<p>", "a.html", ""),
        (RELATED, "", MHTML),
        (b"From: <Saved by Blink>\r\n" + RELATED, "", MHTML),
        (b'From: "Saved by Windows Internet Explorer 8"\r\n' + RELATED, "", MHTML),
        (b"From: a@b.example\r\nTo: c@d.example\r\nMessage-ID: <1@b>\r\n" + RELATED, "", ""),
        (b"From: a@b.example\r\nTo: c@d.example\r\nMessage-ID: <1@b>\r\n" + RELATED, "page.mht", MHTML),
        (b"Message-ID: <1@b>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", "page.mht", ""),
        (b"", "a.html", ""),
    ],
)
def test_what_tells_a_saved_page(data: bytes, name: str, kind: str) -> None:
    assert page_type(data, name) == kind


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (as_mhtml(), Origin("https://atelierlumen.example/produits/orion?a=1", "2026-06-16T15:04:05+00:00")),
        (as_html(), Origin("https://atelierlumen.example/produits/orion?a=1")),
        (
            b"<!DOCTYPE html> <html lang=fr><!--\n Page saved with SingleFile \n url: https://x.example/a?b=1&c=2 \n saved date: Tue Jun 16 2026 11:04:05 GMT-0400 (heure avanc\xc3\xa9e de l'Est)\n-->",
            Origin("https://x.example/a?b=1&c=2", "2026-06-16T11:04:05-04:00"),
        ),
        (
            b'<html><meta name="savepage-url" content="https://x.example/?a=1&amp;b=2"><meta name="savepage-date" content="Tue Jun 16 2026 11:04:05 GMT+0200 (CEST)">',
            Origin("https://x.example/?a=1&b=2", "2026-06-16T11:04:05+02:00"),
        ),
        (b"<html><!-- Page saved with SingleFile url: https://x.example/ saved date: never at all -->", Origin("https://x.example/")),
        (b"<html><p>Saved on June 3</p>", Origin()),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(data: bytes, found: Origin) -> None:
    assert origin(data, page_type(data)) == found


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([HTML, MHTML]),
    st.sampled_from([b"", b"Date: ", b"<html><!-- saved from url=(0001)"]),
)
def test_any_bytes_may_be_asked(data: bytes, kind: str, before: bytes) -> None:
    assert isinstance(origin(before + data, kind), Origin) and page_type(before + data) in ("", HTML, MHTML)
