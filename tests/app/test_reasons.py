"""Every reason that the reader gives is said in French too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.papers.cases import OWN, ROOT, own

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


_WRITTEN = re.compile(r'(?:True|False|"unsure"), f?"([^"]+)"|why="([^"]+)"|ABOUT_IT = "([^"]+)"')


def test_every_reason_that_the_search_can_give_is_in_the_tables() -> None:
    """Old bug: three of them stood in English on a French page, for no mailbox of the tests met them."""
    written = {
        next(filter(None, match.groups()))
        for file in (ROOT / "src" / "recours" / "reading").glob("dispute_*.py")
        for match in _WRITTEN.finditer(file.read_text(encoding="utf-8"))
    }
    assert len(written) > 25
    unsaid = {
        why
        for why in written
        if reason(re.sub(r"\{[^}]*\}", "KV-1", why), "fr") == re.sub(r"\{[^}]*\}", "KV-1", why)
    }
    assert unsaid == set()
