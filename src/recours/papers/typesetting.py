"""Typst, offline: a template of the package and plain data in, PDF bytes out.

Data travel as one JSON input and are never read as markup; a template sees the package's templates and the
``files`` it is given, nothing else.  Fonts are those that Typst itself carries (Libertinus Serif, New Computer Modern,
DejaVu Sans Mono), never the system's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import msgspec
import pypdfium2
import typst

from recours.papers.glyphs import settable

Standard = Literal["ua-1", "a-2a", "a-3a"]
TEMPLATES = resources.files("recours.papers") / "typst"
TIMESTAMP = 0  # the date inside the file is not the paper's date: the same input gives the same bytes
ACCESSIBLE: tuple[Standard, ...] = ("a-2a", "ua-1")


class Typeset(msgspec.Struct, frozen=True):
    """pdf: the bytes; marks: values of the template's ``metadata`` elements labelled <mark>, in order."""

    pdf: bytes
    marks: tuple[Any, ...] = ()

    @property
    def pages(self) -> int:
        """Pages of the file."""
        with closing(pypdfium2.PdfDocument(self.pdf)) as document:
            return len(document)


@cache
def fonts() -> typst.Fonts:
    """Typst's own fonts, looked up once a process."""
    return typst.Fonts(include_system_fonts=False, font_paths=[])


def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    language: Literal["fr", "en"],
    files: Mapping[str, bytes] | None = None,
    standards: Sequence[Standard] = ACCESSIBLE,
    marks: bool = False,
) -> Typeset:
    """Set one template.

    template: file name in papers/typst; data: what ``json(bytes(sys.inputs.data))`` reads; language: what
    ``sys.inputs.language`` says; files: pictures and PDFs by bare name, found by the template as "/name"; standards:
    PDF standards that Typst must hold to; marks: read the template's marks as well.
    Raises typst.TypstError when the template or a picture is at fault.
    """
    shown = settable(data, _shows)
    with tempfile.TemporaryDirectory(prefix="recours-") as folder:
        root = Path(folder)
        for entry in TEMPLATES.iterdir():
            if entry.name.endswith(".typ"):
                (root / entry.name).write_bytes(entry.read_bytes())
        for name, content in (files or {}).items():
            (root / Path(name).name).write_bytes(content)
        compiler = typst.Compiler(
            str(root / template),
            root=str(root),
            font_paths=fonts(),
            sys_inputs={"data": msgspec.json.encode(shown).decode(), "language": language},
        )
        pdf = compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=TIMESTAMP)
        found = compiler.query("<mark>", field="value") if marks else "[]"
    assert isinstance(pdf, bytes)
    return Typeset(pdf, tuple(msgspec.json.decode(found)))


def _shows(text: str) -> bool:
    """Whether the fonts have a glyph for every character."""
    return sets('#set document(title: "t")\n#set text(font: "Libertinus Serif")\n= t\n#sys.inputs.text', text)


def sets(
    source: str,
    text: str = "",
    files: Mapping[str, bytes] | None = None,
    standards: Sequence[Standard] = ACCESSIBLE,
) -> bool:
    """Whether a small source can be set; text: its ``sys.inputs.text``; files: by bare name."""
    with tempfile.TemporaryDirectory(prefix="recours-") as folder:
        root = Path(folder)
        (root / "probe.typ").write_text(source, encoding="utf-8")
        for name, content in (files or {}).items():
            (root / Path(name).name).write_bytes(content)
        try:
            typst.compile(
                str(root / "probe.typ"),
                root=str(root),
                font_paths=fonts(),
                sys_inputs={"text": text},
                pdf_standards=list(standards),
            )
        except typst.TypstError:
            return False
    return True
