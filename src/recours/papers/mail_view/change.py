"""A change of words (card numbers masked, names taken out) made in a tree, also where the words change their look
half-way: such a paragraph loses its look, never the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from recours.papers.mail_view.types import (
    Block,
    Cell,
    Listing,
    Look,
    Missing,
    Panel,
    Para,
    Picture,
    Piece,
    Quote,
    Rule,
    Table,
    Words,
)

Change = Callable[[str], str]


def changed(blocks: Sequence[Block], change: Change) -> tuple[Block, ...]:
    """The same tree with every text changed."""
    return tuple(_changed(block, change) for block in blocks)


def _changed(block: Block, change: Change) -> Block:
    match block:
        case Para(pieces=pieces):
            return msgspec.structs.replace(block, pieces=_pieces(pieces, change))
        case Quote(blocks=blocks) | Panel(blocks=blocks):
            return msgspec.structs.replace(block, blocks=changed(blocks, change))
        case Listing(items=items):
            return msgspec.structs.replace(block, items=tuple(changed(item, change) for item in items))
        case Table(cells=cells):
            return msgspec.structs.replace(block, cells=tuple(_cell(cell, change) for cell in cells))
        case Rule():
            return block


def _cell(cell: Cell, change: Change) -> Cell:
    return msgspec.structs.replace(cell, blocks=changed(cell.blocks, change))


def _pieces(pieces: tuple[Piece, ...], change: Change) -> tuple[Piece, ...]:
    each = tuple(_piece(piece, change) for piece in pieces)
    whole = change(_joined(pieces))
    if _joined(each) == whole:
        return each
    pictures = tuple(piece for piece in each if isinstance(piece, Picture))
    return (*pictures, Words(whole, Look()))


def _piece(piece: Piece, change: Change) -> Piece:
    match piece:
        case Words(text=text) | Missing(text=text):
            return msgspec.structs.replace(piece, text=change(text))
        case Picture(alt=alt):
            return msgspec.structs.replace(piece, alt=change(alt))


def _joined(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if not isinstance(piece, Picture))
