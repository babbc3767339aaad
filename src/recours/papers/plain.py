"""A paper as plain text: whole, or what a portal's box takes, telling what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from recours.papers.blocks import Block, blocks

_AIR = frozenset({"title", "subject", "head", "table"})  # kinds with an empty line before them


class Fitted(msgspec.Struct, frozen=True):
    """text: within the limit; left_out: the sentences that were, in their order."""

    text: str
    left_out: tuple[str, ...] = ()


def plain(model: Mapping[str, Any]) -> str:
    """The whole paper, one paragraph a line."""
    return _joined(blocks(model))


def body(model: Mapping[str, Any]) -> str:
    """What is said, without addresses, date, formulas and list of exhibits: what a portal's box is for."""
    return _joined(b for b in blocks(model) if b.body)


def mail_body(model: Mapping[str, Any]) -> str:
    """From the salutation on: the mail itself has the addresses and the subject."""
    all_blocks = blocks(model)
    start = next((n for n, b in enumerate(all_blocks) if b.kind == "subject"), -1) + 1
    return _joined(all_blocks[start:])


def within(models: Iterable[Mapping[str, Any]], limit: int) -> Fitted | None:
    """The first model whose text holds.  models: the same paper with ever fewer sentences, the whole one first;
    limit: characters, counted as Unicode code points.  None when even the shortest is longer."""
    whole: list[str] = []
    for model in models:
        said = [s["text"] for section in model["sections"] for s in section["sentences"]]
        whole = whole or said
        text = body(model)
        if len(text) <= limit:
            return Fitted(text, tuple(s for s in whole if s not in said))
    return None


def _joined(parts: Iterable[Block]) -> str:
    lines: list[str] = []
    for block in parts:
        if block.kind in _AIR and lines:
            lines.append("")
        lines += block.lines()
    return "\n".join(lines) + "\n"
