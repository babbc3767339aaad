"""Days on which a person says that something happened."""

from __future__ import annotations

from datetime import date

from recours.app.desk import Desk
from recours.clock import parse_day
from recours.errors import RecoursError


class FutureDayError(RecoursError):
    """Something is said to have happened after today."""

    def __init__(self, day: date, today: date, where: str = "--on") -> None:
        super().__init__(
            {
                "en": f"{day} lies in the future: today is {today}",
                "fr": f"Le {day} est dans le futur : nous sommes le {today}",
            },
            where=where,
            todo={
                "en": "Give the day on which it really happened, once it has.",
                "fr": "Donnez le jour où cela s'est vraiment passé, une fois passé.",
            },
        )


def past_day(desk: Desk, text: str) -> date:
    """YYYY-MM-DD, today or before.  Raises BadDateError, FutureDayError."""
    day = parse_day(text, "--on")
    if day > desk.today:
        raise FutureDayError(day, desk.today)
    return day
