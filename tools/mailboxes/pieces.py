"""Photos with a camera's date, and a receipt as a PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import typst
from PIL import Image, ImageDraw, ImageFont

_DATE_ORIGINAL, _EXIF = 0x9003, 0x8769


def photo(spec: Mapping[str, Any]) -> bytes:
    """A grey device with a display that shows ``words``, taken at ``taken`` (EXIF DateTimeOriginal)."""
    picture = Image.new("RGB", (720, 540), (196, 188, 172))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((120, 70, 600, 470), 24, fill=(70, 76, 84), outline=(40, 44, 50), width=6)
    draw.rectangle((190, 130, 530, 270), fill=(150, 178, 120))
    draw.text((220, 160), str(spec["words"]), fill=(24, 30, 20), font=ImageFont.load_default(48))
    for n in range(6):
        draw.rectangle((170 + 65 * n, 380, 215 + 65 * n, 440), fill=(30, 32, 36))
    exif = Image.Exif()
    exif.get_ifd(_EXIF)[_DATE_ORIGINAL] = str(spec["taken"]).replace("-", ":")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def receipt(spec: Mapping[str, Any]) -> bytes:
    """One page: the shop's name and lines of text."""
    lines = "\n".join(f"#sys.inputs.l{n} \\" for n in range(len(spec["lines"])))
    source = f'#set document(title: "Invoice")\n#set page(paper: "us-letter")\n= #sys.inputs.head\n{lines}\n'
    values = {"head": str(spec["head"])} | {f"l{n}": str(line) for n, line in enumerate(spec["lines"])}
    pdf = typst.compile(source.encode(), sys_inputs=values, timestamp=0, ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf
