"""What the plan hands on."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from recours.law.types import Piece, Words

State = Literal["done", "ready", "waiting", "with_issuer", "refused", "unknown", "too_late"]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One rung.  ready: it can be done today; missing: names of facts or papers that are needed first; asked_on: day of
    the request, on another ground, that lies with the issuer; opens_on: from when this step is open all the same."""

    id: str
    step: str
    says: Words
    state: State
    ready: bool
    earliest: date | None = None
    latest: date | None = None
    missing: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    asked_on: date | None = None
    opens_on: date | None = None
    refused_because: tuple[Words, ...] = ()
    first: str = ""
    rule: str = ""
    cost: Words = {}
    yields: Words = {}
    evidence: tuple[Piece, ...] = ()
    answered_by: Words = {}
    closes: Words = {}
