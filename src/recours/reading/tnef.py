"""Outlook's winmail.dat (TNEF) -> the text and the files in it.

Only what a person would see is taken: the body as plain text, and each attachment's name and bytes.  The file itself
stays an attachment of its mail.  Source of the form: [MS-OXTNEF] 2.1; a MAPI property list is [MS-OXTNEF] 2.1.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import msgspec

SIGNATURE = b"\x78\x9f\x3e\x22"
MAX_ATTRIBUTES = 5000
_BODY, _CODE_PAGE = 0x0002800C, 0x00069007
_TITLE, _DATA, _START, _PROPERTIES = 0x00018010, 0x0006800F, 0x00069002, 0x00069005
_HEAD = struct.Struct("<BII")
_LONG_NAME, _SHORT_NAME = 0x3707, 0x3704  # PidTagAttachLongFilename, PidTagAttachFilename
_TEXT = {0x001E: "cp1252", 0x001F: "utf-16-le"}  # PtypString8, PtypString
_SIZES = {
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x000B: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
_MANY = frozenset({0x000D, 0x001E, 0x001F, 0x0102})  # one length for each value


class Unpacked(msgspec.Struct, frozen=True):
    """body: "" when it holds none (a rich body in RTF is not read); files: name and bytes; trouble: "" when whole."""

    body: str
    files: tuple[tuple[str, bytes], ...]
    trouble: str = ""


def unpack_tnef(data: bytes) -> Unpacked:
    """What a winmail.dat holds.  Never raises on any bytes; what could not be read is said in ``trouble``."""
    body, page = b"", "cp1252"
    files: list[dict[str, bytes]] = []
    trouble = ""
    try:
        for name, value in _attributes(data):
            if name == _CODE_PAGE and len(value) >= 4:
                page = f"cp{struct.unpack_from('<I', value)[0]}"
            elif name == _BODY:
                body = value
            elif name == _START:
                files.append({})
            elif files and name == _TITLE:
                files[-1].setdefault("name", _decoded(value, page).encode())
            elif files and name == _DATA:
                files[-1]["data"] = value
            elif files and name == _PROPERTIES:
                files[-1] |= {"name": long.encode()} if (long := _long_name(value)) else {}
    except (struct.error, ValueError) as error:
        trouble = f"winmail.dat is damaged ({error})"
    found = tuple(
        (one.get("name", b"").decode() or f"attachment-{n}", one["data"])
        for n, one in enumerate(files, 1)
        if "data" in one
    )
    return Unpacked(_decoded(body, page).replace("\r\n", "\n"), found, trouble)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    if data[:4] != SIGNATURE:
        raise ValueError("it does not begin as one")
    at = 6
    for _ in range(MAX_ATTRIBUTES):
        if at >= len(data):
            return
        _level, name, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if length > len(data) - at:
            raise ValueError("it is cut off")
        yield name, data[at : at + length]
        at += length + 2  # a checksum follows
    raise ValueError(f"more than {MAX_ATTRIBUTES} fields")


def _long_name(properties: bytes) -> str:
    """The long file name in an attachment's MAPI properties; "" where it has none or they cannot be walked."""
    try:
        (count,) = struct.unpack_from("<I", properties)
        at, found = 4, {}
        for _ in range(min(count, MAX_ATTRIBUTES)):
            kind, name = struct.unpack_from("<HH", properties, at)
            at += 4
            if name >= 0x8000:  # a named property: its GUID and its number or name
                at += 16
                (by_name,) = struct.unpack_from("<I", properties, at)
                length = struct.unpack_from("<I", properties, at + 4)[0] if by_name else 0
                at += 8 + (length + 3) // 4 * 4
            if kind in _MANY:
                values, length = struct.unpack_from("<II", properties, at)
                at += 8
                if values != 1:
                    return ""
                if kind in _TEXT:
                    found[name] = properties[at : at + length].decode(_TEXT[kind], "replace").rstrip("\x00")
                at += (length + 3) // 4 * 4
            elif kind in _SIZES:
                at += _SIZES[kind]
            else:
                break
    except struct.error:
        return ""
    return found.get(_LONG_NAME) or found.get(_SHORT_NAME) or ""


def _decoded(value: bytes, page: str) -> str:
    try:
        return value.decode(page, "replace").rstrip("\x00")
    except LookupError:
        return value.decode("cp1252", "replace").rstrip("\x00")
