"""A picture's bytes -> an open picture, those of telephones (HEIC) included.

The one place where pictures are opened, so that every room can open the same kinds.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from functools import cache

import pi_heif
from PIL import Image, JpegImagePlugin

JPEG_PIXELS = 400_000_000  # of a JPEG, which is decoded at an eighth of its size where a page needs no more
JPEG = b"\xff\xd8\xff"

# What decoders raise on broken files; a picture that cannot be opened is said to be so, never a crash.
BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, AttributeError, ArithmeticError,
    struct.error, zlib.error, MemoryError, RuntimeError, Image.DecompressionBombError,
)  # fmt: skip


def open_picture(data: bytes) -> Image.Image:
    """JPEG, PNG, GIF, TIFF, WebP, HEIC ... (ISO/IEC 23008-12), not yet decoded.  Raises one of BROKEN.

    A picture of more pixels than Pillow decodes (about 180 million) raises DecompressionBombError, but for a JPEG: the
    caller asks for a smaller one with ``draft`` before it is decoded.
    """
    _with_heic()
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            return Image.open(io.BytesIO(data))
    except Image.DecompressionBombError:
        if not data.startswith(JPEG):
            raise
        picture = JpegImagePlugin.JpegImageFile(io.BytesIO(data))
        if picture.width * picture.height > JPEG_PIXELS:
            raise
        return picture


@cache
def _with_heic() -> None:
    pi_heif.register_heif_opener()
