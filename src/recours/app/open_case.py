"""The main job: a mailbox -> the dispute in it -> a case.

One pass looks at every message's headers and first words; only the dispute's messages are then read whole and
kept.  The rest of the mailbox is counted and left where it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from recours.app.beside import Beside, beside, take_beside
from recours.app.desk import Desk, kept_items, last_reading
from recours.app.found import Found, search
from recours.app.read_case import reading_done
from recours.casefile.events import CaseOpened, ItemKept, Payload, SourceCount
from recours.casefile.types import CaseFile, Entry
from recours.errors import RecoursError
from recours.intake.contents import Unread
from recours.intake.from_mbox import Mailbox
from recours.intake.sources import RawMail
from recours.reading.types import Candidate, Membership
from recours.store.errors import CaseExistsError
from recours.store.sqlite import MOST

CLOSE = 0.75  # a second dispute whose score reaches this share of the first's is close: the person is asked

Progress = Callable[[str, int, int], None]
Choose = Callable[[Sequence[Candidate]], int]
WithFiles = Callable[[Sequence[str]], bool]


class NoDisputeError(RecoursError):
    """Nobody complained of anything in this mailbox, as far as can be seen."""

    def __init__(self, path: Path, messages: int, about: str) -> None:
        super().__init__(
            {
                "en": f"No dispute{f' about {about!r}' if about else ''} was found among the {messages} messages "
                f"of {path.name}",
                "fr": f"Aucun litige{f' au sujet de {about!r}' if about else ''} n'a été trouvé parmi les {messages} "
                f"messages de {path.name}",
            },
            todo={
                "en": "Name the shop, the order number or words of the subject: recours open MAILBOX --about TEXT. "
                "Check that the export holds your Sent mail too.",
                "fr": "Nommez le commerce, le numéro de commande ou des mots de l'objet : recours open BOÎTE --about "
                "TEXTE. Vérifiez que l'export contient aussi vos messages envoyés.",
            },
        )


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What opening did.  others: the next likeliest disputes; close: whether the first of them is near;
    new_messages: how many were not in the case before; was_open: the case was there already; beside: the files that lay
    with the mail; unread: archives that could not be opened."""

    case: CaseFile
    count: SourceCount
    others: tuple[Candidate, ...]
    close: bool
    new_messages: int
    was_open: bool
    beside: Beside = Beside()
    unread: tuple[Unread, ...] = ()


