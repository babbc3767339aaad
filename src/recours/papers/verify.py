"""The bundle reopened and proved: every bookmark, every link of the contents and every stamp is where the map says."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from recours.errors import RecoursError
from recours.papers import processes
from recours.papers.pagemap import section_of
from recours.papers.types import Exhibit, PageMap
from recours.words import Language

APART = 320  # pages from which they are read by several processes
FOOT = 50  # points from the lower edge of a page: the stamp's strip, below all else that is set


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


def prove(
    pdf: bytes,
    pages: PageMap,
    exhibits: Sequence[Exhibit],
    language: Language,
    *,
    lengths: Mapping[str, int],
    gone: Collection[str] = (),
) -> None:
    """exhibits: those that the file must hold; lengths: pages that they must fill, by label; 0 or none: as many as the
    text needed; gone: words that were taken out.

    Raises BundleFaultError with every fault found.
    """
    starts = [first for _, _, first, _ in pages.sections]
    with _being_read(pdf, pages.total) as read:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            faults = [*_structure(document, starts, pages.total, language), *_contents(document, pages)]
        if not faults:
            texts = read()
            faults = [
                *_exhibits(texts, pages, exhibits, lengths),
                *_stamps(texts, pages),
                *_gone(texts, gone),
            ]
    if faults:
        raise BundleFaultError(faults)


def prove_pack(pdf: bytes, starts: Mapping[str, int], exhibits: Sequence[Exhibit], language: Language) -> int:
    """A letter with its exhibits, which share pages -> its pages.  starts: page of the letter and of each exhibit.

    Raises BundleFaultError with every fault found.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        total = len(document.pages)
        faults = list(_structure(document, list(starts.values()), total, language))
    for number, (_, foot) in enumerate(texts := _texts(pdf, range(total)), 1):
        if not stamp("", number, total).search(foot):
            faults.append(f"page {number} is not stamped")
    for exhibit in exhibits:
        first = starts.get(exhibit.label, total + 1)
        if not any(exhibit.sha256 in text for text, _ in texts[first - 1 : first + 1]):
            faults.append(f"{exhibit.label} is missing, or does not tell its hash")
    if faults:
        raise BundleFaultError(faults)
    return total


def stamp(key: str, page: int, total: int) -> re.Pattern[str]:
    """What stands at the foot of a page, spaces aside: "P-3 · page 12/80", or "page 1/80" outside the exhibits."""
    label = re.escape(key) + "·" if re.fullmatch(r"P-\d+", key) else r"(?<!·)"
    return re.compile(rf"{label}page{page}/{total}(?!\d)")


def _structure(document: pikepdf.Pdf, starts: list[int], total: int, language: Language) -> Iterator[str]:
    """starts: pages to which the bookmarks lead, in order."""
    if len(document.pages) != total:
        yield f"{len(document.pages)} pages, not {total}"
    if not str(document.Root.get("/Lang", "")).startswith(language):
        yield f"the language is not {language}"
    if not str(document.docinfo.get("/Title", "")):
        yield "the title is not set"
    numbers = _numbers(document)
    with document.open_outline() as outline:
        marked = [_target(document, item.destination or item.action, numbers) for item in outline.root]
    if marked != starts:
        yield f"bookmarks lead to pages {marked}, not {starts}"


def _contents(document: pikepdf.Pdf, pages: PageMap) -> Iterator[str]:
    """The contents, where there are some, lead to each section in turn; every other link leads to where a section
    begins."""
    numbers = _numbers(document)
    starts = {start for _, _, start, _ in pages.sections}
    links = [list(_links(document, page, numbers)) for page in document.pages]
    for first, count in [(f, n) for key, _, f, n in pages.sections if key == "contents"]:
        listed = [target for found in links[first - 1 : first - 1 + count] for target in found]
        wanted = [start for key, _, start, _ in pages.sections if key not in ("cover", "contents")]
        if list(dict.fromkeys(listed)) != wanted:
            yield f"the contents lead to pages {listed}, not {wanted}"
    lost = [number for number, found in enumerate(links, 1) if set(found) - starts]
    if lost:
        yield f"links on pages {lost} lead to no section"


def _numbers(document: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: n for n, page in enumerate(document.pages, 1)}


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


Text = tuple[str, str]  # of a page: all of it, and that of its foot, without spaces


@contextmanager
def _being_read(pdf: bytes, total: int) -> Iterator[Callable[[], list[Text]]]:
    """What tells the text of each page; of a large file it is read meanwhile, by several processes."""
    if total < APART:
        yield lambda: _texts(pdf, range(total))
        return
    each = -(-total // processes.AT_ONCE)
    shares = [range(start, min(start + each, total)) for start in range(0, total, each)]
    with tempfile.TemporaryDirectory(prefix="recours-") as folder, processes.processes() as pool:
        file = Path(folder) / "bundle.pdf"
        file.write_bytes(pdf)
        found = pool.map(_texts, [file] * len(shares), shares)
        yield lambda: [text for share in found for text in share]


def _texts(pdf: bytes | Path, numbers: range) -> list[Text]:
    """numbers: of the pages, from 0."""
    texts = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number in numbers:
            page = document[number]
            found = page.get_textpage()
            foot = found.get_text_bounded(0, 0, page.get_width(), FOOT)
            texts.append((_bare(found.get_text_range()), _bare(foot)))
            found.close()
            page.close()
    return texts


def _bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def _exhibits(
    texts: Sequence[Text],
    pages: PageMap,
    exhibits: Sequence[Exhibit],
    lengths: Mapping[str, int],
) -> Iterator[str]:
    """Each is there, as long as its original, with its hash on its own pages and in the list, where there is one."""
    sections = {key: (first, count) for key, _, first, count in pages.sections}
    end, _ = sections.get("manifest", (len(texts) + 1, 0))
    manifest = "".join(text for text, _ in texts[end - 1 :])
    for exhibit in exhibits:
        if exhibit.label not in sections:
            yield f"{exhibit.label} is missing"
            continue
        first, count = sections[exhibit.label]
        wanted = lengths.get(exhibit.label, 0)
        if wanted and count != wanted:
            yield f"{exhibit.label} fills {count} pages, not {wanted}"
        if not any(exhibit.sha256 in text for text, _ in texts[first - 1 : first - 1 + count]):
            yield f"{exhibit.label} does not tell its hash"
        if "manifest" in sections and exhibit.sha256 not in manifest:
            yield f"{exhibit.label} is not in the list of hashes"


def _stamps(texts: Sequence[Text], pages: PageMap) -> Iterator[str]:
    for number, (_, foot) in enumerate(texts, 1):
        key = section_of(pages, number)
        if not key:
            yield f"page {number} belongs to no section"
        wanted = stamp(key, number, pages.total)
        if not wanted.search(foot):
            yield f"page {number} is not stamped {wanted.pattern}"


def _gone(texts: Sequence[Text], gone: Collection[str]) -> Iterator[str]:
    """What was to be taken out is not read on any page, those of others' PDFs too."""
    words = [_bare(word) for word in gone]
    for number, (text, _) in enumerate(texts, 1):
        if any(word in text for word in words):
            yield f"page {number} still says what was to be taken out"
