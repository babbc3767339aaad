"""A large bundle, set in slices: each by a process that ends, then put together (papers/joined.py).

Typst holds about a megabyte for each page of a document while it sets it, so that two thousand pages in one document
would ask for more than two gigabytes.  A bundle of slices is the same to read, tags included.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from recours.papers import processes
from recours.papers.joined import join
from recours.papers.press import Job, Pressed, Standard, press
from recours.papers.shown import Rendered
from recours.papers.typesetting import ACCESSIBLE, TEMPLATES, Typeset, settled
from recours.words import Language

LARGE = 320  # pages, estimated, from which a bundle is set in slices
PAGES = 130  # pages of a slice of exhibits, estimated
ROWS = 250  # rows of a table in one slice
LETTERS = 2200  # characters of a page of text


def weight(one: Rendered) -> int:
    """Pages that an exhibit will about fill."""
    text = sum(len(run.text) for run in one.shown.runs) + len(msgspec.json.encode(one.shown.view)) // 4
    return max(one.shown.length, 1 + text // LETTERS)


def is_large(exhibits: Sequence[Rendered]) -> bool:
    return sum(map(weight, exhibits)) + len(exhibits) // 12 >= LARGE


def make_ready(exhibits: int) -> None:
    """Begins to load what the slices' processes need, while the exhibits are looked at, when so many of them make a large
    bundle whatever is in them."""
    if exhibits + exhibits // 12 >= LARGE:
        processes.make_ready()


def set_in_slices(
    data: Mapping[str, Any],
    exhibits: Sequence[Rendered],
    *,
    language: Language,
    standards: Sequence[Standard] = ACCESSIBLE,
) -> Typeset:
    """The template "bundle.typ" with all its data, as ``typesetting.typeset`` gives it.

    exhibits: in the order of data["exhibits"]; standards: that Typst must hold to in every slice.
    Raises typst.TypstError when a slice is at fault.
    """
    shown, lacking, system = settled(data)
    files = {one.shown.label: one.files for one in exhibits}
    pieces = list(_pieces(shown, [weight(one) for one in exhibits]))
    with tempfile.TemporaryDirectory(prefix="recours-") as folder, processes.processes() as pool:
        shop = _Shop(pool, Path(folder), language, system, tuple(standards), files)
        made = shop.set([_slice({**shown, **piece, "bundle_pages": 1, "page_of": {}}) for piece in pieces])
        numbered = [n for n, piece in enumerate(pieces) if "contents" in piece["show"]]
        for _ in range(3):
            counts = [one.pages for one in made]
            starts = [1 + sum(counts[:n]) for n in range(len(counts))]
            marks = [
                {**mark, "page": mark["page"] + start - 1}
                for one, start in zip(made, starts, strict=True)
                for mark in one.marks
            ]
            told = {"bundle_pages": sum(counts), "page_of": {mark["key"]: mark["page"] for mark in marks}}
            *again, feet = shop.set(
                [
                    *(_slice({**shown, **pieces[n], **told}) for n in numbered),
                    _feet(shown, marks, sum(counts)),
                ]
            )
            for n, one in zip(numbered, again, strict=True):
                made[n] = one
            if [one.pages for one in made] == counts:
                break
        return Typeset(shop.join([one.file for one in made], feet.file, marks), tuple(marks), lacking)


Sheet = tuple[str, dict[str, Any]]  # a template and its data


def _slice(data: Mapping[str, Any]) -> Sheet:
    """Without what it does not show."""
    large = {"exhibits", "contents", "timeline", "manifest"} - set(data["show"])
    blank: dict[str, Any] = {key: None if key == "timeline" else [] for key in large}
    return "bundle.typ", {**data, **blank}


def _feet(data: Mapping[str, Any], marks: Sequence[Mapping[str, Any]], total: int) -> Sheet:
    """A page for each of the bundle's, with its foot and nothing else."""
    opens = {mark["page"]: mark["key"] for mark in marks}
    key, keys = "", []
    for number in range(1, total + 1):
        key = opens.get(number, key)
        keys.append(key)
    return "stamps.typ", {**{name: data[name] for name in ("title", "paper", "words")}, "keys": keys}


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
        self,
        pool: ProcessPoolExecutor,
        folder: Path,
        language: Language,
        system: bool,
        standards: tuple[Standard, ...],
        files: Mapping[str, Mapping[str, bytes]],
    ) -> None:
        self._pool = pool
        self._folder, self._language, self._system, self._standards = folder, language, system, standards
        self._made = 0
        for entry in TEMPLATES.iterdir():
            if entry.name.endswith(".typ"):
                (folder / entry.name).write_bytes(entry.read_bytes())
        for of in files.values():
            for name, content in of.items():
                (folder / Path(name).name).write_bytes(content)

    def set(self, sheets: Sequence[Sheet]) -> list[Pressed]:
        """The file of each sheet, with its marks."""
        return list(self._pool.map(press, [self._job(template, data) for template, data in sheets]))

    def join(self, slices: Sequence[Path], feet: Path, marks: Sequence[Mapping[str, Any]]) -> bytes:
        """The slices in one file, with the foot of every page."""
        whole = self._folder / "whole.pdf"
        self._pool.submit(join, slices, feet, marks, whole).result()
        return whole.read_bytes()

    def _job(self, template: str, data: Mapping[str, Any]) -> Job:
        self._made += 1
        return Job(
            folder=str(self._folder),
            template=template,
            inputs={"data": msgspec.json.encode(data).decode(), "language": self._language},
            system=self._system,
            standards=self._standards,
            out=str(self._folder / f"slice-{self._made}.pdf"),
        )
