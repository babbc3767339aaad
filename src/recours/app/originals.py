"""Bytes by SHA-256: an original or a paper of the store, or a part that hangs on one of the case's mails.

Attachments are not stored a second time; they are taken out of the mail that carries them.
"""

from __future__ import annotations

from collections.abc import Callable

from recours.app.desk import Desk, kept_items
from recours.app.read_case import content_of
from recours.casefile.events import PaperMade, Recorded
from recours.reading.forwards import all_parts
from recours.store.errors import MissingBytesError


def originals(desk: Desk, history: tuple[Recorded, ...]) -> Callable[[str], bytes]:
    """A function SHA-256 -> bytes for one case.  It raises MissingBytesError."""
    items = {i.sha256: i for i in kept_items(history)}
    papers = {r.payload.sha256 for r in history if isinstance(r.payload, PaperMade)}
    parts: dict[str, bytes] = {}

    def look(sha256: str) -> bytes:
        if sha256 in items or sha256 in papers:
            return desk.store.blob(sha256)
        if not parts:
            for item in items.values():
                if item.item == "mail":
                    mail = content_of(item, desk.store.blob(item.sha256))
                    parts.update(all_parts(mail, item.place))
        if sha256 in parts:
            return parts[sha256]
        raise MissingBytesError(sha256)

    return look
