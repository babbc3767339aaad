"""What an entry of the journal changed: the facts, the dates and the steps before it and after it.

Both are looked at on the same day, so that what differs comes from the entries and not from the time that passed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, TypeVar

import msgspec

from recours.app.assess import Assessment, assess
from recours.app.desk import Desk
from recours.casefile.events import ItemKept, PaperMade, Recorded, StatementRead
from recours.casefile.fold import fold
from recours.casefile.types import FactValue
from recours.errors import RecoursError
from recours.law.types import Words

What = Literal["new", "gone", "changed"]
_QUIET = (ItemKept, PaperMade, StatementRead)  # entries that change no date by themselves
_T = TypeVar("_T")


class NoSuchLengthError(RecoursError):
    """The journal never had that length, or the two are not in order."""

    def __init__(self, since: int, until: int, length: int) -> None:
        super().__init__(
            {
                "en": f"The journal has {length} entries; {since} to {until} is no part of it",
                "fr": f"Le journal a {length} entrées ; {since} à {until} n'en est pas une partie",
            },
            todo={
                "en": f"Choose --since from 1 to {length - 1}, and --until after it.",
                "fr": f"Choisissez --since de 1 à {length - 1}, et --until après.",
            },
        )


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that lies between.  kind: of the journal; name: fact, paper or message that it is about."""

    number: int
    at: datetime
    by: str
    kind: str
    name: str = ""
    reason: str = ""


class FactChange(msgspec.Struct, frozen=True, kw_only=True):
    """before, after: None when there was or is no value."""

    name: str
    before: FactValue | None
    after: FactValue | None


class DateChange(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline; the day is the consumer's safe day, or the other side's last day."""

    id: str
    says: Words
    what: What
    before: date | None = None
    after: date | None = None


class StepChange(msgspec.Struct, frozen=True, kw_only=True):
    """A step; before and after: its state, "" when it was or is not offered; days: its last day before and after."""

    id: str
    says: Words
    what: What
    before: str = ""
    after: str = ""
    latest_before: date | None = None
    latest_after: date | None = None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """since, until: the two lengths of the journal."""

    since: int
    until: int
    causes: tuple[Cause, ...]
    facts: tuple[FactChange, ...]
    dates: tuple[DateChange, ...]
    steps: tuple[StepChange, ...]


def changes(desk: Desk, case: str, since: int | None = None, until: int | None = None) -> Changes:
    """What is otherwise at length ``until`` (now) than at length ``since`` (before the last entry that counts).

    Raises NoSuchCaseError, NoSuchLengthError.
    """
    history = desk.history(case)
    end = len(history) if until is None else until
    start = _before_last(history[:end]) if since is None else since
    if not 1 <= start <= end <= len(history):
        raise NoSuchLengthError(start, end, len(history))
    old = assess(desk, fold(case, history[:start]))
    new = assess(desk, fold(case, history[:end]))
    return Changes(
        since=start,
        until=end,
        causes=tuple(_cause(n, r) for n, r in enumerate(history[start:end], start + 1)),
        facts=_facts(old, new),
        dates=_dates(old, new),
        steps=_steps(old, new),
    )


def _before_last(history: Sequence[Recorded]) -> int:
    """The length before the last entry that can move a date."""
    counting = [n for n, r in enumerate(history) if not isinstance(r.payload, _QUIET)]
    return max(1, counting[-1] if counting else 1)


def _cause(number: int, record: Recorded) -> Cause:
    payload = record.payload
    names = ("name", "rule", "paper", "message", "how", "reader")
    name = next((str(getattr(payload, n)) for n in names if getattr(payload, n, "")), "")
    reason = str(getattr(payload, "reason", "") or getattr(payload, "why", ""))
    kind = str(payload.__struct_config__.tag)
    return Cause(number=number, at=record.at, by=record.by, kind=kind, name=name, reason=reason)


def _pairs(old: Mapping[str, _T], new: Mapping[str, _T]) -> list[tuple[str, _T | None, _T | None]]:
    return [(k, old.get(k), new.get(k)) for k in dict.fromkeys((*old, *new)) if old.get(k) != new.get(k)]


def _facts(old: Assessment, new: Assessment) -> tuple[FactChange, ...]:
    before = {n: f.value for n, f in old.case.facts.items()}
    after = {n: f.value for n, f in new.case.facts.items()}
    return tuple(FactChange(name=n, before=b, after=a) for n, b, a in _pairs(before, after))


def _dates(old: Assessment, new: Assessment) -> tuple[DateChange, ...]:
    says = {d.id: d.says for d in (*old.decision.deadlines, *new.decision.deadlines)}
    days = [
        {d.id: d.safe if d.who == "consumer" else d.last for d in a.decision.deadlines} for a in (old, new)
    ]
    return tuple(
        DateChange(id=n, says=says[n], what=_what(b, a), before=b, after=a) for n, b, a in _pairs(*days)
    )


def _steps(old: Assessment, new: Assessment) -> tuple[StepChange, ...]:
    says = {s.id: s.says for s in (*old.steps, *new.steps)}
    told = [{s.id: (s.state, s.latest) for s in a.steps} for a in (old, new)]
    found = []
    for name, before, after in _pairs(*told):
        (state, latest), (now, last) = before or ("", None), after or ("", None)
        found.append(
            StepChange(
                id=name,
                says=says[name],
                what=_what(before, after),
                before=state,
                after=now,
                latest_before=latest,
                latest_after=last,
            )
        )
    return tuple(found)


def _what(before: object, after: object) -> What:
    return "new" if before is None else "gone" if after is None else "changed"
