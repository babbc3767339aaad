"""A case as a folder that opens in any browser, without the program: pages, originals, attachments, papers, hashes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from recours.app.account import account
from recours.app.assess import Assessment, assess
from recours.app.desk import Desk, kept_items
from recours.app.originals import originals
from recours.app.transfer import WouldOverwriteError
from recours.casefile.events import PaperMade, Recorded
from recours.casefile.types import Entry
from recours.outbox.pages import Page, Row, Section, html
from recours.papers.formats import day_text
from recours.papers.names import PAPERS
from recours.words import Language, say

INDEX, MESSAGES, FILES, MANIFEST = "index.html", "messages.html", "files.html", "manifest.sha256"
_SHOWN = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".txt", ".eml", ".md", ".csv"})
_UNSAFE = re.compile(r"[^\w.@+-]+")


class Put(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the folder.  path: inside it, with "/"; name: as it was called; what: a word for it."""

    path: str
    name: str
    what: str
    data: bytes


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """files: how many, the manifest not counted; index: the page to open."""

    files: int
    index: Path


def to_folder(desk: Desk, case: str, folder: Path, language: Language | None = None) -> Written:
    """Write the case into a new or empty folder.  language: of the pages, the case's own when None.

    Raises NoSuchCaseError, WouldOverwriteError, MissingBytesError.
    """
    history = desk.history(case)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WouldOverwriteError(folder)
    found = assess(desk, desk.case(case))
    tongue = language or found.case.language
    kept = tuple(_kept(desk, found, history, tongue))
    links = tuple(
        (file, say(tongue, f"folder.{file.partition('.')[0]}")) for file in (INDEX, MESSAGES, FILES)
    )
    pages = {
        INDEX: _index(found, tongue),
        MESSAGES: _messages(found, kept, tongue),
        FILES: _files(found, kept, tongue),
    }
    contents = {k.path: k.data for k in kept}
    contents |= {file: html(msgspec.structs.replace(page, links=links)) for file, page in pages.items()}
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(contents.items())]
    for path, data in (*contents.items(), (MANIFEST, "".join(lines).encode())):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return Written(files=len(contents), index=folder / INDEX)


def safe_name(name: str, number: int) -> str:
    """A file's name that no system misreads: no folder in it, and what a browser would run becomes text."""
    base = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip("._") or "file"
    stem, dot, suffix = base.rpartition(".")
    stem, suffix = (stem, f".{suffix.lower()}") if dot else (base, "")
    return f"{number:04}-{stem[:80]}{suffix}" + ("" if suffix in _SHOWN else ".bin.txt")


def _kept(desk: Desk, found: Assessment, history: tuple[Recorded, ...], language: Language) -> Iterator[Put]:
    """Originals byte for byte, then what hangs on the mails, then the papers; the same bytes once."""
    look = originals(desk, history)
    seen: set[str] = set()

    def put(sha256: str, folder: str, name: str, what: str) -> Iterator[Put]:
        if sha256 not in seen:
            seen.add(sha256)
            path = f"{folder}/{safe_name(name, len(seen))}"
            yield Put(path=path, name=name, what=what, data=look(sha256))

    for item in kept_items(history):
        name = f"{Path(item.name).stem or 'mail'}.eml" if item.item == "mail" else item.name
        yield from put(item.sha256, "originals", name, say(language, f"folder.{_kind(item.item)}"))
    for evidence in found.case.evidence:
        a = evidence.attachment
        yield from put(a.sha256, "attachments", a.name, say(language, f"folder.{_kind(evidence.kind)}"))
    for record in history:
        if isinstance(record.payload, PaperMade):
            paper = record.payload
            title = PAPERS.get(paper.paper, {}).get(language, paper.paper)
            yield from put(paper.sha256, "papers", f"{paper.paper}-{paper.language}.pdf", title)


def _kind(kind: str) -> str:
    return kind if kind in ("mail", "call", "chat", "photo", "pdf", "page") else "other"


def _index(found: Assessment, language: Language) -> Page:
    """How it went, then every fact, the dates and the rights as they stand today."""
    page = account(found.case, language, every_fact=True)
    dates = tuple(
        Row(
            label=day_text(d.safe if d.who == "consumer" else d.last, language),
            text=d.says[language],
            note="\n".join(f"{day_text(s.day, language)}: {s.says[language]}" for s in d.steps),
        )
        for d in found.decision.deadlines
    )
    rights = tuple(
        Row(label=r.cite.short[language], text=r.says[language], note=r.cite.url)
        for r in found.decision.rights
        if r.truth == "yes" and r.kind != "step"
    )
    steps = tuple(Row(label=say(language, f"changes.{s.state}"), text=s.says[language]) for s in found.steps)
    more = (
        Section(head=say(language, "head.dates"), rows=dates),
        Section(head=say(language, "head.ladder"), rows=steps),
        Section(head=say(language, "head.rights"), rows=rights),
    )
    return msgspec.structs.replace(page, sections=(*page.sections, *more))


def _messages(found: Assessment, kept: tuple[Put, ...], language: Language) -> Page:
    """Every message of the dispute with its whole text."""
    return Page(
        language=language,
        title=found.case.title,
        lead=say(language, "folder.messages_lead", count=len(found.case.dispute)),
        sections=tuple(
            Section(
                head=entry.message.subject or say(language, "exhibit.no_subject"), rows=_message(entry, kept)
            )
            for entry in found.case.dispute
        ),
        foot=say(language, "notice"),
    )


def _message(entry: Entry, kept: tuple[Put, ...]) -> tuple[Row, ...]:
    message = entry.message
    paths = {hashlib.sha256(k.data).hexdigest(): k for k in kept}
    who = f"{message.sender.name} <{message.sender.email}>" if message.sender.email else message.sender.name
    rows = [Row(label=message.date.isoformat(sep=" ") if message.date else "", text=who)]
    rows.append(Row(label="", text=message.text))
    rows += [
        Row(label="", text=a.name, link=paths[a.sha256].path)
        for a in message.attachments
        if a.sha256 in paths
    ]
    return tuple(rows)


def _files(found: Assessment, kept: tuple[Put, ...], language: Language) -> Page:
    rows = tuple(
        Row(label=k.what, text=k.name, link=k.path, note=f"SHA-256 {hashlib.sha256(k.data).hexdigest()}")
        for k in kept
    )
    return Page(
        language=language,
        title=found.case.title,
        lead=say(language, "folder.files_lead", manifest=MANIFEST),
        sections=(Section(head=say(language, "folder.files"), rows=rows),),
        foot=say(language, "notice"),
    )
