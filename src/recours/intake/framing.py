"""How a message is framed in its source, and how it is taken out of the frame: mbox quoting, Apple Mail's .emlx,
Outlook's .msg."""

from __future__ import annotations

import re

import stringzilla

from recours.intake.outlook import mail_of

MBOX_MESSAGE = "application/mbox"  # media type of a message framed by an mbox: ">From " stands for "From "
EML_MESSAGE = "message/rfc822"
EMLX_MESSAGE = "message/x-emlx"  # a line with the message's length, the message, a property list
MSG_MESSAGE = "application/vnd.ms-outlook"  # Outlook's .msg: a compound file
MAIL = frozenset({MBOX_MESSAGE, EML_MESSAGE, EMLX_MESSAGE, MSG_MESSAGE})

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_LENGTH_LINE = re.compile(rb"[ \t]*(\d{1,12})[ \t]*\r?\n")


def content(data: bytes, media_type: str) -> bytes:
    """The message as its sender sent it, without its frame.  media_type: how it lies in its source."""
    if media_type == MBOX_MESSAGE:
        return unquoted(data)
    if media_type == EMLX_MESSAGE:
        line = _LENGTH_LINE.match(data)
        return data[line.end() : line.end() + int(line[1])] if line else data
    if media_type == MSG_MESSAGE:
        return mail_of(data)
    return data


def unquoted(data: bytes) -> bytes:
    """mboxrd: one ">" is taken from each line that was quoted because it began with "From "."""
    return _QUOTED_FROM.sub(rb"\1", data) if stringzilla.find(data, b">From ") != -1 else data
