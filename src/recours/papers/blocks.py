"""A paper's model as a run of blocks, from which its text, its .docx and its e-mail are made: the same words in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from recours.papers.typography import NBSP

Kind = Literal["right", "line", "strong", "title", "subject", "head", "para", "item", "table", "hand"]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph or a table.  kind: how it looks (hand: a line to be signed); number: of an item; rows: of a table, the
    first of which is its head when ``headed``; body: part of what is said (not the addresses, date or list); colon: between a label and its value."""

    kind: Kind
    text: str = ""
    number: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    headed: bool = False
    body: bool = True
    colon: str = ":"

    def lines(self) -> tuple[str, ...]:
        """As plain text.  A cell that is left for the hand becomes a line of underscores."""
        if self.kind == "table":
            return tuple(_row(row, self.headed, self.colon) for row in self.rows)
        if self.kind == "item":
            return (f"{self.number}. {self.text}",)
        return (self.text,)


HAND = "_" * 24


def _row(row: tuple[str, ...], headed: bool, colon: str) -> str:
    cells = [cell.replace("\n", " ") for cell in row]
    return " | ".join(cells) if headed or len(cells) != 2 else f"{cells[0]}{colon} {cells[1] or HAND}"


def blocks(model: Mapping[str, Any]) -> tuple[Block, ...]:
    """model: of a letter, a timeline or a runaround, as plain data."""
    return tuple(_letter(model) if "sections" in model else _table(model))


def _letter(model: Mapping[str, Any]) -> Iterator[Block]:
    yield from (Block(kind="line", text=line, body=False) for line in model["sender"])
    yield Block(kind="right", text=model["day"], body=False)
    for n, line in enumerate(model["recipient"]):
        yield Block(kind="line" if n else "strong", text=line, body=False)
    if model["delivery"]:
        yield Block(kind="line", text=model["delivery"], body=False)
    yield Block(kind="title", text=model["title"])
    yield Block(kind="subject", text=f"{model['subject_head']} {model['subject']}")
    if model["salutation"]:
        yield Block(kind="para", text=model["salutation"], body=False)
    for section in model["sections"]:
        yield from _section(section, f"{NBSP}:" if model["language"] == "fr" else ":")
    if model["closing"]:
        yield Block(kind="para", text=model["closing"], body=False)
    if model["signature"]:
        yield Block(kind="hand", text=model["signature"], body=False)
    if model["cited"]:
        yield Block(kind="head", text=model["exhibits_head"], body=False)
        rows = [(e["label"], e["day"], e["title"]) for e in model["cited"]]
        yield Block(kind="table", rows=(tuple(model["exhibits_columns"]), *rows), headed=True, body=False)
        yield Block(kind="para", text=model["exhibits_note"], body=False)


def _section(section: Mapping[str, Any], colon: str) -> Iterator[Block]:
    if section["head"]:
        yield Block(kind="head", text=section["head"])
    if section["rows"]:
        rows = tuple((row["label"], row["value"]) for row in section["rows"])
        yield Block(kind="table", rows=rows, colon=colon)
    for n, sentence in enumerate(section["sentences"], 1):
        if section["numbered"]:
            yield Block(kind="item", text=sentence["text"], number=n)
        else:
            yield Block(kind="para", text=sentence["text"])


def _table(model: Mapping[str, Any]) -> Iterator[Block]:
    yield Block(kind="title", text=model["title"])
    yield Block(kind="subject", text=model["subject"])
    if model["lines"] or "said" not in model:
        yield Block(kind="para", text=model["intro"])
    if "said" in model:
        rows = [(x["what"], x["asked"] or "–", x["supplied"], "\n".join(x["again"])) for x in model["lines"]]
    else:
        rows = [
            (x["day"], x["who"], "\n".join(filter(None, (x["what"], x["memory"], x["quote"]))), x["label"])
            for x in model["lines"]
        ]
    if rows:
        yield Block(kind="table", rows=(tuple(model["columns"]), *rows), headed=True)
    counts = model["counts"]
    yield from (Block(kind="para", text=c) for c in ([counts] if isinstance(counts, str) else counts) if c)
    if model.get("said"):
        yield Block(kind="head", text=model["said_head"])
        pairs = [(p["first"], p["then"]) for p in model["said"]]
        yield Block(kind="table", rows=(tuple(model["said_columns"]), *pairs), headed=True)
