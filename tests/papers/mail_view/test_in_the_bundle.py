"""A mail with HTML in the bundle: it looks as it did, and every word that a letter quotes is read on its pages."""

from __future__ import annotations

import io
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.mail_view.mails import html_dispute, html_mail, logo, opened

from recours.app.write_paper import bundle
from recours.papers.typesetting import Typeset, typeset


def pages(pdf: bytes) -> dict[str, str]:
    """The text of each exhibit's pages by its label, white space as one space, places to break left out."""
    found: dict[str, str] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = " ".join(page.get_textpage().get_text_range().replace("\u200b", "").split())
            stamp = re.search(r"(?:(P-\d+) · )?page \d+/\d+$", text)
            assert stamp
            key = stamp[1] or ""
            found[key] = f"{found.get(key, '')} {text[: stamp.start()]}"
    return found


def test_the_words_that_carry_the_case_are_read_on_the_pages(tmp_path: Path) -> None:
    desk, case = opened(tmp_path, html_dispute())
    file = desk.case(case)
    whole = " ".join(pages(bundle(desk, case).pdf).values())
    quotes = [act.quote.text for entry in file.dispute for act in entry.acts]
    claims = [claim.quote for fact in file.facts.values() for claim in (fact.claim, *fact.others)]
    quotes += [quote.text for quote in claims if quote.message and not quote.part]
    assert len(quotes) > 12
    assert [quote for quote in quotes if " ".join(quote.split()) not in whole] == []


def test_what_the_page_looked_like_is_kept_and_what_it_hid_is_said(tmp_path: Path) -> None:
    desk, case = opened(tmp_path, html_dispute())
    made = bundle(desk, case)
    page = pages(made.pdf)["P-1"]
    assert made.problems == ()
    assert "Article Qté Prix Lampe Orion, laiton 1 189,00 $ Taxes 28,30 $ Total 217,30 $ CAD" in page
    assert "Image non téléchargée (images.lumen.example) : La lampe Orion" in page
    assert "ne voyait pas : Merci ! Votre lampe part bientôt." in page
    assert "non téléchargées : traces.lumen.example" in page
    assert "AL-20417: https://atelierlumen.example/suivi?c=AL-20417" in page
    assert (
        "page ci-dessus ne montre pas : Conditions du texte seul : trente jours pour changer d'avis." in page
    )
    assert "Mots pâles." in page and "alert(" not in page and "color:red" not in page
    assert "4111" not in page and "•••• 1111" in page


def test_nothing_of_a_mail_is_a_link_or_runs_in_the_file(tmp_path: Path) -> None:
    desk, case = opened(tmp_path, html_dispute())
    with pikepdf.open(io.BytesIO(bundle(desk, case).pdf)) as document:
        actions = [
            thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing
        ]
        kinds = {str(thing["/S"]) for thing in actions}
    assert not kinds & {"/URI", "/Launch", "/JavaScript", "/SubmitForm", "/GoToR"}


def test_the_logo_is_there_and_says_nothing_beside_its_pixels(tmp_path: Path) -> None:
    box = lamp_dispute()
    html_mail(
        box,
        SHOP,
        "Re: Commande AL-20417 : lampe défectueuse",
        '<p>Commande AL-20417 : nous refusons.</p><img src="cid:l" alt="Atelier">',
        day="2026-06-19",
        pictures={"l": logo("JPEG", (800, 600), comment="prise chez Jo, 12 rue des Érables")},
    )
    desk, case = opened(tmp_path, box)
    made = bundle(desk, case)
    assert b"prise chez Jo" not in made.pdf
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        shown = [images for page in document.pages if (images := page.get_images())]
    assert [len(images) for images in shown] == [1]


def test_what_is_taken_out_is_gone_from_the_view_too(tmp_path: Path) -> None:
    desk, case = opened(tmp_path, html_dispute())
    hidden = frozenset({"names", "addresses", "phones", "orders"})
    made = bundle(desk, case, hidden=hidden)
    page = pages(made.pdf)["P-1"]
    assert [problem.where[:3] for problem in made.problems] == [
        "P-1"
    ]  # its logo is shown as it is: to be looked at
    for word in ("Tremblay", "819-555-0110", "AL-20417", "jo.tremblay@maison.example", "4111"):
        assert word not in page
    assert "Article Qté Prix" in page


def test_a_name_split_between_two_cells_is_taken_out_as_well(tmp_path: Path) -> None:
    box = lamp_dispute()
    html_mail(
        box,
        SHOP,
        "Re: Commande AL-20417 : lampe défectueuse",
        "<p>Commande AL-20417, livrée à :</p><table border=1><tr><td>12 rue</td><td>des Érables</td></tr>"
        "<tr><td>Jo</td><td>Tremblay</td></tr></table>",
        day="2026-06-19",
    )
    desk, case = opened(tmp_path, box)
    page = pages(bundle(desk, case, hidden=frozenset({"names", "addresses"})).pdf)["P-7"]
    assert "Tremblay" not in page


def test_a_picture_that_a_mail_holds_and_does_not_place_is_shown_below_its_words(tmp_path: Path) -> None:
    """Old fault: a shop's photo inside a mail of plain text was no exhibit, and its mail did not show it."""
    box = lamp_dispute()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SHOP, ME, "Re: Commande AL-20417 : lampe défectueuse"
    mail["Date"] = "Fri, 19 Jun 2026 10:00:00 -0400"
    mail["Message-ID"] = "<inline@lumen.example>"
    mail.set_content("Commande AL-20417 : voici notre photo de la lampe, elle est intacte.")
    mail.add_attachment(
        logo("JPEG", (800, 600)),
        maintype="image",
        subtype="jpeg",
        disposition="inline",
        filename="atelier.jpg",
    )
    mail.add_attachment(
        b"no picture", maintype="image", subtype="png", disposition="inline", filename="cassee.png"
    )
    box.raw(mail.as_bytes())
    desk, case = opened(tmp_path, box)
    made = bundle(desk, case)
    page = pages(made.pdf)["P-7"]
    assert "elle est intacte. atelier.jpg cassee.png Image illisible" in page
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        assert sum(len(page.get_images()) for page in document.pages) == 1


def test_the_same_mails_give_the_same_bytes(tmp_path: Path) -> None:
    desk, case = opened(tmp_path, html_dispute())
    assert bundle(desk, case).pdf == bundle(desk, case).pdf


def test_every_header_is_printed_below_the_view_when_asked(tmp_path: Path) -> None:
    desk, case = opened(tmp_path, html_dispute())
    page = pages(bundle(desk, case, headers=True).pdf)["P-1"]
    assert "Article Qté Prix" in page and "Delivered-To: jo.tremblay@maison.example" in page


def test_a_look_that_cannot_be_set_does_not_keep_the_bundle_from_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_looks(template: str, data: dict[str, Any], **more: Any) -> Typeset:
        if any(exhibit["view"] for exhibit in data["exhibits"]):
            raise typst.TypstError("a look that cannot be set", "")
        return typeset(template, data, **more)

    monkeypatch.setattr("recours.papers.bundle.typeset", no_looks)
    desk, case = opened(tmp_path, html_dispute())
    made = bundle(desk, case)
    found = pages(made.pdf)
    assert [problem.where[:3] for problem in made.problems] == ["P-1", "P-6"]
    assert "Conditions du texte seul" in found["P-1"] and "pas responsables" in found["P-6"]
