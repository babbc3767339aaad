"""Days as French and English write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.reading.dates import Order, add_work_days, choose, find_dates

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
    ],
)
def test_a_day_is_read_with_its_words(text: str, words: str, day: str) -> None:
    (found,) = find_dates(text, SATURDAY)
    assert (text[found.start : found.end], str(found.day)) == (words, day)


@pytest.mark.parametrize(
    "text",
    ["Le 38, rue", "31 June 2025", "mai 2024", "you may 14 days", "02/03", "call 1-800-555-0199", "v1.2.3"],
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
