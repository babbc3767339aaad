"""A bundle set in slices reads like one set in one document: same sections, same words, links, bookmarks, numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pdfua
import pikepdf
import pytest
import typst
from tests.papers.cases import lamp
from tests.papers.test_bundle import bound, texts

from recours.app.write_paper import bundle
from recours.papers import joined, slices
from recours.papers.bundle import Bundle

XMP_PAGES = "http://ns.adobe.com/xap/1.0/t/pg/"


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
        numbers = {page.obj.objgen: n for n, page in enumerate(document.pages, 1)}
        starts = {first for _, _, first, _ in made.page_map.sections}
        targets = [
            numbers[note.Dest[0].objgen]
            for page in document.pages
            for note in page.obj.get("/Annots", [])
            if "/Dest" in note and isinstance(note.Dest, pikepdf.Array)
        ]
        titles = {title for _, title, _, _ in made.page_map.sections}
        assert {
            str(note.Contents) for page in document.pages for note in page.obj.get("/Annots", [])
        } <= titles
        assert len(targets) > len(starts) and set(targets) <= starts
    pages = texts(made.pdf)
    assert all(f"page {n}/{len(pages)}" in page for n, page in enumerate(pages, 1))


@pytest.mark.usefixtures("small")
def test_what_is_read_aloud_survives_the_joining(tmp_path: Path) -> None:
    """ISO 32000-1, 14.7: every mark of a page and every link belongs to one element, which knows its page; every header
    cell that a cell names is there, under a name of its own."""
    made = in_slices(tmp_path)
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        root = document.Root.StructTreeRoot
        assert document.Root.MarkInfo.Marked
        numbers = list(root.ParentTree.Nums)
        keys = [int(key) for key in numbers[::2]]
        assert keys == sorted(set(keys)) and keys[-1] < int(root.ParentTreeNextKey)
        owners = dict(zip(keys, numbers[1::2], strict=True))
        for page in document.pages:
            marks = owners.pop(int(page.obj.StructParents))
            assert {element.Pg.objgen for element in marks} == {page.obj.objgen}
            for note in page.obj.get("/Annots", []):
                link = owners.pop(int(note.StructParent))
                assert link.S == "/Link" and any(kid.get("/Obj") == note for kid in link.K if _is_dict(kid))
        assert not owners
        elements = list(below(root))
        assert len({element.objgen for element in elements}) == len(elements)
        assert [str(e.S) for e in elements].count("/H1") == len(made.page_map.sections)
        names = [str(e.ID) for e in elements if "/ID" in e]
        wanted = {str(n) for e in elements for said in e.get("/A", []) for n in said.get("/Headers", [])}
        listed = list(root.IDTree.Kids[0].Names)[::2]
        assert len(names) == len(set(names)) and wanted <= set(names) and sorted(names) == listed


def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in element.K:
        if _is_dict(kid) and "/S" in kid:
            yield kid
            yield from below(kid) if "/K" in kid else ()


def _is_dict(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary)


@pytest.mark.parametrize("cut", [False, True])
def test_another_checker_finds_no_fault_in_a_bundle_of_our_own_pages(
    tmp_path: Path, request: pytest.FixtureRequest, cut: bool
) -> None:
    if cut:
        request.getfixturevalue("small")
    desk, case = lamp(tmp_path)
    file = tmp_path / "bundle.pdf"
    file.write_bytes(bundle(desk, case, "fr").pdf)
    with pikepdf.open(file) as document, document.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
        assert said[f"{{{XMP_PAGES}}}NPages"] == str(len(document.pages))
        assert "/OutputIntents" in document.Root
    found = pdfua.validate(str(file)).findings
    assert [f.message for f in found if f.severity > pdfua.Severity.INFO] == []


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


def test_the_cells_of_a_table_with_a_caption_or_a_table_within_are_found() -> None:
    """A caption holds a number and no element; a table within a cell names its own cells."""
    source = """#set document(title: "t")
    #figure(table(columns: 2, table.header[h][i], [x], [#table(columns: 1, table.header[p], [q])]), caption: [c])"""
    pdf = typst.compile(source.encode(), pdf_standards=["ua-1"])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = [
            e
            for e in document.objects
            if isinstance(e, pikepdf.Dictionary) and e.get("/S") == pikepdf.Name.Table
        ]
        counted = sorted(len(list(joined._cells(table))) for table in tables)
    assert counted == [2, 4]
