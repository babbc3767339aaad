"""Photos, PDFs, notes of calls and chats that a person adds -> Items."""

from __future__ import annotations

import hashlib
import re
import warnings
from pathlib import Path

from PIL import ExifTags

from recours.errors import Problem, RecoursError
from recours.intake.chat import chat_entries
from recours.intake.coefficients import MOST, held
from recours.intake.errors import MissingSourceError
from recours.intake.framing import EML_MESSAGE, MAIL, MSG_MESSAGE
from recours.intake.outlook import is_message
from recours.intake.page import PAGES, origin, page_type
from recours.intake.pictures import BROKEN, open_picture
from recours.intake.signature import COMPOUND, UNKNOWN, media_type
from recours.intake.sms import is_sms
from recours.intake.types import Item, ItemKind, Place

MAX_BYTES = 500 * 1024 * 1024
LOOK = (1000, 1000)  # pixels at which a JPEG is tried: one of 400 million would take 1.2 GB

_CALL_HEADING = re.compile(r"^##\s+.*\d{4}-\d{2}-\d{2}", re.MULTILINE)
CALL_LINE = re.compile(
    r"^[-*# \t]*(?P<title>(?:phone call|call|called|spoke|appel\w*|t[ée]l[ée]phon\w*|coup de fil|conversation)\b[^\n]{0,100}?\b(?:19|20)\d\d\b(?:[^\n:]|:(?=\d)){0,40})",
    re.MULTILINE | re.IGNORECASE,
)  # a typed note of a call opens with the word and a day


class TooLargeError(RecoursError):
    """A file beyond what one piece of evidence may weigh."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(
            {
                "en": f"{path.name} weighs {size // 2**20} MB, more than {MAX_BYTES // 2**20} MB",
                "fr": f"{path.name} pèse {size // 2**20} Mo, plus que {MAX_BYTES // 2**20} Mo",
            },
            todo={
                "en": "Add a smaller copy of it, and keep the original.",
                "fr": "Ajoutez-en une copie plus petite, et gardez l'original.",
            },
        )


def take(path: Path) -> Item:
    """One file of a person -> one Item.

    Raises MissingSourceError, TooLargeError.  A file that is damaged is still taken, byte for byte, with a
    Problem that says what could not be read.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TooLargeError(path, size)
        data = path.read_bytes()
    except OSError as error:
        raise MissingSourceError(path, error.strerror or str(error)) from None
    found = media_type(data[:4096]) if data else "application/octet-stream"
    if found == COMPOUND and is_message(data):
        found = MSG_MESSAGE
    if found in ("text/plain", EML_MESSAGE, UNKNOWN):
        found = page_type(data, path.name) or found
    kind, taken_on, problems = _look(path.name, data, found)
    return Item(
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        name=path.name,
        media_type=found,
        data=data,
        place=Place(file=path.name, length=len(data)),
        status="unreadable" if problems else "taken" if data else "nothing_to_take",
        reason=problems[0].what if problems else "" if data else "the file is empty",
        taken_on=taken_on,
        problems=problems,
    )


def _look(name: str, data: bytes, found: str) -> tuple[ItemKind, str, tuple[Problem, ...]]:
    if found.startswith("image/"):
        taken_on, problem = photo_date(name, data)
        return "photo", taken_on, (problem,) if problem else ()
    if found == "application/pdf":
        return "pdf", "", ()
    if found in PAGES:
        return "page", origin(data, found).saved_on, ()
    if found in MAIL:
        return "mail", "", ()
    if found == "text/plain":
        text = data.decode("utf-8", "replace")
        if _CALL_HEADING.search(text):
            return "call", "", ()
        if is_sms(data[:4096]) or chat_entries(text):
            return "chat", "", ()
        return "call" if CALL_LINE.search(text) else "note", "", ()
    return "other", "", ()


def photo_date(name: str, data: bytes) -> tuple[str, Problem | None]:
    """When a photo says that it was taken (EXIF DateTimeOriginal, local time, ISO 8601; "" when it does not).

    The second value is a Problem when the picture itself cannot be decoded.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with open_picture(data) as picture:
                exif = picture.getexif()
                inside = exif.get_ifd(ExifTags.IFD.Exif)
                raw = inside.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or ""
                if held(picture, data) <= MOST:  # else the bundle's page says why it is not shown
                    picture.draft("RGB", LOOK)  # a JPEG is decoded whole, at a small size
                    picture.load()
    except BROKEN as error:
        return "", Problem(
            where=name, what=f"the picture cannot be decoded ({error})", effect="kept as it is"
        )
    return _iso(raw), None


def _iso(raw: object) -> str:
    match = re.match(r"(\d{4}):(\d\d):(\d\d)[ T](\d\d:\d\d:\d\d)", str(raw))
    return f"{match[1]}-{match[2]}-{match[3]}T{match[4]}" if match else ""
