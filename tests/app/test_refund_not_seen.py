"""The shop writes that it refunded: no letter asks for money that may be there, nor denies it, before the person has looked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on
from tests.papers.test_letters import sentences

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.money import money_in
from recours.app.open_case import open_case
from recours.app.write_paper import write_paper
from recours.money import Money
from recours.outbox.promises import confirmed
from recours.papers.errors import NotReadyError

RECEIVED = "refund.received_amount"
SAID = "Bonjour,\n\nVotre remboursement de 150,00 $ a été effectué ce matin.\n\nLéa\n"
ANSWERS = ("consumer.is_consumer=oui", "contract.at_distance=oui", "problem.caused_by_consumer=non")
PAPERS = ("demand", "chargeback", "small_claims")


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Desk, str]:
    box = lamp_dispute()
    box.mail(SHOP, ME, "Re: Commande AL-20417 : lampe défectueuse", SAID, day="2026-06-25")
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "mail.mbox")).case.id
    answer(desk, case, list(ANSWERS))
    return desk, case


def told(desk: Desk, case: str, name: str) -> str:
    return " ".join(s["text"] for s in sentences(write_paper(desk, case, name, "fr")))


@pytest.mark.parametrize("name", PAPERS)
def test_no_letter_before_it_is_known_whether_the_money_came(opened: tuple[Desk, str], name: str) -> None:
    desk, case = opened
    assert assess(desk, desk.case(case)).questions[0].fact == RECEIVED
    with pytest.raises(NotReadyError) as refusal:
        write_paper(desk, case, name, "fr")
    assert refusal.value.missing == (RECEIVED,)
    assert "Combien avez-vous déjà reçu" in refusal.value.told("fr")


def test_nothing_came(opened: tuple[Desk, str]) -> None:
    desk, case = opened
    answer(desk, case, [f"{RECEIVED}=0"])
    assert desk.case(case).value(RECEIVED) == Money(Decimal(0), "CAD")
    assert confirmed(desk.case(case)) is None
    assert RECEIVED not in {q.fact for q in assess(desk, desk.case(case)).questions}
    letter = told(desk, case, "demand")
    assert "Le 25 juin 2026, vous avez annoncé que le remboursement était fait" in letter
    assert "je ne l'ai pas reçu" in letter
    assert "217,30" in letter


def test_a_part_came(opened: tuple[Desk, str]) -> None:
    desk, case = opened
    money_in(desk, case, "150.00 CAD", "2026-06-29", channel="merchant")
    answer(desk, case, ["demand.sent_on=2026-07-02"])
    letter = told(desk, case, "demand")
    assert "j'ai reçu 150,00" in letter and "67,30" in letter
    pack = told(desk, case, "chargeback")
    assert "aucun remboursement" not in pack and "sans remboursement" not in pack and "67,30" in pack
    assert "Le 2 juillet 2026, j'ai envoyé une mise en demeure au commerçant." in pack


def test_what_was_kept_before_says_nothing_of_the_refund_announced(opened: tuple[Desk, str]) -> None:
    desk, case = opened
    money_in(desk, case, "10.00 CAD", "2026-06-15", channel="merchant")
    assert desk.case(case).refund_not_seen is not None
    with pytest.raises(NotReadyError):
        write_paper(desk, case, "demand", "fr")


@pytest.mark.parametrize("said", ["0", "0.00", "0,00", "0 CAD"])
def test_nothing_is_nothing_in_any_currency(opened: tuple[Desk, str], said: str) -> None:
    desk, case = opened
    answer(desk, case, [f"{RECEIVED}={said}"])
    assert desk.case(case).value(RECEIVED) == Money(Decimal(0), "CAD")
