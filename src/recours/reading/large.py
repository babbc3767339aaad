"""Mails with very large attachments: the mail's parser, which needs eight times their size, never sees those.

Comes in: a mail's bytes.  Goes out: the same mail with a short mark in the place of each large base64 body, and where
the bodies stand; then a body's bytes, decoded in pieces.  RFC 2045, section 6.8.
"""

from __future__ import annotations

import base64
import binascii
import re

LARGE = 4_000_000  # bytes of a mail, and of a body, from which this is done
MOST = 256_000_000  # decoded bytes of one attachment that are opened; the mail is kept whole in any case
_PIECE = 4_000_000
_ENCODED = re.compile(rb"(?im)^content-transfer-encoding:[ \t]*base64[ \t]*\r?$")
_WHOLE_MAIL = re.compile(rb"(?i)content-type:\s*message/")
_BLANK = re.compile(rb"\r?\n\r?\n")
_WHITE = b"\r\n \t"


def lightened(data: bytes) -> tuple[bytes, dict[bytes, memoryview]]:
    """(the mail without its large bodies, mark -> body as it stands).  A mail with a mail inside is left as it is."""
    if len(data) < LARGE:
        return data, {}
    whole = memoryview(data)
    pieces: list[bytes | memoryview] = []
    found: dict[bytes, memoryview] = {}
    at = 0
    header = _ENCODED.search(data)
    while header and (blank := _BLANK.search(data, header.end() - 1)):
        border = data.find(b"\n--", blank.end())  # base64 has no hyphen
        end = border + 1 if border >= 0 else len(data)
        if end - blank.end() >= LARGE:
            mark = f"recours:large:{len(found)}".encode()
            found[mark] = whole[blank.end() : end]
            pieces += [whole[at : blank.end()], base64.b64encode(mark) + b"\r\n"]
            at = end
        header = _ENCODED.search(data, end)
    light = b"".join([*pieces, whole[at:]]) if found else data
    return (data, {}) if _WHOLE_MAIL.search(light) else (light, found)


def unpacked(body: memoryview) -> tuple[bytes, str]:
    """A base64 body -> its bytes and what was wrong with it ("" when nothing); the first MOST of them."""
    made, rest, size = [], b"", 0
    for start in range(0, len(body), _PIECE):
        piece = rest + bytes(body[start : start + _PIECE]).translate(None, _WHITE)
        cut = len(piece) - len(piece) % 4
        piece, rest = piece[:cut], piece[cut:]
        try:
            made.append(binascii.a2b_base64(piece))
        except binascii.Error as error:
            return b"".join(made), f"its base64 is broken ({error})"
        size += len(made[-1])
        if size > MOST:
            return b"".join(made)[:MOST], f"larger than {MOST // 1_000_000} MB; only its beginning was opened"
    if rest:
        return b"".join(made), "its base64 is broken or cut off"
    return b"".join(made), ""
