"""An Outlook .msg file -> the mail that it holds, as RFC 5322 bytes.

The .msg stays the evidence, byte for byte; this is what is read of it.  Transport headers are kept where Outlook kept
them; without them (a draft, an unsent mail) the head is made from Outlook's own fields.
Source of the form: [MS-OXMSG]; read with python-oxmsg.
"""

from __future__ import annotations

import email.policy
import re
import struct
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr

from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError
from oxmsg.properties import Properties
from oxmsg.storage import Storage

_TRANSPORT_HEADERS = 0x007D  # PidTagTransportMessageHeaders
_MESSAGE_ID = 0x1035  # PidTagInternetMessageId
_CONTENT_ID = 0x3712  # PidTagAttachContentId: how the HTML calls a picture that it shows
_PLAIN_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,200}")
_KEPT = re.compile(
    r"^(?!content-|mime-version$|bcc$)[\x21-\x39\x3b-\x7e]{1,76}$", re.IGNORECASE
)  # headers that do not speak of the body's form, which is made anew
# What a damaged compound file makes the reader raise; such a file is kept, and said to be unreadable.
_BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, struct.error, OverflowError, MessageError,
    AssertionError, NotImplementedError, RecursionError, MemoryError, UnrecognizedCodePageError, UnsupportedEncodingError,
)  # fmt: skip


_INSIDE = "__substg1.0_3701000D"  # PidTagAttachDataObject: an attached mail is a storage of its own
_INSIDE_HEADER = (
    24  # bytes before an attached mail's properties; 32 before those of a file's own ([MS-OXMSG] 2.4.1)
)
DEEPEST = 20  # mails within mails; what lies deeper stays in the .msg and is named


class _Inside(Message):
    """A mail attached to another one."""

    @property
    def properties(self) -> Properties:
        return Properties(self._storage, properties_header_offset=_INSIDE_HEADER)


def is_message(data: bytes) -> bool:
    """Whether a compound file holds a mail: Word and Excel use the same container."""
    return (
        "__properties_version1.0".encode("utf-16-le") in data
        and "__substg1.0_001A".encode("utf-16-le") in data
    )


def mail_of(data: bytes) -> bytes:
    """The mail; b"" when the file cannot be read as one."""
    try:
        return bytes(_made(Message.load(data)))
    except _BROKEN:
        return b""


def _made(source: Message, depth: int = 0) -> EmailMessage:
    mail = EmailMessage(policy=email.policy.SMTP)
    for name, value in _head(source):
        if name.lower() not in {n.lower() for n in mail} or name.lower() in ("received", "dkim-signature"):
            mail[name] = value
    plain, html = source.body or "", _html(source)
    mail.set_content(plain.replace("\r\n", "\n"))
    if html:
        mail.add_alternative(html.replace("\r\n", "\n"), subtype="html")
    for attachment in source.attachments:
        content = attachment.file_bytes
        inside = _inside(attachment)
        if inside is not None and depth < DEEPEST:
            mail.add_attachment(_made(inside, depth + 1))
            continue
        if content is None:
            mail.add_attachment("", filename=f"{attachment.file_name or 'attachment'} (not read)")
            continue
        main, _, sub = (attachment.mime_type or "application/octet-stream").partition("/")
        name = re.sub(r"[\x00-\x1f]", "_", attachment.file_name or "")
        called = (attachment.properties.str_prop_value(_CONTENT_ID) or "").strip("<> ")
        shown = _PLAIN_ID.fullmatch(called) and f"cid:{called}".lower() in html.lower()
        mail.add_attachment(
            content,
            maintype=main,
            subtype=sub or "octet-stream",
            filename=name,
            cid=f"<{called}>" if shown else None,
        )
    return mail


def _inside(attachment: Attachment) -> Message | None:
    storage = attachment._storage  # no public way leads to an attached mail
    found = storage.storages if isinstance(storage, Storage) else ()
    return next((_Inside(s) for s in found if s.name == _INSIDE), None)


def _html(source: Message) -> str:
    try:
        return source.html_body or ""
    except UnicodeDecodeError as wrong:  # not in the encoding that the file names
        return wrong.object.decode("utf-8", "replace")


def _head(source: Message) -> Iterator[tuple[str, str]]:
    transport = source.properties.str_prop_value(_TRANSPORT_HEADERS) or ""
    found = HeaderParser(policy=email.policy.compat32).parsestr(transport.lstrip("\r\n"))
    seen = set()
    for name, value in found.items():
        if _KEPT.match(name):
            seen.add(name.lower())
            yield name, _line(str(value))
    own = {
        "From": source.sender or "",
        "To": ", ".join(formataddr((r.name or "", r.email_address or "")) for r in source.recipients),
        "Subject": source.subject,
        "Date": format_datetime(source.sent_date) if source.sent_date else "",
        "Message-ID": source.properties.str_prop_value(_MESSAGE_ID) or "",
    }
    for name, value in own.items():
        if value and name.lower() not in seen:
            yield name, _line(value)


def _line(value: str) -> str:
    """A header's value on one line: no line of its own can be smuggled into the head."""
    return re.sub(r"[\r\n\x00]+\s*", " ", value).strip()
