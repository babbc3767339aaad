"""Bytes of a mail -> Message.  Two readers: ``triage`` looks fast at every mail of a mailbox, ``read_mail`` reads one whole.

Whatever the bytes are, both give a value; what could not be decoded is named in ``Message.problems``.
RFC 5322, 2045-2047, 2231.
"""

from __future__ import annotations

import binascii
import email
import email.policy
import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.errors import MessageError
from email.message import Message as Part

import fast_mail_parser
import msgspec

from recours.errors import Problem
from recours.intake.signature import media_type
from recours.intake.types import Place
from recours.reading.headers import (
    ID,
    NAMELESS,
    addresses,
    decoded,
    decoded_text,
    file_name,
    first_id,
    head_end,
    headers_of,
    is_automatic,
    is_bulk,
    message_id,
    sent_at,
)
from recours.reading.html import visible_text
from recours.reading.large import lightened, unpacked
from recours.reading.pdf import pdf_text
from recours.reading.tnef import SIGNATURE, unpack_tnef
from recours.reading.types import Address, Attachment, Message

TRIAGE_CHARACTERS = 6000
_MAX_PARTS = 500
_MAX_TEXT = 2_000_000


class Parsed(msgspec.Struct, frozen=True):
    """A mail read whole; parts: decoded bytes of each attachment by SHA-256."""

    message: Message
    parts: dict[str, bytes]


class Headline(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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
    if head_end(head) == -1:
        return None
    try:
        line, whole = _looked_at(head, place)
    except (fast_mail_parser.ParseError, ValueError, UnicodeError):
        return None
    return line if whole and not line.id.startswith(NAMELESS) else None


def _looked_at(data: bytes, place: Place) -> tuple[Headline, bool]:
    """The headline, and whether its body is all that is wanted even if the mail goes on."""
    mail = fast_mail_parser.parse_email(data)
    headers = {k.lower(): v if isinstance(v, str) else v[0] for k, v in mail.headers.items()}
    body = next((t for t in mail.text_plain if t.strip()), "")
    whole = bool(body) and bool(mail.attachments or mail.text_html)
    if not body and mail.text_html:
        body = visible_text(mail.text_html[0][: TRIAGE_CHARACTERS * 20])
    sender = addresses(headers.get("from", ""))
    line = Headline(
        id=message_id(data),
        place=place,
        date=sent_at(headers.get("date", ""), headers.get("received", ""))[0],
        sender=sender[0] if sender else Address("", ""),
        to=addresses(headers.get("to", "")),
        cc=addresses(headers.get("cc", "")),
        reply_to=addresses(headers.get("reply-to", "")),
        delivered_to=headers.get("delivered-to", "").strip().lower(),
        subject=decoded(mail.subject or headers.get("subject", "")),
        in_reply_to=first_id(headers.get("in-reply-to", "")),
        references=tuple(ID.findall(headers.get("references", ""))),
        bulk=is_bulk(headers),
        automatic=is_automatic(headers, sender),
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
    light, large = lightened(data)
    try:
        mail: Part = email.message_from_bytes(light, policy=email.policy.compat32)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        problems.append(
            Problem(where=where, what=f"the mail cannot be taken apart ({error})", effect="kept as it is")
        )
        mail = Part()
    headers = headers_of(mail)
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
        _take(part, large, where, plain, html, attachments, parts, problems)
    text = _joined(plain)
    if not text.strip() and html:
        text = visible_text(_joined(html)[:_MAX_TEXT])
    sender = addresses(headers.get("from", ""))
    when, doubt = sent_at(headers.get("date", ""), headers.get("received", ""))
    if doubt:
        problems.append(Problem(where=where, what=doubt, effect="its place in time is uncertain"))
    if not data or data.isspace():
        problems.append(Problem(where=where, what="the message is empty"))
    message = Message(
        id=message_id(data),
        kind="mail",
        place=place,
        sha256=hashlib.sha256(data).hexdigest(),
        date=when,
        sender=sender[0] if sender else Address("", ""),
        to=addresses(headers.get("to", "")),
        cc=addresses(headers.get("cc", "")),
        reply_to=addresses(headers.get("reply-to", "")),
        subject=decoded(headers.get("subject", "")),
        text=text,
        html=_joined(html),
        in_reply_to=first_id(headers.get("in-reply-to", "")),
        references=tuple(ID.findall(headers.get("references", ""))),
        automatic=is_automatic(headers, sender),
        bulk=is_bulk(headers),
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
    large: Mapping[bytes, memoryview],
    where: str,
    plain: list[str],
    html: list[str],
    attachments: list[Attachment],
    parts: dict[str, bytes],
    problems: list[Problem],
) -> None:
    kind = part.get_content_type()
    name = file_name(part)
    content, trouble = _bytes(part)
    if content in large:
        content, trouble = unpacked(large[content])
    if trouble:
        problems.append(
            Problem(where=where, what=f"{name or kind}: {trouble}", effect="read as far as it goes")
        )
    disposition = (part.get_content_disposition() or "").lower()
    shown = not name or (disposition == "inline" and not plain and not html)  # a body may bear a file's name
    if kind in ("text/plain", "text/html") and disposition != "attachment" and shown:
        text, trouble = decoded_text(content, part.get_content_charset())
        if trouble:
            problems.append(
                Problem(where=where, what=f"{kind}: {trouble}", effect="some letters may be wrong")
            )
        (plain if kind == "text/plain" else html).append(text)
        return
    if kind.startswith("multipart/"):  # a leaf: its border was not found
        problems.append(Problem(where=where, what="a part that should hold parts is empty or cut off"))
        plain.append(decoded_text(content, part.get_content_charset())[0])
        return
    if content[:4] == SIGNATURE:
        _take_tnef(content, where, plain, attachments, parts, problems)
    words, problem = pdf_text(name, content) if content[:5] == b"%PDF-" else ("", None)
    if kind == "message/rfc822":
        words = _inner_text(part)
    elif kind == "text/calendar":
        words = decoded_text(content, part.get_content_charset())[0]
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


def _take_tnef(
    content: bytes,
    where: str,
    plain: list[str],
    attachments: list[Attachment],
    parts: dict[str, bytes],
    problems: list[Problem],
) -> None:
    """The files of a winmail.dat as attachments of their own; its text where the mail has none."""
    found = unpack_tnef(content)
    if found.trouble:
        problems.append(Problem(where=where, what=found.trouble, effect="read as far as it goes"))
    if found.body.strip() and not any(p.strip() for p in plain):
        plain.append(found.body)
    for name, data in found.files:
        words, problem = pdf_text(name, data) if data[:5] == b"%PDF-" else ("", None)
        if problem:
            problems.append(msgspec.structs.replace(problem, where=f"{where} {name}"))
        sha256 = hashlib.sha256(data).hexdigest()
        parts[sha256] = data
        attachments.append(
            Attachment(
                name=name, media_type=media_type(data[:4096]), sha256=sha256, size=len(data), text=words
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


def _joined(texts: list[str]) -> str:
    return "\n".join(t for t in texts if t.strip())


def _inner_text(part: Part) -> str:
    """The words of a mail inside a mail, for searching."""
    texts = [
        decoded_text(_bytes(inner)[0], inner.get_content_charset())[0]
        for inner in part.walk()
        if inner.get_content_type() == "text/plain" and not inner.is_multipart()
    ]
    return _joined(texts)
