"""The bundle reopened and proved: every bookmark, every link of the contents and every stamp is where the map says."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2

from recours.errors import RecoursError
from recours.papers.pagemap import section_of
from recours.papers.types import Exhibit, PageMap


class BundleFaultError(RecoursError):
    """The set file does not say what the map says; it is not handed over."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        listed = "; ".join(faults[:5])
        super().__init__(
            {
                "en": f"The bundle was set wrongly and is not handed over: {listed}",
                "fr": f"Le recueil a été mal composé et n'est pas remis : {listed}",
            },
            todo={"en": "Please report this case.", "fr": "Signalez ce cas, s'il vous plaît."},
        )


def prove(pdf: bytes, pages: PageMap, exhibits: Sequence[Exhibit]) -> None:
    """Raises BundleFaultError with every fault found."""
    faults = [*_structure(pdf, pages), *_exhibits(pages, exhibits), *_stamps(pdf, pages)]
    if faults:
        raise BundleFaultError(faults)


def stamp(key: str, page: int, total: int) -> re.Pattern[str]:
    """What stands at the foot of a page, spaces aside: "P-3 · page 12/80", or "page 1/80" outside the exhibits."""
    label = re.escape(key) + "·" if re.fullmatch(r"P-\d+", key) else r"(?<!·)"
    return re.compile(rf"{label}page{page}/{total}(?!\d)")


def _structure(pdf: bytes, pages: PageMap) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if len(document.pages) != pages.total:
            yield f"{len(document.pages)} pages, not {pages.total}"
        numbers = {page.obj.objgen: n for n, page in enumerate(document.pages, 1)}
        if "/Lang" not in document.Root:
            yield "the language is not set"
        with document.open_outline() as outline:
            marked = [_target(document, item.destination or item.action, numbers) for item in outline.root]
        expected = [first for _, _, first, _ in pages.sections]
        if marked != expected:
            yield f"bookmarks lead to pages {marked}, not {expected}"
        contents = next((s for s in pages.sections if s[0] == "contents"), None)
        if contents:
            _, _, first, count = contents
            links = [
                target
                for number in range(first, first + count)
                for target in _links(document, document.pages[number - 1], numbers)
            ]
            wanted = [start for key, _, start, _ in pages.sections if key not in ("cover", "contents")]
            if list(dict.fromkeys(links)) != wanted:
                yield f"the contents lead to pages {links}, not {wanted}"


def _links(document: pikepdf.Pdf, page: pikepdf.Page, numbers: dict[tuple[int, int], int]) -> Iterator[int]:
    for note in page.obj.get("/Annots", []):
        if note.get("/Subtype") == "/Link":
            target = note.get("/Dest") or note.get("/A")
            yield _target(document, target, numbers)


def _target(document: pikepdf.Pdf, target: Any, numbers: dict[tuple[int, int], int]) -> int:
    """The page number that a destination or a go-to action leads to, 0 when it leads nowhere."""
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    if isinstance(target, pikepdf.String):
        names = document.Root.get("/Names")
        tree = names.get("/Dests") if names is not None else None
        found = pikepdf.NameTree(tree).get(str(target)) if tree is not None else None
        return _target(document, found, numbers) if found is not None else 0
    if isinstance(target, pikepdf.Array):
        return numbers.get(target[0].objgen, 0)
    return 0


def _exhibits(pages: PageMap, exhibits: Sequence[Exhibit]) -> Iterator[str]:
    have = [key for key, *_ in pages.sections]
    for exhibit in exhibits:
        if exhibit.label not in have:
            yield f"{exhibit.label} is missing"


def _stamps(pdf: bytes, pages: PageMap) -> Iterator[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            text = re.sub(r"\s+", "", page.get_textpage().get_text_range())
            key = section_of(pages, number)
            if not key:
                yield f"page {number} belongs to no section"
            wanted = stamp(key, number, pages.total)
            if not wanted.search(text):
                yield f"page {number} is not stamped {wanted.pattern}"
            page.close()
    finally:
        document.close()
