"""Complaint, reminder, answer to a repeated request: what they say, and when they refuse."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.papers.cases import lamp, own
from tests.papers.test_letters import sentences, text_of

from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.send import money_in
from recours.app.write_paper import write_paper
from recours.papers.errors import DoesNotFitError, NotReadyError
from recours.papers.exhibits_list import list_exhibits
from recours.papers.types import Paper
from recours.papers.write import write
from recours.papers.writer import Brief
from recours.words import Language


def carried(paper: Paper) -> bool:
    return all([*s["facts"], *s["exhibits"], *s["rules"]] for s in sentences(paper))


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ("Plainte", "défectueux", "217,30", "10 jours")), ("en", ("Complaint", "defective", "217.30"))],
)
def test_a_complaint_says_what_is_wrong_and_what_is_asked(
    tmp_path: Path, language: Language, words: tuple[str, ...]
) -> None:
    desk, case = lamp(tmp_path)
    paper = write_paper(desk, case, "complaint", language)
    assert paper.name == "first_complaint"
    first = text_of(paper)[0].lower()
    assert all(word.lower() in first for word in words)
    assert carried(paper)


def brief(desk: Desk, case: str, messages: int, without: str = "") -> Brief:
    """The brief of a case cut after its first messages, without one fact."""
    file = desk.case(case)
    facts = {name: fact for name, fact in file.facts.items() if name != without}
    file = msgspec.structs.replace(file, entries=file.entries[:messages], facts=facts)
    return Brief(
        case=file,
        decision=assess(desk, file).decision,
        step=None,
        cite=None,
        exhibits=list_exhibits(file),
        language="en",
        today=desk.today,
    )


@pytest.mark.parametrize("fact", ["merchant.name", "order.total", "problem.kind"])
def test_a_complaint_without_its_facts_names_them(tmp_path: Path, fact: str) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(NotReadyError) as refused:
        write("first_complaint", brief(desk, case, 99, without=fact))
    assert refused.value.missing == (fact,)


def test_nothing_is_asked_once_all_came_back(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    money_in(desk, case, "217.30 CAD", "2026-07-10")
    with pytest.raises(DoesNotFitError) as refused:
        write_paper(desk, case, "first_complaint")
    assert "217.30 CAD received of 217.30 CAD" in refused.value.why["en"]


def test_a_reminder_counts_the_days_of_silence(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    file = desk.case(case)
    complaint = next(n for n, e in enumerate(file.entries, 1) if any(a.act == "complain" for a in e.acts))
    paper = write("reminder", brief(desk, case, complaint))
    whole = " ".join(text_of(paper))
    assert "On June 9, 2026, I told you" in whole and "41 days ago" in whole
    assert carried(paper)


def test_a_reminder_is_refused_once_the_merchant_answered(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    with pytest.raises(DoesNotFitError) as refused:
        write_paper(desk, case, "reminder")
    assert "the merchant answered on 2026-08" in refused.value.why["en"]
    assert "répondu" in refused.value.why["fr"]


def test_a_repeated_request_is_answered_with_days_and_exhibits(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    paper = write_paper(desk, case, "repeat_answer", "en")
    told = [s["text"] for s in sentences(paper)][:2]
    assert told[0].startswith("I supplied photos on August 9, 2026, before you asked.")
    assert "on September 15, 2026, on September 21, 2026 and on October 20, 2026" in told[0]
    assert told[1].startswith("You asked for documents on August 21, 2026. I supplied documents on August 22")
    assert "(P-6, P-36)" in told[0]
    assert carried(paper)


def test_what_was_asked_once_is_no_repeated_request(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "never-came", "2026-11-23")
    with pytest.raises(DoesNotFitError):
        write_paper(desk, case, "repeat_answer")
