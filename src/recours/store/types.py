"""The journal's entry: the only thing that is ever kept, besides bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

EntryKind = Literal[
    "case_opened",  # {title, language, about}
    "item_kept",  # {kind, name, media_type, place, sha256, size, status, reason, taken_on}
    "read",  # {entries: [...], findings: [...], reader: version}   the whole reading; a later one replaces it
    "fact_stated",  # {name, value, reason}    value null: the person does not know
    "rule_confirmed",  # {rule}
    "paper_made",  # {paper, language, sha256, model}
    "sent",  # {paper, on, by, proof, ref}
    "money_in",  # {amount, on, channel, state, line, why}
    "statement_read",  # {sha256, name, format, lines, accepted}
    "closed",  # {how, why}
    "reopened",  # {why}
]


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """sequence counts from 1 in its case; at: UTC; by: who; hash: SHA-256 over the entry and previous_hash."""

    sequence: int
    at: datetime
    by: str
    kind: str
    payload: dict[str, Any]
    previous_hash: str
    hash: str
