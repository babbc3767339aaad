"""Letters: short, sourced, lawful, and refused while a condition is missing."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from tests.papers.cases import ROOT, desk_on, lamp, own

from recours.app.answer import answer
from recours.app.assess import assess, packs
from recours.app.open_case import open_case
from recours.app.send import sent
from recours.app.write_paper import PaperRefusedError, write_paper
from recours.papers.types import Paper

NEVER_CAME = ("consumer.is_consumer=oui", "contract.excluded=non", "payment.cardholder=Yannick Desbiens")


def text_of(paper: Paper) -> list[str]:
    document = pypdfium2.PdfDocument(paper.pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def sentences(paper: Paper) -> list[dict[str, Any]]:
    return [s for section in paper.model["sections"] for s in section["sentences"]]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_demand_is_one_page_and_its_exhibits(tmp_path: Path, language: str) -> None:
    desk, case = lamp(tmp_path)
    paper = write_paper(desk, case, "demand", language)  # type: ignore[arg-type]
    first, second = text_of(paper)
    assert sum(len(s["text"].split()) for s in sentences(paper)) <= 450
    for words in ("Jo Tremblay", "Granby QC J2G 0A0", "Atelier Lumen", "48 avenue du Parc", "AL-20417"):
        assert words in first
    for words in ("P-40.1", "37", "217", "10"):
        assert words in first
    assert second.startswith({"fr": "Liste des pièces", "en": "List of exhibits"}[language])


def test_every_sentence_stands_on_something(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    for name in ("demand", "chargeback"):
        paper = write_paper(desk, case, name)
        known = desk.case(case)
        listed = {e["label"] for e in paper.model["cited"]}
        for sentence in sentences(paper):
            carried = [*sentence["facts"], *sentence["exhibits"], *sentence["rules"]]
            assert carried, sentence["text"]
            assert set(sentence["exhibits"]) <= listed
            assert set(sentence["rules"]) <= packs().by_id.keys()
        assert known.papers


def test_only_what_may_be_cited_is_cited(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    paper = write_paper(desk, case, "demand")
    decision = assess(desk, desk.case(case)).decision
    citable = {r.rule for r in decision.rights if r.citable}
    law = next(s for s in paper.model["sections"] if s["head"] == "Le droit")
    cited = [rule for s in law["sentences"] for rule in s["rules"]]
    assert cited and set(cited) <= citable
    assert not any(packs().by_id[rule].cite.mark == "recall" for rule in cited)


def test_quotations_are_the_messages_own_words(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    said = " ".join(" ".join(e.message.text.split()) for e in desk.case(case).entries)
    quoted = [
        s["text"].split("«\u00a0")[1].split("\u00a0»")[0].rstrip("…")
        for s in sentences(write_paper(desk, case, "demand"))
        if "«" in s["text"]
    ]
    assert len(quoted) >= 2
    assert all(words in said for words in quoted)


@pytest.mark.parametrize("name", ["demand", "timeline", "complaint", "chargeback"])
def test_the_pdf_is_tagged_archival_titled_and_says_its_language(tmp_path: Path, name: str) -> None:
    """PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2): Typst refuses to set what does not hold to them."""
    desk, case = lamp(tmp_path)
    with pikepdf.open(io.BytesIO(write_paper(desk, case, name, "fr").pdf)) as document:
        assert str(document.Root.Lang).startswith("fr")
        assert document.Root.MarkInfo.Marked
        assert "/OutputIntents" in document.Root
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    assert write_paper(desk, case, "demand").pdf == write_paper(desk, case, "demand").pdf


def test_the_network_is_asked_for_a_defect_once_a_return_was_offered(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    paper = write_paper(desk, case, "chargeback")
    whole = " ".join(text_of(paper))
    assert "défectueux" in whole and "4417" in whole and "rendre le bien" in whole
    assert len(paper.model["cited"]) <= 8


def test_goods_that_went_back_are_not_kept_and_available(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["goods.available=oui", "goods.returned_on=2026-06-25"])
    whole = " ".join(text_of(write_paper(desk, case, "chargeback", "en")))
    assert "I sent the goods back on June 25, 2026" in whole
    assert "kept and available" not in whole and "offered to give" not in whole


def test_a_card_behind_an_account_stands_in_brackets(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    assert "paid by credit card Visa •••• 4417" in text_of(write_paper(desk, case, "demand", "en"))[0]
    answer(desk, case, ["payment.method=paypal"])
    assert "paid by PayPal (Visa •••• 4417)" in text_of(write_paper(desk, case, "demand", "en"))[0]


def test_an_unnamed_means_of_payment_is_not_told(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["payment.method=other"])
    whole = " ".join(text_of(write_paper(desk, case, "demand", "en")))
    assert "another means" not in whole and "for $217.30" in whole


def test_a_step_that_is_not_settled_is_refused_with_what_to_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where nothing tells what is wrong with the goods."""
    monkeypatch.setattr("recours.reading.derived.kind_of_problem", lambda *_: iter(()))
    desk = desk_on(tmp_path, "2026-11-23")
    case = open_case(desk, ROOT / "tests" / "unseen" / "chairs-incomplete" / "mailbox.mbox").case.id
    answer(desk, case, ["consumer.is_consumer=yes", "contract.at_distance=yes", "goods.new=yes"])
    with pytest.raises(PaperRefusedError) as refused:
        write_paper(desk, case, "chargeback")
    assert "does not yet say whether this step applies" in refused.value.reasons[0]["en"]
    assert "problem.kind" in refused.value.missing


