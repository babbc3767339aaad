"""One Typst compilation in a process of its own: what it took of memory goes back when the process ends.

Kept light on purpose: such a process starts in some hundredths of a second.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import typst

TIMESTAMP = 0


class Job(msgspec.Struct, frozen=True):
    """What to set.  folder: with the template, its parts and its files; inputs: ``sys.inputs``; system: with the
    system's fonts; out: file for the PDF."""

    folder: str
    template: str
    inputs: dict[str, str]
    system: bool
    out: str


def press(job: Job) -> str:
    """Writes the PDF; the template's marks, as JSON.  Raises typst.TypstError."""
    compiler = typst.Compiler(
        str(Path(job.folder) / job.template),
        root=job.folder,
        font_paths=typst.Fonts(include_system_fonts=job.system, font_paths=[]),
        sys_inputs=job.inputs,
    )
    pdf = compiler.compile(format="pdf", pdf_standards=[], timestamp=TIMESTAMP)
    assert isinstance(pdf, bytes)
    Path(job.out).write_bytes(pdf)
    found: str = compiler.query("<mark>", field="value")
    return found
