"""A saved web page -> its pages as it looked: no script runs, nothing is fetched, pictures only from the file itself."""

from __future__ import annotations

import binascii
import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from email.errors import MessageError
from email.message import Message as Part

import msgspec
from selectolax.lexbor import LexborHTMLParser

from recours.intake.page import MHTML, Origin, origin, page_type
from recours.papers.mail_view.pictures import Album, carried_by, written_out
from recours.papers.mail_view.show import page_view
from recours.papers.masking import mask_cards
from recours.papers.redaction import redact
from recours.papers.show_message import Known
from recours.papers.show_text import MAX_TEXT, decoded
from recours.papers.shown import Rendered, Run, Shown, clean
from recours.papers.types import Exhibit
from recours.papers.wording import phrase
from recours.reading.headers import decoded_text
from recours.reading.html import visible_text
from recours.words import Language

MAX_PICTURES = 200  # written out within the page that are kept
_CHARSET = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_WRITTEN_OUT = re.compile(r"data:([\w/+.-]{3,60})[;,][^\s\"'()<>]{64,}", re.I)
_SHADOW = re.compile(r"<template\s[^>]{0,200}?\bshadow(?:root)?(?:mode)?\s*=[^>]{0,100}>", re.I)
_MAX_PARTS = 500


class Saved(msgspec.Struct, frozen=True):
    """html: the page; carried: its parts by address or Content-ID; base: its own address; guessed: whether its encoding
    was; frames: pages within it, as text."""

    html: str
    carried: Mapping[str, bytes]
    base: str = ""
    guessed: bool = False
    frames: tuple[str, ...] = ()


def show_page(exhibit: Exhibit, data: bytes, name: str, known: Known, language: Language) -> Rendered:
    """data: of a page (``intake.page.page_type``); name: of the file."""
    kind = page_type(data, name)
    saved = _from_mhtml(data) if kind == MHTML else _from_html(data)
    bare = _shown(exhibit, saved, name, origin(data, kind), language)
    if known.short:
        return Rendered(shown=bare)
    album = Album(saved.carried, f"{exhibit.label}-m", saved.base)
    view = page_view(saved.html, album, language, lambda text: mask_cards(redact(text, known.hide)))
    if not view.page:
        return Rendered(shown=bare)
    notes = [phrase(language, "page.set"), *([phrase(language, "bundle.guessed")] if saved.guessed else [])]
    frames = _frames(saved, language)
    shown = msgspec.structs.replace(bare, runs=(*frames, *view.notes), view=view.page, note=" ".join(notes))
    return Rendered(shown=shown, files=view.files, as_text=bare)


def _shown(exhibit: Exhibit, saved: Saved, name: str, told: Origin, language: Language) -> Shown:
    """Its words alone."""
    text = visible_text(saved.html)
    notes = [phrase(language, "bundle.html")]
    notes += [phrase(language, "bundle.guessed")] if saved.guessed else []
    notes += [phrase(language, "bundle.cut", count=len(text) - MAX_TEXT)] if len(text) > MAX_TEXT else []
    notes += [] if text.strip() else [phrase(language, "page.empty")]
    rows = {
        "title": _title(saved.html),
        "address": told.address,
        "saved_on": re.sub(r"T(\S{8})", r" \1 ", told.saved_on),
        "file": name,
    }
    return Shown(
        label=exhibit.label,
        title=exhibit.title,
        kind="text",
        sha256=exhibit.sha256,
        rows=tuple((phrase(language, f"page.{key}"), clean(value)) for key, value in rows.items() if value),
        runs=(*((Run(clean(text[:MAX_TEXT]), False),) if text.strip() else ()), *_frames(saved, language)),
        note=" ".join(notes),
    )


def _frames(saved: Saved, language: Language) -> tuple[Run, ...]:
    """What pages within the page say, below it."""
    text = "\n\n".join(filter(None, map(str.strip, saved.frames)))
    left = len(text) - MAX_TEXT
    more = f"\n{phrase(language, 'bundle.cut', count=left)}" if left > 0 else ""
    told = f"{phrase(language, 'page.frames')}\n{text[:MAX_TEXT]}{more}\n"
    return (Run(clean(told), True),) if text else ()


def _within(html: str) -> Iterator[str]:
    """The words of pages that are written out within the page (``srcdoc``)."""
    for node in LexborHTMLParser(html).css("iframe[srcdoc]") if "srcdoc" in html else ():
        yield visible_text(node.attributes.get("srcdoc") or "")


def _title(html: str) -> str:
    node = LexborHTMLParser(html[:200_000]).css_first("title")
    return " ".join((node.text(deep=True) or "").split())[:300] if node else ""


def _from_html(data: bytes) -> Saved:
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        text, trouble = decoded_text(data, named[1].decode("ascii"))
        guessed = bool(trouble)
    else:
        text, guessed = decoded(data)
    html, apart = _lightened(text)
    return Saved(html, apart, guessed=guessed, frames=tuple(_within(html)))


def _lightened(html: str) -> tuple[str, dict[str, bytes]]:
    """Pictures that are written out within the page apart from it; other data written out (fonts) left out; what
    components hold (shadow trees) as elements like others."""
    apart: dict[str, bytes] = {}

    def put(found: re.Match[str]) -> str:
        if not found[1].lower().startswith("image/") or len(apart) >= MAX_PICTURES:
            return "data:,"
        name = f"written-out-{len(apart)}@page"
        apart[name] = written_out(found[0]) or b""
        return f"cid:{name}"

    return _SHADOW.sub("<shadow-root>", _WRITTEN_OUT.sub(put, html)), apart


def _from_mhtml(data: bytes) -> Saved:
    """The first page of the message, which is its root (RFC 2387: the part that ``start`` names, else the first)."""
    try:
        whole: Part = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for _, part in zip(range(_MAX_PARTS), whole.walk(), strict=False)]
    except (MessageError, ValueError, LookupError, RecursionError):
        return Saved(decoded(data)[0], {})
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = str(whole.get_param("start") or "")
    root = next(
        (part for part in pages if start and str(part.get("Content-ID") or "").strip() == start), None
    )
    root = root or next(iter(pages), None)
    if root is None:
        return Saved(decoded(data)[0], {})
    text, trouble = _text(root)
    html, apart = _lightened(text)
    frames = [visible_text(_text(page)[0]) for page in pages if page is not root]
    base = str(root.get("Content-Location") or "").strip()
    carried = {**carried_by(data).named, **apart}
    return Saved(html, carried, base, guessed=bool(trouble), frames=(*frames, *_within(html)))


def _text(part: Part) -> tuple[str, str]:
    """Of a page in a message, and what was wrong with its encoding."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error):
        content = b""
    content = content if isinstance(content, bytes) else b""
    said = _CHARSET.search(content[:4096])
    return decoded_text(content, part.get_content_charset() or (said[1].decode("ascii") if said else None))
