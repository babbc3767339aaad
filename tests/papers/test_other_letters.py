"""Letters to the manufacturer and to the platform; what the sending of a paper dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.papers.cases import lamp, own
from tests.papers.test_first_letters import carried
from tests.papers.test_letters import sentences, text_of

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.send import sent
from recours.app.write_paper import write_as, write_paper
from recours.law.facts import facts_of
from recours.papers.errors import DoesNotFitError, NotReadyError

MAKER = ("manufacturer.name=Orion Luminaires", "manufacturer.address=9 rue du Port, Rimouski QC G5L 0A0")


def test_the_manufacturer_answers_for_a_latent_defect_in_quebec(tmp_path: Path) -> None:
    """S. 53: directly against the merchant or the manufacturer."""
    desk, case = lamp(tmp_path)
    with pytest.raises(NotReadyError) as missing:
        write_paper(desk, case, "manufacturer_demand", "en")
    assert missing.value.missing == ("manufacturer.name",)
    answer(desk, case, [MAKER[0]])
    with pytest.raises(NotReadyError) as missing:
        write_paper(desk, case, "manufacturer_demand", "en")
    assert missing.value.missing == ("manufacturer.address",)
    answer(desk, case, [MAKER[1]])
    paper = write_paper(desk, case, "manufacturer_demand", "en")
    pages = text_of(paper)
    assert "Orion Luminaires 9 rue du Port" in pages[0] and "s. 53" in pages[0] and "$217.30" in pages[0]
    assert "I do not ask for the same sum twice" in pages[0]
    rules = {r for s in sentences(paper) for r in s["rules"]}
    bound = {
        r.rule for r in assess(desk, desk.case(case)).decision.rights if "manufacturer" in r.also_against
    }
    assert rules <= bound | {s.rule for s in assess(desk, desk.case(case)).decision.steps}
    assert "qc.lpc.53" in rules and carried(paper)


def test_where_no_rule_binds_the_manufacturer_no_letter_says_so(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, [*MAKER, "consumer.region=CA-ON"])
    with pytest.raises(DoesNotFitError) as refused:
        write_paper(desk, case, "manufacturer_demand")
    assert "manufacturer" in refused.value.why["en"]


def test_a_platform_claim_fits_its_box_and_tells_what_it_left_out(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(DoesNotFitError):
        write_paper(desk, case, "platform_claim")  # paid by card: no platform takes it
    answer(desk, case, ["payment.method=paypal"])
    whole = write_as(desk, case, "platform_claim", "txt", "en").data.decode()
    assert "I ask for a refund of $217.30" in whole and "before I have the money" in whole
    small = write_as(desk, case, "platform_claim", "txt", "en", limit=1000)
    assert len(small.data.decode()) <= 1000 and small.left_out
    assert all(sentence in whole for sentence in small.left_out)
    assert carried(write_paper(desk, case, "platform_claim", "en"))


@pytest.mark.parametrize(
    ("paper", "fact"),
    [
        ("bank_complaint", "issuer.complained_on"),
        ("platform_claim", "paypal.dispute_opened_on"),
        ("demand", "demand.sent_on"),
    ],
)
def test_the_clock_that_a_sent_paper_starts(tmp_path: Path, paper: str, fact: str) -> None:
    desk, case = lamp(tmp_path)
    sent(desk, case, paper, "2026-07-18", "portal")
    assert facts_of(desk.case(case))[fact] == date(2026, 7, 18)


def test_a_complaint_to_the_merchant_is_none_to_the_issuer(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    sent(desk, case, "complaint", "2026-07-18", "email")
    file = desk.case(case)
    assert [d.paper for d in file.dispatches] == ["first_complaint"]
    assert "issuer.complained_on" not in facts_of(file)


def test_the_timeline_on_one_page_keeps_what_tells_most(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    whole, short = (write_paper(desk, case, name, "en") for name in ("timeline", "one_page"))
    assert whole.pages > 1 and short.pages == 1
    told = [line["what"] for line in short.model["lines"]]
    assert 10 < len(told) < len(whole.model["lines"])
    assert any("refused" in what for what in told) and any("said what is wrong" in what for what in told)
    labels = [line["label"] for line in whole.model["lines"]]
    kept = [line["label"] for line in short.model["lines"]]
    assert kept == sorted(kept, key=labels.index)
