"""A web page that a person saved and added: an exhibit under its own name and day, set as it looked, its bytes kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers.mail_view.mails import html_dispute, opened
from tests.papers.mail_view.test_in_the_bundle import pages
from tests.papers.saved_pages import as_html, as_mhtml

from recours.app.add import add
from recours.app.desk import Desk
from recours.app.write_paper import bundle
from recours.papers.bag import original_name
from recours.papers.exhibits_list import list_exhibits
from recours.papers.types import Exhibit


def with_page(folder: Path, name: str, data: bytes) -> tuple[Desk, str]:
    folder.mkdir(exist_ok=True)
    desk, case = opened(folder, html_dispute())
    (folder / name).write_bytes(data)
    add(desk, case, [folder / name])
    return desk, case


def exhibit(desk: Desk, case: str, name: str) -> Exhibit:
    (found,) = (e for e in list_exhibits(desk.case(case)) if name in e.title)
    return found


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("orion.html", as_html(), "text/html"), ("orion.mhtml", as_mhtml(), "multipart/related")],
)
def test_a_saved_page_is_an_exhibit_that_looks_as_it_did(
    tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    desk, case = with_page(tmp_path, name, data)
    file = desk.case(case)
    assert [e for e in file.dispute if "Blink" in e.message.sender.name] == []
    one = exhibit(desk, case, name)
    assert one.title == f"Page web {name}" and one.media_type == kind
    assert original_name(one).endswith("html" if kind == "text/html" else "mhtml")
    made = bundle(desk, case)
    assert made.problems == ()
    page = pages(made.pdf)[one.label]
    for told in ("Titre Lampe Orion | Atelier Lumen", f"Fichier {name}", one.sha256[:20], "aucun script n'a été exécuté",
                 "249,00 $ 189,00 $ En solde", "Remboursement complet pendant 60 jours", "Cuivre", "[x] Emballage cadeau",
                 "Image non téléchargée (cdn.lumen.example) : La lampe Orion allumée", "Non montré (iframe)",
                 "Menu du téléphone", "Petits dessins"):  # fmt: skip
        assert told in page, told
    assert "fetch(" not in page and "Activez" not in page


def test_it_stands_on_the_day_on_which_it_was_saved_where_the_shopper_lives(tmp_path: Path) -> None:
    late = as_mhtml().replace(b"Tue, 16 Jun 2026 15:04:05", b"Wed, 17 Jun 2026 02:30:00")
    desk, case = with_page(tmp_path, "orion.mhtml", late)
    one = exhibit(desk, case, "orion.mhtml")
    assert one.date == "2026-06-16"  # half past ten in the evening there
    labels = [e.date for e in list_exhibits(desk.case(case)) if e.date]
    assert labels == sorted(labels)
    undated, other = with_page(tmp_path / "b", "orion.html", as_html())
    assert exhibit(undated, other, "orion.html").date == ""


def test_what_is_taken_out_is_gone_from_a_saved_page_too(tmp_path: Path) -> None:
    private = as_html().replace(
        b"<label>Couleur", b"<p>Jo <b>Tremblay</b>, 819-<i>555</i>-0110</p><label>Couleur"
    )
    desk, case = with_page(tmp_path, "orion.html", private)
    one = exhibit(desk, case, "orion.html")
    assert "Tremblay" in pages(bundle(desk, case).pdf)[one.label]
    page = pages(bundle(desk, case, hidden=frozenset({"names", "phones"})).pdf)[one.label]
    assert "Tremblay" not in page and "0110" not in page and "Lampe Orion, laiton" in page
