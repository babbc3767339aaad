"""What the plan hands on."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from recours.law.types import Piece, Words

State = Literal["done", "ready", "waiting", "refused", "unknown", "too_late"]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One rung.  ready: it can be done today; missing: names of facts or papers that are needed first."""

    id: str
    step: str
    says: Words
    state: State
    ready: bool
    earliest: date | None = None
    latest: date | None = None
    missing: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    refused_because: tuple[Words, ...] = ()
    first: str = ""
    rule: str = ""
    cost: Words = {}
    yields: Words = {}
    evidence: tuple[Piece, ...] = ()
    answered_by: Words = {}
    closes: Words = {}
