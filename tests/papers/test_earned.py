"""What a letter may not say: more than is known, more than may follow, or what the place does not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers.cases import ROOT, desk_on, lamp, own
from tests.papers.test_letters import sentences

from recours.app.answer import answer
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.send import sent
from recours.app.write_paper import write_paper
from recours.words import Language


def _told(desk: Desk, case: str, paper: str, language: Language = "en") -> list[str]:
    return [s["text"] for s in sentences(write_paper(desk, case, paper, language))]


@pytest.mark.parametrize("paper", ["first_complaint", "regulator", "review", "small_claims"])
def test_a_counterfeit_is_asserted_only_once_it_was_found_one(tmp_path: Path, paper: str) -> None:
    """Old bug: a public review said "The goods received are counterfeit" on the buyer's guess."""
    desk, case = lamp(tmp_path)
    answer(desk, case, ["problem.kind=counterfeit", "seller.is_business=yes"])
    told = " ".join(_told(desk, case, paper))
    assert "are counterfeit" not in told.replace("To all appearances, the goods received are counterfeit", "")
    answer(desk, case, ["counterfeit.found_on=2026-07-01"])
    assert "To all appearances" not in " ".join(_told(desk, case, paper))


def test_a_dispute_that_is_not_open_is_not_announced(tmp_path: Path) -> None:
    """Old bug: a letter announced a card dispute that Recours itself refuses to write."""
    desk, case = lamp(tmp_path)
    before = " ".join(_told(desk, case, "demand"))
    assert "dispute the payment" in before
    answer(desk, case, ["problem.kind=counterfeit"])  # the network wants a finding first
    assert "dispute the payment" not in " ".join(_told(desk, case, "demand"))


def test_a_dispute_that_closes_before_the_letters_time_is_not_announced(tmp_path: Path) -> None:
    """Old bug: "if nothing comes within 10 days, I may dispute", on a day when only 8 were left."""
    desk, case = lamp(tmp_path, "2026-09-28")
    told = " ".join(_told(desk, case, "demand"))
    assert "I may, without further notice" in told and "dispute the payment" not in told


def test_a_second_demand_says_that_there_was_a_first(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path, "2026-07-20")
    assert not any("formal demand." in text for text in _told(desk, case, "demand"))
    sent(desk, case, "demand", "2026-07-05", "email")
    told = _told(desk, case, "demand")
    assert sum(text.startswith("On July 5, 2026, I sent you a formal demand") for text in told) == 1


def test_what_happened_is_in_the_order_of_its_days(tmp_path: Path) -> None:
    """Old bugs: photos sent on the 9th came after an answer of the 13th; the offered return came last of all."""
    desk, case = own(tmp_path, "demo", "2026-11-23", "consumer.is_consumer=yes")
    facts = write_paper(desk, case, "demand", "fr").model["sections"][0]["sentences"]
    told = [s["text"] for s in facts]
    photos = next(n for n, text in enumerate(told) if "des photos" in text)
    answered = next(n for n, text in enumerate(told) if "vous avez répondu" in text)
    assert photos < answered
    assert "rendre le bien" not in told[-1]


def test_goods_that_went_back_are_not_at_anybodys_disposal(tmp_path: Path) -> None:
    desk, case = own(
        tmp_path, "boots-returned", "2026-11-23", "consumer.is_consumer=yes", "problem.kind=defective"
    )
    assert "at your disposal" not in " ".join(_told(desk, case, "demand"))


@pytest.mark.parametrize(("country", "cheque"), [("CA", True), ("US", True), ("BE", False), ("GB", False)])
def test_cheques_are_asked_for_where_people_write_them(tmp_path: Path, country: str, cheque: bool) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, [f"consumer.country={country}"])
    assert ("by cheque" in " ".join(_told(desk, case, "demand"))) is cheque


def test_a_service_is_not_delivered(tmp_path: Path) -> None:
    """Old bug: "nothing has been delivered", of an evening course."""
    desk, case = lamp(tmp_path)
    answer(desk, case, ["problem.kind=service_not_provided"])
    told = " ".join(_told(desk, case, "demand"))
    assert "service paid for has not been provided" in told and "deliver" not in told


def test_the_public_body_of_the_buyers_own_place_comes_first(tmp_path: Path) -> None:
    """Old bug: a buyer in Quebec was sent to the body of the merchant's province."""
    desk, case = own(tmp_path, "demo", "2026-11-23", "consumer.is_consumer=yes")
    paper = write_paper(desk, case, "regulator", "en")
    assert paper.model["recipient"] == ("Office de la protection du consommateur",)


def test_a_rule_of_how_far_the_law_reaches_answers_only_who_denies_it(tmp_path: Path) -> None:
    """Old bug: a page on online selling stood among the articles of a letter about a defect."""
    desk, case = lamp(tmp_path)
    answer(desk, case, ["consumer.region=CA-BC", "seller.is_business=yes", "contract.excluded=no"])
    assert not any("selling online" in text for text in _told(desk, case, "demand"))


def test_a_refusal_is_quoted_up_to_the_words_that_refuse(tmp_path: Path) -> None:
    """Old bug: an answer of 160 letters was cut before "I can't offer a refund"."""
    desk = desk_on(tmp_path, "2026-11-23")
    case = open_case(desk, ROOT / "tests" / "unseen" / "chairs-incomplete" / "mailbox.mbox").case.id
    answer(desk, case, ["claim.amount=100.00 CAD"])  # of a part that is missing, the sum is asked first
    refused = next(text for text in _told(desk, case, "demand") if "part-assembled furniture" in text)
    assert "…" not in refused


def test_what_came_after_the_complaint_is_told_after_it(tmp_path: Path) -> None:
    """Old bug: "the goods were delivered on September 25" stood before "on August 24 I told you that they had not come"."""
    desk, case = lamp(tmp_path)
    answer(desk, case, ["problem.kind=late", "delivery.delivered_on=2026-06-15"])
    told = [s["text"] for s in sentences(write_paper(desk, case, "demand", "fr"))]
    delivered = next(n for n, text in enumerate(told) if "livré le 15 juin" in text)
    complained = next(n for n, text in enumerate(told) if "signalé le problème" in text)
    assert complained < delivered
