"""Every reason that the reader gives is said in French too."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers.cases import OWN, own

from recours.app.reasons import reason


@pytest.mark.parametrize("name", OWN)
def test_each_reason_has_its_french_words(tmp_path: Path, name: str) -> None:
    desk, case = own(tmp_path, name, "2026-11-23")
    reasons = {e.membership.why for e in desk.case(case).entries}
    assert reasons
    for why in reasons:
        assert reason(why, "en") == why
        assert reason(why, "fr") != why, why


def test_a_number_is_kept_and_a_stranger_s_words_stay() -> None:
    assert reason("from the shop, with the number KV-1", "fr") == "du commerce, portant le numéro KV-1"
    assert reason("my own words", "fr") == "my own words"
