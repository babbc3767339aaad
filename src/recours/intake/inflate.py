"""A zip archive's members, inflated by Intel's ISA-L: half as long as by zlib, which the standard library's zipfile uses."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from copy import copy

from isal import igzip_lib, isal_zlib

PIECE = 256 * 1024  # bytes given out at a time, at most; stays in the processor's cache
_PACKED = 64 * 1024  # bytes taken in
_broken: type[Exception] = igzip_lib.error  # type: ignore[assignment]  # its stub says an exception, and means its type
BROKEN = (
    _broken,
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,  # zipfile's, for a way of packing that it does not know
    EOFError,
)  # what a member raises that is damaged or cannot be unpacked


def inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's bytes in pieces, checked against its sum at the end.

    Raises those of BROKEN, OSError, and RuntimeError where a password is needed.
    """
    if member.compress_type != zipfile.ZIP_DEFLATED:
        with archive.open(member) as source:
            while piece := source.read(PIECE):
                yield piece
        return
    inflating = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_DEFLATE)
    found = 0
    with archive.open(_as_it_lies(member)) as source:
        while not inflating.eof:
            packed = source.read(_PACKED) if inflating.needs_input else b""
            if inflating.needs_input and not packed:
                break  # too early: the sum tells
            if piece := inflating.decompress(packed, PIECE):
                found = isal_zlib.crc32(piece, found)
                yield piece
    if found != member.CRC:
        raise zipfile.BadZipFile(f"Bad CRC-32 for file {member.filename!r}")


def _as_it_lies(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same member, told as one that is not packed: zipfile finds and checks where it begins, and inflates nothing."""
    plain = copy(member)
    plain.compress_type, plain.file_size = zipfile.ZIP_STORED, member.compress_size
    del plain.CRC
    return plain
