"""The issuer's pack: at most so many pages and bytes, the most needed exhibits first, what is left out named."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import yaml
from tests.papers.cases import OWN, own
from tests.papers.test_bundle import texts
from tests.papers.test_parts_and_bag import noise

from recours.app.add import add
from recours.app.desk import Desk
from recours.app.pack import NotPackedError, pack
from recours.papers.exhibits_list import list_exhibits
from recours.papers.pack import TooLargeError
from recours.papers.show_message import _tight
from recours.papers.shown import Run
from recours.papers.smaller import SIDES


@pytest.fixture
def demo(tmp_path: Path) -> tuple[Desk, str]:
    script = yaml.safe_load((OWN["demo"] / "script.yaml").read_text(encoding="utf-8"))
    answers = [f"{name}={value}" for name, value in script["answers"].items()]
    return own(tmp_path, "demo", "2026-11-23", *answers, files=tuple(script["files"]))


def test_eight_pages_hold_the_letter_and_what_carries_it(demo: tuple[Desk, str]) -> None:
    desk, case = demo
    made = pack(desk, case, language="en")
    pages = texts(made.pdf)
    assert made.pages == len(pages) <= 8
    by_label = {e.label: e for e in list_exhibits(desk.case(case))}
    whole = "".join(pages).replace(" ", "")
    assert all(by_label[label].sha256 in whole for label in made.enclosed)
    assert f"I enclose {', '.join(made.enclosed)}." in pages[0]
    kinds = {by_label[label].kind for label in made.enclosed}
    assert {"mail", "photo"} <= kinds  # the photos hang on a message that is cited
    assert "we will not refund or replace" in pages[0]
    assert all(f"page {n}/{made.pages}" in page for n, page in enumerate(pages, 1))


def test_fewer_pages_keep_what_the_letter_needs_most(demo: tuple[Desk, str]) -> None:
    desk, case = demo
    whole, small = pack(desk, case), pack(desk, case, pages=4)
    assert small.pages <= 4
    assert set(small.enclosed) < set(whole.enclosed)
    assert set(small.left_out) >= set(whole.enclosed) - set(small.enclosed)
    purchase = next(e.label for e in list_exhibits(desk.case(case)) if "KV-20931 confirmed" in e.title)
    assert purchase in small.enclosed


def test_pictures_shrink_before_an_exhibit_goes(demo: tuple[Desk, str], tmp_path: Path) -> None:
    desk, case = demo
    whole = pack(desk, case)
    assert whole.side == SIDES[0]
    small = pack(desk, case, limit=len(whole.pdf) - 2_000)
    assert len(small.pdf) <= len(whole.pdf) - 2_000
    assert small.side < SIDES[0] or small.left_out
    with pytest.raises(TooLargeError):
        pack(desk, case, limit=10_000)


def test_a_quoted_thread_is_not_printed_again(demo: tuple[Desk, str]) -> None:
    desk, case = demo
    pages = texts(pack(desk, case, language="en").pdf)
    assert sum("Earlier messages quoted here" in page for page in pages) >= 3
    assert not any(page.count(" > ") > 5 for page in pages)  # not the end of an address


def test_no_page_is_spent_on_empty_lines(demo: tuple[Desk, str]) -> None:
    desk, case = demo
    made = pack(desk, case, language="en")
    assert all(len(page.split()) > 40 for page in texts(made.pdf)[2:])


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        (("Hi\n\n\n\nyou", "\n\n\nme\n\n"), "Hi\n\nyou\n\nme"),
        (("\n\nHi\n", "\n", "\n \n\nyou"), "Hi\n\nyou"),
        (("Hi\n\n", "\n\n"), "Hi"),
        (("a\nb",), "a\nb"),
        ((), ""),
    ],
)
def test_one_empty_line_is_enough(runs: tuple[str, ...], told: str) -> None:
    assert "".join(run.text for run in _tight(Run(text, False) for text in runs)) == told


def test_a_pdf_of_others_is_said_to_be_untagged(demo: tuple[Desk, str], tmp_path: Path) -> None:
    desk, case = demo
    made = pack(desk, case, pages=30, language="en")
    with pikepdf.open(_file(tmp_path, made.pdf)) as document:
        tagged = "/StructTreeRoot" in document.Root
        told = "not tagged" in str(document.docinfo.get("/Subject", ""))
    receipt = next(e.label for e in list_exhibits(desk.case(case)) if e.kind == "pdf")
    assert told == (receipt in made.enclosed)
    assert tagged or told


def test_a_letter_to_the_merchant_is_no_pack(demo: tuple[Desk, str]) -> None:
    with pytest.raises(NotPackedError):
        pack(*demo, "demand")


def test_a_photo_that_nobody_cites_stays_at_home(demo: tuple[Desk, str], tmp_path: Path) -> None:
    desk, case = demo
    (tmp_path / "other.jpg").write_bytes(noise(1))
    add(desk, case, [tmp_path / "other.jpg"])
    made = pack(desk, case)
    other = next(e.label for e in list_exhibits(desk.case(case)) if "other.jpg" in e.title)
    assert other not in made.enclosed + made.left_out


def _file(folder: Path, data: bytes) -> Path:
    (folder / "x.pdf").write_bytes(data)
    return folder / "x.pdf"
