"""Folded text for searching keeps every offset true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.text import same_length_fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Commande N° 20417 ÉTÉ", "commande n° 20417 ete"),
        ("L’été « à bientôt »", "l'ete « a bientot »"),
        ("İstanbul ﬁn ǅ ß", "istanbul fn d ß"),
        ("plain ASCII", "plain ascii"),
        ("", ""),
    ],
)
def test_what_is_folded(text: str, folded: str) -> None:
    assert same_length_fold(text) == folded


@given(st.text())
def test_character_for_character(text: str) -> None:
    whole = same_length_fold(text)
    assert len(whole) == len(text)
    assert whole == "".join(same_length_fold(c) for c in text)
