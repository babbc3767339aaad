"""Letters about the issuer and to the public body: at their time, at their level, with rules that may be cited."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers.cases import desk_on, lamp, own
from tests.papers.test_first_letters import carried
from tests.papers.test_letters import NEVER_CAME, sentences, text_of

from recours.app.answer import answer
from recours.app.assess import packs
from recours.app.desk import Desk
from recours.app.write_paper import write_paper
from recours.papers.errors import DoesNotFitError, NotReadyError

ASKED = ("cancellation.sent_on=2026-10-20", "issuer.request_sent_on=2026-11-10")


def never_came(folder: Path, day: str, *more: str) -> tuple[Desk, str]:
    _, case = own(folder, "never-came", "2026-11-23", *NEVER_CAME, *ASKED, *more)
    return desk_on(folder, day), case


def test_the_issuer_is_put_on_notice_once_its_time_has_passed(tmp_path: Path) -> None:
    desk, case = never_came(tmp_path, "2026-12-20")
    paper = write_paper(desk, case, "issuer_demand", "en")
    told = " ".join(s["text"] for s in sentences(paper))
    assert "On November 10, 2026, I asked you" in told
    assert "the issuer must have acknowledged; that day has passed" in told
    assert "must have made the chargeback" not in told  # 90 days: still to come
    rules = {r for s in sentences(paper) for r in s["rules"]}
    assert rules and not any(packs().by_id[r].cite.mark == "recall" for r in rules)
    assert carried(paper)
    assert "within 10 days" in text_of(paper)[0]


def test_the_issuer_is_told_of_the_cancellation_on_which_all_stands(tmp_path: Path) -> None:
    """S. 54.14: a cancellation, and no refund within 15 days of it."""
    desk, case = never_came(tmp_path, "2027-01-10")
    for name in ("issuer_demand", "bank_complaint", "small_claims", "regulator", "demand"):
        told = [s["text"] for s in sentences(write_paper(desk, case, name, "en"))]
        assert sum("On October 20, 2026, I cancelled the contract" in text for text in told) == 1, name
    told = [s["text"] for s in sentences(write_paper(desk, case, "issuer_demand", "en"))]
    order = [
        "I cancelled the contract",
        "no refund to this day",
        "I formally demand",
        "not done within that time",
    ]
    places = [next(n for n, text in enumerate(told) if words in text) for words in order]
    assert places == sorted(places)


def test_an_issuer_without_a_name_is_addressed_in_plain_words(tmp_path: Path) -> None:
    desk, case = never_came(tmp_path, "2027-01-10")
    paper = write_paper(desk, case, "bank_complaint", "en")
    assert paper.model["recipient"] == ("Complaints office (second level) of the card issuer",)


def test_both_times_of_the_issuer_are_told_once_both_have_passed(tmp_path: Path) -> None:
    desk, case = never_came(tmp_path, "2027-03-01")
    told = " ".join(s["text"] for s in sentences(write_paper(desk, case, "issuer_demand", "en")))
    assert "must have acknowledged" in told and "must have made the chargeback" in told


def test_the_issuer_is_not_put_on_notice_before_its_time(tmp_path: Path) -> None:
    desk, case = never_came(tmp_path, "2026-12-10")
    with pytest.raises(DoesNotFitError) as refused:
        write_paper(desk, case, "issuer_demand")
    assert "until 2026-12-10" in refused.value.why["en"]


def test_without_a_statute_no_notice_to_the_issuer(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "trial-that-charged", "2027-03-01")
    with pytest.raises(NotReadyError) as missing:
        write_paper(desk, case, "issuer_demand")
    assert missing.value.missing == ("issuer.request_sent_on",)


def test_the_bank_first_then_the_external_body(tmp_path: Path) -> None:
    desk, case = never_came(tmp_path, "2027-01-10")
    bank = write_paper(desk, case, "bank_complaint", "en")
    assert bank.model["title"] == "Complaint about the card issuer"
    from recours.app.answer import answer

    answer(desk, case, ["issuer.complained_on=2027-01-05"])
    with pytest.raises(DoesNotFitError) as refused:
        write_paper(desk, case, "bank_complaint")
    assert "until 2027-03-02 to answer the complaint of 2027-01-05" in refused.value.why["en"]
    later = desk_on(tmp_path, "2027-03-10")
    external = write_paper(later, case, "bank_complaint", "en")
    assert external.model["title"] == "Complaint to the external body"
    told = [s["text"] for s in sentences(external)]
    assert "On January 5, 2027, I complained to the issuer." in told
    assert any("has been over since March 2, 2027" in t for t in told)
    assert carried(bank) and carried(external)
    rules = {r for s in sentences(external) for r in s["rules"]}
    assert all(packs().by_id[r].kind != "step" for r in rules)


def test_a_bank_transfer_has_no_card_issuer(tmp_path: Path) -> None:
    desk, case = never_came(tmp_path, "2027-01-10", "payment.method=bank_transfer")
    with pytest.raises(DoesNotFitError):
        write_paper(desk, case, "bank_complaint")


@pytest.mark.parametrize("name", ["demo", "wrong-item", "never-came", "trial-that-charged"])
def test_the_public_body_gets_parties_facts_and_exhibits(tmp_path: Path, name: str) -> None:
    desk, case = own(tmp_path, name, "2026-11-23")
    paper = write_paper(desk, case, "regulator")
    rows = [row["value"] for section in paper.model["sections"] for row in section["rows"]]
    assert desk.case(case).facts["consumer.name"].value in rows[0]
    assert desk.case(case).facts["merchant.name"].value in rows[1]
    assert paper.model["cited"] and carried(paper)


def test_the_second_round_sets_each_answer_beside_a_rule_once(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23", "issuer.asked_on=2026-11-16")
    paper = write_paper(desk, case, "second_round", "en")
    told = [s["text"] for s in sentences(paper)]
    claims = [t for t in told if t.startswith("The merchant says")]
    laws = [t for t in told if t.startswith("The rule:")]
    assert len(claims) >= 3 and len(set(claims)) == len(claims)
    assert laws and len(set(laws)) == len(laws)
    assert any(t.startswith("What the merchant asked for was supplied on August 9, 2026") for t in told)
    assert carried(paper)


def test_no_second_round_before_the_first(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    with pytest.raises(NotReadyError) as refused:
        write_paper(desk, case, "second_round")
    assert refused.value.missing == ("issuer.asked_on",)


@pytest.mark.parametrize("said", ["issuer.asked_on", "issuer.request_sent_on"])
def test_a_request_that_left_can_be_written_again_on_its_own_ground(tmp_path: Path, said: str) -> None:
    """Old bug: once the network's request was sent, the statute's was taken for done and asked for a cancellation."""
    desk, case = lamp(tmp_path)
    answer(desk, case, [f"{said}=2026-07-10"])
    paper = write_paper(desk, case, "chargeback", "en")
    assert paper.model["title"] == "Request to dispute a payment"
