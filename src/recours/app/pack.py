"""The issuer's pack: a letter and the exhibits that carry it, in one file that a portal takes."""

from __future__ import annotations

import hashlib

from recours.app.desk import Desk
from recours.app.originals import originals
from recours.app.send import Reason
from recours.app.write_paper import paper_brief
from recours.casefile.events import PaperMade
from recours.errors import RecoursError
from recours.law.types import Lang
from recours.papers.pack import LETTERS, PAGES, Pack
from recours.papers.pack import pack as make


class NotPackedError(RecoursError):
    """That paper goes alone, or with the whole bundle."""

    def __init__(self, paper: str) -> None:
        super().__init__(
            {"en": f"{paper!r} is not sent as a pack", "fr": f"{paper!r} ne s'envoie pas ainsi"},
            todo={"en": f"Papers: {', '.join(LETTERS)}", "fr": f"Documents : {', '.join(LETTERS)}"},
        )


def pack(
    desk: Desk,
    case: str,
    paper: str = "chargeback",
    language: Lang | None = None,
    reason: Reason = "any",
    pages: int = PAGES,
    limit: int = 0,
) -> Pack:
    """One file.  pages: at most; limit: bytes, 0 for none.  It is kept in the case as that paper.

    Raises NotPackedError, and what write_paper raises; TooLargeError when nothing holds within the limit.
    """
    brief, name = paper_brief(desk, case, paper, language, reason)
    if name not in LETTERS:
        raise NotPackedError(paper)
    made = make(name, brief, originals(desk, desk.history(case)), pages=pages, limit=limit)
    sha256 = hashlib.sha256(made.pdf).hexdigest()
    entry = PaperMade(
        paper=name,
        language=brief.language,
        sha256=sha256,
        pages=made.pages,
        step=brief.step.step if brief.step else "",
    )
    desk.record(case, [entry], blobs=[made.pdf])
    return made
