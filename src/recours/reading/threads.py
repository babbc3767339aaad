"""Which mails belong to one conversation: References, replied subjects, shared numbers."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable

_PREFIX = re.compile(
    r"^\s*(?:(?:re|ré|rép|fw|fwd|tr|transf|aw|wg|sv|r|rv|antw|réponse automatique|automatic reply|out of office|"
    r"réponse|absence du bureau|auto)\s*(?:\[\d+\])?\s*:\s*|\[(?:external|externe|spam)\]\s*)+",
    re.IGNORECASE,
)
_TICKET = re.compile(
    r"[\[(](?:ref|ticket|case|dossier|request)?\s*[:#]?\s*[\w-]*\d[\w-]*[\])]", re.IGNORECASE
)


def subject_base(subject: str) -> str:
    """The subject without "Re:", "TR:", "[ref:123]" and the like, lower case: equal for one conversation."""
    return " ".join(_TICKET.sub(" ", _PREFIX.sub("", subject)).casefold().split())


class Groups:
    """Things that are tied together, directly or through others (disjoint sets)."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def root(self, thing: Hashable) -> Hashable:
        parent = self._parent.setdefault(thing, thing)
        while parent != self._parent[parent]:
            self._parent[thing] = parent = self._parent[parent]
        return parent

    def tie(self, a: Hashable, b: Hashable) -> None:
        self._parent[self.root(a)] = self.root(b)

    def tie_all(self, things: Iterable[Hashable]) -> None:
        first: Hashable | None = None
        for n, thing in enumerate(things):
            if n == 0:
                first = thing
            else:
                self.tie(first, thing)
