"""Days and amounts as people of the place write them (Unicode CLDR, through Babel; Canadian forms)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from recours.money import Money
from recours.papers.typography import french
from recours.words import Language

_LOCALE = {"fr": "fr_CA", "en": "en_CA"}


@lru_cache(maxsize=1024)  # a bundle says the same few days on every page
def day_text(day: date, language: Language) -> str:
    """23 novembre 2026, 1er mars 2026; November 23, 2026."""
    text = format_date(day, "long", locale=_LOCALE[language])
    return f"1er{text[1:]}" if language == "fr" and day.day == 1 and text.startswith("1 ") else text


def money_text(money: Money, language: Language) -> str:
    """412,50 $ and $412.50 in Canadian dollars; another currency keeps its own sign (US$).  It never breaks."""
    text = format_currency(money.amount, money.currency, locale=_LOCALE[language])
    return french(text) if language == "fr" else text


def count_text(count: int, language: Language) -> str:
    """12 345 and 12,345."""
    text = format_decimal(count, locale=_LOCALE[language])
    return french(text) if language == "fr" else text
