"""A tree that is no deeper than a page can show: what is within too much stands after what is before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from recours.papers.mail_view.types import Block, Listing, Panel, Para, Quote, Rule, Table

DEPTH = 7  # quotations, lists, tables and grounds within each other


def bounded(blocks: Sequence[Block], depth: int = DEPTH) -> tuple[Block, ...]:
    """depth: containers that may still be within each other."""
    return tuple(shown for block in blocks for shown in _bounded(block, depth))


def _bounded(block: Block, depth: int) -> Iterator[Block]:
    if isinstance(block, Para | Rule):
        yield block
    elif depth == 0:
        yield from flat(block)
    elif isinstance(block, Quote | Panel):
        yield msgspec.structs.replace(block, blocks=bounded(block.blocks, depth - 1))
    elif isinstance(block, Listing):
        items = tuple(bounded(item, depth - 1) for item in block.items)
        yield msgspec.structs.replace(block, items=items)
    else:
        cells = tuple(
            msgspec.structs.replace(cell, blocks=bounded(cell.blocks, depth - 1)) for cell in block.cells
        )
        yield msgspec.structs.replace(block, cells=cells)


def flat(block: Block) -> Iterator[Block]:
    """The paragraphs and lines within a block, one after another."""
    match block:
        case Para() | Rule():
            yield block
        case Quote(blocks=inner) | Panel(blocks=inner):
            for one in inner:
                yield from flat(one)
        case Listing(items=items):
            for item in items:
                for one in item:
                    yield from flat(one)
        case Table(cells=cells):
            for cell in cells:
                for one in cell.blocks:
                    yield from flat(one)
