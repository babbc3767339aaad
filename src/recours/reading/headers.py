"""A mail's headers -> values: names and addresses, subject, ids, date.  RFC 5322, 2047, 2231.

Whatever the bytes are, each function gives a value.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as Part
from email.utils import getaddresses, parsedate_to_datetime

from recours.reading.types import Address

_OLDEST, _NEWEST = 1991, 2080  # years in which a mail can honestly have been sent

_CHARSETS = {
    "unknown-8bit": "utf-8",
    "x-unknown": "utf-8",
    "utf8": "utf-8",
    "ansi": "cp1252",
    "iso-8859-1": "cp1252",
}
_NO_REPLY = re.compile(
    r"^(?:no-?reply|do-?not-?reply|ne-?pas-?repondre|notification|mailer-daemon|postmaster)", re.I
)
_HEAD_END = re.compile(rb"\n[ \t]*\r?\n")
_BRACKETED = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
NAMELESS = "sha256:"  # what begins the id of a mail that has none of its own
_MESSAGE_ID = re.compile(rb"^message-id[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
ID = re.compile(r"<([^<>\s]+)>")


def decoded_text(content: bytes, charset: str | None) -> tuple[str, str]:
    """Bytes in a charset that a mail names -> text with line feeds, and what was wrong with the charset ("" when nothing)."""
    named = (charset or "utf-8").strip("\"' ").lower()
    trouble = ""
    content = content.replace(b"\x00", b"")
    for candidate in (_CHARSETS.get(named, named), "utf-8", "cp1252"):
        try:
            text = content.decode(candidate)
            break
        except LookupError:
            trouble = f"unknown charset {named!r}"
        except (UnicodeDecodeError, ValueError):
            trouble = f"its letters are not {named}" if charset else ""
    else:
        text = content.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n"), trouble


def headers_of(mail: Part) -> dict[str, str]:
    """First value of each header, unfolded, raw 8-bit letters made readable."""
    found: dict[str, str] = {}
    for name, value in mail.raw_items():
        raw = str(value).encode("ascii", "surrogateescape")
        found.setdefault(name.lower(), re.sub(r"\r?\n[ \t]+", " ", decoded_text(raw, None)[0]).strip())
    return found


def decoded(value: str) -> str:
    """RFC 2047 words made text; what cannot be decoded stays as it is."""
    if "=?" not in value:
        return " ".join(value.split())
    try:
        pieces = decode_header(re.sub(r"\?=\s+=\?", "?==?", value))
    except (MessageError, ValueError, LookupError):
        return value
    out = []
    for piece, charset in pieces:
        out.append(decoded_text(piece, charset)[0] if isinstance(piece, bytes) else piece)
    return " ".join("".join(out).split())


def addresses(value: str) -> tuple[Address, ...]:
    """Names and addresses of a header.

    The angle brackets rule: a name whose encoded words held a comma or a parenthesis has them bare once decoded, and
    would be taken for a list or a comment (RFC 5322, 3.2.2).
    """
    if not value:
        return ()
    found: list[Address] = []
    end = 0
    for bracket in _BRACKETED.finditer(value):
        *bare, name = _pieces(value[end : bracket.start()])
        found += [Address("", one) for one in bare if "@" in one]
        found.append(Address(_name_of(name), bracket[1].strip().lower()))
        end = bracket.end()
    return tuple(found) + _unbracketed(value[end:].strip(" ,;"))


def _pieces(text: str) -> list[str]:
    """What stands before a bracketed address: bare addresses of the list, then the name, which may hold commas."""
    text = text.strip(" ,;")
    pieces = [p.strip() for p in text.split(",")]
    bare = [p.lower() for p in pieces[:-1] if "@" in p and " " not in p]
    return [*bare, text if not bare else pieces[-1]]


def _name_of(text: str) -> str:
    return decoded(text).replace('\\"', '"').strip("\"' ")


def _unbracketed(value: str) -> tuple[Address, ...]:
    if not value:
        return ()
    try:
        pairs = getaddresses([value])
    except (ValueError, MessageError):
        return ()
    return tuple(Address(_name_of(name), mail.strip().lower()) for name, mail in pairs if "@" in mail or name)


def first_id(value: str) -> str:
    """The first <id> of a header, without its brackets."""
    found = ID.search(value)
    return found[1] if found else ""


def head_end(data: bytes) -> int:
    """Where the headers end: before the line break that an empty line follows; -1 when none does."""
    found = _HEAD_END.search(data)
    if found is None:
        return -1
    at = found.start()
    return at - 1 if data[at - 1 : at] == b"\r" else at


def message_id(data: bytes) -> str:
    """The Message-ID, from the bytes themselves: two parsers may differ on a damaged head, an identity may not."""
    end = head_end(data)
    end = len(data) if end == -1 else end
    names, line, at = data[:end].lower(), None, -1
    while line is None and (at := names.find(b"message-id", at + 1)) != -1:
        line = _MESSAGE_ID.match(data, at, end)
    value = line[1].decode("utf-8", "replace") if line else ""
    found = ID.search(value)
    plain = found[1] if found else value.strip().strip("<>")
    if plain and not re.search(r"\s", plain):
        return plain
    return NAMELESS + hashlib.sha256(data).hexdigest()


def sent_at(value: str, received: str) -> tuple[datetime | None, str]:
    """The Date header with its zone; UTC when it names none.  The doubt is a sentence, "" when there is none."""
    when = _moment(value)
    if when is not None and _OLDEST <= when.year <= _NEWEST:
        return (when, "") if when.tzinfo else (when.replace(tzinfo=UTC), "its date names no time zone")
    arrived = _moment(received.rpartition(";")[2])
    said = f"its date is {value.strip()!r}" if value.strip() else "it has no date"
    if arrived is not None and _OLDEST <= arrived.year <= _NEWEST:
        arrived = arrived if arrived.tzinfo else arrived.replace(tzinfo=UTC)
        return arrived, f"{said}; the day of its arrival is used"
    return None, said


def _moment(value: str) -> datetime | None:
    if not value.strip():
        return None
    try:
        return parsedate_to_datetime(value.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_bulk(headers: Mapping[str, str]) -> bool:
    """Sent to many: a list, a newsletter."""
    precedence = headers.get("precedence", "").strip().lower()
    return "list-unsubscribe" in headers or "list-id" in headers or precedence in ("bulk", "list", "junk")


def is_automatic(headers: Mapping[str, str], sender: tuple[Address, ...]) -> bool:
    """Sent by a machine (RFC 3834), or from an address that takes no answer."""
    said = headers.get("auto-submitted", "no").strip().lower()
    if not said.startswith("no") or "x-autoreply" in headers or "x-auto-response-suppress" in headers:
        return True
    return bool(sender and _NO_REPLY.match(sender[0].email))


def file_name(part: Part) -> str:
    """The name of an attachment, without folders or control characters, 200 letters at most; "" when none."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    return re.sub(r"[\x00-\x1f\x7f]", "", decoded(name)).replace("\\", "/").rpartition("/")[2][:200]
