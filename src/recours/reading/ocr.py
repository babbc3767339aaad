"""The words of photos and scanned pages, by the program Tesseract where the machine has it.

Recognition errs: what it gives is marked wherever it goes, and no fact that stands on it alone is told as known.
The program is given a picture on standard input, no shell, no network, and a bounded time.
Source of its output: tesseract(1), configuration "tsv".
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import msgspec
import pypdfium2
from PIL import Image, ImageOps

from recours.intake.coefficients import MOST, held
from recours.intake.pictures import BROKEN, open_picture

PROGRAM = "tesseract"
SWITCH = "RECOURS_OCR"  # "off": do not use the program even where it is
WANTED = ("fra", "eng")  # of the languages installed, those that are read
PACKAGES = "tesseract-ocr tesseract-ocr-fra"  # Debian's
SECONDS = 60  # for one page
MAX_PAGES = 20
DOTS_PER_POINT = 200 / 72  # of a scanned PDF page
MAX_SIDE = 3000  # pixels; beyond it nothing is gained
MIN_SIDE = 160  # pixels of the shorter side; below it a picture is a logo or a rule
SURE = 60  # of 100: a word of which the program is less sure tells nothing about the page
WORDS = 4  # sure words that a page must have: the grain of a wall gives one or two


class Engine(msgspec.Struct, frozen=True):
    """program: its path; languages: as it wants them, "fra+eng"."""

    program: str
    languages: str


def engine() -> Engine | None:
    """The program with at least one of the languages; None where it is absent or switched off."""
    return None if os.environ.get(SWITCH, "").casefold() == "off" else _installed()


@cache
def _installed() -> Engine | None:
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    try:
        said = subprocess.run(
            [program, "--list-langs"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    have = said.stdout.decode("utf-8", "replace").split()
    languages = "+".join(language for language in WANTED if language in have)
    return Engine(program, languages) if languages else None


def recognised(media_type: str, data: bytes) -> str:
    """A picture or a PDF without text -> its words, a line of the page a line, a form feed between pages.

    "" when the program is not there, when nothing can be read, or when it is sure of too little.  Never raises on any
    bytes.
    """
    found = engine()
    if found is None:
        return ""
    pages = _pdf_pages(data) if media_type == "application/pdf" else _picture(data)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        texts = list(pool.map(lambda page: _words(found, page), pages))
    return "\f".join(texts) if any(texts) else ""


def _pdf_pages(data: bytes) -> list[bytes]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    try:
        pages = []
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            scale = min(DOTS_PER_POINT, MAX_SIDE / max(*page.get_size(), 1))
            pages.append(_png(page.render(scale=scale, grayscale=True).to_pil()))
        return pages
    except (pypdfium2.PdfiumError, *BROKEN):
        return []
    finally:
        document.close()


def _picture(data: bytes) -> list[bytes]:
    try:
        with open_picture(data) as picture:
            if min(picture.size) < MIN_SIDE or held(picture, data) > MOST:
                return []
            picture.draft("L", (MAX_SIDE, MAX_SIDE))
            picture.thumbnail((MAX_SIDE, MAX_SIDE))  # before it is turned, which takes as much memory again
            upright = ImageOps.exif_transpose(picture)
            return [_png(ImageOps.autocontrast(upright.convert("L")))]
    except BROKEN:
        return []


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _words(found: Engine, page: bytes) -> str:
    """The words of one page.  Page segmentation 4 (one column, rows of any size) keeps a receipt's label beside its amount."""
    command = [found.program, "stdin", "stdout", "-l", found.languages, "--psm", "4", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=page,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    rows = csv.DictReader(
        io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return _lines(list(rows))


def _lines(rows: Sequence[dict[str, str]]) -> str:
    """Words by line, an empty line between paragraphs; "" when too few of them are sure."""
    lines: dict[tuple[str, str], dict[str, list[str]]] = {}
    sure = 0
    for row in rows:
        word = (row.get("text") or "").strip()
        if not word:
            continue
        sure += float(row["conf"]) >= SURE and any(map(str.isalnum, word))
        paragraph = lines.setdefault((row["block_num"], row["par_num"]), {})
        paragraph.setdefault(row["line_num"], []).append(word)
    if sure < WORDS:
        return ""
    return "\n\n".join("\n".join(" ".join(words) for words in p.values()) for p in lines.values())
