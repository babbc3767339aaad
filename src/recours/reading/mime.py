"""Bytes of a mail -> Message.  Two readers: ``triage`` looks fast at every mail of a mailbox, ``read_mail`` reads one whole.

Whatever the bytes are, both give a value; what could not be decoded is named in ``Message.problems``.
RFC 5322, 2045-2047, 2231.
"""

from __future__ import annotations

import binascii
import email
import email.policy
import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header
from email.message import Message as Part
from email.utils import getaddresses, parsedate_to_datetime

import fast_mail_parser
import msgspec

from recours.errors import Problem
from recours.intake.types import Place
from recours.reading.html import visible_text
from recours.reading.pdf import pdf_text
from recours.reading.types import Address, Attachment, Message

TRIAGE_CHARACTERS = 6000
_MAX_PARTS = 500
_MAX_TEXT = 2_000_000
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
_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_BRACKETED = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
_MESSAGE_ID = re.compile(rb"^message-id[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(r"<([^<>\s]+)>")
_NAMELESS = "sha256:"  # what begins the id of a mail that has none of its own


class Parsed(msgspec.Struct, frozen=True):
    """A mail read whole; parts: decoded bytes of each attachment by SHA-256."""

    message: Message
    parts: dict[str, bytes]


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at a mail gives; body: the first characters of its visible text."""

    id: str
    place: Place
    date: datetime | None
    sender: Address
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    delivered_to: str = ""
    subject: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    bulk: bool = False
    automatic: bool = False
    body: str = ""


# ---------------------------------------------------------------------- one look


def triage(data: bytes, place: Place) -> Headline:
    """Fast: headers, and the first characters of the text.  Never raises on any bytes."""
    try:
        return _looked_at(data, place)[0]
    except (fast_mail_parser.ParseError, ValueError, UnicodeError):
        return _headline(read_mail(data, place).message)


def triage_head(head: bytes, place: Place) -> Headline | None:
    """The same from the beginning of a mail, cut at the end of a line; None when that does not hold all of it."""
    if _HEAD_END.search(head) is None:
        return None
    try:
        line, whole = _looked_at(head, place)
    except (fast_mail_parser.ParseError, ValueError, UnicodeError):
        return None
    return line if whole and not line.id.startswith(_NAMELESS) else None


def _looked_at(data: bytes, place: Place) -> tuple[Headline, bool]:
    """The headline, and whether its body is all that is wanted even if the mail goes on."""
    mail = fast_mail_parser.parse_email(data)
    headers = {k.lower(): v if isinstance(v, str) else v[0] for k, v in mail.headers.items()}
    body = next((t for t in mail.text_plain if t.strip()), "")
    whole = bool(body) and bool(mail.attachments or mail.text_html)
    if not body and mail.text_html:
        body = visible_text(mail.text_html[0][: TRIAGE_CHARACTERS * 20])
    sender = _addresses(headers.get("from", ""))
    line = Headline(
        id=_message_id(data),
        place=place,
        date=_date(headers.get("date", ""), headers.get("received", ""))[0],
        sender=sender[0] if sender else Address("", ""),
        to=_addresses(headers.get("to", "")),
        cc=_addresses(headers.get("cc", "")),
        reply_to=_addresses(headers.get("reply-to", "")),
        delivered_to=headers.get("delivered-to", "").strip().lower(),
        subject=_decoded(mail.subject or headers.get("subject", "")),
        in_reply_to=_first_id(headers.get("in-reply-to", "")),
        references=tuple(_ID.findall(headers.get("references", ""))),
        bulk=_bulk(headers),
        automatic=_automatic(headers, sender),
        body=body[:TRIAGE_CHARACTERS],
    )
    return line, whole or len(body) >= TRIAGE_CHARACTERS


def _headline(m: Message) -> Headline:
    return Headline(
        id=m.id,
        place=m.place,
        date=m.date,
        sender=m.sender,
        to=m.to,
        cc=m.cc,
        reply_to=m.reply_to,
        subject=m.subject,
        in_reply_to=m.in_reply_to,
        references=m.references,
        bulk=m.bulk,
        automatic=m.automatic,
        body=m.text[:TRIAGE_CHARACTERS],
    )


# ---------------------------------------------------------------------- the whole mail


def read_mail(data: bytes, place: Place) -> Parsed:
    """The whole mail: text, HTML, attachments with their bytes.  Never raises on any bytes."""
    where = f"{place.file}:{place.position}"
    problems: list[Problem] = []
    try:
        mail: Part = email.message_from_bytes(data, policy=email.policy.compat32)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        problems.append(
            Problem(where=where, what=f"the mail cannot be taken apart ({error})", effect="kept as it is")
        )
        mail = Part()
    headers = _headers(mail)
    plain: list[str] = []
    html: list[str] = []
    attachments: list[Attachment] = []
    parts: dict[str, bytes] = {}
    for count, part in enumerate(_leaves(mail)):
        if count >= _MAX_PARTS:
            problems.append(
                Problem(where=where, what=f"more than {_MAX_PARTS} parts; the rest was not opened")
            )
            break
        _take(part, where, plain, html, attachments, parts, problems)
    text = _joined(plain)
    if not text.strip() and html:
        text = visible_text(_joined(html)[:_MAX_TEXT])
    sender = _addresses(headers.get("from", ""))
    when, doubt = _date(headers.get("date", ""), headers.get("received", ""))
    if doubt:
        problems.append(Problem(where=where, what=doubt, effect="its place in time is uncertain"))
    if not data.strip():
        problems.append(Problem(where=where, what="the message is empty"))
    message = Message(
        id=_message_id(data),
        kind="mail",
        place=place,
        sha256=hashlib.sha256(data).hexdigest(),
        date=when,
        sender=sender[0] if sender else Address("", ""),
        to=_addresses(headers.get("to", "")),
        cc=_addresses(headers.get("cc", "")),
        reply_to=_addresses(headers.get("reply-to", "")),
        subject=_decoded(headers.get("subject", "")),
        text=text,
        html=_joined(html),
        in_reply_to=_first_id(headers.get("in-reply-to", "")),
        references=tuple(_ID.findall(headers.get("references", ""))),
        automatic=_automatic(headers, sender),
        bulk=_bulk(headers),
        attachments=tuple(attachments),
        problems=tuple(problems),
    )
    return Parsed(message, parts)


def _leaves(mail: Part) -> Iterator[Part]:
    """Every part that is no container, in order; an attached mail is one part, not its parts."""
    stack = [mail]
    while stack:
        part = stack.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            stack.extend(reversed(_inner(part)))
        else:
            yield part


def _take(
    part: Part,
    where: str,
    plain: list[str],
    html: list[str],
    attachments: list[Attachment],
    parts: dict[str, bytes],
    problems: list[Problem],
) -> None:
    kind = part.get_content_type()
    name = _name(part)
    content, trouble = _bytes(part)
    if trouble:
        problems.append(
            Problem(where=where, what=f"{name or kind}: {trouble}", effect="read as far as it goes")
        )
    disposition = (part.get_content_disposition() or "").lower()
    shown = not name or (disposition == "inline" and not plain and not html)  # a body may bear a file's name
    if kind in ("text/plain", "text/html") and disposition != "attachment" and shown:
        text, trouble = _text(content, part.get_content_charset())
        if trouble:
            problems.append(
                Problem(where=where, what=f"{kind}: {trouble}", effect="some letters may be wrong")
            )
        (plain if kind == "text/plain" else html).append(text)
        return
    if not content and kind.startswith("multipart/"):
        problems.append(Problem(where=where, what="a part that should hold parts is empty or cut off"))
        return
    words, problem = pdf_text(name, content) if content[:5] == b"%PDF-" else ("", None)
    if kind == "message/rfc822":
        words = _inner_text(part)
    if problem:
        problems.append(msgspec.structs.replace(problem, where=f"{where} {name}".strip()))
    sha256 = hashlib.sha256(content).hexdigest()
    parts[sha256] = content
    attachments.append(
        Attachment(
            name=name or kind,
            media_type=kind,
            sha256=sha256,
            size=len(content),
            text=words,
            inline=disposition == "inline" or bool(part.get("Content-ID")),
        )
    )


def _inner(part: Part) -> list[Part]:
    """The parts within; [] for a leaf, whose text is never asked for undecoded: a broken charset would raise."""
    return [p for p in part.get_payload() if isinstance(p, Part)] if part.is_multipart() else []


def _bytes(part: Part) -> tuple[bytes, str]:
    if part.is_multipart():
        inner = [p.as_bytes() for p in _inner(part)]
        return b"\n".join(inner), ""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error) as error:
        return b"", f"its {part.get('Content-Transfer-Encoding')} is broken ({error})"
    broken = [type(d).__name__ for d in part.defects if "Base64" in type(d).__name__]
    return content if isinstance(content, bytes) else b"", "its base64 is broken or cut off" if broken else ""


def _text(content: bytes, charset: str | None) -> tuple[str, str]:
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


def _joined(texts: list[str]) -> str:
    return "\n".join(t for t in texts if t.strip())


def _inner_text(part: Part) -> str:
    """The words of a mail inside a mail, for searching."""
    texts = [
        _text(_bytes(inner)[0], inner.get_content_charset())[0]
        for inner in part.walk()
        if inner.get_content_type() == "text/plain" and not inner.is_multipart()
    ]
    return _joined(texts)


# ---------------------------------------------------------------------- headers


def _headers(mail: Part) -> dict[str, str]:
    """First value of each header, unfolded, raw 8-bit letters made readable."""
    found: dict[str, str] = {}
    for name, value in mail.raw_items():
        raw = str(value).encode("ascii", "surrogateescape")
        found.setdefault(name.lower(), re.sub(r"\r?\n[ \t]+", " ", _text(raw, None)[0]).strip())
    return found


def _decoded(value: str) -> str:
    """RFC 2047 words made text; what cannot be decoded stays as it is."""
    if "=?" not in value:
        return " ".join(value.split())
    try:
        pieces = decode_header(re.sub(r"\?=\s+=\?", "?==?", value))
    except (MessageError, ValueError, LookupError):
        return value
    out = []
    for piece, charset in pieces:
        out.append(_text(piece, charset)[0] if isinstance(piece, bytes) else piece)
    return " ".join("".join(out).split())


def _addresses(value: str) -> tuple[Address, ...]:
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
    return _decoded(text).replace('\\"', '"').strip("\"' ")


def _unbracketed(value: str) -> tuple[Address, ...]:
    if not value:
        return ()
    try:
        pairs = getaddresses([value])
    except (ValueError, MessageError):
        return ()
    return tuple(Address(_name_of(name), mail.strip().lower()) for name, mail in pairs if "@" in mail or name)


def _first_id(value: str) -> str:
    found = _ID.search(value)
    return found[1] if found else ""


def _message_id(data: bytes) -> str:
    """The Message-ID, from the bytes themselves: two parsers may differ on a damaged head, an identity may not."""
    end = _HEAD_END.search(data)
    line = _MESSAGE_ID.search(data, 0, end.start() if end else len(data))
    value = line[1].decode("utf-8", "replace") if line else ""
    found = _ID.search(value)
    plain = found[1] if found else value.strip().strip("<>")
    if plain and not re.search(r"\s", plain):
        return plain
    return _NAMELESS + hashlib.sha256(data).hexdigest()


def _date(value: str, received: str) -> tuple[datetime | None, str]:
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


def _bulk(headers: Mapping[str, str]) -> bool:
    precedence = headers.get("precedence", "").strip().lower()
    return "list-unsubscribe" in headers or "list-id" in headers or precedence in ("bulk", "list", "junk")


def _automatic(headers: Mapping[str, str], sender: tuple[Address, ...]) -> bool:
    said = headers.get("auto-submitted", "no").strip().lower()
    if not said.startswith("no") or "x-autoreply" in headers or "x-auto-response-suppress" in headers:
        return True
    return bool(sender and _NO_REPLY.match(sender[0].email))


def _name(part: Part) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    return re.sub(r"[\x00-\x1f\x7f]", "", _decoded(name)).replace("\\", "/").rpartition("/")[2][:200]
