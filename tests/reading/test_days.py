"""The shopper's local day, from the zones that mails bear and from where they live."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.reading.days import Days, home

QUEBEC, NELSON = ZoneInfo("America/Toronto"), ZoneInfo("America/Vancouver")
LATE = datetime(2026, 8, 13, 22, 30, tzinfo=NELSON)  # 01:30 on the 14th in Chicoutimi


def test_a_late_answer_from_the_west_is_tomorrow_in_quebec() -> None:
    sent = [datetime(2026, 8, 13, 9, tzinfo=QUEBEC)]
    assert Days(sent).of(LATE) == date(2026, 8, 14)


def test_a_mail_service_that_writes_utc_does_not_tell_where_its_sender_is() -> None:
    sent = [datetime(2026, 8, 14, 1, tzinfo=UTC)]  # Outlook on the web, the evening of the 13th
    assert Days(sent, home("CA-QC", "CA")).of(sent[0]) == date(2026, 8, 13)
    assert Days(sent).of(sent[0]) == date(2026, 8, 14)  # nothing tells better


def test_greenwich_is_home_for_who_lives_there() -> None:
    sent = [datetime(2026, 1, 14, 0, 30, tzinfo=UTC)]
    assert Days(sent, home("", "GB")).of(sent[0]) == date(2026, 1, 14)


def test_who_travels_counts_by_the_mail_that_is_nearest() -> None:
    sent = [datetime(2026, 8, 1, 12, tzinfo=NELSON), datetime(2026, 9, 1, 12, tzinfo=QUEBEC)]
    days = Days(sent, QUEBEC)
    night = datetime(2026, 8, 3, 5, tzinfo=UTC)  # the 2nd in Nelson, the 3rd in Quebec
    assert days.of(night) == date(2026, 8, 2)
    assert days.of(night.replace(day=30)) == date(2026, 8, 30)


@pytest.mark.parametrize(
    ("region", "country", "zone"),
    [
        ("CA-QC", "CA", "America/Toronto"),
        ("CA-SK", "CA", "America/Regina"),
        ("", "FR", "Europe/Paris"),
        ("US-CA", "US", "America/Los_Angeles"),
    ],
)
def test_homes(region: str, country: str, zone: str) -> None:
    assert home(region, country) == ZoneInfo(zone)


@pytest.mark.parametrize(("region", "country"), [("", "CA"), ("", "US"), ("", ""), ("XX-1", "XX")])
def test_a_country_of_many_zones_tells_none(region: str, country: str) -> None:
    assert home(region, country) is None


@given(st.lists(st.datetimes(timezones=st.just(QUEBEC)), max_size=4), st.datetimes(timezones=st.just(UTC)))
def test_the_day_is_never_more_than_one_off(sent: list[datetime], when: datetime) -> None:
    assert abs((Days(sent, QUEBEC).of(when) - when.date()).days) <= 1
