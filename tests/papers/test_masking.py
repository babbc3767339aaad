"""A card number never reaches a paper; other numbers do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.papers.masking import mask_cards


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Visa 4111 1111 1111 1111, merci", "Visa •••• 1111, merci"),
        ("4111-1111-1111-1111", "•••• 1111"),
        ("amex 378282246310005.", "amex •••• 0005."),
        ("la carte 5555\u00a05555\u00a05555\u00a04444", "la carte •••• 4444"),
        ("suivi 4111111111111112", "suivi 4111111111111112"),  # fails the check digit
        ("commande 118430", "commande 118430"),
        ("0000 0000 0000 0000", "0000 0000 0000 0000"),
        ("ending in 4471", "ending in 4471"),
        ("le 2026-08-09 à 14:02, 418 555-0177", "le 2026-08-09 à 14:02, 418 555-0177"),
    ],
)
def test_masks(text: str, masked: str) -> None:
    assert mask_cards(text) == masked


def _with_check_digit(digits: str) -> str:
    for check in "0123456789":
        whole = digits + check
        total = sum(
            d if n % 2 == 0 else (d * 2 - 9 if d * 2 > 9 else d * 2)
            for n, d in enumerate(int(c) for c in reversed(whole))
        )
        if total % 10 == 0:
            return whole
    raise AssertionError(digits)


@given(st.text(alphabet="0123456789", min_size=12, max_size=18).filter(lambda s: len(set(s)) > 2))
def test_no_valid_number_survives(digits: str) -> None:
    number = _with_check_digit(digits)
    assert number not in mask_cards(f"carte {number} fin")
    assert mask_cards(f"carte {number} fin").endswith(f"•••• {number[-4:]} fin")
