"""Acceptance, return slip, mandate, small claims, runaround, review: right, sourced, refused when they do not fit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.papers.cases import OWN, own
from tests.papers.test_first_letters import carried
from tests.papers.test_letters import sentences, text_of

from recours.app.send import money_in
from recours.app.write_paper import write_paper
from recours.papers.errors import DoesNotFitError, NotReadyError
from recours.papers.types import Paper


def rows(paper: Paper) -> dict[str, str]:
    return {row["label"]: row["value"] for section in paper.model["sections"] for row in section["rows"]}


def test_an_offer_is_accepted_on_conditions_that_keep_the_claim(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "wrong-item", "2026-11-23", "demand.sent_on=2026-11-10")
    paper = write_paper(desk, case, "accept_offer")
    told = [s["text"] for s in sentences(paper)]
    assert "“The offer of a $60 gift card remains available until November 30”" in told[0]
    assert any("take up my whole claim of $846.37 again" in t for t in told)
    assert any("withdrawn only once the offer is carried out" in t for t in told)
    assert carried(paper)


def test_an_offer_is_quoted_whole(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "never-came", "2026-11-23")
    told = sentences(write_paper(desk, case, "accept_offer", "fr"))[0]["text"]
    assert "le Merle 20 pouces, en bleu" in told and "…" not in told


@pytest.mark.parametrize(
    ("name", "why"), [("demo", "refused on 2026-11-12"), ("boots-returned", "after its offer of 2026-10-23")]
)
def test_an_offer_that_was_taken_back_is_not_accepted(tmp_path: Path, name: str, why: str) -> None:
    desk, case = own(tmp_path, name, "2026-11-23")
    with pytest.raises(DoesNotFitError) as refused:
        write_paper(desk, case, "accept_offer")
    assert why in refused.value.why["en"]


def test_a_return_slip_is_one_page_with_lines_for_the_hand(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "wrong-item", "2026-11-23")
    paper = write_paper(desk, case, "return_slip")
    assert paper.pages == 1
    assert rows(paper)["Order number"] == "PC5582"
    assert list(rows(paper).values()).count("") == 3
    assert "____" in text_of(paper)[0]
    assert carried(paper)


@pytest.mark.parametrize(
    ("name", "why"), [("never-came", "not received"), ("boots-returned", "sent back, on 2026-09-14")]
)
def test_nothing_to_return_no_slip(tmp_path: Path, name: str, why: str) -> None:
    desk, case = own(
        tmp_path, name, "2026-11-23", "problem.kind=defective" if "boots" in name else "order.number=1"
    )
    with pytest.raises(DoesNotFitError) as refused:
        write_paper(desk, case, "return_slip")
    assert why in refused.value.why["en"]


def test_the_owner_of_the_goods_signs_the_mandate(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    paper = write_paper(desk, case, "mandate", "fr")
    assert paper.model["signature"] == "Réjean Arcand"
    assert list(paper.model["sender"]) == ["Réjean Arcand"]
    assert "Solène Arcand peut se plaindre" in text_of(paper)[0]
    assert carried(paper)


def test_without_an_owner_other_than_the_payer_no_mandate(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "wrong-item", "2026-11-23")
    with pytest.raises(NotReadyError) as refused:
        write_paper(desk, case, "mandate")
    assert refused.value.missing == ("beneficiary.name",)


def test_interest_is_counted_only_by_a_rule_and_from_a_known_day(tmp_path: Path) -> None:
    """5 % a year on 399.54 for 45 days: 399.54 * 0.05 * 45 / 365 = 2.4629..."""
    assert (Decimal("399.54") * 5 / 100 * 45 / 365).quantize(Decimal("0.01")) == Decimal("2.46")
    desk, case = own(
        tmp_path, "demo", "2026-12-20", "demand.sent_on=2026-11-01", "demand.received_on=2026-11-05"
    )
    paper = write_paper(desk, case, "small_claims", "en")
    amounts = rows(paper)
    assert amounts["Interest to December 20, 2026"].startswith("$2.46 (5% a year on $399.54 since November 5")
    assert amounts["Total on December 20, 2026"] == "$402.00"
    cited = {r for s in sentences(paper) for r in s["rules"]}
    assert "qc.ccq.1617" in cited
    assert carried(paper)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("demo", ("demand.sent_on=2026-11-01",)),  # nobody knows when it was received
        ("wrong-item", ("demand.sent_on=2026-11-01", "demand.received_on=2026-11-05")),  # no rule gives it
    ],
)
def test_no_interest_without_both(tmp_path: Path, name: str, answers: tuple[str, ...]) -> None:
    desk, case = own(tmp_path, name, "2026-12-20", *answers)
    paper = write_paper(desk, case, "small_claims", "en")
    assert not any("Interest" in label for label in rows(paper))


def test_small_claims_takes_off_what_came_back(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-12-20")
    money_in(desk, case, "100.00 CAD", "2026-11-20")
    amounts = rows(write_paper(desk, case, "small_claims", "en"))
    assert (amounts["Paid"], amounts["Already refunded"], amounts["Claimed"]) == (
        "$399.54",
        "$100.00",
        "$299.54",
    )


def test_the_runaround_has_every_day_and_exhibit(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    paper = write_paper(desk, case, "runaround", "en")
    photos, documents = paper.model["lines"]
    assert photos["asked"] == "" and photos["supplied"] == "August 9, 2026 (P-6)"
    assert len(photos["again"]) == 4
    assert documents["asked"] == "August 21, 2026 (P-14)"
    assert "Requests made after they were supplied: 5." in text_of(paper)[0]


def test_contradictions_are_quoted_on_both_sides(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "boots-returned", "2026-11-23")
    paper = write_paper(desk, case, "runaround", "fr")
    pair = paper.model["said"][0]
    assert "nous vous rembourserons dès la réception" in pair["first"]
    assert "il n'y aura pas de remboursement" in pair["then"]
    assert "2 novembre 2026 (P-11)" in pair["then"]


def test_no_runaround_no_table(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "never-came", "2026-11-23")
    with pytest.raises(DoesNotFitError):
        write_paper(desk, case, "runaround")


@pytest.mark.parametrize("name", sorted(OWN))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_review_names_the_shop_and_nobody_else(tmp_path: Path, name: str, language: str) -> None:
    desk, case = own(tmp_path, name, "2026-11-23")
    paper = write_paper(desk, case, "review", language)  # type: ignore[arg-type]
    file, text = desk.case(case), " ".join(text_of(paper))
    assert str(file.value("merchant.name")) in text
    for fact in ("consumer.name", "beneficiary.name", "consumer.email", "order.number", "consumer.address"):
        value = file.value(fact)
        assert not value or str(value) not in text
        if value and fact.endswith("name"):
            assert not any(part in text for part in str(value).split() if len(part) > 2)
    assert paper.model["author"] == "" and not paper.model["cited"]
