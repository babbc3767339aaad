"""The ladder knows what left before Recours did anything."""

from __future__ import annotations

from pathlib import Path

from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.open_case import open_case


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
