"""A mail's headers -> values: names and addresses, subject, ids, date.  RFC 5322, 2047, 2231.

Whatever the bytes are, each function gives a value.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as Part
from email.utils import getaddresses, parsedate_to_datetime

from recours.reading.types import Address

_OLDEST, _NEWEST = 1991, 2080  # years in which a mail can honestly have been sent

_CHARSETS = {  # a name in mails -> the set of letters that is meant by it, as browsers read it
    "unknown-8bit": "utf-8",
    "x-unknown": "utf-8",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "ansi": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "x-ansi": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "windows-949": "cp949",
    "x-mac-roman": "mac_roman",
    "x-macintosh": "mac_roman",
}
_NO_CHARSETS = (
    "punycode",
    "idna",
    "undefined",
    "mbcs",
    "oem",
    "unicode",
    "raw_unicode",
)  # Python's own codecs
_ZONES = {  # names of zones in mails that RFC 5322 does not know, where one name has one meaning
    "WET": "+0000",
    "WEST": "+0100",
    "BST": "+0100",
    "CET": "+0100",
    "MET": "+0100",
    "MEZ": "+0100",
    "CEST": "+0200",
    "MEST": "+0200",
    "MESZ": "+0200",
    "EET": "+0200",
    "EEST": "+0300",
    "AEST": "+1000",
    "AEDT": "+1100",
    "NZST": "+1200",
    "NZDT": "+1300",
}
_MONTHS = {  # as a mailer set to French writes them
    "janv": "Jan",
    "févr": "Feb",
    "fevr": "Feb",
    "mars": "Mar",
    "avr": "Apr",
    "mai": "May",
    "juin": "Jun",
    "juil": "Jul",
    "août": "Aug",
    "aout": "Aug",
    "déc": "Dec",
}
_DATE, _LONG = 200, 100_000  # letters of a date, and of any other header, that are read
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_DAY_NAME = re.compile(r"^\s*[^\W\d]{2,9}\.?,?\s+(?=\d{1,2}[\s-])")
_MONTH_NAME = re.compile(rf"\b({'|'.join(_MONTHS)})[a-zé]*\.?(?=[\s-])", re.IGNORECASE)
_ZONE_NAME = re.compile(rf"\b({'|'.join(_ZONES)})\s*$", re.IGNORECASE)
_ZONE_OF_GMT = re.compile(r"\s*(?:GMT|UTC|UT)?\s*([+-])(\d\d?):?(\d\d)?\s*$", re.IGNORECASE)
_LEAP_SECOND = re.compile(r"(:\d\d):60\b")
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bq]\?[^?]*\?=", re.IGNORECASE)
_GROUP = re.compile(r'(?:^|(?<=[,;]))\s*(?:"[^"]*"|[^"<>,;:@]{0,200}):([^;]{0,2000});')
_NO_REPLY = re.compile(
    r"^(?:no-?reply|do-?not-?reply|ne-?pas-?repondre|notification|mailer-daemon|postmaster)", re.I
)
_HEAD_END = re.compile(rb"\n[ \t]*\r?\n")
_BRACKETED = re.compile(r"<(@?[^<>\s@]+@[^<>\s]+)>")
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
            if candidate.replace("-", "_").startswith(_NO_CHARSETS):
                raise LookupError(candidate)
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
    value = value[:_LONG]
    if "=?" not in value:
        return " ".join(value.split())
    value = re.sub(r"\?=\s+=\?", "?==?", value)
    try:
        text = _unencoded(value)
    except (MessageError, ValueError, LookupError):  # one broken word; the others can be read
        text = _ENCODED_WORD.sub(lambda word: _one_word(word[0]), value)
    return " ".join(text.split())


def _unencoded(value: str) -> str:
    pieces = decode_header(value)
    return "".join(decoded_text(p, charset)[0] if isinstance(p, bytes) else p for p, charset in pieces)


def _one_word(word: str) -> str:
    try:
        return _unencoded(word)
    except (MessageError, ValueError, LookupError):
        return word


def addresses(value: str) -> tuple[Address, ...]:
    """Names and addresses of a header.

    The angle brackets rule: a name whose encoded words held a comma or a parenthesis has them bare once decoded, and
    would be taken for a list or a comment (RFC 5322, 3.2.2).
    """
    if not value:
        return ()
    value = value[:_LONG]
    if ";" in value:
        value = _GROUP.sub(r"\1,", value)
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
    name = decoded(text).replace('\\"', '"').strip('" ')
    return name[1:-1].strip() if len(name) > 1 and name[0] == name[-1] == "'" else name


def _unbracketed(value: str) -> tuple[Address, ...]:
    if not value:
        return ()
    if not set("@<(") & set(value):  # a name and no address
        return (Address(_name_of(value), ""),)
    try:
        pairs = getaddresses([value])
    except (ValueError, MessageError, RecursionError):
        return ()
    found = (
        (name, mail) if "@" in mail or name else (mail, "") for name, mail in pairs
    )  # a name and no address
    return tuple(Address(_name_of(name), mail.strip().lower()) for name, mail in found if name or mail)


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
    """A date as RFC 5322 writes it, or as mailers do that write it in their own way."""
    value = value.strip()[:_DATE]
    if not value:
        return None
    when = _read(parsedate_to_datetime, value)
    if when is not None and when.tzinfo:
        return when
    value = _usual(value)
    return _read(parsedate_to_datetime, value) or _read(datetime.fromisoformat, value)


def _read(read: Callable[[str], datetime], value: str) -> datetime | None:
    try:
        return read(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _usual(value: str) -> str:
    while (plain := _COMMENT.sub(" ", value)) != value:  # comments lie in comments
        value = plain
    value = _LEAP_SECOND.sub(r"\1:59", _DAY_NAME.sub("", value))
    value = _MONTH_NAME.sub(lambda month: _MONTHS[month[1].lower()], value)
    value = _ZONE_NAME.sub(lambda zone: _ZONES[zone[1].upper()], value)
    zone = _ZONE_OF_GMT.search(value)
    if zone and ":" in value[: zone.start()]:  # not the day of an ISO date
        value = f"{value[: zone.start()]} {zone[1]}{zone[2]:0>2}{zone[3] or '00'}"
    return value


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
