"""What a mail's HTML becomes: a small tree of blocks, which is all that a page can show of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

Align = Literal["", "center", "end"]


class Look(msgspec.Struct, frozen=True, omit_defaults=True):
    """How words look.  colour, fill: "#rrggbb", "" for the page's own; size: times the size of the text."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    mono: bool = False
    colour: str = ""
    fill: str = ""
    size: float = 1.0


class Words(msgspec.Struct, frozen=True, tag="words", tag_field="kind"):
    """A stretch of words that look the same; a line break is "\\n"."""

    text: str
    look: Look


class Picture(msgspec.Struct, frozen=True, tag="picture", tag_field="kind"):
    """A picture that the mail carries.  file: its name for the template; width, height: points."""

    file: str
    alt: str
    width: float
    height: float


class Missing(msgspec.Struct, frozen=True, tag="missing", tag_field="kind"):
    """What stands in the place of a picture or a page that is not shown, and says why.  width: points of the picture, 0
    when it is not known."""

    text: str
    width: float = 0


Piece = Words | Picture | Missing


class Para(msgspec.Struct, frozen=True, tag="para", tag_field="kind"):
    """level: of a heading (1 to 6), 0 for a paragraph; rtl: read from right to left; tight: no space above."""

    pieces: tuple[Piece, ...]
    align: Align = ""
    level: int = 0
    rtl: bool = False
    tight: bool = False


class Rule(msgspec.Struct, frozen=True, tag="rule", tag_field="kind"):
    """A line across."""


class Quote(msgspec.Struct, frozen=True, tag="quote", tag_field="kind"):
    """What was quoted, with a bar beside it."""

    blocks: tuple[Block, ...]


class Panel(msgspec.Struct, frozen=True, tag="panel", tag_field="kind"):
    """Blocks on a ground of their own, or in a frame.  full: it takes the whole width."""

    blocks: tuple[Block, ...]
    fill: str = ""
    framed: bool = False
    full: bool = True


class Listing(msgspec.Struct, frozen=True, tag="list", tag_field="kind"):
    """marks: what stands before each item, as many as there are items."""

    items: tuple[tuple[Block, ...], ...]
    marks: tuple[str, ...]


class Cell(msgspec.Struct, frozen=True):
    """columns, rows: how many it spans; column, row: where it begins, from 0; above, below: whether a line is there."""

    blocks: tuple[Block, ...]
    column: int
    row: int
    columns: int = 1
    rows: int = 1
    fill: str = ""
    head: bool = False
    above: bool = False
    below: bool = False


class Width(msgspec.Struct, frozen=True):
    """Of a column, 0 where the mail does not say.  percent: of what is there; points."""

    percent: float = 0
    points: float = 0


class Table(msgspec.Struct, frozen=True, tag="table", tag_field="kind"):
    """widths: of the columns, as the mail gives them; full: it takes the whole width; ruled: every cell is framed; heads:
    rows of headings at its beginning; rtl: its first column is at the right."""

    cells: tuple[Cell, ...]
    widths: tuple[Width, ...]
    full: bool = False
    ruled: bool = False
    heads: int = 0
    rtl: bool = False


Block = Para | Rule | Quote | Panel | Listing | Table


def plain(blocks: tuple[Block, ...]) -> str:
    """The words of the blocks in the order in which a page shows them, one line for each paragraph."""
    return "\n".join(_lines(blocks))


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Para(pieces=pieces):
                yield "".join(p.text for p in pieces if not isinstance(p, Picture))
            case Quote(blocks=inner) | Panel(blocks=inner):
                yield from _lines(inner)
            case Listing(items=items, marks=marks):
                for mark, item in zip(marks, items, strict=True):
                    yield f"{mark} {plain(item)}"
            case Table(cells=cells):
                for cell in cells:
                    yield from _lines(cell.blocks)
            case Rule():
                pass
