"""Bytes of a mail -> Message.  Two readers: ``triage`` looks fast at every mail of a mailbox, ``read_mail`` reads one whole.

Whatever the bytes are, both give a value; what could not be decoded is named in ``Message.problems``.
RFC 5322, 2045-2047, 2231.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Mapping
from datetime import datetime
from email.message import Message as Part
from typing import NamedTuple

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
from recours.reading.parts import content, leaves, outside, taken_apart
from recours.reading.pdf import pdf_text
from recours.reading.tnef import SIGNATURE, unpack_tnef
from recours.reading.types import Address, Attachment, Message

TRIAGE_CHARACTERS = 6000
_LONG_HEAD = 50_000  # bytes
_MAX_PARTS = 500
_MAX_TEXT = 2_000_000
_WORD = re.compile(r"\w+")
_SAME = 0.8  # of a page's words that the plain text has too


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
    """The headline, and whether its body is all that is wanted even if the mail goes on.

    Raises ValueError for a head as no mail has it, in which the fast parser may take minutes.
    """
    if len(data) > _LONG_HEAD and head_end(data) > _LONG_HEAD:
        raise ValueError("a very long head")
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
    mail, wrong = taken_apart(light)
    problems += [Problem(where=where, what=what, effect="read as far as it goes") for what in wrong]
    headers = headers_of(mail)
    taken = _Taken(where, large, problems)
    for count, (part, spoken) in enumerate(leaves(mail)):
        if count >= _MAX_PARTS:
            problems.append(
                Problem(where=where, what=f"more than {_MAX_PARTS} parts; the rest was not opened")
            )
            break
        _take(part, taken, spoken=spoken)
    text = _words(taken)
    if not (taken.attachments or text.strip()) and (words := outside(mail)):
        problems.append(Problem(where=where, what="its words stand outside its parts"))
        text = decoded_text(words.encode("utf-8", "surrogateescape"), None)[0]
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
        html=_joined(taken.html),
        in_reply_to=first_id(headers.get("in-reply-to", "")),
        references=tuple(ID.findall(headers.get("references", ""))),
        automatic=is_automatic(headers, sender),
        bulk=is_bulk(headers),
        attachments=tuple(taken.attachments),
        problems=tuple(problems),
    )
    return Parsed(message, taken.parts)


class _Taken:
    """What has been read of a mail so far.  texts: its words in order, a page's as HTML in a ``_Page``."""

    def __init__(self, where: str, large: Mapping[bytes, memoryview], problems: list[Problem]) -> None:
        self.where, self.large, self.problems = where, large, problems
        self.texts: list[str | _Page] = []
        self.html: list[str] = []
        self.attachments: list[Attachment] = []
        self.parts: dict[str, bytes] = {}

    def warn(self, what: str, effect: str = "") -> None:
        self.problems.append(Problem(where=self.where, what=what, effect=effect))

    def keep(self, name: str, kind: str, data: bytes, words: str = "", *, inline: bool = False) -> None:
        """A file of the mail; a PDF's words are read."""
        problem = None
        if data[:5] == b"%PDF-":
            words, problem = pdf_text(name, data)
        if problem:
            self.problems.append(msgspec.structs.replace(problem, where=f"{self.where} {name}".strip()))
        sha256 = hashlib.sha256(data).hexdigest()
        self.parts[sha256] = data
        self.attachments.append(
            Attachment(
                name=name or kind, media_type=kind, sha256=sha256, size=len(data), text=words, inline=inline
            )
        )


class _Page(NamedTuple):
    html: str


def _take(part: Part, taken: _Taken, *, spoken: bool) -> None:
    kind = part.get_content_type()
    name = file_name(part)
    data, trouble = content(part)
    if data in taken.large:
        data, trouble = unpacked(taken.large[data])
    if trouble:
        taken.warn(f"{name or kind}: {trouble}", "read as far as it goes")
    disposition = (part.get_content_disposition() or "").lower()
    first = not taken.texts and not taken.html
    shown = not name or (disposition == "inline" and first)  # a body may bear a file's name
    if kind in ("text/plain", "text/html") and disposition != "attachment" and shown:
        text, trouble = decoded_text(data, part.get_content_charset())
        if trouble:
            taken.warn(f"{kind}: {trouble}", "some letters may be wrong")
        if kind == "text/html":
            taken.html.append(text)
            taken.texts += [_Page(text)] if spoken else []
        else:
            taken.texts.append(text)
        return
    if kind.startswith("multipart/"):  # a leaf: its border was not found
        taken.warn("a part that should hold parts is empty or cut off")
        taken.texts.append(decoded_text(data, part.get_content_charset())[0])
        return
    if data[:4] == SIGNATURE:
        _take_tnef(data, taken)
    words = ""
    if kind == "message/rfc822":
        words = _inner_text(data)
    elif kind == "text/calendar":
        words = decoded_text(data, part.get_content_charset())[0]
    taken.keep(name, kind, data, words, inline=disposition == "inline" or bool(part.get("Content-ID")))


def _take_tnef(data: bytes, taken: _Taken) -> None:
    """The files of a winmail.dat as attachments of their own; its text where the mail has none."""
    found = unpack_tnef(data)
    if found.trouble:
        taken.warn(found.trouble, "read as far as it goes")
    if found.body.strip() and not any(isinstance(t, str) and t.strip() for t in taken.texts):
        taken.texts.append(found.body)
    for name, file in found.files:
        taken.keep(name, media_type(file[:4096]), file)


def _words(taken: _Taken) -> str:
    """The words of a mail in their order: plain ones, and those of pages that say more than they do."""
    plain = [t for t in taken.texts if isinstance(t, str)]
    if not _joined(plain):
        return visible_text(_joined(taken.html)[:_MAX_TEXT]) if taken.html else ""
    if len(plain) == len(taken.texts):
        return _joined(plain)
    said = set(_WORD.findall(_joined(plain)))
    texts = []
    for text in taken.texts:
        shown = text if isinstance(text, str) else visible_text(text.html[:_MAX_TEXT])
        if isinstance(text, str) or not _told(shown, said):
            texts.append(shown)
    return _joined(texts)


def _told(text: str, said: set[str]) -> bool:
    """Whether a page says again what the plain words do: many programs send both as two texts, not as alternatives."""
    words = _WORD.findall(text)
    return sum(word in said for word in words) >= _SAME * len(words)


def _joined(texts: list[str]) -> str:
    return "\n".join(t for t in texts if t.strip())


def _inner_text(data: bytes) -> str:
    """The words of a mail inside a mail, for searching."""
    try:
        parts = list(itertools.islice(taken_apart(data)[0].walk(), _MAX_PARTS))
    except RecursionError:  # mails in mails by the hundred
        return ""
    plain = (p for p in parts if p.get_content_type() == "text/plain" and not p.is_multipart())
    return _joined([decoded_text(content(part)[0], part.get_content_charset())[0] for part in plain])
