"""After sending: the day, the proofs, what changed; each on a case that the real rooms opened."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.papers.cases import lamp

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.brief import briefs, case_of, shelf_file
from recours.app.changes import NoSuchLengthError, changes
from recours.app.desk import Desk
from recours.app.money import (
    left_over,
    money_in,
)
from recours.app.send import BadProofError, BadReferenceError, sent, unproved
from recours.app.today import today
from recours.casefile.events import Recorded
from recours.cli import main
from recours.clock import Clock
from recours.intake.errors import MissingSourceError

CAD = "CAD"


def run(folder: Path, *arguments: str, day: str = "2026-07-20", language: str = "en") -> Result:
    store = str(folder / "cases.recours")
    return CliRunner().invoke(main, ["--store", store, "--today", day, "--screen", language, *arguments])


# ---------------------------------------------------------------- today


def test_the_brief_gives_the_same_law_and_plan_as_the_whole_case(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    sent(desk, case, "demand", "2026-07-10", "registered_mail")
    whole = assess(desk, desk.case(case))
    short = assess(desk, case_of(case, briefs(desk, {})[case]))
    assert short.decision == whole.decision
    assert short.steps == whole.steps


def test_today_is_the_same_from_the_shelf_and_without_it(tmp_path: Path) -> None:
    desk, _ = lamp(tmp_path)
    first = today(desk)
    assert shelf_file(desk.store.path).exists()
    assert today(desk) == first
    shelf_file(desk.store.path).write_bytes(b"no shelf at all")
    assert today(desk) == first


def test_a_case_that_did_not_change_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, case = lamp(tmp_path)
    first = today(desk)
    read: list[str] = []
    history = desk.history

    def noted(name: str) -> tuple[Recorded, ...]:
        read.append(name)
        return history(name)

    monkeypatch.setattr(desk, "history", noted)
    assert today(desk) == first and read == []
    answer(desk, case, ["goods.available=yes"])
    read.clear()
    today(desk)
    assert read == [case]


def test_what_is_entered_shows_at_once_on_the_screen(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    missing = today(desk).missing
    assert missing and missing[0] == left_over(desk.case(case))
    money_in(desk, case, f"{missing[0].amount} CAD", "2026-07-19")
    assert today(desk).lines == () and today(desk).missing == ()


def test_the_next_day_is_looked_at_anew(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["refund.promised_on=2026-07-25"])
    kinds = {x.kind for x in today(desk).lines}
    later = Desk(desk.store, Clock(date(2026, 7, 26)))
    assert "promise" in kinds and "broken" in {x.kind for x in today(later).lines}


def test_today_on_the_command_line(tmp_path: Path) -> None:
    lamp(tmp_path)
    found = json.loads(run(tmp_path, "today", "--json").stdout)
    assert found["cases"] == 1 and found["day"] == "2026-07-20"
    assert "Aujourd'hui, 20 juillet 2026" in run(tmp_path, "today", language="fr").stdout


def test_no_case_at_all(tmp_path: Path) -> None:
    result = run(tmp_path, "today")
    assert result.exit_code == 0 and "Nothing is due" in result.stdout


# ---------------------------------------------------------------- sent


def test_a_reference_is_kept_and_told(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    sent(desk, case, "demand", "2026-07-10", "registered_mail", ref=" rn 123 456 789 ca ")
    kept = desk.case(case).dispatches[0]
    assert kept.ref == "RN 123 456 789 CA" and unproved(kept) == "reference"
    email = sent(desk, case, "demand", "2026-07-11", "email", ref="<abc@maison.example>")
    assert email.ref == "abc@maison.example"


def test_proof_of_leaving_is_not_proof_of_arriving(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    proof = tmp_path / "receipt.txt"
    proof.write_text("RN123456789CA")
    assert unproved(sent(desk, case, "demand", "2026-07-10", "email", proof)) == "received"
    registered = sent(desk, case, "demand", "2026-07-10", "registered_mail", proof, "RN123456789CA")
    assert unproved(registered) == ""


NO_PROOF = {
    "empty.pdf": (b"", "it is empty"),
    "blank.txt": (b" \n\n ", "it is empty"),
    "receipt.exe": (b"MZ\x90\x00" + bytes(200), "a program"),
    "receipt": (b"\x7fELF" + bytes(200), "a program"),
    "receipt.zip": (b"PK\x03\x04" + bytes(200), "a zip archive"),
    "receipt.dat": (bytes(range(256)), "of an unknown kind"),
}


@pytest.mark.parametrize("name", NO_PROOF)
def test_what_nobody_can_look_at_proves_nothing(tmp_path: Path, name: str) -> None:
    desk, case = lamp(tmp_path)
    content, says = NO_PROOF[name]
    (tmp_path / name).write_bytes(content)
    length = len(desk.history(case))
    with pytest.raises(BadProofError, match=says):
        sent(desk, case, "demand", "2026-07-10", "email", tmp_path / name)
    assert len(desk.history(case)) == length


@pytest.mark.parametrize("what", ["folder", "missing"])
def test_a_proof_that_is_no_file(tmp_path: Path, what: str) -> None:
    desk, case = lamp(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(MissingSourceError):
        sent(desk, case, "demand", "2026-07-10", "email", tmp_path / what)
    assert desk.case(case).dispatches == ()


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"%PDF-1.7 cut"), ("a.jpg", b"\xff\xd8\xff cut")])
def test_a_damaged_proof_is_kept_and_proves_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    desk, case = lamp(tmp_path)
    (tmp_path / name).write_bytes(content)
    told = run(
        tmp_path,
        "sent",
        case,
        "demand",
        "--on",
        "2026-07-10",
        "--by",
        "hand",
        "--proof",
        str(tmp_path / name),
    )
    assert "cannot be opened" in told.stdout and "No proof of sending" in told.stdout
    (kept,) = desk.case(case).dispatches
    assert unproved(kept) == "nothing"
    assert desk.store.blob(hashlib.sha256(content).hexdigest()) == content


@pytest.mark.parametrize(
    "words",
    [
        ("sent", "demand", "--on", "2026-07-21", "--by", "hand"),
        ("sent", "demand", "--on", "2027-07-10", "--by", "hand"),
        ("money", "1.00 CAD", "--on", "2026-07-21"),
        ("money", "1.00 CAD", "--on", "9999-12-31", "--provisional"),
        ("answer", "delivery.delivered_on=2026-07-21"),
        ("answer", "order.date=2027-06-01"),
    ],
)
@pytest.mark.parametrize(("language", "says"), [("en", "lies in the future"), ("fr", "est dans le futur")])
def test_what_is_to_come_did_not_happen(
    tmp_path: Path, words: tuple[str, ...], language: str, says: str
) -> None:
    desk, case = lamp(tmp_path)
    length = len(desk.history(case))
    told = run(tmp_path, words[0], case, *words[1:], language=language)
    assert told.exit_code == 1 and says in told.stderr
    assert len(desk.history(case)) == length


@pytest.mark.parametrize(("by", "ref"), [("registered_mail", "yes"), ("email", "my mail of Monday")])
def test_a_reference_of_another_form_is_refused(tmp_path: Path, by: str, ref: str) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(BadReferenceError):
        sent(desk, case, "demand", "2026-07-10", by, ref=ref)
    assert desk.case(case).dispatches == ()


def test_what_is_promised_may_be_to_come(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["delivery.promised_on=2026-08-01"])
    assert desk.case(case).value("delivery.promised_on") == date(2026, 8, 1)


def test_of_two_answers_on_one_day_the_later_counts_and_both_are_kept(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["order.date=2026-06-02"])
    answer(desk, case, ["order.date=2026-06-03"], "the receipt says so")
    fact = desk.case(case).facts["order.date"]
    assert fact.value == date(2026, 6, 3)
    assert date(2026, 6, 2) in [c.value for c in fact.others]
    told = [(x.before, x.after) for x in changes(desk, case).facts if x.name == "order.date"]
    assert told == [(date(2026, 6, 2), date(2026, 6, 3))]


# ---------------------------------------------------------------- changes


def test_a_corrected_date_tells_which_dates_moved_and_why(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    before = {d.id: d.last for d in assess(desk, desk.case(case)).decision.deadlines}
    answer(desk, case, ["delivery.delivered_on=2026-06-20"], "the tracking page says so")
    found = changes(desk, case)
    assert [c.name for c in found.causes] == ["delivery.delivered_on"]
    assert found.causes[0].reason == "the tracking page says so"
    assert [f.after for f in found.facts if f.name == "delivery.delivered_on"] == [date(2026, 6, 20)]
    after = {d.id: d.last for d in assess(desk, desk.case(case)).decision.deadlines}
    moved = {n for n in {*before, *after} if before.get(n) != after.get(n)}
    assert {d.id for d in found.dates} == moved and moved


def test_sending_a_paper_is_told_as_a_step_done(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    sent(desk, case, "demand", "2026-07-10", "registered_mail")
    steps = [s for s in changes(desk, case).steps if s.after == "done"]
    assert [s.before for s in steps] == ["ready"]
    told = run(tmp_path, "changes", case).stdout
    assert "sent demand" in told and "done" in told


def test_an_entry_that_changes_nothing_says_so(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    length = len(desk.history(case))
    found = changes(desk, case, length, length)
    assert (found.causes, found.facts, found.dates, found.steps) == ((), (), (), ())


def test_a_length_that_never_was(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(NoSuchLengthError):
        changes(desk, case, 99)
    assert run(tmp_path, "changes", case, "--since", "0").exit_code == 1
