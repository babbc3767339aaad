"""An exhibit's bytes -> what the bundle's template shows of it; what cannot be shown becomes a placeholder, never nothing.

Mail HTML is never rendered: the page shows the text that was read from the mail, with the hash of the original.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec
import pikepdf
from PIL import Image, ImageOps

from recours.casefile.types import CaseFile, Entry
from recours.errors import Problem, RecoursError
from recours.intake.types import Place
from recours.papers.masking import mask_cards
from recours.papers.types import Exhibit
from recours.papers.typesetting import sets
from recours.papers.wording import phrase
from recours.reading.mime import read_mail
from recours.reading.types import Address, Message
from recours.words import Language

MAX_PIXELS = 1800  # longest side of a picture on a page (about 200 dpi on letter paper)
REPEATED = (
    300  # characters of a quotation that are still printed when the quoted message is an exhibit itself
)
MAX_TEXT = 60_000  # characters of a text file; what is cut is said
BREAK_AFTER = 48  # letters without a space: a place to break the line is given
Blobs = Callable[[str], bytes]


class Run(msgspec.Struct, frozen=True):
    """A stretch of a message; quiet: quoted or signature, shown greyed."""

    text: str
    quiet: bool


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One exhibit for the template.  kind: text, picture, pages or placeholder; rows: label and value lines;
    file: bare name of the picture or PDF; pages: of the PDF."""

    label: str
    title: str
    kind: Literal["text", "picture", "pages", "placeholder"]
    rows: tuple[tuple[str, str], ...] = ()
    runs: tuple[Run, ...] = ()
    file: str = ""
    pages: int = 0
    note: str = ""


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """What to show, the files that the template needs, and what could not be read."""

    shown: Shown
    files: Mapping[str, bytes] = {}
    problem: Problem | None = None


def render(
    exhibit: Exhibit, case: CaseFile, blobs: Blobs, language: Language, labels: Mapping[str, str]
) -> Rendered:
    """blobs: SHA-256 -> bytes; it may raise RecoursError, which becomes a placeholder; labels: of the exhibits, by
    message id."""
    entry = next((e for e in case.entries if exhibit.message and e.message.id == exhibit.message), None)
    if entry is not None:
        return Rendered(shown=_message(exhibit, entry, language, labels))
    try:
        data = blobs(exhibit.sha256)
    except RecoursError as error:
        return _placeholder(exhibit, error.told(language), language)
    if hashlib.sha256(data).hexdigest() != exhibit.sha256:
        return _placeholder(exhibit, phrase(language, "bundle.altered"), language)
    if exhibit.kind == "photo" or exhibit.media_type.startswith("image/"):
        return _picture(exhibit, data, case, language)
    if exhibit.kind == "pdf" or data[:5] == b"%PDF-":
        return _pdf(exhibit, data, language)
    if exhibit.media_type == "message/rfc822":
        inner = read_mail(data, Place(file=exhibit.title, position=1)).message
        return Rendered(shown=_mail(exhibit, inner, (Run(_clean(inner.text), False),), language))
    if exhibit.media_type.startswith("text/"):
        return _text(exhibit, data, language)
    return _placeholder(exhibit, phrase(language, "bundle.no_page", kind=exhibit.media_type), language)


def _message(exhibit: Exhibit, entry: Entry, language: Language, labels: Mapping[str, str]) -> Shown:
    """Long quotations of other exhibits are named by their labels, not printed again."""
    text = entry.message.text
    runs: list[Run] = []
    named: list[str] = []
    for span in entry.spans:
        quoted = labels.get(span.of, "") if span.kind == "quoted" and span.end - span.start > REPEATED else ""
        if quoted:
            named.append(quoted)
        elif named and not text[span.start : span.end].strip():
            continue
        else:
            runs += _named(named, language)
            named = []
            runs.append(Run(_clean(text[span.start : span.end]), span.kind != "authored"))
    runs += _named(named, language)
    return _mail(exhibit, entry.message, tuple(runs) or (Run(_clean(text), False),), language)


def _named(labels: list[str], language: Language) -> list[Run]:
    return [Run(f"\n{phrase(language, 'bundle.quoted', labels=', '.join(labels))}\n", True)] if labels else []


