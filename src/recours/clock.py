"""The only place that knows today.

Everything else is given a ``Clock`` or a date.  ``--today`` builds a fixed one, so that a case can be looked
at on any day and tests never depend on the calendar on the wall.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import msgspec

from recours.errors import RecoursError


class BadDateError(RecoursError):
    """A date that no calendar has, or that is not written as YYYY-MM-DD."""

    def __init__(self, text: str, where: str) -> None:
        super().__init__(
            {"en": f"{text!r} is not a date", "fr": f"{text!r} n'est pas une date"},
            where=where,
            todo={
                "en": "Write it as year-month-day, for example 2026-03-31.",
                "fr": "Écrivez année-mois-jour, par exemple 2026-03-31.",
            },
        )


class Clock(msgspec.Struct, frozen=True):
    """A day that stands still: ``fixed`` for tests and ``--today``, the wall's day when it is None."""

    fixed: date | None = None

    def today(self) -> date:
        """The day of the case: calendar day where the machine stands."""
        return self.fixed or datetime.now().astimezone().date()

    def now(self) -> datetime:
        """The moment for the journal, in UTC; noon of the fixed day when there is one."""
        if self.fixed:
            return datetime.combine(self.fixed, time(12), tzinfo=UTC)
        return datetime.now(tz=UTC)


def parse_day(text: str, where: str = "") -> date:
    """YYYY-MM-DD -> date.  Raises BadDateError (2026-02-30 is not a day)."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadDateError(text, where) from None
