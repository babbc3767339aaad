"""What the law engine hands on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

Truth = Literal["yes", "no", "unknown"]
Mark = Literal["official", "quoted", "recall"]
Lang = Literal["fr", "en"]
Words = dict[str, str]  # {"fr": ..., "en": ...}


class Cite(msgspec.Struct, frozen=True, kw_only=True):
    """Where the rule is written: short (fr, en), address, version read, the day it was checked, how well."""

    short: Words
    url: str
    version: str
    checked_on: date
    mark: Mark


class Because(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a proof: a condition, its truth, and the fact it stood on ("" when unknown)."""

    says: Words
    truth: Truth
    fact: str = ""
    value: str = ""


class Interest(msgspec.Struct, frozen=True):
    """Simple interest that a rule gives.  percent: a year; since: the day it starts, not counted."""

    percent: Decimal
    since: date


class Right(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's conclusion for this case.

    kind: right, remedy, duty, prohibition, note; against: merchant, issuer, manufacturer, "" ; citable: may stand
    in a letter (truth yes, and mark better than recall or confirmed by the person).
    """

    rule: str
    kind: str
    against: str
    says: Words
    cite: Cite
    truth: Truth
    because: tuple[Because, ...]
    citable: bool
    stale: bool = False
    also_against: tuple[str, ...] = ()  # who else is bound
    topics: tuple[str, ...] = ()  # views that show it: return (of the goods)
    answers: tuple[str, ...] = ()  # acts and claims of the other side that it answers
    interest: Interest | None = None  # when the rule gives it and its first day is known


class DeadlineStep(msgspec.Struct, frozen=True):
    """One move of the count, told: day it leads to, words (fr, en)."""

    day: date
    says: Words


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """Three dates (design 5): raw as counted, last as the law moves it, safe for the consumer.

    kind: last_day (after it, too late) or first_day (before it, too early); who: whose time it is
    (consumer, merchant, issuer).  For the other side's time ``last`` is the most generous reading.
    """

    id: str
    rule: str
    who: str
    kind: Literal["last_day", "first_day"]
    says: Words
    start: date
    raw: date
    last: date
    safe: date
    steps: tuple[DeadlineStep, ...]


class Piece(msgspec.Struct, frozen=True):
    """A piece of evidence that a step asks for; have: yes when the case knows it, unknown when a person must look."""

    says: Words
    have: Truth


class StepVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """A step that the law or a rail offers.

    id: of the pack; step: what is done (demand, cancel, chargeback, statutory_chargeback, complaint, small_claims ...);
    earliest, latest: days; missing: facts that must be known or true first; refused_because: why not (fr, en), with
    ``first`` the id of the step that comes before; papers: what it needs; unilateral: needs nobody's goodwill.
    """

    id: str
    rule: str
    step: str
    says: Words
    truth: Truth
    order: int
    papers: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    missing: tuple[str, ...] = ()
    refused_because: tuple[Words, ...] = ()
    first: str = ""
    unilateral: bool = True
    cost: Words = {}
    yields: Words = {}
    evidence: tuple[Piece, ...] = ()
    answered_by: Words = {}
    closes: Words = {}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What to ask next; settles: how many undecided rules it touches; answers: allowed words, () when free."""

    fact: str
    type: str
    ask: Words
    why: Words
    answers: tuple[str, ...] = ()
    settles: int = 0


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the packs say of the facts on a day."""

    rights: tuple[Right, ...]
    deadlines: tuple[Deadline, ...]
    steps: tuple[StepVerdict, ...]
    questions: tuple[Question, ...]
    packs: tuple[str, ...]