def _mail(exhibit: Exhibit, message: Message, runs: tuple[Run, ...], language: Language) -> Shown:
    when = message.date.strftime("%Y-%m-%d %H:%M %z") if message.date else ""
    rows = (
        ("bundle.from", _address(message.sender)),
        ("bundle.to", ", ".join(_address(a) for a in message.to)),
        ("bundle.cc", ", ".join(_address(a) for a in message.cc)),
        ("bundle.date", when),
        ("bundle.subject", message.subject),
        ("bundle.attached", ", ".join(a.name for a in message.attachments if a.name)),
        ("bundle.source", f"{message.place.file}, n° {message.place.position}"),
        ("bundle.sha256", exhibit.sha256),
    )
    return Shown(
        label=exhibit.label,
        title=exhibit.title,
        kind="text",
        rows=tuple((phrase(language, key), _clean(value)) for key, value in rows if value),
        runs=runs,
        note=phrase(language, "bundle.memory") if message.kind == "call" else "",
    )


def _clean(text: str) -> str:
    return breakable(mask_cards(text))


def _address(address: Address) -> str:
    return (
        f"{address.name} <{address.email}>"
        if address.name and address.email
        else address.name or address.email
    )


def _picture(exhibit: Exhibit, data: bytes, case: CaseFile, language: Language) -> Rendered:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
            picture.thumbnail((MAX_PIXELS, MAX_PIXELS))
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=85)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        return _placeholder(exhibit, str(error), language)
    name = f"{exhibit.label}.jpg"
    taken = next((e.taken_on for e in case.evidence if e.attachment.sha256 == exhibit.sha256), "")
    rows = [("bundle.taken", taken)] if taken else []
    return Rendered(
        shown=Shown(
            label=exhibit.label,
            title=exhibit.title,
            kind="picture",
            rows=tuple(
                (phrase(language, k), v) for k, v in [*rows, ("bundle.sha256", breakable(exhibit.sha256))]
            ),
            file=name,
        ),
        files={name: out.getvalue()},
    )


def _pdf(exhibit: Exhibit, data: bytes, language: Language) -> Rendered:
    """Its pages as they are, forms and notes made part of them; an encrypted or broken file is said to be so."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
            document.generate_appearance_streams()
            document.flatten_annotations("all")
            out = io.BytesIO()
            document.save(out, encryption=False, deterministic_id=True)
    except pikepdf.PasswordError:
        return _placeholder(exhibit, phrase(language, "bundle.encrypted"), language)
    except (pikepdf.PdfError, ValueError) as error:
        return _placeholder(exhibit, str(error), language)
    name = f"{exhibit.label}.pdf"
    files = {name: out.getvalue()}
    if not pages or not sets(_PROBE, str(pages), {"probe.pdf": out.getvalue()}, ()):
        return _placeholder(exhibit, phrase(language, "bundle.broken"), language)
    return Rendered(
        shown=Shown(
            label=exhibit.label,
            title=exhibit.title,
            kind="pages",
            rows=((phrase(language, "bundle.sha256"), breakable(exhibit.sha256)),),
            file=name,
            pages=pages,
        ),
        files=files,
    )


_PROBE = """#set document(title: "t")
#for n in range(int(sys.inputs.text)) { image("probe.pdf", page: n + 1, width: 5cm, alt: "t") }"""


def _text(exhibit: Exhibit, data: bytes, language: Language) -> Rendered:
    text = data.decode("utf-8", "replace")
    cut = phrase(language, "bundle.cut", count=len(text) - MAX_TEXT) if len(text) > MAX_TEXT else ""
    return Rendered(
        shown=Shown(
            label=exhibit.label,
            title=exhibit.title,
            kind="text",
            rows=((phrase(language, "bundle.sha256"), breakable(exhibit.sha256)),),
            runs=(Run(breakable(mask_cards(text[:MAX_TEXT])), False),),
            note=cut,
        )
    )


def _placeholder(exhibit: Exhibit, why: str, language: Language) -> Rendered:
    return Rendered(
        shown=Shown(
            label=exhibit.label,
            title=exhibit.title,
            kind="placeholder",
            rows=((phrase(language, "bundle.sha256"), breakable(exhibit.sha256)),),
            note=phrase(language, "bundle.placeholder", why=why),
        ),
        problem=Problem(
            where=f"{exhibit.label} {exhibit.title}", what=why, effect=phrase(language, "bundle.effect")
        ),
    )


def breakable(text: str) -> str:
    """The text with zero-width spaces in words too long for a line (addresses, hashes)."""
    if max(map(len, text.split()), default=0) <= BREAK_AFTER:
        return text
    return "".join(
        part if part.isspace() or len(part) <= BREAK_AFTER else "\u200b".join(_chunks(part))
        for part in _parts(text)
    )


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for char in text:
        if parts and parts[-1][-1].isspace() == char.isspace():
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _chunks(word: str) -> list[str]:
    return [word[at : at + BREAK_AFTER // 2] for at in range(0, len(word), BREAK_AFTER // 2)]
