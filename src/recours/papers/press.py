"""One Typst compilation in a process of its own: what it took of memory goes back when the process ends.

Kept light on purpose: such a process starts in some hundredths of a second.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
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


def press(job: Job) -> str:
    """Writes the PDF; the template's marks, as JSON.  Raises typst.TypstError."""
    compiler = typst.Compiler(
        str(Path(job.folder) / job.template),
        root=job.folder,
        font_paths=typst.Fonts(include_system_fonts=job.system, font_paths=[]),
        sys_inputs=job.inputs,
    )
    pdf = compiler.compile(format="pdf", pdf_standards=list(job.standards), timestamp=TIMESTAMP)
    assert isinstance(pdf, bytes)
    Path(job.out).write_bytes(pdf)
    found: str = compiler.query("<mark>", field="value")
    return found
