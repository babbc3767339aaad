"""The tree -> plain data that ``typst/mail.typ`` sets: columns measured, pictures no larger than their place, long
words breakable.  The template decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from recours.papers.mail_view.types import (
    Block,
    Cell,
    Listing,
    Missing,
    Panel,
    Para,
    Picture,
    Piece,
    Quote,
    Rule,
    Table,
    Width,
    Words,
)

WIDTH = 465.0  # points between the margins of the narrower paper (A4)
HEIGHT = 560.0  # points that a picture may be high
_LETTER = 5.5  # points of a letter, on average, at the size of the text
_LEAST_LETTER = 4.9  # points of a letter in a word that may have to be broken
_INSET = 10.0  # points that a cell loses at its sides
_INDENT = {"quote": 14.0, "panel": 18.0, "list": 18.0}
_LEAST = 14.0  # points of the narrowest column
_MANY = 8  # columns from which a table is set smaller

Data = dict[str, Any]


def data(blocks: Sequence[Block], width: float = WIDTH) -> list[Data]:
    """width: points that the blocks have."""
    return [_block(block, width) for block in blocks]


def _block(block: Block, width: float) -> Data:
    match block:
        case Para():
            return {
                "kind": "para",
                "pieces": [_piece(piece, width) for piece in block.pieces],
                "align": block.align,
                "level": block.level,
                "rtl": block.rtl,
                "tight": block.tight,
            }
        case Rule():
            return {"kind": "rule"}
        case Quote():
            return {"kind": "quote", "blocks": data(block.blocks, width - _INDENT["quote"])}
        case Panel():
            if not block.full:  # as wide as what it holds
                width = min(width, _extent(block.blocks)[1] + _INDENT["panel"] + 4)
            inner = data(block.blocks, width - _INDENT["panel"])
            return {
                "kind": "panel",
                "blocks": inner,
                "fill": block.fill,
                "framed": block.framed,
                "width": 0 if block.full else width,
            }
        case Listing():
            items = [data(item, width - _INDENT["list"]) for item in block.items]
            return {"kind": "list", "items": items, "marks": list(block.marks)}
        case Table():
            return _table(block, width)


def _piece(piece: Piece, width: float) -> Data:
    match piece:
        case Words():
            text = _breakable(piece.text, width, piece.look.size)
            return {"kind": "words", "text": text, **msgspec.structs.asdict(piece.look)}
        case Missing():
            return {"kind": "missing", "text": _breakable(piece.text, width, 1.0)}
        case Picture():
            scale = min(1.0, max(width, _LEAST) / piece.width, HEIGHT / piece.height)
            return {
                "kind": "picture",
                "file": piece.file,
                "alt": piece.alt,
                "width": round(piece.width * scale, 1),
            }


def _table(block: Table, width: float) -> Data:
    count = len(block.widths)
    scale = 1.0 if count < _MANY else max(0.6, 1 - (count - _MANY + 1) * 0.05)
    columns = _columns(block, width / scale)
    return {
        "kind": "table",
        "columns": [round(c * scale, 1) for c in columns],
        "full": block.full,
        "rtl": block.rtl,
        "ruled": block.ruled,
        "heads": block.heads,
        "scale": scale,
        "cells": [_cell(cell, columns) for cell in block.cells],
    }


def _cell(cell: Cell, columns: Sequence[float]) -> Data:
    room = sum(columns[cell.column : cell.column + cell.columns]) - _INSET
    return {
        "blocks": data(cell.blocks, room),
        "x": cell.column,
        "y": cell.row,
        "colspan": cell.columns,
        "rowspan": cell.rows,
        "fill": cell.fill,
        "above": cell.above,
        "below": cell.below,
    }


def _columns(block: Table, width: float) -> list[float]:
    """Points of each column: as CSS's automatic layout, between the longest word and the longest line of a column."""
    count = len(block.widths)
    least, most = [_LEAST] * count, [_LEAST] * count
    for cell in sorted(block.cells, key=lambda cell: cell.columns):
        shortest, longest = _extent(cell.blocks)
        span = range(cell.column, cell.column + cell.columns)
        for wanted, found in ((shortest + _INSET, least), (longest + _INSET, most)):
            lacking = wanted - sum(found[n] for n in span)
            if lacking > 0:
                whole = sum(found[n] for n in span)
                for n in span:
                    found[n] += lacking * found[n] / whole
    most = [max(a, b) for a, b in zip(least, most, strict=True)]
    share = width if block.full else 0.0
    most = [max(a, _asked(m, w, share)) for a, m, w in zip(least, most, block.widths, strict=True)]
    if sum(least) >= width:
        return [width * part / sum(least) for part in least]
    if sum(most) >= width:
        return _shared(least, most, width)
    if not block.full:
        return most
    free = [n for n, asked in enumerate(block.widths) if not asked.points] or list(range(count))
    times = 1 + (width - sum(most)) / sum(most[n] for n in free)
    return [m * times if n in free else m for n, m in enumerate(most)]


