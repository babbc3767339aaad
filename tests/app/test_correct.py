"""Corrections stick: they win over the reading, over a second import, and take along what stood on the wrong words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.papers.cases import lamp

from recours.app.assess import assess
from recours.app.correct import NoSuchActError, NoSuchMessageError, WordsNotThereError, correct
from recours.app.days import FutureDayError
from recours.app.open_case import open_case
from recours.app.replies import replies
from recours.app.verify_case import verify
from recours.casefile.types import CaseFile, Entry


def saying(case: CaseFile, words: str) -> Entry:
    return next(e for e in case.entries if words in e.message.text)


def test_a_dropped_act_takes_its_facts_along_and_comes_back_by_no_reading(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    refusal = saying(desk.case(case), "Nous ne pouvons pas vous rembourser")
    assert desk.case(case).value("refusal.first_on")
    correct(desk, case, refusal.message.id, drop=["refuse"], reason="only a first answer")
    after = desk.case(case)
    assert "refuse" not in {a.act for a in saying(after, "Nous ne pouvons pas").acts}
    assert after.value("refusal.first_on") is None
    open_case(desk, tmp_path / "mail.mbox")
    assert desk.case(case).value("refusal.first_on") is None


def test_a_message_taken_out_leaves_the_dispute_and_may_come_back(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    before = len(desk.case(case).dispute)
    correct(desk, case, "P-4", in_dispute=False, reason="another order")
    assert len(desk.case(case).dispute) == before - 1
    gone = next(e for e in desk.case(case).entries if e.membership.why.startswith("you said so"))
    correct(desk, case, gone.message.id, in_dispute=True)
    assert len(desk.case(case).dispute) == before


def test_an_act_that_was_missed_stands_on_the_messages_words(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    entry = saying(desk.case(case), "Voici les photos demandées")
    correct(desk, case, entry.message.id, add=[("ask_status", "consumer", "Voici les photos demandées")])
    assert "ask_status" in {a.act for a in saying(desk.case(case), "Voici les photos").acts}
    assert not verify(desk, case).problems


@pytest.mark.parametrize(
    ("message", "arguments", "error"),
    [
        ("P-99", {"in_dispute": False}, NoSuchMessageError),
        ("P-3", {"drop": ["refuse"]}, NoSuchActError),
        ("P-3", {"add": [("shout", "merchant", "lampe")]}, NoSuchActError),
        ("P-3", {"add": [("refuse", "merchant", "words of nobody")]}, WordsNotThereError),
    ],
)
def test_what_cannot_be_corrected_says_why(
    tmp_path: Path, message: str, arguments: dict[str, object], error: type[Exception]
) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(error):
        correct(desk, case, message, **arguments)  # type: ignore[arg-type]


def test_what_the_merchant_said_is_laid_beside_the_law(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    assessment = assess(desk, desk.case(case))
    found = {r.act: r for r in replies(assessment.case, assessment.decision)}
    denial = found["deny_responsibility"]
    assert "responsables" in denial.quote.text
    assert denial.rights[0].citable and any(r.rule == "qc.lpc.37" for r in denial.rights)


def test_another_day_moves_what_follows_from_it(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    refusal = saying(desk.case(case), "Nous ne pouvons pas vous rembourser")
    assert refusal.message.date
    day = refusal.message.date.date()
    correct(desk, case, refusal.message.id, on=str(day + timedelta(days=1)), reason="the clock was wrong")
    after = desk.case(case)
    assert after.value("refusal.first_on") == day + timedelta(days=1)
    moments = [e.message.date for e in after.entries if e.message.date]
    assert moments == sorted(moments)
    with pytest.raises(FutureDayError):
        correct(desk, case, refusal.message.id, on="2030-01-01")


def test_another_speaker_takes_the_acts_along(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    refusal = saying(desk.case(case), "Nous ne pouvons pas vous rembourser")
    correct(desk, case, refusal.message.id, speaker="consumer")
    after = desk.case(case)
    assert {a.by for a in saying(after, "Nous ne pouvons pas").acts} == {"consumer"}
    assert after.value("refusal.first_on") is None
    correct(desk, case, refusal.message.id, speaker="merchant")
    assert desk.case(case).value("refusal.first_on")


def test_an_act_that_was_missed_gives_its_facts(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    entry = saying(desk.case(case), "Voici les photos demandées")
    assert desk.case(case).value("cancellation.sent_on") is None
    correct(desk, case, entry.message.id, add=[("cancel_contract", "consumer", "Voici les photos demandées")])
    assert entry.message.date
    assert desk.case(case).value("cancellation.sent_on") == entry.message.date.date()
