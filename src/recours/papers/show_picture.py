"""A picture's bytes -> JPEG pages: upright, on white, no larger than a page needs."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image

from recours.intake.coefficients import MOST, held
from recours.intake.pictures import BROKEN, open_picture
from recours.papers.formats import moment_text
from recours.papers.shown import Rendered, Shown, placeholder
from recours.papers.types import Exhibit
from recours.papers.wording import phrase
from recours.words import Language

MAX_PIXELS = 1800  # longest side on a page (about 200 dpi on letter paper)
MAX_FRAMES = 40  # pages of a scan (TIFF); what is left out is said
STRIP = 256  # rows of the small picture that are made at once
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # Exif 2.32, tag Orientation
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")


def show_picture(exhibit: Exhibit, data: bytes, taken_on: str, language: Language) -> Rendered:
    """taken_on: ISO 8601, as EXIF says; "" when it does not."""
    try:
        with (
            warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),
            open_picture(data) as opened,
        ):
            if held(opened, data) > MOST:
                why = phrase(language, "bundle.progressive", count=opened.width * opened.height // 1_000_000)
                return placeholder(exhibit, why, language)
            moving = opened.format not in ("TIFF", "MPO")
            count = int(getattr(opened, "n_frames", 1))
            count = 1 if opened.format == "MPO" else count  # its other frames are the camera's previews
            pages = list(_pages(opened, 1 if moving else min(count, MAX_FRAMES)))
    except BROKEN as error:
        large = isinstance(error, Image.DecompressionBombError | MemoryError)
        return placeholder(
            exhibit, phrase(language, "bundle.too_large" if large else "bundle.no_picture"), language
        )
    names = tuple(f"{exhibit.label}-{n}.jpg" for n in range(1, len(pages) + 1))
    left = count - len(pages)
    return Rendered(
        shown=Shown(
            label=exhibit.label,
            title=exhibit.title,
            kind="picture",
            sha256=exhibit.sha256,
            rows=((phrase(language, "bundle.taken"), moment_text(taken_on, language)),) if taken_on else (),
            files=names,
            note=phrase(language, "bundle.frames", count=left) if left > 0 else "",
        ),
        files=dict(zip(names, pages, strict=True)),
    )


def _pages(opened: Image.Image, count: int) -> Iterator[bytes]:
    for number in range(count):
        if number:
            opened.seek(number)
        else:
            opened.draft("RGB", (MAX_PIXELS, MAX_PIXELS))  # JPEG: decoded at the size that is needed
        out = io.BytesIO()
        picture = _small(opened)
        picture.thumbnail((MAX_PIXELS, MAX_PIXELS))
        picture = upright(picture, opened)
        picture.save(out, "JPEG", quality=85, comment=b"")  # Pillow keeps no Exif; a comment it would
        yield out.getvalue()


def _small(opened: Image.Image) -> Image.Image:
    """On white, and at most four times as long as a page needs.

    Strip by strip: of a large palette or line drawing, a whole copy in colours would take three or four bytes a pixel.
    """
    factor = max(1, max(opened.size) // (2 * MAX_PIXELS))
    small = Image.new("RGB", [-(-side // factor) for side in opened.size])
    for top in range(0, small.height, STRIP):
        strip = opened.crop((0, top * factor, opened.width, min((top + STRIP) * factor, opened.height)))
        small.paste(_on_white(strip).reduce(factor), (0, top))
    return small


def upright(picture: Image.Image, opened: Image.Image) -> Image.Image:
    """Turned as the EXIF of what was opened says; EXIF that cannot be read turns nothing."""
    try:
        turn = _TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except BROKEN:
        return picture
    return picture if turn is None else picture.transpose(turn)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    shown = picture.convert("RGBA")
    white = Image.new("RGB", shown.size, "white")
    white.paste(shown, mask=shown.getchannel("A"))
    return white
