"""Days as French and English write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.reading.dates import Order, choose, find_dates
from recours.reading.told_days import add_work_days

SATURDAY = date(2025, 9, 20)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("Placed September 8, 2025.", "September 8, 2025", "2025-09-08"),
        ("le 8 sept. 2025 à 9 h", "8 sept. 2025", "2025-09-08"),
        ("le 1er mars", "1er mars", "2026-03-01"),
        ("reçu le 3 août", "3 août", "2025-08-03"),
        ("2025-09-08", "2025-09-08", "2025-09-08"),
        ("on 13.02.2025", "13.02.2025", "2025-02-13"),
        ("24/05/25", "24/05/25", "2025-05-24"),
        ("between June 23 and June 27", "June 23 and June 27", "2025-06-27"),
        ("du 23 au 27 juin 2025", "23 au 27 juin 2025", "2025-06-27"),
        ("Mon, Jun 23 - Fri, Jun 27", "Mon, Jun 23 - Fri, Jun 27", "2025-06-27"),
        ("June 23-27, 2025", "June 23-27, 2025", "2025-06-27"),
        ("le lundi 2 févr. 2026 à 9 h 12", "lundi 2 févr. 2026", "2026-02-02"),
        ("reçu aujourd'hui", "aujourd'hui", "2025-09-20"),
        ("it came yesterday", "yesterday", "2025-09-19"),
        ("hier", "hier", "2025-09-19"),
        ("avant-hier", "avant-hier", "2025-09-18"),
        ("vendredi prochain", "vendredi prochain", "2025-09-26"),
        ("next Friday", "next Friday", "2025-09-26"),
        ("mardi dernier", "mardi dernier", "2025-09-16"),
        ("last Tuesday", "last Tuesday", "2025-09-16"),
        ("d'ici 5 jours ouvrables", "d'ici 5 jours ouvrables", "2025-09-26"),
        ("within 3-5 business days", "within 3-5 business days", "2025-09-26"),
        ("dans un délai de 10 jours", "dans un délai de 10 jours", "2025-09-30"),
        ("in two weeks", "in two weeks", "2025-10-04"),
        ("signed on the 12th", "on the 12th", "2025-09-12"),
        ("le premier mars 2026", "le premier mars 2026", "2026-03-01"),
        ("depuis le vingt et un août", "le vingt et un août", "2025-08-21"),
        ("le quinze septembre", "le quinze septembre", "2025-09-15"),
        ("the third of May, 2025", "third of May, 2025", "2025-05-03"),
        ("on September twenty-second", "on September twenty-second", "2025-09-22"),
        ("dated 08-Sep-2025", "08-Sep-2025", "2025-09-08"),
        ("the day after tomorrow", "the day after tomorrow", "2025-09-22"),
        ("the day before yesterday", "the day before yesterday", "2025-09-18"),
        ("livré après-demain", "après-demain", "2025-09-22"),
        ("by Friday at the latest", "by Friday", "2025-09-26"),
        ("d'ici vendredi", "d'ici vendredi", "2025-09-26"),
        ("avant le mardi 30 septembre", "mardi 30 septembre", "2025-09-30"),
        ("au plus tard mercredi", "au plus tard mercredi", "2025-09-24"),
        ("this past Monday", "this past Monday", "2025-09-15"),
        ("on Tuesday the 23rd", "Tuesday the 23rd", "2025-09-23"),
        ("passez mardi 23", "mardi 23", "2025-09-23"),
        ("avant le 5", "avant le 5", "2025-10-05"),
        ("by the 30th", "by the 30th", "2025-09-30"),
        ("by the 5th of October", "5th of October", "2025-10-05"),
        ("three weeks ago", "three weeks ago", "2025-08-30"),
        ("il y a trois semaines", "il y a trois semaines", "2025-08-30"),
        ("it broke 3 days ago", "3 days ago", "2025-09-17"),
        ("il y a dix jours", "il y a dix jours", "2025-09-10"),
        ("a month ago", "a month ago", "2025-08-20"),
        ("dans un mois", "dans un mois", "2025-10-20"),
        ("in a week", "in a week", "2025-09-27"),
        ("within a fortnight", "within a fortnight", "2025-10-04"),
        ("sous 48 h", "sous 48 h", "2025-09-22"),
        ("within 24h", "within 24h", "2025-09-21"),
        ("sous quinzaine", "sous quinzaine", "2025-10-05"),
        ("sous vingt et un jours", "sous vingt et un jours", "2025-10-11"),
        ("by the end of the month", "the end of the month", "2025-09-30"),
        ("d'ici la fin du mois prochain", "fin du mois prochain", "2025-10-31"),
        ("fin novembre", "fin novembre", "2025-11-30"),
    ],
)
def test_a_day_is_read_with_its_words(text: str, words: str, day: str) -> None:
    (found,) = find_dates(text, SATURDAY)
    assert (text[found.start : found.end], str(found.day)) == (words, day)


@pytest.mark.parametrize(
    "text",
    [
        "Le 38, rue",
        "31 June 2025",
        "mai 2024",
        "you may 14 days",
        "02/03",
        "call 1-800-555-0199",
        "v1.2.3",
        "within 10 days of receiving it",
        "sous 14 jours après réception de la cafetière",
        "within 5 days once we have it",
        "sous 5 jours ouvrables après réception du colis",
        "within 5 business days of receiving it",
        "dans les 30 jours suivant l'achat",
        "mardi 9 h",
        "lundi 10 h 30",
        "Monday 9am",
        "one may wonder",
        "I may first ask",
        "the second may be",
        "on Tuesday",
        "vendredi",
        "next week",
        "la semaine prochaine",
        "Tuesday the 31st",
        "un mois de garantie",
        "two days",
        "depuis trois semaines",
        "two years ago",
    ],
)
def test_what_is_no_day_stays_unread(text: str) -> None:
    assert find_dates(text, SATURDAY) == ()


@pytest.mark.parametrize(
    ("order", "day"), [("dmy", date(2024, 12, 6)), ("mdy", date(2024, 6, 12)), ("", None)]
)
def test_only_the_place_chooses_between_two_readings(order: Order, day: date | None) -> None:
    (found,) = find_dates("06/12/2024", SATURDAY)
    assert len(found.days) == 2
    assert choose(found, order).day == day


def test_without_a_context_nothing_is_counted_from_today() -> None:
    assert find_dates("yesterday, or 8 September, or next Friday") == ()


def test_work_days_skip_the_weekend() -> None:
    assert add_work_days(date(2025, 9, 19), 1) == date(2025, 9, 22)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789/-. janmrsetpoctobdeuil1er,thw€", max_size=60))
def test_any_text_is_read_and_days_lie_inside_it(text: str) -> None:
    end = 0
    for found in find_dates(text, SATURDAY):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_a_written_day_comes_back(day: date) -> None:
    for text in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"):
        assert [f.day for f in find_dates(text)] == [day]
