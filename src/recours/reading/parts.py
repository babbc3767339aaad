"""A mail's bytes -> its parts, as the standard library takes them apart, and the bytes of each.

What the standard library cannot do with a damaged mail is done here around it: lines of the head that are no header, a
part that says how it is encoded in an odd way or wrongly, a mail within that is encoded.  RFC 5322 (4.5), 2045, 2046.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import itertools
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import Message as Part
from typing import NamedTuple

from recours.reading.bounds import bounded
from recours.reading.headers import head_end

_ENCODING = "Content-Transfer-Encoding"
_NO_HEADER = re.compile(rb"^(?!From (?![ \t]*:)|[\x21-\x39\x3b-\x7e]+:|[ \t\r\n]).", re.MULTILINE)
_SPACED = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,40})[ \t]+:")  # "Subject : ..." (RFC 5322, 4.5)
_KNOWN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|mime-version|content-type|content-transfer-encoding|reply-to|in-reply-to"
    rb"|references|received|return-path|delivered-to|sender)[ \t]*:",
    re.IGNORECASE,
)
_ENCODED_LINE = re.compile(rb"[A-Za-z0-9+/=\s]*\Z")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LONG = 20_000  # letters of a header about a part
_LOOKED_AT = 500  # parts in which an alternative's words are looked for


class _Policy(email.policy.Compat32):
    """Reads no more of a header about a part than is sensible: to read its parameters takes the square of their number."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONG] if name.lower().startswith("content-") else value


class Leaf(NamedTuple):
    """A part that is no container.  spoken: no other branch of the same alternative says it in plain words."""

    part: Part
    spoken: bool


_POLICY = _Policy()


def taken_apart(data: bytes) -> tuple[Part, tuple[str, ...]]:
    """The mail as a tree of parts, and what was wrong with it.  Never raises on any bytes."""
    whole, wrong = _mended(data)
    whole, trouble = bounded(whole)
    wrong += (trouble,) if trouble else ()
    try:
        return email.message_from_bytes(whole, policy=_POLICY), wrong
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        return Part(), (*wrong, f"the mail cannot be taken apart ({error})")


def _mended(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The mail without the lines in its head that are no header, which would end the head there.

    Such a line is left out only before a header that mails have; what stands after the last of them may be the text.
    """
    end = head_end(data)
    head = data if end == -1 else data[: end + 1]
    if not _NO_HEADER.search(head):
        return data, ()
    lines = head.splitlines(keepends=True)
    last = max((n for n, line in enumerate(lines) if _KNOWN.match(line)), default=0)
    kept, wrong, folded = [], [], False
    for n, line in enumerate(lines[: last + 1]):
        if folded and line[:1] in (b" ", b"\t"):
            continue
        folded = False
        if not _NO_HEADER.match(line) or (n == 0 and not line.startswith(b">From ")):
            kept.append(line)
        elif _SPACED.match(line):
            kept.append(_SPACED.sub(rb"\1:", line, count=1))
        else:
            folded = True
            if not line.startswith(b">From "):  # what mbox programs put there
                wrong.append(f"a line of its head is no header: {line[:60].decode('latin-1').strip()!r}")
    rest = sum(map(len, lines[: last + 1]))
    return b"".join(kept) + data[rest:], tuple(wrong)


def leaves(mail: Part) -> Iterator[Leaf]:
    """Every part that is no container, in order; an attached mail is one part, not its parts."""
    stack = [Leaf(mail, spoken=True)]
    while stack:
        part, spoken = stack.pop()
        if not _holds_parts(part):
            yield Leaf(part, spoken)
            continue
        within = inner(part)
        chosen = _chosen(within) if part.get_content_subtype() == "alternative" else None
        stack += [Leaf(one, spoken and chosen in (None, n)) for n, one in reversed(list(enumerate(within)))]


def outside(mail: Part) -> str:
    """The words before the first border and after the last one, which mail programs do not show."""
    return "\n".join(t for t in (mail.preamble, mail.epilogue) if t and t.strip())


def inner(part: Part) -> list[Part]:
    """The parts within; [] for a leaf, whose text is never asked for undecoded: a broken charset would raise."""
    return [p for p in part.get_payload() if isinstance(p, Part)] if part.is_multipart() else []


def content(part: Part) -> tuple[bytes, str]:
    """The bytes of a part, decoded, and what was wrong with how it is encoded ("" when nothing)."""
    encoding = _encoding(part)
    if part.is_multipart():
        return _mail_within(part, encoding)
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error) as error:
        return b"", f"its {encoding} is broken ({error})"
    found = found if isinstance(found, bytes) else b""
    if not any("Base64" in type(d).__name__ for d in part.defects):
        return found, ""
    if part.get_content_maintype() == "text" and not _is_text(found):
        del part[_ENCODING]
        plain = part.get_payload(decode=True)
        return plain if isinstance(plain, bytes) else b"", "it says base64 and is not; read as it stands"
    return found, "its base64 is broken or cut off"


def _holds_parts(part: Part) -> bool:
    return part.get_content_maintype() == "multipart" and part.is_multipart()


def _chosen(branches: list[Part]) -> int | None:
    """The first branch of an alternative that has plain words."""
    return next((n for n, branch in enumerate(branches) if _has_words(branch)), None)


def _has_words(branch: Part) -> bool:
    stack = [branch]
    for _ in itertools.repeat(None, _LOOKED_AT):
        if not stack:
            return False
        part = stack.pop()
        if _holds_parts(part):
            stack += inner(part)
        elif part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            found = part.get_payload(decode=True)
            if isinstance(found, bytes) and found.strip():
                return True
    return False


def _encoding(part: Part) -> str:
    """The encoding that a part names, without what does not belong to the name; put right in the part itself."""
    said = str(part.get(_ENCODING, ""))
    name = re.split(r"[;(]", said)[0].strip("\"' \t\r\n").lower()
    if name != said and _ENCODING in part:
        part.replace_header(_ENCODING, name)
    return name


def _mail_within(part: Part, encoding: str) -> tuple[bytes, str]:
    """The bytes of an attached mail, decoded if it is encoded, which RFC 2046 (5.2.1) forbids and some programs do."""
    try:
        mail = b"\n".join(p.as_bytes() for p in inner(part))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        return b"", f"a mail within it cannot be written out ({error})"
    if encoding != "base64" or not _ENCODED_LINE.match(mail.strip()):
        return mail, ""
    try:
        return base64.b64decode(mail.strip()), ""
    except binascii.Error:
        return mail, "its base64 is broken or cut off"


def _is_text(found: bytes) -> bool:
    return not _CONTROLS.search(found)
