"""The picture of the exchange."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers.cases import own

from recours.web.chart import chart
from recours.words import Language


@pytest.mark.parametrize(
    ("language", "months"),
    [("en", ["Aug 2026", "Sep 2026"]), ("fr", ["août 2026", "sept. 2026"])],
)
def test_its_axis_names_months(tmp_path: Path, language: Language, months: list[str]) -> None:
    """Old bug: in English it read "1, 2026" at every month."""
    desk, case = own(tmp_path, "demo", "2026-11-23")
    drawn = chart(desk.case(case), language)
    assert drawn is not None
    assert [tick.text for tick in drawn.ticks][:2] == months