@pytest.mark.parametrize(
    ("change", "day", "why"),
    [
        ("return.offered=non", "2026-07-20", "take the goods back"),
        ("return.offered_on=2026-07-15", "2026-07-20", "too early"),
        ("problem.caused_by_consumer=non", "2026-10-30", "too late"),
    ],
)
def test_the_network_is_not_asked_before_its_conditions(
    tmp_path: Path, change: str, day: str, why: str
) -> None:
    desk, case = lamp(
        tmp_path, day, "consumer.is_consumer=oui", "contract.at_distance=oui", "goods.new=oui", change
    )
    with pytest.raises(PaperRefusedError) as refused:
        write_paper(desk, case, "chargeback")
    assert why in " ".join(words["en"] for words in refused.value.reasons)


def test_a_chargeback_for_nothing_received_waits_for_the_cancellation(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "never-came", "2026-11-23", *NEVER_CAME)
    with pytest.raises(PaperRefusedError) as refused:
        write_paper(desk, case, "chargeback")
    assert refused.value.first == "qc.lpc.54_9"
    assert refused.value.first_papers == ("cancellation",)
    assert any("network's dispute remains possible" in words["en"] for words in refused.value.reasons)
    assert refused.value.grounds == ("network",)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-12-08", "too early"), ("2026-12-09", ""), ("2027-02-06", ""), ("2027-02-08", "too late")],
)
def test_the_statutory_request_opens_on_day_16_and_closes_after_75(
    tmp_path: Path, day: str, state: str
) -> None:
    """Cancelled on 23 November 2026: s. 54.13 gives 15 days, s. 54.14 the next 60."""
    desk, case = own(tmp_path, "never-came", "2026-11-23", *NEVER_CAME)
    write_paper(desk, case, "cancellation")
    sent(desk, case, "cancellation", "2026-11-23", "email")
    later, name = desk_on(tmp_path, day), case
    if not state:
        paper = write_paper(later, name, "chargeback", "en", "statutory")
        labels = [row["label"][:3] for section in paper.model["sections"] for row in section["rows"]]
        assert labels == [f"({letter})" for letter in "abcdefgh"]
        return
    with pytest.raises(PaperRefusedError) as refused:
        write_paper(later, name, "chargeback", "en", "statutory")
    assert state in " ".join(words["en"] for words in refused.value.reasons)


def test_no_card_number_is_ever_printed(tmp_path: Path) -> None:
    desk, case = lamp(
        tmp_path,
        "2026-07-20",
        "consumer.is_consumer=oui",
        "contract.at_distance=oui",
        "problem.caused_by_consumer=non",
        "goods.new=oui",
        "order.items=lampe payée avec 4111 1111 1111 1111",
    )
    whole = " ".join(text_of(write_paper(desk, case, "demand")))
    assert "4111 1111" not in whole
    assert "•••• 1111" in whole


def test_money_that_came_back_is_not_asked_again(tmp_path: Path) -> None:
    from recours.app.send import money_in

    desk, case = lamp(tmp_path)
    money_in(desk, case, "100.00 CAD", "2026-07-10")
    first = text_of(write_paper(desk, case, "demand", "en"))[0]
    assert "refund $117.30 to me" in first