def _asked(most: float, asked: Width, width: float) -> float:
    """width: points that a part in percent is of, 0 when it is of what the table itself holds."""
    return width * asked.percent / 100 if asked.percent and width else asked.points or most


def _shared(least: Sequence[float], most: Sequence[float], width: float) -> list[float]:
    """A narrow column gets its longest line; what is left is shared among the others, each its longest word at least."""
    got = list(least)
    for n in sorted(range(len(most)), key=lambda n: most[n]):
        spare = width - sum(got)
        waiting = sum(1 for m, g in zip(most, got, strict=True) if m > g)
        got[n] += max(0.0, min(most[n] - got[n], spare / max(waiting, 1)))
    return got


def _extent(blocks: Sequence[Block]) -> tuple[float, float]:
    """Points of the longest word and of the longest line, guessed from their letters."""
    shortest = longest = 0.0
    for block in blocks:
        match block:
            case Para(pieces=pieces):
                a, b = _line(pieces)
            case Quote(blocks=inner) | Panel(blocks=inner):
                a, b = (side + _INDENT["panel"] for side in _extent(inner))
            case Listing(items=items):
                a, b = (side + _INDENT["list"] for side in _extent([one for item in items for one in item]))
            case Table():
                a, b = _grid(block)
            case Rule():
                a, b = _LEAST, _LEAST
        shortest, longest = max(shortest, a), max(longest, b)
    return shortest, longest


def _grid(block: Table) -> tuple[float, float]:
    count = len(block.widths)
    sides = ([_LEAST] * count, [_LEAST] * count)
    for cell in block.cells:
        for found, side in zip(sides, _extent(cell.blocks), strict=True):
            for n in range(cell.column, cell.column + cell.columns):
                found[n] = max(found[n], (side + _INSET) / cell.columns)
    return sum(sides[0]), sum(sides[1])


def _line(pieces: Sequence[Piece]) -> tuple[float, float]:
    shortest = longest = line = 0.0
    for piece in pieces:
        if isinstance(piece, Picture):
            shortest = max(shortest, min(piece.width, 60.0))
            line += piece.width
            longest = max(longest, line)
            continue
        if isinstance(piece, Missing) and piece.width:
            line += max(min(part_length(piece.text) * _LETTER, piece.width), 80.0)
            longest = max(longest, line)
            continue
        look = piece.look if isinstance(piece, Words) else None
        letter = _LETTER * (look.size if look else 0.9) * (1.08 if look and look.bold else 1.0)
        letter *= 1.2 if look and look.mono else 1.0
        for number, part in enumerate(piece.text.split("\n")):
            line = part_length(part) * letter + (0.0 if number else line)
            longest = max(longest, line)
            words = part.split()
            shortest = max([shortest, *(min(part_length(word), 18) * letter for word in words)])
    return shortest, longest


def part_length(text: str) -> float:
    """Letters, wide ones (capitals, digits, East Asian) counted for what they take."""
    return sum(2.0 if c > "\u2e7f" else 1.25 if c.isupper() or c in "mwMW@%" else 1.0 for c in text) + 0.6


def _breakable(text: str, width: float, size: float) -> str:
    """With places to break in words that are longer than a line."""
    room = max(3, int(max(width, _LEAST) / (_LEAST_LETTER * size)))
    if max((len(word) for word in text.split()), default=0) <= room:
        return text
    out: list[str] = []
    run = 0
    for char in text:
        run = 0 if char.isspace() else run + 1
        if run > 1 and run % max(2, room - 2) == 1:
            out.append("\u200b")
        out.append(char)
    return "".join(out)
