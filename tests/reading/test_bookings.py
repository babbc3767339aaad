"""Booking codes: in capitals, with few digits or none, after their label."""

from __future__ import annotations

import pytest

from recours.reading.bookings import booking_codes
from recours.reading.dispute_terms import numbers


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Booking reference K2RTPW", ["K2RTPW"]),
        ("Re: case 12, booking K2RTPW", ["K2RTPW"]),
        ("Réservation n° VX81PQ confirmée", ["VX81PQ"]),
        ("Booking reference:\nQHXMTR\n", ["QHXMTR"]),
        ("Record locator: QHXMTR", ["QHXMTR"]),
        ("the booking QHXMTR", []),  # without a digit it stands apart from its label
        ("BOOKING REFERENCE PLEASE", []),
        ("YOUR BOOKING CANCELLED", []),
        ("booking k2rtpw", []),  # as it was written
        ("Booking 4471209", []),  # digits alone are any order's number
        ("Booking A12-3345", []),
        ("Confirmation: TOTAL", []),
        ("Confirmation 8 MARCH", []),
    ],
)
def test_where_codes_stand(text: str, codes: list[str]) -> None:
    assert [text[start:end] for start, end in booking_codes(text)] == codes


def test_a_booking_s_code_is_an_order_s_number() -> None:
    assert numbers("You're booked!\nBooking reference K2RTPW").orders == {"K2RTPW"}
    assert numbers("Votre achat boutique B26-1177 du jour").orders == {"B26-1177"}
