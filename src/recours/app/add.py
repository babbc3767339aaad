"""Photos, PDFs, notes of calls, chats and single mails that a person adds to a case."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath

import msgspec

from recours.app.desk import Desk, kept_items, last_reading
from recours.app.originals import originals
from recours.app.read_case import mail_of, reading_done
from recours.casefile.events import ItemKept, Payload
from recours.errors import Problem, RecoursError
from recours.intake.archive import is_document, unpack
from recours.intake.framing import MBOX_MESSAGE
from recours.intake.from_files import take
from recours.intake.from_mbox import Mailbox
from recours.intake.signature import ZIP
from recours.intake.types import Item
from recours.reading.pdf import pdf_text
from recours.reading.types import Membership

WORDED = ("mail", "call", "chat", "pdf", "photo")  # what may say something about the case
MAX_MAILS = 200  # of one mailbox added whole; a larger one holds more than one dispute


class WholeMailboxError(RecoursError):
    """Each mail that is added is part of the dispute: a whole mailbox is opened, not added."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            {
                "en": f"{path.name} holds more than {MAX_MAILS} mails, and every mail added would be in the dispute",
                "fr": f"{path.name} contient plus de {MAX_MAILS} courriels, et tous entreraient dans le litige",
            },
            todo={
                "en": "Let Recours find the dispute in it: recours open MAILBOX",
                "fr": "Laissez Recours y trouver le litige : recours open BOÎTE",
            },
        )


class Added(msgspec.Struct, frozen=True):
    """kept: what is new in the case; known: names of files that were in it already; refused: files that were passed over,
    with why."""

    kept: tuple[ItemKept, ...]
    known: tuple[str, ...]
    refused: tuple[tuple[Path, RecoursError], ...] = ()


def add(desk: Desk, case: str, files: Sequence[Path], *, pass_over: bool = False) -> Added:
    """File each piece under its hash; read the case again when calls, chats or mails are among them.

    files: also folders and zip archives of pieces, such as a chat's own export, and mailboxes.  All files are looked
    at before anything is written.  pass_over: a file that cannot be taken is named instead of raised.
    Raises MissingSourceError, TooLargeError, BadArchiveError, NoSuchCaseError.
    """
    history = desk.history(case)
    before = kept_items(history)
    held = {i.sha256 for i in before}
    with tempfile.TemporaryDirectory(prefix="recours-") as folder:
        taken, refused = _taken(files, Path(folder), pass_over)
        items = _own_names(taken, before)
    fresh = list({i.sha256: i for i in items if i.sha256 not in held}.values())
    known = tuple(i.name for i in items if i.sha256 in held)
    if not fresh:
        return Added((), known, refused)
    kept = tuple(_kept(item) for item in fresh)
    payloads: list[Payload] = [*kept]
    reading = last_reading(history)
    if reading and any(k.item in WORDED for k in kept):
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
    return Added(kept, known, refused)


def _taken(
    files: Sequence[Path], folder: Path, pass_over: bool
) -> tuple[list[Item], tuple[tuple[Path, RecoursError], ...]]:
    items: list[Item] = []
    refused = []
    for path in files:
        try:
            items += list(_pieces(path, folder))
        except RecoursError as error:
            if not pass_over:
                raise
            refused.append((path, error))
    return items, tuple(refused)


def _pieces(path: Path, folder: Path) -> Iterator[Item]:
    """The pieces that a path stands for; an archive is unpacked into ``folder``."""
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
        for file in inside:
            above = PurePosixPath(path.name) / file.relative_to(path).parent.as_posix()
            # named after its folders too: every chat of a phone is called "_chat.txt"
            yield from (_named(i, str(above / i.name)) for i in _pieces(file, folder))
        return
    item = take(path)
    if item.media_type == ZIP and zipfile.is_zipfile(path) and not is_document(path):
        unpacked = Path(tempfile.mkdtemp(dir=folder)) / path.stem
        unpacked.mkdir()
        unpack(path, unpacked)
        yield from _pieces(unpacked, folder)
    elif item.media_type == MBOX_MESSAGE:
        mails = list(islice(Mailbox(path), MAX_MAILS + 1))
        if len(mails) > MAX_MAILS:
            raise WholeMailboxError(path)
        yield from (raw.item() for raw in mails)
    else:
        yield item


def _own_names(items: Sequence[Item], before: Sequence[ItemKept]) -> list[Item]:
    """Two different chats or notes of one name would share the names of their entries: the later is counted."""
    sha_of = {i.place.file: i.sha256 for i in before if i.item in ("call", "chat")}
    found = []
    for item in items:
        one, n = item, 2
        while item.kind in ("call", "chat") and sha_of.setdefault(one.place.file, item.sha256) != item.sha256:
            one, n = _named(item, f"{item.place.file} ({n})"), n + 1
        found.append(one)
    return found


def _named(item: Item, name: str) -> Item:
    return msgspec.structs.replace(item, name=name, place=msgspec.structs.replace(item.place, file=name))


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
