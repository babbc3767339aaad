"""A picture's bytes -> an open picture, those of telephones (HEIC) included.

The one place where pictures are opened, so that every room can open the same kinds.
"""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import pi_heif
from PIL import Image

# What decoders raise on broken files; a picture that cannot be opened is said to be so, never a crash.
BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, AttributeError, ArithmeticError,
    struct.error, zlib.error, MemoryError, RuntimeError, Image.DecompressionBombError,
)  # fmt: skip


def open_picture(data: bytes) -> Image.Image:
    """JPEG, PNG, GIF, TIFF, WebP, HEIC ... (ISO/IEC 23008-12), not yet decoded.  Raises one of BROKEN."""
    _with_heic()
    return Image.open(io.BytesIO(data))


@cache
def _with_heic() -> None:
    pi_heif.register_heif_opener()
