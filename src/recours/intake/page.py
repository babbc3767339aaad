"""Saved web pages: what tells one, and what the file itself says of where and when it was saved.

Two forms: HTML (one file), and MHTML (RFC 2557: the page and its parts in one MIME message, .mhtml or .mht).
"""

from __future__ import annotations

import html
import re
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import PurePath

import msgspec

HTML, MHTML = "text/html", "multipart/related"
PAGES = frozenset({HTML, MHTML, "application/xhtml+xml"})
_HEAD = 65_536  # bytes that are looked at
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.{0,4000}?-->|<\?xml[^>]{0,200}>)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.I | re.S,
)
_ENDINGS = {".htm": HTML, ".html": HTML, ".xhtml": HTML, ".mht": MHTML, ".mhtml": MHTML}
_SAVED_BY = re.compile(rb"^(?:Snapshot-Content-Location:|From:[^\n]{0,40}\bSaved by\b)", re.I | re.M)
_SENT = re.compile(
    rb"^(?:Received|Return-Path|Message-ID|To|Cc|Bcc|Delivered-To|DKIM-Signature):", re.I | re.M
)
_RELATED = re.compile(rb"^Content-Type:[ \t]*(?:\r?\n[ \t]+)?multipart/related\b", re.I | re.M)
# what browsers and their extensions write into a page that they save
_FROM = re.compile(r"<!--\s*saved from url=\(\d{4}\)(\S{1,2000})\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})\s+saved date:\s*([^\n]{10,80})"
)
_META = r"<meta\s+name=[\"']?savepage-%s[\"']?\s+content=[\"']?([^\"'>]{1,2000})"
_YEARS = range(1990, 2200)  # in which a page can have been saved
_DATE = re.compile(r"(\w{3}) (\w{3}) (\d\d?) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")


class Origin(msgspec.Struct, frozen=True):
    """As the file says, "" where it does not.  saved_on: ISO 8601 with its offset from UTC."""

    address: str = ""
    saved_on: str = ""


def page_type(data: bytes, name: str = "") -> str:
    """HTML or MHTML; "" when the bytes are no saved page.  name: of the file; it decides only where the bytes could be
    of either."""
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    if _OPENING.match(head):
        return HTML
    ending = _ENDINGS.get(PurePath(name).suffix.lower(), "")
    above = re.split(rb"\r?\n\r?\n", head.lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    if _RELATED.search(above) and (_SAVED_BY.search(above) or ending == MHTML or not _SENT.search(above)):
        return MHTML
    return HTML if ending == HTML and b"\x00" not in head and re.search(rb"<\w+[\s>/]", head) else ""


def origin(data: bytes, kind: str) -> Origin:
    """kind: HTML or MHTML.  Never raises on any bytes."""
    head = data[:_HEAD]
    if kind == MHTML:
        above = BytesHeaderParser().parsebytes(head)
        address = str(above.get("Snapshot-Content-Location") or above.get("Content-Location") or "")
        return Origin(address.strip()[:2000], _moment(str(above.get("Date") or "")))
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    if found := _SINGLE_FILE.search(text):
        return Origin(found[1], _moment(found[2]))
    address, day = _first(_FROM, text) or _first(_meta("url"), text), _first(_meta("date"), text)
    return Origin(html.unescape(address), _moment(day))


def _meta(name: str) -> re.Pattern[str]:
    return re.compile(_META % name, re.I)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _moment(said: str) -> str:
    """A date as mails write it, or as JavaScript does -> ISO 8601; "" when it is none."""
    said = _DATE.sub(r"\1, \3 \2 \4 \5 \6", said.partition("(")[0].strip())
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    if found.year not in _YEARS:
        return ""
    return found.isoformat() + (
        "" if found.tzinfo else "+00:00"
    )  # -0000: UTC, wherever it was (RFC 5322, 3.3)
