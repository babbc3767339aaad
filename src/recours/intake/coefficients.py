"""What a JPEG holds in memory before one of its pixels can be shown.

A picture that came in several scans (progressive, or its colours one after the other) is known only after the last one, so
every decoder keeps all its coefficients, two bytes each, whatever size is asked for: 6 bytes a pixel in full colour, 864 MB
for 144 million pixels, where an ordinary JPEG is decoded at an eighth in 80 MB.  Source: ITU-T T.81, B.2 and G.1;
libjpeg-turbo, jdcoefct.c (full-image coefficient buffer).
"""

from __future__ import annotations

from PIL import Image, JpegImagePlugin

MOST = (
    330_000_000  # bytes that are held: 55 million pixels in full colour, 110 as cameras write colours (4:2:0)
)
_EACH = 2
_SOS = 0xDA


def held(picture: Image.Image, data: bytes) -> int:
    """Bytes, before anything is decoded; 0 for what is decoded as it is read.  data: from which it was opened."""
    if not isinstance(picture, JpegImagePlugin.JpegImageFile):
        return 0
    if not picture.info.get("progressive") and _first_scan(data) >= picture.layers:
        return 0
    each = [(across, down) for _, across, down, _ in picture.layer]
    largest = max(a for a, _ in each) * max(d for _, d in each)
    return picture.width * picture.height * sum(a * d for a, d in each) * _EACH // largest


def _first_scan(data: bytes) -> int:
    """Colours in the first scan; 0 when there is none to be found."""
    at = 2
    while at + 5 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == _SOS:
            return data[at + 4]
        fill = data[at + 1] == 0xFF  # a marker may be led by more of them
        at += 1 if fill else 2 + int.from_bytes(data[at + 2 : at + 4])
    return 0
