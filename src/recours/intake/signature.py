"""What a file is, from its first bytes; its name only decides between kinds of text."""

from __future__ import annotations

import re
from itertools import islice

COMPOUND = (
    "application/x-ole-storage"  # an Outlook mail, or a Word or Excel file of old: the whole file tells
)
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (0, b"PK\x03\x04", ZIP),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", COMPOUND),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"MZ\x90\x00", "application/x-executable"),
)
_SIGNED = re.compile(
    b"|".join(b"(.{%d}%s)" % (at, re.escape(mark)) for at, mark, _ in _SIGNATURES), re.DOTALL
)
_HEADER = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,76}:[ \t]?")
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_LENGTH_LINE = re.compile(rb"\d{1,12}[ \t]*\r?\n")  # opens Apple Mail's .emlx
_MAIL_HEADERS = re.compile(
    rb"^(?:Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|X-[\w-]+|Content-Type|DKIM-Signature):",
    re.IGNORECASE | re.MULTILINE,
)


def media_type(head: bytes) -> str:
    """First kilobytes of a file -> its media type; "application/mbox", "message/rfc822", "text/plain" or
    "application/octet-stream" where no signature decides."""
    if signed := _SIGNED.match(head):
        return _SIGNATURES[(signed.lastindex or 1) - 1][2]
    body = head.lstrip(b"\xef\xbb\xbf\r\n")
    if body.startswith(b"From ") and _HEADER.match(body.partition(b"\n")[2].lstrip(b">")):
        return "application/mbox"
    if (length := _LENGTH_LINE.match(body)) and _HEADER.match(body[length.end() :]):
        return "message/x-emlx"
    end = _EMPTY_LINE.search(body)
    headers = _MAIL_HEADERS.finditer(body, 0, end.start() if end else len(body))
    if _HEADER.match(body) and len(list(islice(headers, 2))) == 2:
        return "message/rfc822"
    if b"\x00" in head:
        return UNKNOWN
    return "text/plain"


WORDS: dict[str, dict[str, str]] = {
    "application/pdf": {"en": "a PDF document", "fr": "un document PDF"},
    "image/jpeg": {"en": "a photo (JPEG)", "fr": "une photo (JPEG)"},
    "image/png": {"en": "a picture (PNG)", "fr": "une image (PNG)"},
    "image/gif": {"en": "a picture (GIF)", "fr": "une image (GIF)"},
    "image/webp": {"en": "a picture (WebP)", "fr": "une image (WebP)"},
    "image/heic": {"en": "a photo (HEIC)", "fr": "une photo (HEIC)"},
    ZIP: {"en": "a zip archive", "fr": "une archive zip"},
    "application/vnd.ms-outlook-pst": {
        "en": "an Outlook data file: in Outlook, drag the messages into a folder (.msg) and open that folder",
        "fr": "un fichier de données Outlook : dans Outlook, glissez les messages dans un dossier (.msg) et ouvrez-le",
    },
    COMPOUND: {
        "en": "a document of an old office program, not a mail",
        "fr": "un document d'un ancien logiciel de bureau, non un courriel",
    },
    "text/html": {"en": "a web page", "fr": "une page web"},
    "multipart/related": {"en": "a saved web page", "fr": "une page web enregistrée"},
    "application/vnd.sqlite3": {"en": "a database", "fr": "une base de données"},
    "application/x-executable": {"en": "a program", "fr": "un programme"},
    "text/plain": {"en": "plain text without mail headers", "fr": "du texte sans en-têtes de courriel"},
    UNKNOWN: {"en": "data of an unknown kind", "fr": "des données d'un type inconnu"},
}
