"""Rows of a mail's table -> its cells on a grid; a table that is only there to lay out becomes the blocks within it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recours.papers.mail_view.depth import flat
from recours.papers.mail_view.types import Block, Cell, Look, Panel, Para, Piece, Rule, Table, Width, Words

MAX_COLUMNS = 16  # that a page can show side by side
POINTS = 0.75  # of a pixel of the web
_MAX_COLUMNS_SPANNED = 100
_MAX_PLACES = 20_000  # of a grid; a table that says more has nonsense for spans
_MAX_ROWS_SPANNED = 2_000


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A cell as the mail gives it.  columns, rows: that it says it spans; width: percent, or pixels; 0 for neither."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    fill: str = ""
    head: bool = False
    above: bool = False
    below: bool = False
    percent: float = 0
    pixels: float = 0


def table(
    rows: Sequence[Sequence[Given]], *, full: bool, ruled: bool, rtl: bool = False
) -> tuple[Block, ...]:
    """full: it takes the whole width; ruled: every cell is framed; rtl: its first column is at the right.

    Rows and columns that show nothing are left out; what is left of one column or one cell becomes its blocks; each row
    of a table that is too wide for a page becomes a paragraph.
    """
    if sum(given.columns for row in rows for given in row) > _MAX_PLACES:
        rows = [[msgspec.structs.replace(given, columns=1, rows=1) for given in row] for row in rows]
    placed = list(_placed(rows))
    shown = [(cell, given) for cell, given in placed if given.blocks or given.fill]
    if not shown:
        return ()
    columns = _kept((cell.column, cell.columns) for cell, given in shown if given.blocks)
    lines = _kept((cell.row, cell.rows) for cell, given in shown if given.blocks)
    cells = [(moved, given) for cell, given in shown if (moved := _moved(cell, columns, lines)) is not None]
    ruled = ruled or _mostly(given.above and given.below for _, given in cells)
    if len(columns) <= 1 and not (ruled and len(lines) > 1):
        return tuple(block for cell, _ in cells for block in _alone(cell, framed=ruled, full=full))
    if len(columns) > MAX_COLUMNS:
        by_row: dict[int, list[Cell]] = {}
        for cell, _ in cells:
            by_row.setdefault(cell.row, []).append(cell)
        return tuple(block for n in sorted(by_row) for block in _row(by_row[n]))
    widths = _widths(cells, len(columns))
    shown_cells = tuple(cell for cell, _ in cells)
    return (Table(shown_cells, widths, full, ruled, _heads(shown_cells), rtl),)


def _placed(rows: Sequence[Sequence[Given]]) -> Iterator[tuple[Cell, Given]]:
    """Each cell in the first free place of its row (HTML, 4.9.12)."""
    taken: dict[int, int] = {}  # column -> first row that is free
    for number, row in enumerate(rows):
        column = 0
        for given in row:
            while taken.get(column, 0) > number:
                column += 1
            columns = 1
            while (
                columns < min(given.columns, _MAX_COLUMNS_SPANNED)
                and taken.get(column + columns, 0) <= number
            ):
                columns += 1
            spanned = max(1, min(given.rows or len(rows), len(rows) - number, _MAX_ROWS_SPANNED))
            yield (
                Cell(
                    given.blocks,
                    column,
                    number,
                    columns,
                    spanned,
                    given.fill,
                    given.head,
                    given.above,
                    given.below,
                ),
                given,
            )
            taken.update(dict.fromkeys(range(column, column + columns), number + spanned))
            column += columns


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


def _alone(cell: Cell, *, framed: bool, full: bool) -> tuple[Block, ...]:
    if (cell.fill or framed) and cell.blocks:
        return (Panel(cell.blocks, cell.fill, framed, full),)
    return cell.blocks


def _row(cells: Sequence[Cell]) -> tuple[Block, ...]:
    """The cells in one paragraph, with strokes between them."""
    blocks = [block for cell in cells for one in cell.blocks for block in flat(one)]
    pieces: list[Piece] = []
    for block in blocks:
        if not isinstance(block, Rule):
            pieces += [Words(" | ", Look())] if pieces else []
            pieces += block.pieces if isinstance(block, Para) else ()
    return (Para(tuple(pieces)), Rule()) if pieces else ()


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


def _widths(cells: Sequence[tuple[Cell, Given]], count: int) -> tuple[Width, ...]:
    found = [Width()] * count
    for cell, given in cells:
        if cell.columns == 1 and given.columns == 1:
            before = found[cell.column]
            percent = max(before.percent, min(given.percent, 100.0))
            found[cell.column] = Width(percent, max(before.points, given.pixels * POINTS))
    return tuple(found)
