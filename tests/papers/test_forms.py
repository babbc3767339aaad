"""The same words as .docx, as an e-mail draft and as a text for a portal's box."""

from __future__ import annotations

import email
import io
import zipfile
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.papers.cases import lamp, own
from tests.papers.test_letters import text_of

from recours.app.write_paper import write_as, write_paper
from recours.papers.docx import docx
from recours.papers.errors import DoesNotFitError
from recours.papers.plain import body, plain
from recours.papers.types import Paper
from recours.papers.typography import curled

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def extracted(data: bytes) -> str:
    """Every text run of a .docx, in order; its parts must be well-formed and named in the content types."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    lines = []
    for paragraph in root.iter(f"{W}p"):
        parts = [
            " " if node.tag == f"{W}br" else node.text or ""
            for node in paragraph.iter()
            if node.tag in (f"{W}t", f"{W}br")
        ]
        lines.append("".join(parts))
    return " ".join(" ".join(lines).split())


def words(text: str) -> list[str]:
    return text.upper().replace("_", " ").replace("|", " ").replace("\u200b", "").split()


@pytest.mark.parametrize("name", ["demand", "regulator", "timeline"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_docx_has_the_words_of_the_pdf(tmp_path: Path, name: str, language: str) -> None:
    desk, case = lamp(tmp_path)
    paper = write_paper(desk, case, name, language)  # type: ignore[arg-type]
    told = words(extracted(docx(paper.model)))
    stamps = {"1", "2", "3", "/"}
    printed = [w for page in text_of(paper) for w in words(page)]
    assert sorted(w for w in told if w not in stamps and not w[:-1].isdigit()) == sorted(
        w for w in printed if w not in stamps and not w[:-1].isdigit()
    )


def test_a_docx_of_contradictions_alone_has_the_words_of_the_pdf(tmp_path: Path) -> None:
    """The table of repeated requests is not there, and neither is its introduction."""
    desk, case = own(tmp_path, "boots-returned", "2026-11-23")
    paper = write_paper(desk, case, "runaround", "en")
    assert not paper.model["lines"] and paper.model["said"]
    shown = " ".join(text_of(paper))
    assert paper.model["intro"] not in shown and paper.model["intro"] not in extracted(docx(paper.model))
    assert curled(paper.model["said"][0]["first"].split("\n")[0]) in extracted(docx(paper.model))


def test_a_docx_takes_what_xml_does_not(tmp_path: Path) -> None:
    desk, case = lamp(
        tmp_path,
        "2026-07-20",
        "consumer.is_consumer=oui",
        "contract.at_distance=oui",
        "goods.new=oui",
        "order.items=Lampe <A & B> \x07 ]]>",
    )
    paper = write_paper(desk, case, "first_complaint")
    assert "Lampe <A & B>" in extracted(docx(paper.model))
    assert docx(paper.model) == docx(paper.model)


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_draft_is_addressed_unsent_and_carries_the_pdf(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    data = write_as(desk, case, "demand", "eml").data
    message = parsed(data)
    assert message["To"] == "service@atelierlumen.example"
    assert message["From"] == "jo.tremblay@maison.example"
    assert message["X-Unsent"] == "1"
    assert message["Subject"].startswith("Mise en demeure, 1 x Lampe Orion, laiton (commande AL-20417)")
    text = message.get_body(("plain",))
    assert text is not None and text.get_content().lstrip().startswith("Madame, Monsieur,")
    [attached] = list(message.iter_attachments())
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == write_paper(desk, case, "demand").pdf
    assert data == write_as(desk, case, "demand", "eml").data
    assert max(len(line) for line in data.split(b"\r\n")) <= 998


@pytest.mark.parametrize("name", ["chargeback", "mandate", "one_page", "review", "runaround", "timeline"])
def test_every_draft_says_from_whom_and_when(tmp_path: Path, name: str) -> None:
    """RFC 5322, 3.6: the only fields that a message must have are its date and its author."""
    desk, case = own(tmp_path, "demo", "2026-11-23")
    message = parsed(write_as(desk, case, name, "eml").data)
    assert message["From"] == "solene.arcand@courrielle.example"
    assert message["Date"].datetime.date().isoformat() == "2026-11-23"
    assert message["Subject"] and message["MIME-Version"] == "1.0" and not message.defects


def test_a_draft_to_an_issuer_leaves_the_address_open(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    assert parsed(write_as(desk, case, "chargeback", "eml").data)["To"] is None


def test_a_text_without_a_limit_is_the_whole_letter(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    made = write_as(desk, case, "demand", "txt")
    assert made.left_out == () and made.pages == 0
    text = made.data.decode()
    for words_ in (
        "Jo Tremblay",
        "48 avenue du Parc",
        "Mise en demeure\n",
        "P-1 |",
        "1. Le 1er juin",
    ):
        assert words_ in text


@pytest.mark.parametrize("limit", [4000, 3000, 2500])
def test_a_portal_gets_what_fits_and_the_person_hears_what_did_not(tmp_path: Path, limit: int) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    whole: Paper = write_paper(desk, case, "regulator", "en")
    made = write_as(desk, case, "regulator", "txt", "en", limit=limit)
    text = made.data.decode()
    assert len(text) <= limit
    said = [s["text"] for section in whole.model["sections"] for s in section["sentences"]]
    assert said
    for sentence in made.left_out:
        assert sentence not in text
    if len(body(whole.model)) > limit:
        assert made.left_out
    assert "I ask you to receive this complaint" in text


def test_a_limit_that_nothing_holds_is_refused_with_the_shortest(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    with pytest.raises(DoesNotFitError) as refused:
        write_as(desk, case, "regulator", "txt", limit=200)
    assert "the limit is 200" in refused.value.why["en"]
    with pytest.raises(DoesNotFitError):
        write_as(desk, case, "timeline", "txt", limit=200)


def test_a_timeline_is_a_text_too(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    paper = write_paper(desk, case, "timeline")
    assert plain(paper.model).splitlines()[0] == paper.model["title"]
    assert all(line["label"] in plain(paper.model) for line in paper.model["lines"])
