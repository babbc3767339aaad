"""A statement's bytes -> its lines, whatever its format."""

from __future__ import annotations

import re

import msgspec

from recours.intake.signature import WORDS, media_type
from recours.outbox.statements.days import Order
from recours.outbox.statements.mapping import Mapping
from recours.outbox.statements.ofx import is_ofx, read_ofx
from recours.outbox.statements.qif import is_qif, read_qif
from recours.outbox.statements.table import read_csv
from recours.outbox.statements.types import Statement, UnreadableStatementError, identified

_CHARSET = re.compile(rb"(?:CHARSET:|encoding=[\"'])\s*([\w-]+)")
_TEXT = frozenset({"text/plain"})
MOST = 50_000_000  # bytes; a statement is far smaller


def read_statement(
    data: bytes, name: str, *, mapping: Mapping | None = None, order: Order | None = None
) -> Statement:
    """name: of the file, for messages; order: of day and month, when the person says it.

    Raises UnreadableStatementError, AmbiguousStatementError.
    """
    kind = media_type(data[:8192])
    if not data.strip():
        raise UnreadableStatementError(name, {"en": "it is empty", "fr": "il est vide"})
    if len(data) > MOST:
        raise UnreadableStatementError(name, {"en": "it is too large", "fr": "il est trop gros"})
    if kind not in _TEXT and not is_ofx(data[:4000].decode("latin-1")):
        words = WORDS.get(kind, WORDS["application/octet-stream"])
        raise UnreadableStatementError(name, {"en": f"it is {words['en']}", "fr": f"c'est {words['fr']}"})
    text = _decoded(data)
    if is_ofx(text):
        found = Statement(format="OFX", lines=read_ofx(text, name))
    elif is_qif(text):
        found = Statement(format="QIF", lines=read_qif(text, name, order))
    else:
        found = read_csv(text, name, mapping, order)
    if not found.lines:
        raise UnreadableStatementError(
            name, {"en": "it holds no movement", "fr": "il ne contient aucun mouvement"}
        )
    return msgspec.structs.replace(found, lines=identified(found.lines))


def _decoded(data: bytes) -> str:
    """UTF-8 where it is; else what an OFX header says; else Windows-1252, which banks of old use."""
    said = _CHARSET.search(data[:400])
    named = said[1].decode("ascii").lower() if said else ""
    named = f"cp{named}" if named.isdigit() else named
    for charset in ("utf-8-sig", named, "cp1252"):
        try:
            if charset:
                return data.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")
