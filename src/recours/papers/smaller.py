"""Pictures of an exhibit made smaller, so that a file holds within a portal's limit."""

from __future__ import annotations

import io

import msgspec
from PIL import Image

from recours.papers.show_picture import MAX_PIXELS
from recours.papers.shown import Rendered

SIDES = (MAX_PIXELS, 1300, 900)  # pixels of the longest side: about 200, 150 and 100 to the inch on a page
QUALITY = 75  # of JPEG, once a picture is made smaller


def smaller(one: Rendered, side: int) -> Rendered:
    """side: pixels at most of the longest side.  Somebody's PDF, and what is small already, stays as it is."""
    if one.shown.kind != "picture" or side >= MAX_PIXELS:
        return one
    return msgspec.structs.replace(one, files={name: _shrunk(data, side) for name, data in one.files.items()})


def _shrunk(data: bytes, side: int) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        if max(picture.size) <= side:
            return data
        picture.thumbnail((side, side))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=QUALITY, comment=b"")
    return out.getvalue()
