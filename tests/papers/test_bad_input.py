"""Bad and odd input: each piece ends in a good page or in a sentence that names it, never in a silent gap."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.papers.cases import lamp
from tests.papers.test_first_letters import brief

from recours.app.add import add
from recours.app.answer import answer
from recours.app.originals import originals
from recours.app.write_paper import Written, bundle, write_as
from recours.papers.bundle import bind
from recours.papers.errors import DoesNotFitError, NotReadyError
from recours.papers.exhibits_list import list_exhibits
from recours.papers.write import write


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 140).save(out, "JPEG", quality=5)
    return out.getvalue()


def says_larger() -> bytes:
    """A small JPEG whose frame says that it has 60,000 pixels each way (ITU-T T.81, B.2.2)."""
    data = bytearray(jpeg(64, 64))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = (60_000).to_bytes(2, "big") * 2
    return bytes(data)


def png_bomb() -> bytes:
    """A PNG that says it has a hundred thousand pixels each way."""
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = (100_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda _: None, password: str = "", owner: str = "") -> bytes:
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 400))
    change(made)
    out = io.BytesIO()
    locked = pikepdf.Encryption(owner=owner or password, user=password) if password or owner else False
    made.save(out, encryption=locked)
    return out.getvalue()


def no_pages(made: pikepdf.Pdf) -> None:
    del made.pages[0]


def loop(made: pikepdf.Pdf) -> None:
    made.Root.Pages.Kids = pikepdf.Array([made.Root.Pages])


SHOWN = ""  # a page of its own
FILES: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("100-megapixels.jpg", lambda: jpeg(10_000, 10_000), SHOWN),
    ("200-megapixels.jpg", lambda: jpeg(16_320, 12_240), SHOWN),
    ("too-many-pixels.jpg", lambda: says_larger(), "too large to be opened"),
    ("bomb.png", lambda: png_bomb(), "too large to be opened"),
    ("half.jpg", lambda: jpeg(900, 900)[:400], "the picture is damaged"),
    ("nothing.jpg", lambda: b"", "the file is empty"),
    ("password.pdf", lambda: pdf(password="secret"), "protected by a password"),
    ("owner-locked.pdf", lambda: pdf(owner="secret"), SHOWN),
    ("cut.pdf", lambda: pdf()[:200], "the PDF file is damaged"),
    ("no-pages.pdf", lambda: pdf(no_pages), "the PDF file is damaged"),
    ("loop.pdf", lambda: pdf(loop), "the PDF file is damaged"),
    ("head-only.pdf", lambda: b"%PDF-1.7\n", "the PDF file is damaged"),
    ("zeros.pdf", lambda: b"%PDF-1.7\n" + bytes(5_000), "the PDF file is damaged"),
)


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, str], dict[str, int]]:
    """Texts of the pages, what is told of each exhibit by its title, and pages by title."""
    folder = tmp_path_factory.mktemp("bad")
    desk, case = lamp(folder)
    for name, data, _ in FILES:
        (folder / name).write_bytes(data())
        add(desk, case, [folder / name])
    file = desk.case(case)
    exhibits = list_exhibits(file, "en")
    made = bind(file, exhibits, originals(desk, desk.history(case)), "en", desk.today)
    counts = {title: count for _, title, _, count in made.page_map.sections}
    return texts(made.pdf), {p.where: p.what for p in made.problems}, counts


def texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize(("name", "why"), [(name, why) for name, _, why in FILES])
def test_a_file_is_a_page_or_a_sentence(
    bound: tuple[list[str], dict[str, str], dict[str, int]], name: str, why: str
) -> None:
    pages, problems, counts = bound
    told = [what for where, what in problems.items() if name in where]
    assert sum(name in title for title in counts) == 1
    if why == SHOWN:
        assert told == []
        return
    assert len(told) == 1 and why in told[0]
    assert any(name in page and "cannot be shown here" in page and why in page for page in pages)


def written(folder: Path, *said: str, paper: str = "demand") -> Written:
    desk, case = lamp(folder)
    answer(desk, case, list(said))
    return write_as(desk, case, paper, "pdf", "en")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("محمد العربي", "محمد"),
        ("王小明", "王小明"),
        ("Олександр Шевченко", "Олександр"),
        ("Jo 🦄 Tremblay", "🦄"),
        ("Zoë Ærø-Łukasz", "Zoë Ærø-Łukasz"),
    ],
)
def test_a_name_in_any_script_is_shown_or_told_in_words_and_said(
    tmp_path: Path, name: str, letters: str
) -> None:
    made = written(tmp_path, f"consumer.name={name}")
    page = texts(made.data)[0]
    lacking = [c for c in letters if any(c in problem.what for problem in made.problems)]
    if lacking:
        assert made.problems[0].where == "Formal demand" and "Install a font" in made.problems[0].what
        assert "[" in page and not any(c in page for c in lacking)
    else:
        assert made.problems == ()
        # right-to-left words may be read back from the page in either order
        assert letters in page or letters[::-1] in page
    assert "12 rue des Érables" in page


def test_the_bundle_names_the_letters_that_it_tells_in_words(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["consumer.name=\U00020bb7 Tremblay"])  # a rare form of a Japanese name's letter
    made = bundle(desk, case, "en")
    shown = " ".join(texts(made.pdf))
    assert "\U00020bb7" in shown or (
        "[cjk unified ideograph-20bb7] Tremblay" in shown
        and any("\U00020bb7" in problem.what for problem in made.problems)
    )


@pytest.mark.parametrize("item", ["lampe Orion à abat-jour de laiton brossé, " * 75, "x" * 3_000])
def test_goods_of_three_thousand_letters_leave_the_letter_readable(tmp_path: Path, item: str) -> None:
    made = written(tmp_path, f"order.items={item}")
    pages = texts(made.data)
    assert made.pages == 2 and "…" in pages[0] and "217.30" in pages[0]
    with pypdfium2.PdfDocument(made.data) as document:
        page = document[0]
        text = page.get_textpage()
        right = max(text.get_charbox(n)[2] for n in range(text.count_chars()))
        assert right < page.get_width() - 40  # nothing runs over the margin


@pytest.mark.parametrize("paper", ["demand", "complaint", "chargeback"])
def test_nothing_is_demanded_when_nothing_was_paid(tmp_path: Path, paper: str) -> None:
    with pytest.raises(DoesNotFitError, match="nothing is owed"):
        written(tmp_path, "order.total=0 CAD", paper=paper)


def test_without_the_buyer_s_address_no_cheque_is_asked_for(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    whole = " ".join(texts(write("demand", brief(desk, case, 99)).pdf))
    bare = " ".join(texts(write("demand", brief(desk, case, 99, "consumer.address")).pdf))
    assert "cheque to my address" in whole and "12 rue des Érables" in whole
    assert "cheque" not in bare and "by the means of payment used." in bare


def test_a_merchant_without_any_address_is_asked_for(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    known = brief(desk, case, 99, "merchant.address")
    facts = {name: fact for name, fact in known.case.facts.items() if name != "merchant.email"}
    nowhere = msgspec.structs.replace(known, case=msgspec.structs.replace(known.case, facts=facts))
    with pytest.raises(NotReadyError, match=r"merchant\.address"):
        write("demand", nowhere)


def test_five_hundred_exhibits_are_each_there(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    notes = tmp_path / "notes"
    notes.mkdir()
    for n in range(500):
        (notes / f"note-{n:03}.txt").write_text(f"Note number {n:03} of the buyer.\n", encoding="utf-8")
    add(desk, case, sorted(notes.iterdir()))
    made = bundle(desk, case, "en")
    whole = " ".join(texts(made.pdf))
    assert made.exhibits == 506 and made.problems == ()
    assert all(f"Note number {n:03} of the buyer." in whole for n in range(500))
