"""Where everything is in a bundle: one value, from the marks that the template left on the pages it set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recours.errors import RecoursError
from recours.papers.types import PageMap


class PageMapError(RecoursError):
    """The marks do not make a map: a section without pages, out of order, or before page 1."""

    def __init__(self, why: str) -> None:
        super().__init__(
            {
                "en": f"The bundle's pages do not add up: {why}",
                "fr": f"Les pages du recueil ne tombent pas juste : {why}",
            },
            todo={"en": "Please report this case.", "fr": "Signalez ce cas, s'il vous plaît."},
        )


def page_map(marks: Sequence[Any], total: int) -> PageMap:
    """marks: {key, title, page} of each section in order, pages from 1; total: pages of the file.

    The sections follow each other without gap and fill the file.  Raises PageMapError.
    """
    starts = [(str(m["key"]), str(m["title"]), int(m["page"])) for m in marks]
    ends = [start for _, _, start in starts[1:]] + [total + 1]
    if not starts or starts[0][2] != 1:
        raise PageMapError("the first section is not on page 1")
    sections = tuple(
        (key, title, first, end - first) for (key, title, first), end in zip(starts, ends, strict=True)
    )
    for key, _, first, count in sections:
        if count < 1:
            raise PageMapError(f"{key} on page {first} has no page of its own")
    if len({key for key, *_ in sections}) != len(sections):
        raise PageMapError("two sections have the same key")
    return PageMap(sections=sections, total=total)


def section_of(pages: PageMap, page: int) -> str:
    """The key of the section that holds a page (from 1); "" when none does."""
    return next((key for key, _, first, count in pages.sections if first <= page < first + count), "")
