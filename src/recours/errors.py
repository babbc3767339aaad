"""What went wrong, in words a person can act on, in French and English.

Every failure that a person can cause or repair is one class here or in its room, with a message that says
what happened, where, and what to do.  Problems inside the person's data (a message that cannot be decoded)
are values (``Problem``), collected and shown, never raised.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Said = str | dict[str, str]


class RecoursError(Exception):
    """The person's input is at fault: exit 1.

    what: what happened, with the thing's name; where: file, line or place ("" when ``what`` says it);
    todo: what the person can do now.  ``what`` and ``todo`` are {"en": ..., "fr": ...}, or one text where the
    words are the same in both.
    """

    def __init__(self, what: Said, *, where: str = "", todo: Said = "") -> None:
        self.what, self.where, self.todo = _both(what), where, _both(todo)
        super().__init__(self.told("en"))

    def told(self, language: Literal["fr", "en"]) -> str:
        """The whole message in a language, one or two lines."""
        place = f" ({self.where})" if self.where else ""
        todo = f"\n  {self.todo[language]}" if self.todo[language] else ""
        return f"{self.what[language]}{place}{todo}"


def _both(words: Said) -> dict[str, str]:
    return {"en": words, "fr": words} if isinstance(words, str) else words


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the person's data that could not be taken as it is; nothing is skipped without one.

    where: file and position, or message id; what: one sentence; effect: what follows for the case.
    """

    where: str
    what: str
    effect: str = ""
