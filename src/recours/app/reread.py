"""A newer reader looks at a case's kept originals again; what a person corrected or answered stays above it."""

from __future__ import annotations

import msgspec

from recours.app.desk import Desk, kept_items, last_reading
from recours.app.originals import originals
from recours.app.read_case import Progress, reading_done


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """before, after: versions of the reader; since: the journal's length before, for ``changes``; 0 when nothing
    came out differently, and then nothing was written."""

    before: str
    after: str
    since: int = 0


def reread(desk: Desk, case: str, progress: Progress = lambda _stage, _done, _total: None) -> Reread:
    """Read the case's mails, calls and chats again, from their bytes.

    Which messages are in the dispute is kept as it was.  Raises NoSuchCaseError and the store's errors.
    """
    history = desk.history(case)
    old = last_reading(history)
    if old is None:
        return Reread(before="", after="")
    new = reading_done(
        kept_items(history),
        (),
        old.owner,
        originals(desk, history),
        sources=old.sources,
        before=old,
        progress=progress,
    )
    if (new.entries, new.findings) == (old.entries, old.findings):
        return Reread(before=old.reader, after=new.reader)
    desk.record(case, [new])
    return Reread(before=old.reader, after=new.reader, since=len(history))
