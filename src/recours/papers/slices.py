"""A large bundle, set in slices: each by a process that ends, then put together, stamped, linked and bookmarked.

Typst holds about a megabyte for each page of a document while it sets it, so that two thousand pages in one document
would ask for more than two gigabytes.  A bundle of slices is the same to read; joining loses the tags, which the file says.
"""

from __future__ import annotations

import math
import multiprocessing
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pikepdf

from recours.papers.press import Job, press
from recours.papers.shown import Rendered
from recours.papers.typesetting import TEMPLATES, Typeset, settled
from recours.words import Language

LARGE = 320  # pages, estimated, from which a bundle is set in slices
PAGES = 110  # pages of a slice of exhibits
ROWS = 250  # rows of a table in one slice
AT_ONCE = 2
LETTERS = 2200  # characters of a page of text
LINK = "recours:"  # a link to a section that another slice holds, until the slices are joined
_MARGIN, _BASELINE, _SIZE, _GREY = 62.0, 34.0, 9, 0.37  # points and grey of the stamp at a page's foot


def weight(one: Rendered) -> int:
    """Pages that an exhibit will about fill."""
    text = sum(len(run.text) for run in one.shown.runs) + len(msgspec.json.encode(one.shown.view)) // 4
    return max(one.shown.length, 1 + text // LETTERS)


def is_large(exhibits: Sequence[Rendered]) -> bool:
    return sum(map(weight, exhibits)) + len(exhibits) // 12 >= LARGE


def set_in_slices(
    data: Mapping[str, Any], exhibits: Sequence[Rendered], *, language: Language, stamp: str, described: str
) -> Typeset:
    """The template "bundle.typ" with all its data, as ``typesetting.typeset`` gives it.

    exhibits: in the order of data["exhibits"]; stamp: the word for "page"; described: what the file says of itself.
    Raises typst.TypstError when a slice is at fault.
    """
    shown, lacking, system = settled(data)
    files = {one.shown.label: one.files for one in exhibits}
    pieces = list(_pieces(shown, [weight(one) for one in exhibits]))
    with tempfile.TemporaryDirectory(prefix="recours-") as folder:
        shop = _Shop(Path(folder), language, system, files)
        made = shop.set([{**shown, **piece, "bundle_pages": 1, "page_of": {}} for piece in pieces])
        for _ in range(3):
            counts = [_count(file) for file, _ in made]
            starts = [1 + sum(counts[:n]) for n in range(len(counts))]
            marks = [
                {**mark, "page": mark["page"] + start - 1}
                for (_, found), start in zip(made, starts, strict=True)
                for mark in found
            ]
            total, pages = sum(counts), {mark["key"]: mark["page"] for mark in marks}
            numbered = [n for n, piece in enumerate(pieces) if "contents" in piece["show"]]
            again = shop.set(
                [{**shown, **pieces[n], "bundle_pages": total, "page_of": pages} for n in numbered]
            )
            for n, one in zip(numbered, again, strict=True):
                made[n] = one
            if [_count(file) for file, _ in made] == counts:
                break
        pdf = _joined([file for file, _ in made], marks, shown, language, stamp, described)
    return Typeset(pdf, tuple(marks), lacking)


def _pieces(data: Mapping[str, Any], weights: Sequence[int]) -> Iterator[dict[str, Any]]:
    """What each slice shows, in the bundle's order, with its share of the rows and exhibits."""
    chunks = list(_chunks(data["contents"], ROWS))
    for n, rows in enumerate(chunks):
        yield {
            "show": ["cover", "contents"] if n == 0 else ["contents"],
            "contents": rows,
            "opens": n == 0,
            "closes": n == len(chunks) - 1,
            "timed": "" if data["timeline"] is None else data["timeline"]["title"],
        }
    if data["timeline"] is not None:
        chunks = list(_chunks(data["timeline"]["lines"], ROWS))
        for n, rows in enumerate(chunks):
            counts = data["timeline"]["counts"] if n == len(chunks) - 1 else []
            yield {
                "show": ["timeline"],
                "timeline": {**data["timeline"], "lines": rows, "counts": counts},
                "opens": n == 0,
            }
    start, filled = 0, 0
    for n, pages in enumerate(weights):
        if filled and filled + pages > PAGES:
            yield {"show": ["exhibits"], "exhibits": data["exhibits"][start:n], "opens": True}
            start, filled = n, 0
        filled += pages
    yield {"show": ["exhibits"], "exhibits": data["exhibits"][start:], "opens": True}
    for n, rows in enumerate(_chunks(data["manifest"], ROWS)):
        yield {"show": ["manifest"], "manifest": rows, "opens": n == 0}


def _chunks(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Of about the same length, so that no slice ends with one lonely row."""
    count = max(1, math.ceil(len(rows) / size))
    each = math.ceil(len(rows) / count) if rows else 1
    for start in range(0, max(len(rows), 1), each):
        yield rows[start : start + each]


class _Shop:
    """Where slices are set.  files: pictures and PDFs of each exhibit, by label."""

    def __init__(
        self, folder: Path, language: Language, system: bool, files: Mapping[str, Mapping[str, bytes]]
    ) -> None:
        self._folder, self._language, self._system = folder, language, system
        self._made = 0
        for entry in TEMPLATES.iterdir():
            if entry.name.endswith(".typ"):
                (folder / entry.name).write_bytes(entry.read_bytes())
        for of in files.values():
            for name, content in of.items():
                (folder / Path(name).name).write_bytes(content)

    def set(self, slices: Sequence[Mapping[str, Any]]) -> list[tuple[Path, list[dict[str, Any]]]]:
        """The file and the marks of each slice."""
        jobs = []
        for data in slices:
            self._made += 1
            needed = set(data["show"])
            large = {"exhibits", "contents", "timeline", "manifest"}
            told = {key: value for key, value in data.items() if key in needed or key not in large}
            blank: dict[str, Any] = {key: None if key == "timeline" else [] for key in large - needed}
            inputs = {"data": msgspec.json.encode({**blank, **told}).decode(), "language": self._language}
            out = str(self._folder / f"slice-{self._made}.pdf")
            jobs.append(Job(str(self._folder), "bundle.typ", inputs, self._system, out))
        with ProcessPoolExecutor(
            AT_ONCE, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1
        ) as pool:
            return [
                (Path(job.out), msgspec.json.decode(marks))
                for job, marks in zip(jobs, pool.map(press, jobs), strict=True)
            ]


def _count(file: Path) -> int:
    with pikepdf.open(file) as document:
        return len(document.pages)


def _joined(
    files: Sequence[Path],
    marks: Sequence[Mapping[str, Any]],
    data: Mapping[str, Any],
    language: Language,
    word: str,
    described: str,
) -> bytes:
    """The slices in one file: page numbers stamped, links between slices led on, one bookmark a section."""
    out = pikepdf.new()
    for file in files:
        with pikepdf.open(file) as part:
            out.pages.extend(part.pages)
    pages = {mark["key"]: mark["page"] for mark in marks}
    total = len(out.pages)
    font = out.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    key = ""
    opens = {mark["page"]: mark["key"] for mark in marks}
    for number, page in enumerate(out.pages, 1):
        key = opens.get(number, key)
        _lead(out, page, pages)
        for name in ("/StructParents", "/Tabs"):
            if name in page.obj:
                del page.obj[name]
        _stamp(out, page, font, f"{key} · " if key.startswith("P-") else "", f"{word} {number}/{total}")
    with out.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(mark["title"], mark["page"] - 1, "Fit") for mark in marks)
    out.Root.Lang = pikepdf.String(language)
    out.docinfo["/Title"] = f"{data['title']} - {data['subject']}"
    out.docinfo["/Author"] = data["author"]
    out.docinfo["/Subject"] = described
    path = files[0].with_name("whole.pdf")
    out.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return path.read_bytes()


def _lead(out: pikepdf.Pdf, page: pikepdf.Page, pages: Mapping[str, int]) -> None:
    """Links to other slices become links to pages; a link inside its slice was made of the same kind."""
    for note in page.obj.get("/Annots", []):
        if "/StructParent" in note:
            del note["/StructParent"]
        action = note.get("/A")
        address = str(action.get("/URI", "")) if action is not None else ""
        if address.startswith(LINK) and (to := pages.get(address.removeprefix(LINK))):
            del note["/A"]
            note["/Dest"] = pikepdf.Array([out.pages[to - 1].obj, pikepdf.Name.Fit])


def _stamp(out: pikepdf.Pdf, page: pikepdf.Page, font: Any, label: str, words: str) -> None:
    """The label and the page number at the right of the foot, as Typst sets them elsewhere."""
    text = f"{label}{words}"
    width = float(page.mediabox[2]) - float(page.mediabox[0])
    at = width - _MARGIN - _width(text)
    raw = text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    page.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/RecoursStamp"))
    content = (
        f"q {_GREY} g BT /RecoursStamp {_SIZE} Tf {at:.2f} {_BASELINE} Td (".encode() + raw + b") Tj ET Q"
    )
    page.contents_add(out.make_stream(b"q"), prepend=True)
    page.contents_add(out.make_stream(b"Q " + content))


_WIDTHS = {
    " ": 278,
    "-": 333,
    "/": 278,
    "·": 278,
}  # of Helvetica, thousandths; digits 556, letters about as wide


def _width(text: str) -> float:
    return sum(_WIDTHS.get(c, 556) for c in text) * _SIZE / 1000
