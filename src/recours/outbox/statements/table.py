"""CSV statements: the delimiter, the header wherever it stands, then each row by its mapping."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal

from recours.outbox.statements.amounts import amount_of
from recours.outbox.statements.days import Order, day_of, orders_of
from recours.outbox.statements.mapping import Column, Mapping, banks, by_names, place_of
from recours.outbox.statements.qif import AMBIGUOUS_DAYS
from recours.outbox.statements.types import (
    AmbiguousStatementError,
    Statement,
    StatementLine,
    UnreadableStatementError,
)
from recours.text import fold

_HEADER_WITHIN = 12  # rows before which a header stands; banks put a few lines of their own first
Row = tuple[int, list[str]]


def read_csv(text: str, name: str, mapping: Mapping | None = None, order: Order | None = None) -> Statement:
    """Rows that have a day and an amount; the others are named.

    Raises UnreadableStatementError, AmbiguousStatementError.
    """
    rows = _rows(text.lstrip("\ufeff"))
    found = _found(rows, mapping)
    if found is None:
        raise UnreadableStatementError(
            name,
            {
                "en": "no columns of days, words and amounts were recognised (--mapping FILE says which they are)",
                "fr": "aucune colonne de jours, de mots et de montants n'a été reconnue (--mapping FICHIER le dit)",
            },
        )
    chosen, header, body = found
    at = place_of(chosen.date, header)
    if at is None:
        why = {"en": f"it has no column {chosen.date!r}", "fr": f"il n'a pas de colonne {chosen.date!r}"}
        raise UnreadableStatementError(name, why)
    dated = [row for row in body if orders_of([_cell(row[1], at)])]
    among: tuple[Order, ...] = (
        (order,) if order else (chosen.dates,) if chosen.dates else ("ymd", "mdy", "dmy")
    )
    orders = orders_of([_cell(cells, at) for _, cells in dated], among)
    if len(orders) > 1:
        raise AmbiguousStatementError(name, AMBIGUOUS_DAYS, "--dates mdy, dmy, ymd")
    if not orders:
        why = {"en": "its days cannot be read", "fr": "ses jours ne peuvent pas être lus"}
        raise UnreadableStatementError(name, why)
    lines, left = [], [(p, "no day") for p, cells in body if (p, cells) not in dated and any(cells)]
    for place, cells in dated:
        line = _line(place, cells, header, chosen, orders[0], at)
        if line is None:
            left.append((place, "no amount"))
        else:
            lines.append(line)
    known = bool(chosen.out or chosen.into or chosen.way or chosen.positive != "unknown")
    return Statement(format=chosen.name, lines=tuple(lines), left_out=tuple(sorted(left)), signs_known=known)


def _rows(text: str) -> list[Row]:
    """Cells by the delimiter that gives most columns to most lines."""
    best: list[Row] = []
    score = 0
    for delimiter in ",;\t|":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
        try:
            rows = [(reader.line_num, [c.strip() for c in cells]) for cells in reader]
        except csv.Error:
            continue
        several = sum(len(cells) > 2 for _, cells in rows)
        if several > score:
            best, score = rows, several
    return best


def _found(rows: list[Row], mapping: Mapping | None) -> tuple[Mapping, list[str], list[Row]] | None:
    """The mapping that fits, the header ([] without one), and the rows after it."""
    candidates = (mapping,) if mapping else banks()
    for n, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        names = {fold(c) for c in cells}
        for candidate in candidates:
            if candidate.header and {fold(h) for h in candidate.header} <= names:
                return candidate, cells, rows[n + 1 :]
        generic = None if mapping else by_names(cells)
        if generic:
            return generic, cells, rows[n + 1 :]
    full = [row for row in rows if any(row[1])]
    for candidate in candidates:
        width = candidate.columns
        if not candidate.header and full and all(not width or len(c) == width for _, c in full):
            at = place_of(candidate.date, [])
            if at is not None and orders_of([_cell(full[0][1], at)]):  # else the first row is a header
                return candidate, [], full
    return None


def _line(
    place: int, cells: list[str], header: Sequence[str], mapping: Mapping, order: Order, at: int
) -> StatementLine | None:
    def cell(column: Column | None) -> str:
        where = place_of(column, header)
        return "" if where is None else _cell(cells, where)

    amount, currency = _amount(cell, mapping)
    day = day_of(_cell(cells, at), order)
    if amount is None or day is None:
        return None
    return StatementLine(
        place=place,
        day=day,
        amount=amount,
        words=" ".join(dict.fromkeys(w for w in map(cell, mapping.words) if w)),
        currency=(currency or cell(mapping.currency) or mapping.fixed).upper(),
        reference=cell(mapping.reference),
        account=cell(mapping.account).strip("'\" ")[-4:],
    )


def _amount(cell: Callable[[Column | None], str], mapping: Mapping) -> tuple[Decimal | None, str]:
    """The amount as seen from the account (below zero went out), and the currency of its column."""
    for currency, column in mapping.amounts.items():
        value = amount_of(cell(column))
        if value:
            return (-value if mapping.positive == "out" else value), currency
    if mapping.out or mapping.into:
        gone, came = amount_of(cell(mapping.out)), amount_of(cell(mapping.into))
        if gone:
            return -abs(gone), ""
        return (abs(came), "") if came else (None, "")
    value = amount_of(cell(mapping.amount))
    if value is None:
        return None, ""
    if mapping.way:
        came_in = fold(cell(mapping.way.column)) in {fold(w) for w in mapping.way.into}
        return (abs(value) if came_in else -abs(value)), ""
    return (-value if mapping.positive == "out" else value), ""


def _cell(cells: Sequence[str], n: int) -> str:
    return cells[n] if 0 <= n < len(cells) else ""
