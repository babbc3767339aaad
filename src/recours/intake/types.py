"""What intake hands on."""

from __future__ import annotations

from typing import Literal

import msgspec

from recours.errors import Problem

ItemKind = Literal["mail", "call", "chat", "photo", "pdf", "page", "note", "other"]
ItemStatus = Literal["taken", "nothing_to_take", "unreadable"]


class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where bytes come from.

    file: the source's name as the person gave it (base name); position: counts from 1 in that source;
    offset, length: bytes in the source (0, size for a file of its own).
    """

    file: str
    position: int = 1
    offset: int = 0
    length: int = 0


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence, byte for byte.

    sha256: of ``data`` (for an mbox message: the message without its "From " line, ">From " quoting as found);
    name: file name to show; media_type: by signature, not by extension; taken_on: when a photo was taken
    (EXIF, ISO 8601 local time without zone when it has none) or a web page saved, as the file says, else "".
    """

    sha256: str
    kind: ItemKind
    name: str
    media_type: str
    data: bytes
    place: Place
    status: ItemStatus = "taken"
    reason: str = ""
    taken_on: str = ""
    problems: tuple[Problem, ...] = ()
