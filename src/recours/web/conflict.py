"""Two windows on one case: who comes second is told, and nothing is lost.

A form carries the length of the journal that its page was made from.  When somebody said something about the same
fact or message since, the form is not taken: the person sees both values and decides.
"""

from __future__ import annotations

from recours.app.desk import Desk
from recours.casefile.events import Corrected, FactStated, Recorded


def length_of(desk: Desk, case: str) -> int:
    """Entries of the journal now."""
    return len(desk.store.journal(case))


def said_since(desk: Desk, case: str, length: str, name: str) -> tuple[Recorded, ...]:
    """Entries about a fact or a message since the form's page was made.  length: as the form carries it."""
    since = int(length) if length.isascii() and length.isdigit() else 0
    return tuple(r for r in desk.history(case)[since:] if _about(r) == name)


def _about(entry: Recorded) -> str:
    if isinstance(entry.payload, FactStated):
        return entry.payload.name
    return entry.payload.message if isinstance(entry.payload, Corrected) else ""
