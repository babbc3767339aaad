"""Photos, PDFs, notes of calls, chats and single mails that a person adds to a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from recours.app.desk import Desk, kept_items, last_reading
from recours.app.originals import originals
from recours.app.read_case import mail_of, reading_done
from recours.casefile.events import ItemKept, Payload
from recours.errors import Problem
from recours.intake.from_files import take
from recours.intake.types import Item
from recours.reading.pdf import pdf_text
from recours.reading.types import Membership


class Added(msgspec.Struct, frozen=True):
    """kept: what is new in the case; known: names of files that were in it already."""

    kept: tuple[ItemKept, ...]
    known: tuple[str, ...]


def add(desk: Desk, case: str, files: Sequence[Path]) -> Added:
    """File each piece under its hash; read the case again when calls, chats or mails are among them.

    All files are looked at before anything is written.  Raises MissingSourceError, NoSuchCaseError.
    """
    history = desk.history(case)
    before = kept_items(history)
    held = {i.sha256 for i in before}
    items = [take(path) for path in files]
    fresh = list({i.sha256: i for i in items if i.sha256 not in held}.values())
    known = tuple(i.name for i in items if i.sha256 in held)
    if not fresh:
        return Added((), known)
    kept = tuple(_kept(item) for item in fresh)
    payloads: list[Payload] = [*kept]
    reading = last_reading(history)
    if reading and any(k.item in ("mail", "call", "chat") for k in kept):
        stored, new = originals(desk, history), {i.sha256: i.data for i in fresh}
        members = [_member(k, new[k.sha256], reading.owner) for k in kept if k.item == "mail"]
        payloads.append(
            reading_done(
                (*before, *kept),
                members,
                reading.owner,
                lambda sha: new.get(sha) or stored(sha),
                sources=reading.sources,
                before=reading,
            )
        )
    desk.record(case, payloads, blobs=[i.data for i in fresh])
    return Added(kept, known)


def _member(kept: ItemKept, data: bytes, owner: Sequence[str]) -> Membership:
    """An added mail is in the dispute; the shopper sent what comes from one of their addresses."""
    sender = mail_of(kept, data).sender.email
    return Membership(
        message=kept.message,
        in_dispute=True,
        why="you added it to the case",
        direction="sent" if sender in owner else "received" if sender else "other",
    )


def _kept(item: Item) -> ItemKept:
    text, problems = "", item.problems
    if item.kind == "pdf":
        text, problem = pdf_text(item.name, item.data)
        problems = (*problems, *((problem,) if problem else ()))
    kept = ItemKept(
        sha256=item.sha256,
        item=item.kind,
        name=item.name,
        media_type=item.media_type,
        place=item.place,
        size=len(item.data),
        status="unreadable" if problems else item.status,
        reason=problems[0].what if problems else item.reason,
        taken_on=item.taken_on,
        text=text,
        problems=problems or _empty(item),
    )
    return msgspec.structs.replace(kept, message=mail_of(kept, item.data).id) if item.kind == "mail" else kept


def _empty(item: Item) -> tuple[Problem, ...]:
    return (
        () if item.data else (Problem(where=item.name, what="the file is empty", effect="nothing to read"),)
    )
