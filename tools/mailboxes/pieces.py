"""Photos with a camera's date, and a receipt as a PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import typst
from PIL import Image, ImageDraw, ImageFont

_DATE_ORIGINAL, _EXIF = 0x9003, 0x8769
_QUALITY = 55  # keeps a photo between 5 and 10 kB, as many of them travel in one mailbox


def photo(spec: Mapping[str, Any]) -> bytes:
    """A grey device with a display that shows ``words``, taken at ``taken`` (EXIF DateTimeOriginal)."""
    picture = Image.new("RGB", (480, 360), (196, 188, 172))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((80, 46, 400, 314), 16, fill=(70, 76, 84), outline=(40, 44, 50), width=4)
    draw.rectangle((112, 86, 368, 180), fill=(150, 178, 120))
    draw.text((128, 112), str(spec["words"]), fill=(24, 30, 20), font=ImageFont.load_default(30))
    for n in range(6):
        draw.rectangle((112 + 44 * n, 254, 142 + 44 * n, 294), fill=(30, 32, 36))
    exif = Image.Exif()
    exif.get_ifd(_EXIF)[_DATE_ORIGINAL] = str(spec["taken"]).replace("-", ":")
    out = io.BytesIO()
    tilted = picture.rotate(float(spec.get("tilt", 0)), fillcolor=(196, 188, 172))
    tilted.save(out, "JPEG", quality=_QUALITY, exif=exif)
    return out.getvalue()


def receipt(spec: Mapping[str, Any]) -> bytes:
    """One page: the shop's name and lines of text."""
    lines = "\n".join(f"#sys.inputs.l{n} \\" for n in range(len(spec["lines"])))
    source = f'#set document(title: "Invoice")\n#set page(paper: "us-letter")\n= #sys.inputs.head\n{lines}\n'
    values = {"head": str(spec["head"])} | {f"l{n}": str(line) for n, line in enumerate(spec["lines"])}
    pdf = typst.compile(source.encode(), sys_inputs=values, timestamp=0, ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf
