"""The pictures that a mail carries itself (``cid:`` and ``data:``), drawn anew; all others are named, never fetched."""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import hashlib
import io
import re
from collections.abc import Mapping
from email.errors import MessageError
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

import msgspec
from PIL import Image

from recours.intake.coefficients import MOST, held
from recours.intake.pictures import BROKEN, JPEG, open_picture
from recours.papers.show_picture import upright

POINTS = 0.75  # of a pixel of the web
MAX_SIDE = 1400  # pixels of a picture in a mail
MAX_PICTURES = 80  # of one mail that are drawn
_MAX_BYTES = 30_000_000  # of one picture, as it came
_MAX_PIXELS = 200_000_000  # of all of them; of a JPEG a part is decoded
_SMALL = 250_000  # pixels up to which a drawing (PNG, GIF) stays without loss
_DATA = re.compile(r"data:(image/[\w.+-]+)[^,]{0,60},", re.I)
_MAX_PARTS = 500


class Drawn(msgspec.Struct, frozen=True):
    """file: bare name; width, height: pixels, as the original has them; data: PNG or JPEG without anything beside the
    pixels."""

    file: str
    width: int
    height: int
    data: bytes


class Refused(msgspec.Struct, frozen=True):
    """Why a picture is not shown.  why: key of the wording; host: where it would have come from."""

    why: str
    host: str = ""


class Album:
    """The pictures of one mail or page, each drawn once.  prefix: of the files' names; base: address of a page."""

    def __init__(self, carried: Mapping[str, bytes], prefix: str, base: str = "") -> None:
        self._carried, self._prefix, self._base = carried, prefix, base
        self._seen: dict[str, Drawn | Refused] = {}
        self._room = _MAX_PIXELS
        self.files: dict[str, bytes] = {}
        self.drawn: set[str] = set()  # SHA-256 of the originals

    def look_up(self, source: str) -> Drawn | Refused:
        """source: of an ``img``."""
        source = source.strip()
        if source not in self._seen:
            self._seen[source] = self._found(source)
        return self._seen[source]

    def _found(self, source: str) -> Drawn | Refused:
        if source[:5].lower() == "data:":
            data = written_out(source)
            return self.draw(data) if data is not None else Refused("unreadable")
        carried = self._part(source)
        if carried is not None:
            return self.draw(carried)
        host = "" if source[:4].lower() == "cid:" else _host(source)
        return Refused("remote", host) if host else Refused("absent")

    def _part(self, address: str) -> bytes | None:
        """By Content-ID, or by Content-Location, also as the page's own address completes it (RFC 2557, 5)."""
        if address[:4].lower() == "cid:":
            name = unquote(address[4:]).strip("<> ")
            return self._carried.get(name, self._carried.get(address))
        whole = _joined(self._base, address) if self._base and address else address
        return self._carried.get(address, self._carried.get(whole))

    def sheet(self, address: str) -> str:
        """The text of a style sheet that is carried; "" when there is none at the address."""
        return (self._part(address) or b"").decode("utf-8", "replace")

    def draw(self, data: bytes) -> Drawn | Refused:
        """data: of a picture, in a form that ``open_picture`` knows."""
        if len(self.files) >= MAX_PICTURES or self._room <= 0:
            return Refused("many")
        if len(data) > _MAX_BYTES:
            return Refused("large")
        try:
            with open_picture(data) as opened:
                if held(opened, data) > MOST:
                    return Refused("large")
                width, height = opened.size
                self._room -= width * height // (16 if data.startswith(JPEG) else 1)
                opened.draft("RGB", (MAX_SIDE, MAX_SIDE))
                if opened.mode in ("L", "RGB", "RGBA", "CMYK"):
                    opened.thumbnail((MAX_SIDE, MAX_SIDE))  # before any copy is made
                picture = upright(opened, opened)
                drawing = opened.format in ("PNG", "GIF", "WEBP") and width * height <= _SMALL
                kind, content = _encoded(picture, drawing)
        except Image.DecompressionBombError:
            return Refused("large")
        except BROKEN:
            return Refused("unreadable")
        name = f"{self._prefix}-{len(self.files) + 1}.{kind}"
        self.files[name] = content
        self.drawn.add(hashlib.sha256(data).hexdigest())
        return Drawn(name, width, height, content)


def _encoded(picture: Image.Image, drawing: bool) -> tuple[str, bytes]:
    out = io.BytesIO()
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.point(lambda value: value / 256).convert("L")
    seen_through = picture.has_transparency_data
    picture = picture.convert("RGBA" if seen_through else "RGB")
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = Image.frombytes(
        picture.mode, picture.size, picture.tobytes()
    )  # nothing comes along but the pixels
    if seen_through or drawing:
        bare.save(out, "PNG", optimize=True)
        return "png", out.getvalue()
    bare.save(out, "JPEG", quality=85)
    return "jpg", out.getvalue()


def written_out(source: str) -> bytes | None:
    """The bytes of a data: address (RFC 2397)."""
    head = _DATA.match(source)
    if not head or len(source) > _MAX_BYTES * 4 // 3:
        return None
    body = source[head.end() :]
    if ";base64" not in head[0].lower():
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(re.sub(r"\s+", "", unquote(body)) + "==")
    except (binascii.Error, ValueError):
        return None


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _host(source: str) -> str:
    try:
        return (urlsplit("https:" + source if source.startswith("//") else source).hostname or "")[:100]
    except ValueError:
        return ""


class Carried(msgspec.Struct, frozen=True):
    """Parts of a mail.  named: by Content-ID and Content-Location; pictures: by SHA-256."""

    named: Mapping[str, bytes] = {}
    pictures: Mapping[str, bytes] = {}


def carried_by(mail: bytes) -> Carried:
    """What a mail carries that its body may show.  Never raises on any bytes."""
    try:
        whole = email.message_from_bytes(mail, policy=email.policy.compat32)
        parts = [part for _, part in zip(range(_MAX_PARTS), whole.walk(), strict=False)]
    except (MessageError, ValueError, LookupError, RecursionError):
        return Carried()
    named: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    for part in parts:
        names = [str(part.get(name) or "").strip().strip("<>") for name in ("Content-ID", "Content-Location")]
        picture = part.get_content_maintype() == "image"
        if part.is_multipart() or not (picture or any(names)):
            continue
        try:
            content = part.get_payload(decode=True)
        except (ValueError, LookupError, binascii.Error):
            continue
        if isinstance(content, bytes):
            named.update((name, content) for name in names if name and name not in named)
            if picture:
                pictures[hashlib.sha256(content).hexdigest()] = content
    return Carried(named, pictures)
