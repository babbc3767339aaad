"""What went wrong, in words a person can act on.

Every failure that a person can cause or repair is one class here or in its room, with a message that says
what happened, where, and what to do.  Problems inside the person's data (a message that cannot be decoded)
are values (``Problem``), collected and shown, never raised.
"""

from __future__ import annotations

import msgspec


class RecoursError(Exception):
    """The person's input is at fault: exit 1.

    what: what happened, with the thing's name; where: file, line or place ("" when ``what`` says it);
    todo: what the person can do now.
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        todo = f"\n  {self.todo}" if self.todo else ""
        return f"{self.what}{place}{todo}"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the person's data that could not be taken as it is; nothing is skipped without one.

    where: file and position, or message id; what: one sentence; effect: what follows for the case.
    """

    where: str
    what: str
    effect: str = ""
