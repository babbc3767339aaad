"""Who carries parcels, by the name a sender shows or its domain."""

from __future__ import annotations

import pytest

from recours.reading.organisations import is_carrier

CARRIERS = [
    ("Kestrel Parcels", "alerts@kestrelparcels.example"),
    ("Notifications", "noreply@northfreight.example"),
    ("Postes Canada", "avis@postescanada.example"),
    ("Mosane Colis", "avis@mosane.example"),
    ("DHL Express", "noreply@dhl.example"),
    ("Transports Ouellet", "avis@ouellet.example"),
]
OTHERS = [
    ("American Express", "alerts@amex.example"),
    ("Maison Belcourt", "service@maisonbelcourt.example"),
    ("Aunt May", "may@pennypost.example"),
    ("Léa Evans", "p26@post.example"),
    ("Marie Expressa", "marie@courrielplus.example"),
]


@pytest.mark.parametrize(("name", "email"), CARRIERS)
def test_a_carrier_is_known_by_its_name(name: str, email: str) -> None:
    assert is_carrier(name, email)


@pytest.mark.parametrize(("name", "email"), OTHERS)
def test_others_carry_nothing(name: str, email: str) -> None:
    assert not is_carrier(name, email)
