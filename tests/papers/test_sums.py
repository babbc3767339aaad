"""Which sum a letter asks for: what was paid, unless the person says another, or another is the only right one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.papers.cases import lamp
from tests.papers.test_letters import sentences

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.money import left_over, money_in
from recours.app.write_paper import write_paper
from recours.money import Money
from recours.papers.errors import NotReadyError


def test_the_sum_that_the_person_names_is_asked_for(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["claim.amount=80.00 CAD"])
    told = " ".join(s["text"] for s in sentences(write_paper(desk, case, "demand", "en")))
    assert "refund $80.00 to me" in told and "refund $217.30" not in told
    money_in(desk, case, "30.00 CAD", "2026-07-19")
    assert left_over(desk.case(case)) == Money(Decimal("50.00"), "CAD")
    told = " ".join(s["text"] for s in sentences(write_paper(desk, case, "demand", "en")))
    assert "refund $50.00 to me" in told


@pytest.mark.parametrize("problem", ["overcharged", "incomplete"])
@pytest.mark.parametrize("paper", ["demand", "first_complaint", "small_claims", "regulator"])
def test_where_only_a_part_is_lost_the_price_is_not_asked_back(
    tmp_path: Path, paper: str, problem: str
) -> None:
    """Old bug: for 80 $ charged too much, or a shade that was not in the parcel, the demand asked for the whole price."""
    desk, case = lamp(tmp_path)
    answer(desk, case, [f"problem.kind={problem}"])
    assert assess(desk, desk.case(case)).questions[0].fact == "claim.amount"
    with pytest.raises(NotReadyError) as refused:
        write_paper(desk, case, paper, "fr")
    assert refused.value.missing == ("claim.amount",)
    answer(desk, case, ["claim.amount=80.00 CAD"])
    told = " ".join(s["text"] for s in sentences(write_paper(desk, case, paper, "fr")))
    assert "80,00\u00a0$" in told
