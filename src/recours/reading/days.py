"""The shopper's local day of a moment: what a calendar on their wall showed when it happened.

Rules count days where the shopper lives.  A mail that they sent bears their zone; some mail services write every mail
in UTC (RFC 5322 section 3.3: "+0000"), which says nothing about where its sender is.  Zone names: IANA tz database.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

_ZONES = {
    # ISO 3166-2 or 3166-1: the zone in which most people of the place live
    "CA-AB": "America/Edmonton", "CA-BC": "America/Vancouver", "CA-MB": "America/Winnipeg",
    "CA-NB": "America/Moncton", "CA-NL": "America/St_Johns", "CA-NS": "America/Halifax",
    "CA-NT": "America/Edmonton", "CA-NU": "America/Iqaluit", "CA-ON": "America/Toronto",
    "CA-PE": "America/Halifax", "CA-QC": "America/Toronto", "CA-SK": "America/Regina",
    "CA-YT": "America/Whitehorse",
    **dict.fromkeys(
        ("US-CT", "US-DC", "US-DE", "US-FL", "US-GA", "US-IN", "US-KY", "US-MA", "US-MD", "US-ME", "US-MI", "US-NC",
         "US-NH", "US-NJ", "US-NY", "US-OH", "US-PA", "US-RI", "US-SC", "US-VA", "US-VT", "US-WV"),
        "America/New_York",
    ),
    **dict.fromkeys(
        ("US-AL", "US-AR", "US-IA", "US-IL", "US-KS", "US-LA", "US-MN", "US-MO", "US-MS", "US-ND", "US-NE", "US-OK",
         "US-SD", "US-TN", "US-TX", "US-WI"),
        "America/Chicago",
    ),
    **dict.fromkeys(("US-CO", "US-ID", "US-MT", "US-NM", "US-UT", "US-WY"), "America/Denver"),
    **dict.fromkeys(("US-CA", "US-NV", "US-OR", "US-WA"), "America/Los_Angeles"),
    "US-AK": "America/Anchorage", "US-AZ": "America/Phoenix", "US-HI": "Pacific/Honolulu",
    "BE": "Europe/Brussels", "CH": "Europe/Zurich", "DE": "Europe/Berlin", "ES": "Europe/Madrid",
    "FR": "Europe/Paris", "GB": "Europe/London", "IE": "Europe/Dublin", "IT": "Europe/Rome",
    "LU": "Europe/Luxembourg", "NL": "Europe/Amsterdam",
}  # fmt: skip


def home(region: str, country: str) -> tzinfo | None:
    """region: ISO 3166-2; country: ISO 3166-1; the zone there, None where the place does not tell it."""
    name = _ZONES.get(region) or _ZONES.get(country)
    return ZoneInfo(name) if name else None


class Days:
    """The shopper's days.  sent: moments of the mails that they sent; home: the zone where they live, if it is known."""

    def __init__(self, sent: Iterable[datetime], home: tzinfo | None = None) -> None:
        self._sent = sorted(when for when in sent if when.tzinfo)
        self._home = home

    def of(self, when: datetime) -> date:
        """In the zone of their mail nearest in time, at home where that one does not tell, else as it is written."""
        zone = self._zone(when) if when.tzinfo else None
        try:
            return when.astimezone(zone).date() if zone else when.date()
        except OverflowError:  # a mail dated in the year 1 or 9999
            return when.date()

    def _zone(self, when: datetime) -> tzinfo | None:
        at = bisect_left(self._sent, when)
        near = min(self._sent[max(at - 1, 0) : at + 1], key=lambda other: abs(other - when), default=None)
        if near is None or (self._home and near.utcoffset() == timedelta(0)):
            return self._home
        return near.tzinfo
