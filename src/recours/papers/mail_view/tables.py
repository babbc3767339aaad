"""Rows of a mail's table -> its cells on a grid; a table that is only there to lay out becomes the blocks within it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recours.papers.mail_view.types import Block, Cell, Panel, Table

MAX_COLUMNS = 40
_MAX_ROWS_SPANNED = 2_000


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A cell as the mail gives it.  columns, rows: that it says it spans; width: percent, or pixels; 0 for neither."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    fill: str = ""
    head: bool = False
    lined: bool = False
    percent: float = 0
    pixels: float = 0


def table(rows: Sequence[Sequence[Given]], *, width: float, full: bool, ruled: bool) -> tuple[Block, ...]:
    """width: pixels of the whole, 0 when not said; full: it takes the whole width; ruled: every cell is framed.

    Rows and columns that show nothing are left out; what is left of one column or one cell becomes its blocks.
    """
    placed = list(_placed(rows))
    shown = [(cell, given) for cell, given in placed if given.blocks or given.fill]
    if not shown:
        return ()
    columns = _kept((cell.column, cell.columns) for cell, given in shown if given.blocks)
    lines = _kept((cell.row, cell.rows) for cell, given in shown if given.blocks)
    cells = [(moved, given) for cell, given in shown if (moved := _moved(cell, columns, lines)) is not None]
    ruled = ruled or _mostly(given.lined for _, given in cells)
    if len(columns) <= 1 and not (ruled and len(lines) > 1):
        return tuple(block for cell, _ in cells for block in _alone(cell, framed=ruled))
    widths = _widths([(cell, given) for cell, given in cells], len(columns), width)
    heads = _heads([cell for cell, _ in cells])
    return (Table(tuple(cell for cell, _ in cells), widths, full, ruled, heads),)


def _placed(rows: Sequence[Sequence[Given]]) -> Iterator[tuple[Cell, Given]]:
    """Each cell in the first free place of its row (HTML, 4.9.12)."""
    taken: dict[int, int] = {}  # column -> first row that is free
    for number, row in enumerate(rows):
        column = 0
        for given in _narrowed(row):
            while taken.get(column, 0) > number:
                column += 1
            columns = 1
            while columns < min(given.columns, MAX_COLUMNS) and taken.get(column + columns, 0) <= number:
                columns += 1
            spanned = max(1, min(given.rows or len(rows), len(rows) - number, _MAX_ROWS_SPANNED))
            yield (
                Cell(given.blocks, column, number, columns, spanned, given.fill, given.head, given.lined),
                given,
            )
            taken.update(dict.fromkeys(range(column, column + columns), number + spanned))
            column += columns


def _narrowed(row: Sequence[Given]) -> Sequence[Given]:
    """A row with more cells than a page can set: the last one holds all that are left."""
    if len(row) <= MAX_COLUMNS:
        return row
    rest = tuple(block for given in row[MAX_COLUMNS - 1 :] for block in given.blocks)
    return [*row[: MAX_COLUMNS - 1], Given(blocks=rest)]


def _kept(spans: Iterator[tuple[int, int]]) -> list[int]:
    """The places where something begins that is shown: two that are only ever spanned together are one."""
    return sorted({start for start, _ in spans})


def _moved(cell: Cell, columns: list[int], lines: list[int]) -> Cell | None:
    """The cell on the grid that is left; None when none of it is."""
    over = [n for n, c in enumerate(columns) if cell.column <= c < cell.column + cell.columns]
    down = [n for n, r in enumerate(lines) if cell.row <= r < cell.row + cell.rows]
    if not over or not down:
        return None
    return msgspec.structs.replace(cell, column=over[0], row=down[0], columns=len(over), rows=len(down))


def _alone(cell: Cell, *, framed: bool) -> tuple[Block, ...]:
    if (cell.fill or framed) and cell.blocks:
        return (Panel(cell.blocks, cell.fill, framed),)
    return cell.blocks


def _mostly(lined: Iterator[bool]) -> bool:
    found = list(lined)
    return len(found) > 1 and sum(found) * 2 > len(found)


def _heads(cells: Sequence[Cell]) -> int:
    """Rows from the first on that hold nothing but headings."""
    rows: dict[int, bool] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            rows[row] = rows.get(row, True) and cell.head
    count = 0
    while rows.get(count, False):
        count += 1
    return count if count < len(rows) and count <= 3 else 0


def _widths(cells: Sequence[tuple[Cell, Given]], count: int, whole: float) -> tuple[float, ...]:
    found = [0.0] * count
    for cell, given in cells:
        if cell.columns == 1 and given.columns == 1:
            share = given.percent or (given.pixels / whole * 100 if whole else 0.0)
            found[cell.column] = max(found[cell.column], min(share, 100.0))
    return tuple(found)
