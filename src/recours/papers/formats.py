"""Days and amounts as people of the place write them (Unicode CLDR, through Babel)."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from recours.money import Money
from recours.papers.typography import NBSP, french
from recours.words import Language

HOME = "CA"  # whose forms are taken where a place has none in the table
_PLACES = {
    "fr": frozenset({"CA", "FR", "BE", "CH", "LU"}),
    "en": frozenset({"CA", "US", "GB", "IE", "AU", "NZ"}),
}


def _locale(language: Language, place: str) -> str:
    return f"{language}_{place if place in _PLACES[language] else HOME}"


@lru_cache(maxsize=1024)  # a bundle says the same few days on every page
def day_text(day: date, language: Language, place: str = HOME) -> str:
    """23 novembre 2026, 1er mars 2026; November 23, 2026; 23 November 2026 in London.  place: ISO 3166-1."""
    text = format_date(day, "long", locale=_locale(language, place))
    return f"1er{text[1:]}" if language == "fr" and day.day == 1 and text.startswith("1 ") else text


def month_text(day: date, language: Language) -> str:
    """sept. 2026, Sep 2026: short enough for twelve on one line."""
    return format_skeleton("yMMM", day, locale=_locale(language, HOME))


def moment_text(moment: str, language: Language, place: str = HOME) -> str:
    """An ISO 8601 moment, as its own clock said it: 8 août 2026, 12 h 34; August 8, 2026, 12:34."""
    when = datetime.fromisoformat(moment)
    hour = (
        f"{when.hour}{NBSP}h{NBSP}{when.minute:02}" if language == "fr" else f"{when.hour}:{when.minute:02}"
    )
    return f"{day_text(when.date(), language, place)}, {hour}"


def money_text(money: Money, language: Language, place: str = HOME) -> str:
    """412,50 $ and $412.50 in the place's own dollars; another currency keeps its own sign (US$).  It never breaks."""
    text = format_currency(money.amount, money.currency, locale=_locale(language, place))
    return french(text) if language == "fr" else text


def count_text(count: int, language: Language) -> str:
    """12 345 and 12,345."""
    text = format_decimal(count, locale=_locale(language, HOME))
    return french(text) if language == "fr" else text
