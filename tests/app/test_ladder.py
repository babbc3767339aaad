"""The ladder knows what left before Recours did anything."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on, lamp, own
from tests.papers.test_letters import NEVER_CAME

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.open_case import open_case
from recours.app.send import Reason, sent
from recours.app.write_paper import PaperRefusedError, write_paper
from recours.papers.types import Paper
from recours.plan.ladder import next_step
from recours.plan.types import State


def states(tmp_path: Path, *, demanded: bool, answers: tuple[str, ...] = ()) -> dict[str, str]:
    box = lamp_dispute()
    if demanded:
        box.mail(
            ME,
            SHOP,
            "Mise en demeure, commande AL-20417",
            "Je vous mets en demeure de me rembourser 217,30 $ dans les 10 jours.\n",
            day="2026-07-02",
        )
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "mail.mbox"), name="lamp").case
    answer(desk, "lamp", ["consumer.is_consumer=oui", "problem.caused_by_consumer=non", *answers])
    return {step.id: step.state for step in assess(desk, desk.case(case.id)).steps}


def test_a_formal_demand_in_the_mailbox_is_a_step_behind_us(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert states(tmp_path / "a", demanded=False)["qc.demand"] == "ready"
    assert states(tmp_path / "b", demanded=True)["qc.demand"] == "done"


def test_a_person_who_says_when_it_left_has_it_behind_them(tmp_path: Path) -> None:
    assert states(tmp_path, demanded=False, answers=("demand.sent_on=2026-07-03",))["qc.demand"] == "done"


CANCELLED = (
    *NEVER_CAME,
    "cancellation.sent_on=2026-10-20",
    "cancellation.means=email",
    "payment.network=visa",
)
STATUTE, RAIL = "qc.statutory_chargeback", "visa.13_1"


def issuer_steps(
    tmp_path: Path,
    *left: tuple[str, Reason],
    written: bool = True,
    today: str = "2026-11-23",
    said: tuple[str, ...] = (),
) -> tuple[dict[str, State], set[str]]:
    """Goods that never came, cancelled on 20 October, paid by Visa in Quebec: the issuer can be asked on two grounds.

    left: day and ground of each request; written: by Recours, before it left; said: what the person then answers, today
    -> states, and the times that run.
    """
    desk, case = own(tmp_path, "never-came", "2026-11-23", *CANCELLED)
    for day, reason in left:
        if written:
            write_paper(desk, case, "chargeback", "en", reason)
        sent(desk, case, "chargeback", day, "portal", reason="any" if written else reason)
    desk = desk_on(tmp_path, today)
    if said:
        answer(desk, case, list(said))
    found = assess(desk, desk.case(case))
    states = {step.id: step.state for step in found.steps if step.id in (STATUTE, RAIL)}
    return states, {d.id for d in found.decision.deadlines if d.rule == "qc.lpc.54_16"}


def test_both_grounds_are_open_before_the_issuer_is_asked(tmp_path: Path) -> None:
    assert issuer_steps(tmp_path) == ({STATUTE: "ready", RAIL: "ready"}, set())


def test_the_network_s_dispute_is_not_the_statute_s_request(tmp_path: Path) -> None:
    """Old bug: one paper stands for both, so that the one that left closed the other, and s. 54.16 began to run."""
    states, running = issuer_steps(tmp_path, ("2026-11-20", "network"))
    assert states[STATUTE] != "done" and states[RAIL] == "done" and not running


def test_the_statute_s_request_is_not_the_network_s_dispute(tmp_path: Path) -> None:
    states, running = issuer_steps(tmp_path, ("2026-11-20", "statutory"))
    assert states[STATUTE] == "done" and states[RAIL] != "done"
    assert running == {"issuer_ack", "issuer_done"}


# Section 54.16 gives the issuer 90 days; the network's safe day is 30 December, the statute's the 31st: its
# 75 days end on a Sunday.
@pytest.mark.parametrize(
    ("left", "today", "said", "states"),
    [
        # one payment, one request at a time
        ([("2026-11-20", "statutory")], "2026-11-23", [], {STATUTE: "done", RAIL: "with_issuer"}),
        ([("2026-11-20", "network")], "2026-11-23", [], {STATUTE: "with_issuer", RAIL: "done"}),
        # never past a ground's own last day: two weeks before it is open, whatever lies with the issuer
        ([("2026-11-20", "statutory")], "2026-12-15", [], {STATUTE: "done", RAIL: "with_issuer"}),
        ([("2026-11-20", "statutory")], "2026-12-16", [], {STATUTE: "done", RAIL: "ready"}),
        ([("2026-11-20", "network")], "2026-12-16", [], {STATUTE: "with_issuer", RAIL: "done"}),
        ([("2026-11-20", "network")], "2026-12-17", [], {STATUTE: "ready", RAIL: "done"}),
        ([("2026-11-20", "statutory")], "2027-01-11", [], {STATUTE: "done", RAIL: "too_late"}),
        # the merchant's 45 days to answer the network are over
        ([("2026-10-27", "network")], "2026-12-11", [], {STATUTE: "with_issuer", RAIL: "done"}),
        ([("2026-10-27", "network")], "2026-12-12", [], {STATUTE: "ready", RAIL: "done"}),
        # it refused
        (
            [("2026-11-20", "statutory")],
            "2026-12-01",
            ["issuer.refused_on=2026-11-30"],
            {STATUTE: "done", RAIL: "ready"},
        ),
        (
            [("2026-11-20", "network")],
            "2026-12-01",
            ["issuer.refused_on=2026-11-30"],
            {STATUTE: "ready", RAIL: "done"},
        ),
        # what it refused was an older request
        (
            [("2026-11-20", "network")],
            "2026-12-01",
            ["issuer.refused_on=2026-11-01"],
            {STATUTE: "with_issuer", RAIL: "done"},
        ),
        # both left: nothing is to be sent
        (
            [("2026-10-25", "network"), ("2026-11-20", "statutory")],
            "2026-11-23",
            [],
            {STATUTE: "done", RAIL: "done"},
        ),
    ],
)
def test_the_issuer_is_asked_one_thing_at_a_time(
    tmp_path: Path,
    left: list[tuple[str, Reason]],
    today: str,
    said: list[str],
    states: dict[str, State],
) -> None:
    found, _ = issuer_steps(tmp_path, *left, written=False, today=today, said=tuple(said))
    assert found == states


def test_what_lies_with_the_issuer_is_not_proposed_but_may_be_chosen(tmp_path: Path) -> None:
    issuer_steps(tmp_path, ("2026-11-20", "network"))
    desk = desk_on(tmp_path, "2026-11-23")
    (case,) = desk.store.cases()
    step = next_step(assess(desk, desk.case(case)).steps)
    assert step is not None and "chargeback" not in step.papers
    with pytest.raises(PaperRefusedError, match="one at a time for one payment") as refused:
        write_paper(desk, case, "chargeback")
    assert refused.value.grounds == ("statutory",)
    letter = told(write_paper(desk, case, "chargeback", "en", "statutory"))
    assert (
        "On November 20, 2026, I asked you to take this same payment back. This request is the one that the law"
        " provides; I ask for the money once." in letter
    )


def test_a_request_that_must_not_wait_says_that_another_lies_with_the_issuer(tmp_path: Path) -> None:
    issuer_steps(tmp_path, ("2026-11-20", "statutory"))
    desk = desk_on(tmp_path, "2026-12-16")
    (case,) = desk.store.cases()
    (rail,) = [s for s in assess(desk, desk.case(case)).steps if s.id == RAIL]
    assert rail.ready and str(rail.asked_on) == "2026-11-20"
    letter = told(write_paper(desk, case, "chargeback", "fr", "network"))
    assert (
        "Le 20 novembre 2026, je vous ai adressé, pour le même paiement, la demande que prévoit la loi."
        in letter
    )
    assert "je ne demande la somme qu'une fois" in letter
    again = told(write_paper(desk, case, "chargeback", "fr", "statutory"))
    assert "la demande que prévoit la loi" not in again  # it is that request itself, set once more


def told(paper: Paper) -> str:
    return " ".join(s["text"] for section in paper.model["sections"] for s in section["sentences"])


def test_the_statute_s_times_run_from_its_own_day(tmp_path: Path) -> None:
    states, running = issuer_steps(tmp_path, ("2026-10-25", "network"), ("2026-11-20", "statutory"))
    assert states == {STATUTE: "done", RAIL: "done"}
    assert running == {"issuer_ack", "issuer_done"}


def test_who_wrote_it_elsewhere_says_on_which_ground(tmp_path: Path) -> None:
    states, _ = issuer_steps(tmp_path, ("2026-11-20", "network"), written=False)
    assert states == {STATUTE: "with_issuer", RAIL: "done"}


def test_a_request_of_which_nobody_says_the_ground_is_not_the_statute_s(tmp_path: Path) -> None:
    """S. 54.15: the statute's request says eight things; who only "asked the bank" may have said none of them."""
    states, running = issuer_steps(tmp_path, ("2026-11-20", "any"), written=False)
    assert states == {STATUTE: "with_issuer", RAIL: "done"} and not running


def test_the_network_s_dispute_gives_the_bank_complaint_its_day(tmp_path: Path) -> None:
    issuer_steps(tmp_path, ("2026-11-20", "network"))
    desk = desk_on(tmp_path, "2026-11-23")
    (case,) = desk.store.cases()
    paper = write_paper(desk, case, "bank_complaint", "en")
    assert "On November 20, 2026, I asked the issuer" in told(paper)


def test_a_fact_that_is_disputed_is_needed_first(tmp_path: Path) -> None:
    """Old bug: two days of order were read, the plan said "can be done today", and the letter could not be written."""
    desk, case = lamp(tmp_path)
    opened = desk.case(case)
    bought = msgspec.structs.replace(opened.facts["order.date"], status="disputed")
    unsure = msgspec.structs.replace(opened, facts={**opened.facts, "order.date": bought})
    waits = [s for s in assess(desk, unsure).steps if "order.date" in s.missing]
    assert waits and not any(s.ready for s in waits)