def open_case(
    desk: Desk,
    path: Path,
    *,
    about: str = "",
    name: str = "",
    choose: Choose | None = None,
    with_files: WithFiles = lambda _names: False,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Opened:
    """path: a mailbox (see intake.from_mbox); about: the person's words for the dispute; name: of the case.

    with_files: asked whether the files that lie with the mail are wanted in the case, by their names; choose: asked for an index when two disputes are close.  Raises the errors of ``Mailbox``, NoDisputeError,
    CaseExistsError.  Opening the same mailbox again adds what is new in it, and nothing else.
    """
    mailbox = Mailbox(path, desk.store.path.parent, progress)
    found = search(desk, mailbox, about, progress)
    candidates = _apart(found.candidates)
    if not candidates or (candidates[0].score <= 0 and not about):
        raise NoDisputeError(path, found.messages, about)
    close = len(candidates) > 1 and candidates[1].score >= CLOSE * candidates[0].score > 0
    chosen = candidates[choose(candidates) if close and choose else 0]
    case, new, was_open = take(desk, mailbox, found, chosen, about=about, name=name, progress=progress)
    others = Beside(names=tuple(file.name for file in beside(mailbox.others)))
    if others.names and with_files(others.names):
        others = take_beside(desk, case.id, mailbox.others)
        case = desk.case(case.id)
    return Opened(
        case=case,
        count=_count(mailbox, found, chosen),
        others=tuple(c for c in candidates if c is not chosen)[:5],
        close=close,
        new_messages=new,
        was_open=was_open,
        beside=others,
        unread=mailbox.unread,
    )


def take(
    desk: Desk,
    mailbox: Mailbox,
    found: Found,
    chosen: Candidate,
    *,
    about: str = "",
    name: str = "",
    progress: Progress = lambda _stage, _done, _total: None,
) -> tuple[CaseFile, int, bool]:
    """One dispute of a mailbox into its case: the case, how many messages were new, whether it was there already.

    name: of the case; "" takes the one that has this dispute, whatever its name.  Raises CaseExistsError.
    """
    count = _count(mailbox, found, chosen)
    return _keep(desk, chosen, _originals(mailbox, found, chosen), count, about, name, progress)


def cases_by_key(desk: Desk) -> dict[str, str]:
    """What each case is about (see ``key_of``) -> its name; of two about the same, the first opened."""
    opened = sorted(desk.store.first_entries().items(), key=lambda one: one[1].at, reverse=True)
    return {str(entry.payload.get("key", "")): case for case, entry in opened}


def _apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Likeliest first; talk with others about an order that a likelier candidate has is no dispute of its own."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if not any(set(candidate.order_numbers) & set(better.order_numbers) for better in kept):
            kept.append(candidate)
    return kept


def _count(mailbox: Mailbox, found: Found, chosen: Candidate) -> SourceCount:
    state = Counter(str(m.in_dispute) for m in chosen.members)
    inside, unsure = state["True"], state["unsure"]
    return SourceCount(
        file=mailbox.name,
        size=mailbox.size,
        messages=found.messages,
        in_dispute=inside,
        unsure=unsure,
        left_out=found.distinct - inside - unsure,
        copies=found.messages - found.distinct,
    )


def _originals(mailbox: Mailbox, found: Found, chosen: Candidate) -> list[tuple[RawMail, Membership]]:
    """The members' bytes; of copies, the first one in the source.  What no case can hold stays in the mailbox."""
    read = [(mailbox.read(found.places[m.message]), m) for m in chosen.members]
    return [
        (raw, m if len(raw.content) < MOST else msgspec.structs.replace(m, in_dispute=False, why=TOO_LARGE))
        for raw, m in read
    ]


def _keep(
    desk: Desk,
    chosen: Candidate,
    originals: Sequence[tuple[RawMail, Membership]],
    count: SourceCount,
    about: str,
    name: str,
    progress: Progress,
) -> tuple[CaseFile, int, bool]:
    key = key_of(chosen)
    case = name or cases_by_key(desk).get(key) or _slug(chosen.title)
    was_open = case in desk.store.cases()
    if was_open:
        history = desk.history(case)
        opened = history[0].payload
        assert isinstance(opened, CaseOpened)
        if opened.key != key:
            if name:
                raise CaseExistsError(case)
            case, was_open, history = _free(desk, case), False, ()
    else:
        history = ()
    known = {item.sha256 for item in kept_items(history)}
    kept = [(raw, m) for raw, m in originals if m.in_dispute is not False]
    items = [(raw, raw.item(), m) for raw, m in kept]
    fresh = [(raw, item, m) for raw, item, m in items if item.sha256 not in known]
    before = last_reading(history)
    if was_open and not fresh and before is not None:
        return desk.case(case), 0, True
    new_items = [
        ItemKept(
            sha256=item.sha256,
            item="mail",
            name=item.name,
            media_type=item.media_type,
            place=item.place,
            size=len(item.data),
            status=item.status,
            message=m.message,
        )
        for _, item, m in fresh
    ]
    bytes_of = {item.sha256: item.data for _, item, _ in items}

    def original(sha256: str) -> bytes:
        return bytes_of.get(sha256) or desk.store.blob(sha256)

    reading = reading_done(
        (*kept_items(history), *new_items),
        [m for _, m in originals],
        chosen.owner,
        original,
        sources=(*(before.sources if before else ()), count),
        before=before,
        left_out=[(raw, m) for raw, m in originals if m.in_dispute is False],
        progress=progress,
    )
    payloads: list[Payload] = [*new_items, reading]
    if not was_open:
        opening = CaseOpened(
            title=chosen.title,
            language=_language(reading.entries),
            merchant=chosen.merchant,
            key=key,
            about=about,
        )
        desk.record(case, [opening, *payloads], blobs=[i.data for _, i, _ in fresh], new=True)
    else:
        desk.record(case, payloads, blobs=[i.data for _, i, _ in fresh])
    return desk.case(case), len(fresh), was_open


TOO_LARGE = "larger than 1 GB: it stays in your mailbox"


def key_of(chosen: Candidate) -> str:
    """What tells this dispute from another: the shop and the purchase."""
    order = chosen.order_numbers[0] if chosen.order_numbers else min(m.message for m in chosen.members)
    return f"{chosen.domains[0] if chosen.domains else chosen.merchant.casefold()} {order}"


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "case"


def _free(desk: Desk, name: str) -> str:
    taken = set(desk.store.cases())
    n = 2
    while f"{name}-{n}" in taken:
        n += 1
    return f"{name}-{n}"


def _language(entries: Sequence[Entry]) -> Literal["fr", "en"]:
    """The shopper's language: what they wrote most of in the dispute; else what they were written in."""
    sides: dict[str, Counter[str]] = {"sent": Counter(), "received": Counter()}
    for entry in entries:
        if entry.membership.in_dispute is True and entry.language and entry.membership.direction in sides:
            sides[entry.membership.direction][entry.language] += len(entry.new_text)
    for side in ("sent", "received"):
        if sides[side]:
            return "fr" if sides[side]["fr"] >= sides[side]["en"] else "en"
    return "en"
