"""The page map fills the file without gap, or says why not."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.papers.pagemap import PageMapError, page_map, section_of


@given(st.lists(st.integers(min_value=1, max_value=40), min_size=1, max_size=60))
def test_sections_follow_each_other_and_fill_the_file(counts: list[int]) -> None:
    starts = [1, *(1 + n for n in accumulate(counts))][: len(counts)]
    marks = [{"key": f"P-{n}", "title": "t", "page": page} for n, page in enumerate(starts)]
    made = page_map(marks, sum(counts))
    assert [count for *_, count in made.sections] == counts
    assert made.total == sum(counts)
    owners = [section_of(made, page) for page in range(1, made.total + 1)]
    assert owners == [f"P-{n}" for n, count in enumerate(counts) for _ in range(count)]


@pytest.mark.parametrize(
    ("marks", "total"),
    [
        ([], 3),
        ([("a", 2)], 3),
        ([("a", 1), ("b", 1)], 3),
        ([("a", 1), ("b", 3)], 2),
        ([("a", 1), ("a", 2)], 3),
    ],
)
def test_a_map_that_does_not_add_up_is_refused(marks: list[tuple[str, int]], total: int) -> None:
    with pytest.raises(PageMapError):
        page_map([{"key": k, "title": k, "page": p} for k, p in marks], total)
