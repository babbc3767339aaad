"""Typst, offline: a template of the package and plain data in, PDF bytes out.

Data travel as one JSON input and are never read as markup; a template sees the package's templates and the
``files`` it is given, nothing else.  Fonts are those of the package and of Typst itself, never the system's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst

Standard = Literal["ua-1", "a-2a", "a-3a"]
TEMPLATES = resources.files("recours.papers") / "typst"
FONT_FOLDERS = ("fonts", "typst/fonts")
TIMESTAMP = 0  # the date inside the file is not the paper's date: the same input gives the same bytes


@cache
def fonts() -> typst.Fonts:
    """The shipped fonts, looked up once a process."""
    home = Path(str(resources.files("recours.papers")))
    folders = [str(home / name) for name in FONT_FOLDERS if (home / name).is_dir()]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    language: Literal["fr", "en"],
    files: Mapping[str, bytes] | None = None,
    standards: Sequence[Standard] = (),
    tags: bool = True,
) -> bytes:
    """Set one template.

    template: file name in papers/typst; data: what ``json(bytes(sys.inputs.data))`` reads; language: what
    ``sys.inputs.language`` says; files: pictures by bare name, found by the template as "/name"; standards:
    PDF standards that Typst must hold to (("ua-1",) ...); tags: False for overlays that carry no reading order.
    Raises typst.TypstError when the template or a picture is at fault.
    """
    with tempfile.TemporaryDirectory(prefix="recours-") as folder:
        root = Path(folder)
        for entry in TEMPLATES.iterdir():
            if entry.name.endswith(".typ"):
                (root / entry.name).write_bytes(entry.read_bytes())
        for name, content in (files or {}).items():
            (root / Path(name).name).write_bytes(content)
        pdf = typst.compile(
            str(root / template),
            root=str(root),
            font_paths=fonts(),
            sys_inputs={"data": msgspec.json.encode(data).decode(), "language": language},
            pdf_standards=list(standards),
            timestamp=TIMESTAMP,
            pdf_tags=tags,
        )
    assert isinstance(pdf, bytes)
    return pdf
