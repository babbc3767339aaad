"""What came in and what became of it: each source, message and part with its status and the reason."""

from __future__ import annotations

import msgspec

from recours.app.desk import Desk, kept_items, last_reading
from recours.app.reasons import reason
from recours.casefile.events import ItemKept, SourceCount
from recours.casefile.types import Entry
from recours.law.types import Lang
from recours.reading.pdf import NO_TEXT
from recours.words import say


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Something that hangs on a message.  size: decoded bytes; read: it has words that can be searched."""

    name: str
    media_type: str
    size: int
    sha256: str
    read: bool


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """status: in, unsure, out (of the dispute) for a message; taken, unreadable, nothing_to_take for a file.

    why: in the person's language where it is the reader's own reason; problems: what could not be read, and what follows.
    """

    name: str
    kind: str
    status: str
    why: str
    sha256: str = ""
    size: int = 0
    problems: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """mailboxes: counted, so that all that came in is accounted for; pieces: in the order in which they came."""

    mailboxes: tuple[SourceCount, ...]
    pieces: tuple[Piece, ...]


def sources(desk: Desk, case: str, language: Lang) -> Sources:
    """Raises NoSuchCaseError."""
    history = desk.history(case)
    entries = {e.message.id: e for e in desk.case(case).entries}
    kept = kept_items(history)
    reading = last_reading(history)
    recognised = reading.recognised if reading else {}
    pieces = [
        _piece(item, entries.get(item.message), language, recognised=bool(recognised.get(item.sha256)))
        for item in kept
    ]
    held = {item.message for item in kept if item.message}
    pieces += [
        _message(e, language)
        for e in entries.values()
        if e.message.id not in held and e.message.kind == "mail"
    ]
    return Sources(mailboxes=reading.sources if reading else (), pieces=tuple(pieces))


def _piece(item: ItemKept, entry: Entry | None, language: Lang, *, recognised: bool) -> Piece:
    if entry is None:
        return Piece(
            name=item.name,
            kind=item.item,
            status="taken" if recognised and item.reason == NO_TEXT else item.status,
            why=say(language, "why.recognised") if recognised else item.reason,
            sha256=item.sha256,
            size=item.size,
            problems=tuple(p.what for p in item.problems if not recognised or p.what != NO_TEXT),
        )
    told = _message(entry, language)
    return msgspec.structs.replace(told, sha256=item.sha256, size=item.size)


_STATES = {True: "in", False: "out", "unsure": "unsure"}


def _message(entry: Entry, language: Lang) -> Piece:
    message = entry.message
    return Piece(
        name=f"{message.place.file}:{message.place.position} {message.subject}".strip(),
        kind=message.kind,
        status=_STATES[entry.membership.in_dispute],
        why=reason(entry.membership.why, language),
        problems=tuple(p.what for p in message.problems),
        parts=tuple(
            Part(name=a.name, media_type=a.media_type, size=a.size, sha256=a.sha256, read=bool(a.text))
            for a in message.attachments
        ),
    )
