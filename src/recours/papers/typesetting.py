"""Typst, offline: a template of the package and plain data in, PDF bytes out.

Data travel as one JSON input and are never read as markup; a template sees the package's templates and the
``files`` it is given, nothing else.  Fonts are those that Typst itself carries (Libertinus Serif, New Computer Modern,
DejaVu Sans Mono); the system's are asked only for characters that those lack, so that a paper in Latin letters is the
same bytes everywhere.
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

from recours.papers.glyphs import settable, unshown
from recours.papers.press import TIMESTAMP, Standard

TEMPLATES = resources.files("recours.papers") / "typst"
ACCESSIBLE: tuple[Standard, ...] = ("a-2a", "ua-1")


class Typeset(msgspec.Struct, frozen=True):
    """pdf: the bytes; marks: values of the template's ``metadata`` elements labelled <mark>, in order; unshown: characters
    for which no font has a glyph, told in words."""

    pdf: bytes
    marks: tuple[Any, ...] = ()
    unshown: str = ""

    @property
    def pages(self) -> int:
        """Pages of the file."""
        with closing(pypdfium2.PdfDocument(self.pdf)) as document:
            return len(document)


@cache
def fonts(system: bool = False) -> typst.Fonts:
    """Typst's own fonts, and the system's after them when asked; looked up once a process."""
    return typst.Fonts(include_system_fonts=system, font_paths=[])


def settled(data: Any) -> tuple[Any, str, bool]:
    """The data with every text settable, the characters that are told in words, and whether the system's fonts help."""
    lacking = unshown(data, _shows)
    if not lacking:
        return settable(data, _shows), "", False
    left = unshown(lacking, _shows_here)
    system = len(left) < len(lacking)
    return settable(data, _shows_here if system else _shows), left, system


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
    shown, lacking, system = settled(data)
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
            font_paths=fonts(system),
            sys_inputs={"data": msgspec.json.encode(shown).decode(), "language": language},
        )
        pdf = compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=TIMESTAMP)
        found = compiler.query("<mark>", field="value") if marks else "[]"
    assert isinstance(pdf, bytes)
    return Typeset(pdf, tuple(msgspec.json.decode(found)), lacking)


_GLYPHS = '#set document(title: "t")\n#set text(font: "Libertinus Serif")\n= t\n#sys.inputs.text'


def _shows(text: str) -> bool:
    """Whether Typst's own fonts have a glyph for every character."""
    return sets(_GLYPHS, text)


def _shows_here(text: str) -> bool:
    """Whether they, or the system's, have one."""
    return sets(_GLYPHS, text, system=True)


def sets(
    source: str,
    text: str = "",
    files: Mapping[str, bytes] | None = None,
    standards: Sequence[Standard] = ACCESSIBLE,
    system: bool = False,
) -> bool:
    """Whether a small source can be set; text: its ``sys.inputs.text``; files: by bare name; system: with its fonts."""
    with tempfile.TemporaryDirectory(prefix="recours-") as folder:
        root = Path(folder)
        (root / "probe.typ").write_text(source, encoding="utf-8")
        for name, content in (files or {}).items():
            (root / Path(name).name).write_bytes(content)
        try:
            typst.compile(
                str(root / "probe.typ"),
                root=str(root),
                font_paths=fonts(system),
                sys_inputs={"text": text},
                pdf_standards=list(standards),
            )
        except typst.TypstError:
            return False
    return True
