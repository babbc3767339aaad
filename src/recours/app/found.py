"""What a search of a mailbox gave, kept beside the store, so that a second look at an unchanged mailbox is at once.

Only what the search concluded is kept (which messages, where, why), no text of the mailbox.  A mailbox that grew is
searched with the outline and the notes of the earlier look (see ``app.kept`` and ``app.notes``): only what is new in it is
read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

import recours.reading
from recours import __version__
from recours.app.desk import Desk
from recours.app.focus import MANY, Focus, Progress, focused
from recours.app.kept import Outlines
from recours.app.look import Looker, Looking, look_at, processes, told
from recours.app.notes import notes_file
from recours.intake.from_mbox import Mailbox
from recours.intake.outline import Outline
from recours.intake.types import Place
from recours.reading.dispute import find
from recours.reading.types import Candidate

_CODE = frozenset({".py", ".yaml", ".msgpack"})
KEPT = 20  # mailboxes and words searched for, the latest


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """candidates: likeliest first; messages: looked at; distinct: without copies; places: of each candidate's messages,
    by id, of copies the first."""

    candidates: tuple[Candidate, ...]
    messages: int
    distinct: int
    places: dict[str, Place]


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """version: of the search; found: by mailbox as it was and words, the oldest first."""

    version: str = ""
    found: dict[str, Found] = {}


def search(desk: Desk, mailbox: Mailbox, about: str, progress: Progress) -> Found:
    """The disputes of a mailbox; see ``reading.dispute.find``."""
    version, file = _version("**/*"), shelf_file(desk.store.path)
    shelf = _read(file, version)
    key = hashlib.sha256(f"{mailbox.fingerprint}\n{about}".encode()).hexdigest()
    if key in shelf:
        return shelf[key]
    focus = _searched(desk, mailbox, about, progress, _version("*"))
    wanted = {m.message for c in focus.candidates for m in c.members}
    places: dict[str, Place] = {}
    for one in focus.seen:
        if one.line.id in wanted:
            places.setdefault(one.line.id, one.line.place)
    copies = len(focus.seen) - len({one.line.id for one in focus.seen})
    found = Found(
        candidates=focus.candidates,
        messages=focus.messages,
        distinct=focus.messages - copies,
        places=places,
    )
    latest = [*shelf.items(), (key, found)][-KEPT:]
    _write(file, Shelf(version=version, found=dict(latest)))
    return found


def _searched(desk: Desk, mailbox: Mailbox, about: str, progress: Progress, version: str) -> Focus:
    kept = Outlines(desk.store.path, mailbox, version)
    outline = Outline(
        mailbox.files,
        told(progress, "outline", mailbox.size),
        processes(mailbox),
        kept.settled,
    )
    secrets = kept.secrets(outline)
    found = focused(mailbox, outline, about, progress, version)
    if found is None:
        how = Looking(about=about, version=version, notes=notes_file(desk.store.path))
        new = len(outline) - (0 if about else sum(len(one.settled) for one in kept.known.values()))
        workers = processes(mailbox) if new >= MANY else 1
        found, secrets = _through(mailbox, outline, progress, how, secrets, workers)
    kept.keep(outline, secrets)
    return found


def _through(
    mailbox: Mailbox, outline: Outline, progress: Progress, how: Looking, secrets: bytes, workers: int
) -> tuple[Focus, bytes]:
    """By a look at every message; with the secrets of all notes."""
    places = map(outline.place, range(len(outline)))
    looks = look_at(mailbox, places, told(progress, "look", mailbox.size), how, workers, secrets)
    progress("look", mailbox.size, mailbox.size)
    focus = Focus(looks.seen, find(looks.seen, how.about, Looker(mailbox.reader).text), len(looks.seen))
    return focus, looks.secrets


def shelf_file(store: Path) -> Path:
    """Where the searches of a store lie."""
    return store.with_name(store.name + ".found")


def _read(file: Path, version: str) -> dict[str, Found]:
    try:
        shelf = msgspec.msgpack.decode(file.read_bytes(), type=Shelf)
    except (OSError, msgspec.MsgspecError):
        return {}
    return shelf.found if shelf.version == version else {}


def _write(file: Path, shelf: Shelf) -> None:
    """Readable by its owner only.  Where nothing can be written, nothing is kept."""
    part = file.with_name(file.name + ".part")
    try:
        part.touch(mode=0o600)
        part.write_bytes(msgspec.msgpack.encode(shelf))
        part.replace(file)
    except OSError:
        return


def _version(files: str) -> str:
    """Of Recours and of its way of searching or looking: an update searches or looks anew.  files: of the room that reads,
    on which that depends."""
    code = Path(recours.reading.__file__).parent
    newest = max((f.stat().st_mtime_ns for f in code.glob(files) if f.suffix in _CODE), default=0)
    return f"{__version__} {newest}"
