"""French and English are equals: a missing translation fails the build."""

from __future__ import annotations

import pytest
from tools.translations import faults

from recours import errors


def test_every_table_is_complete() -> None:
    assert faults() == []


def test_an_error_is_told_in_both_languages() -> None:
    error = errors.RecoursError(
        {"en": "The lamp is broken", "fr": "La lampe est brisée"},
        where="kitchen",
        todo={"en": "Buy", "fr": "Achetez"},
    )
    assert error.told("fr") == "La lampe est brisée (kitchen)\n  Achetez"
    assert error.told("en") == "The lamp is broken (kitchen)\n  Buy"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_are_filled(language: str) -> None:
    from recours.words import say

    assert "5" in say("fr" if language == "fr" else "en", "verify.good", originals=5, entries=6, quotations=7)
