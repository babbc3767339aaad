"""One Typst compilation in a process of its own: what it took of memory goes back when the process ends.

Kept light on purpose: such a process starts in some hundredths of a second.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Literal

import msgspec
import pikepdf
import typst

Standard = Literal["ua-1", "a-2a", "a-3a"]
TIMESTAMP = 0  # the date inside the file is not the paper's date: the same input gives the same bytes


class Job(msgspec.Struct, frozen=True):
    """What to set.  folder: with the template, its parts and its files; inputs: ``sys.inputs``; system: with the
    system's fonts; standards: that Typst must hold to; out: file for the PDF."""

    folder: str
    template: str
    inputs: dict[str, str]
    system: bool
    standards: tuple[Standard, ...]
    out: str


class Pressed(msgspec.Struct, frozen=True):
    """A file that was set.  pages: how many it has; marks: those of the template, in order, each with its page."""

    file: Path
    pages: int
    marks: tuple[dict[str, Any], ...] = ()


def press(job: Job) -> Pressed:
    """Writes the PDF.  Raises typst.TypstError.

    Each mark stands under a bookmarked heading: its page is the one to which the file's own bookmark leads.  Were Typst
    asked for it, Typst would lay all out twice.
    """
    compiler = typst.Compiler(
        str(Path(job.folder) / job.template),
        root=job.folder,
        font_paths=typst.Fonts(include_system_fonts=job.system, font_paths=[]),
        sys_inputs=job.inputs,
    )
    pdf = compiler.compile(format="pdf", pdf_standards=list(job.standards), timestamp=TIMESTAMP)
    assert isinstance(pdf, bytes)
    Path(job.out).write_bytes(pdf)
    found = msgspec.json.decode(compiler.query("<mark>", field="value"), type=list[dict[str, Any]])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        with document.open_outline() as outline:
            # Typst writes every destination as an array, whose first is the page; their type has names and None too
            led = [numbers[item.destination[0].objgen] for item in outline.root]  # type: ignore[index]
    marks = tuple({**mark, "page": page} for mark, page in zip(found, led, strict=True))
    return Pressed(Path(job.out), len(numbers), marks)
