"""A newer export of the same mailbox: its new messages go to the cases that they belong to, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

import msgspec

from recours.app.desk import Desk
from recours.app.found import search
from recours.app.open_case import Progress, cases_by_key, key_of, take
from recours.casefile.types import CaseFile, Entry
from recours.intake.from_mbox import Mailbox


class Refreshed(msgspec.Struct, frozen=True, kw_only=True):
    """case: as it stands now; new: entries that it did not have, in order of time; closed: it was left alone."""

    case: CaseFile
    new: tuple[Entry, ...] = ()
    closed: bool = False


def refresh(
    desk: Desk,
    path: Path,
    *,
    closed_too: bool = False,
    progress: Progress = lambda _stage, _done, _total: None,
) -> tuple[Refreshed, ...]:
    """Every case whose dispute is in the mailbox.  closed_too: a closed case takes what is new as well.

    Raises the errors of ``Mailbox``.
    """
    known = cases_by_key(desk)
    mailbox = Mailbox(path, desk.store.path.parent, progress)
    searched = search(desk, mailbox, "", progress)
    found = []
    for candidate in searched.candidates:
        name = known.pop(key_of(candidate), "")
        if not name:
            continue
        before = desk.case(name)
        if before.closed and not closed_too:
            found.append(Refreshed(case=before, closed=True))
            continue
        after, _, _ = take(desk, mailbox, searched, candidate, name=name, progress=progress)
        seen = {e.message.id for e in before.entries}
        fresh = tuple(e for e in after.entries if e.message.id not in seen and e.membership.in_dispute)
        found.append(Refreshed(case=after, new=fresh))
    return tuple(sorted(found, key=lambda one: one.case.id))
