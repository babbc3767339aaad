"""Every paper has its picture and its line in the docs, and the pictures come from the real rooms."""

from __future__ import annotations

import pytest
from tools.docs import steps_that_need
from tools.pictures import FOLDER, pages, settings

from recours.papers.names import PAPERS


def test_no_paper_is_without_a_picture() -> None:
    assert settings().keys() == PAPERS.keys()
    assert {f.stem for f in (FOLDER / "papers").glob("*.png")} == set(PAPERS)


def test_no_paper_is_without_its_time() -> None:
    needed = steps_that_need()
    assert needed.keys() <= PAPERS.keys()
    assert not [paper for paper, setting in settings().items() if not setting.when and paper not in needed]


@pytest.mark.parametrize("paper", ["reminder", "issuer_demand", "manufacturer_demand", "second_round"])
def test_the_settings_give_the_paper(paper: str) -> None:
    assert pages(paper, settings()[paper]).startswith(b"%PDF")
