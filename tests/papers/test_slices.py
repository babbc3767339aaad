"""A bundle set in slices reads like one set in one document: same sections, same words, links, bookmarks, numbers."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from tests.papers.test_bundle import bound, texts

from recours.papers import slices
from recours.papers.bundle import Bundle


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So small that a dozen exhibits make many slices, tables included."""
    monkeypatch.setattr(slices, "LARGE", 1)
    monkeypatch.setattr(slices, "PAGES", 4)
    monkeypatch.setattr(slices, "ROWS", 5)


def in_slices(folder: Path) -> Bundle:
    return bound(folder)[0]


def words(page: str) -> str:
    return "".join(page.split())


def test_the_same_sections_and_the_same_words(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "one").mkdir()
    one, count = bound(tmp_path / "one")
    request.getfixturevalue("small")
    (tmp_path / "many").mkdir()
    many = in_slices(tmp_path / "many")
    assert [s[:2] for s in many.page_map.sections] == [s[:2] for s in one.page_map.sections]
    assert sum(key.startswith("P-") for key, *_ in many.page_map.sections) == count
    exhibits = {
        made: {
            key: [words(page) for page in texts(made.pdf)[first - 1 : first - 1 + pages]]
            for key, _, first, pages in made.page_map.sections
            if key.startswith("P-")
        }
        for made in (one, many)
    }
    for key, pages in exhibits[one].items():
        other = exhibits[many][key]
        assert len(other) == len(pages)
        for left, right in zip(pages, other, strict=True):
            assert left.rpartition("page")[0].removesuffix(f"{key}·") == right.rpartition("page")[
                0
            ].removesuffix(f"{key}·")


@pytest.mark.usefixtures("small")
def test_every_link_and_bookmark_leads_to_its_page_and_no_placeholder_is_left(tmp_path: Path) -> None:
    made = in_slices(tmp_path)
    assert b"recours:" not in made.pdf
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        assert "/StructTreeRoot" not in document.Root
        assert "not tagged" in str(document.docinfo["/Subject"]) or "sans balises" in str(
            document.docinfo["/Subject"]
        )
        numbers = {page.obj.objgen: n for n, page in enumerate(document.pages, 1)}
        starts = {first for _, _, first, _ in made.page_map.sections}
        targets = [
            numbers[note.Dest[0].objgen]
            for page in document.pages
            for note in page.obj.get("/Annots", [])
            if "/Dest" in note and isinstance(note.Dest, pikepdf.Array)
        ]
        assert len(targets) > len(starts) and set(targets) <= starts
    pages = texts(made.pdf)
    assert all(f"page {n}/{len(pages)}" in page for n, page in enumerate(pages, 1))


@pytest.mark.usefixtures("small")
def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert in_slices(tmp_path / "a").pdf == in_slices(tmp_path / "b").pdf


def test_a_long_table_is_cut_into_even_parts() -> None:
    for rows, size in ((0, 5), (1, 5), (5, 5), (6, 5), (251, 250), (1000, 250)):
        cut = list(slices._chunks(list(range(rows)), size))
        assert [row for part in cut for row in part] == list(range(rows))
        assert max(map(len, cut)) <= size
        assert rows < 2 or min(map(len, cut)) >= max(map(len, cut)) // 2
