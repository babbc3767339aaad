"""What a picture or a PDF says beside what it shows (place, device, author, history): taken out, pixels untouched.

Source of the forms: ITU-T T.81 annex B (JPEG's segments), Exif 2.32, XMP part 3.
"""

from __future__ import annotations

import pikepdf

_KEPT = frozenset({0xE0, 0xE2, 0xEE})  # JFIF, ICC profile, Adobe's colour transform: needed to show it right
_START, _SCAN, _COMMENT = 0xD8, 0xDA, 0xFE


def bare_jpeg(data: bytes) -> bytes:
    """The JPEG without Exif, XMP, IPTC and comments.  What is no JPEG, or a broken one, comes back as it is."""
    if data[:2] != bytes((0xFF, _START)):
        return data
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _SCAN:
            return bytes(out + data[at:])
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        private = 0xE0 <= marker <= 0xEF and marker not in _KEPT
        if not private and marker != _COMMENT:
            out += data[at:end]
        at = end
    return data


def bare_pdf(document: pikepdf.Pdf) -> None:
    """Takes the author, dates, XMP and embedded files' metadata out of an open PDF, and Exif out of its JPEGs."""
    for name in ("/Metadata", "/PieceInfo"):
        if name in document.Root:
            del document.Root[name]
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        for name in ("/Metadata", "/PieceInfo"):
            if name in thing:
                del thing[name]
        if thing.get("/Filter") in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode])):
            raw = thing.read_raw_bytes()
            bare = bare_jpeg(raw)
            if bare != raw:
                parms = thing.get("/DecodeParms")
                kept = parms if isinstance(parms, pikepdf.Dictionary) else None
                thing.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=kept)
