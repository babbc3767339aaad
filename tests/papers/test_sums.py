"""Which sum a letter asks for: what was paid, unless the person says another, or another is the only right one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on, lamp
from tests.papers.test_letters import sentences

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.correct import correct
from recours.app.desk import Desk
from recours.app.money import left_over, money_in
from recours.app.open_case import open_case
from recours.app.write_paper import write_paper
from recours.casefile.vocabulary import BadValueError
from recours.money import Money
from recours.papers.errors import DoesNotFitError, NotReadyError


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


def asked_less(folder: Path) -> tuple[Desk, str]:
    """The lamp's buyer asks for 80 $ of 217.30 $ in every message, for only the base is broken."""
    box = lamp_dispute()
    box.mails = [m.replace(b"217,30 $. Je peux", b"80,00 $, l'abat-jour est bon. Je peux") for m in box.mails]
    box.mail(
        ME,
        SHOP,
        "Re: Commande AL-20417 : lampe défectueuse",
        "Bonjour,\n\nJe vous mets en demeure de me rembourser 80,00 $ dans les dix jours.\n\nJo Tremblay\n",
        day="2026-06-25",
    )
    desk = desk_on(folder, "2026-07-20")
    case = open_case(desk, box.write(folder / "mail.mbox")).case.id
    answer(desk, case, ["consumer.is_consumer=oui", "contract.at_distance=oui"])
    return desk, case


def test_another_sum_than_the_price_was_demanded_by_the_person_themselves(tmp_path: Path) -> None:
    """Old bug: the demand asked EUR 486.00, the price, where the shopper's own last letter had asked EUR 347.00; of a deposit
    of 1,850 $ it would have asked for the whole 5,978.70 $."""
    desk, case = asked_less(tmp_path)
    asked = assess(desk, desk.case(case)).questions[0]
    assert asked.fact == "claim.amount"
    assert "80,00\u00a0$" in asked.why["fr"] and "217,30\u00a0$" in asked.why["fr"]
    assert "$80.00" in asked.why["en"]
    assert left_over(desk.case(case)) is None
    with pytest.raises(NotReadyError):
        write_paper(desk, case, "demand", "fr")
    answer(desk, case, ["claim.amount=80,00 $"])
    told = " ".join(s["text"] for s in sentences(write_paper(desk, case, "demand", "fr")))
    assert "80,00\u00a0$" in told


def test_the_merchant_says_that_it_refunded_a_part_and_nobody_demanded_the_price(tmp_path: Path) -> None:
    """Old bug: two cups of six had come broken and the shop wrote that it gave 14.50 back; with "nothing came" the demand asked
    for all six, 182.50."""
    box = lamp_dispute()
    del box.mails[2:]  # the order and the delivery
    about = "Commande AL-20417 : abat-jour cassé"
    box.mail(
        ME,
        SHOP,
        about,
        "Bonjour,\n\nL'abat-jour est arrivé cassé, le reste va bien.\n\nJo\n",
        day="2026-06-09",
    )
    box.mail(
        SHOP,
        ME,
        f"Re: {about}",
        "Bonjour,\n\nVotre remboursement de 40,00 $ pour l'abat-jour a été effectué ce matin.\n\nLéa\n",
        day="2026-06-25",
    )
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "mail.mbox")).case.id
    answer(desk, case, ["refund.received_amount=0"])
    asked = assess(desk, desk.case(case)).questions[0]
    assert asked.fact == "claim.amount"
    assert "40,00\u00a0$" in asked.why["fr"] and "217,30\u00a0$" in asked.why["fr"]
    answer(desk, case, ["claim.amount=40"])
    assert left_over(desk.case(case)) == Money(Decimal(40), "CAD")


@pytest.mark.parametrize(("claim", "back"), [("80", False), ("217.30", True)])
def test_who_asks_for_a_part_keeps_the_goods(tmp_path: Path, claim: str, back: bool) -> None:
    """Old bug: of a kitchen whose price was to be reduced the demand said "the goods remain at your disposal"."""
    desk, case = lamp(tmp_path)
    answer(desk, case, [f"claim.amount={claim}"])
    told = " ".join(s["text"] for s in sentences(write_paper(desk, case, "demand", "fr")))
    assert ("reste à votre disposition" in told) is back


def test_who_demanded_the_price_is_not_asked(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    opened = desk.case(case)
    assert opened.value("claim.demanded") == Money(Decimal("217.30"), "CAD")
    assert opened.other_sum is None and not opened.claim_not_said


def test_a_correction_leaves_the_sum_in_the_orders_dollars(tmp_path: Path) -> None:
    desk, case = asked_less(tmp_path)
    first = desk.case(case).facts["claim.demanded"].claim.quote
    correct(desk, case, first.message, drop=["formal_demand", "demand_refund"])
    again = desk.case(case)
    assert again.value("claim.demanded") == Money(Decimal("80.00"), "CAD")
    assert again.facts["claim.demanded"].claim.quote.message != first.message


@pytest.mark.parametrize("said", ["80", "80,00", "80.00 $", "$80", "80,00\u00a0$", "80 CAD"])
def test_a_bare_sum_is_said_in_the_orders_currency(tmp_path: Path, said: str) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, [f"claim.amount={said}"])
    assert desk.case(case).value("claim.amount") == Money(Decimal(80), "CAD")


@pytest.mark.parametrize("said", ["80 €", "£80", "80 pièces", "1,234"])
def test_a_sum_that_can_be_read_in_two_ways_is_refused(tmp_path: Path, said: str) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(BadValueError):
        answer(desk, case, [f"claim.amount={said}"])


def test_more_than_the_price_is_paid_not_refunded_and_the_issuer_gives_back_the_payment_only(
    tmp_path: Path,
) -> None:
    """Old bug: 871.20 of a job of 583.20 and a tow were asked of the card issuer, who can take back what was charged."""
    desk, case = lamp(tmp_path)
    answer(desk, case, ["claim.amount=300", "return.offered=oui"])
    demand = write_paper(desk, case, "demand", "en")
    told = " ".join(s["text"] for s in sentences(demand))
    assert "pay me $300.00" in told and "refund $300.00" not in told
    assert "demand for payment of $300.00" in str(demand.model["subject"])
    request = " ".join(s["text"] for s in sentences(write_paper(desk, case, "chargeback", "en", "network")))
    assert "credit $217.30 to my account" in request
    money_in(desk, case, "100.00 CAD", "2026-07-19")
    request = " ".join(s["text"] for s in sentences(write_paper(desk, case, "chargeback", "en", "network")))
    assert "credit $117.30 to my account" in request


def test_a_plan_that_charged_again_is_several_payments(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    charged = ["payment.charged_on=2026-07-01", "subscription.cancelled_on=2026-06-10"]
    answer(desk, case, ["claim.amount=434.60", "problem.kind=subscription_trap", *charged])
    request = " ".join(s["text"] for s in sentences(write_paper(desk, case, "chargeback", "en", "network")))
    assert "credit $434.60 to my account" in request


def test_once_the_payment_came_back_the_issuer_is_asked_for_nothing(tmp_path: Path) -> None:
    """The costs beside the price are the merchant's business: 82.70 is left of 300.00, and none of it was charged."""
    desk, case = lamp(tmp_path)
    answer(desk, case, ["claim.amount=300", "return.offered=oui"])
    money_in(desk, case, "217.30 CAD", "2026-07-19")
    with pytest.raises(DoesNotFitError, match="nothing is owed"):
        write_paper(desk, case, "chargeback", "en", "network")
    told = " ".join(s["text"] for s in sentences(write_paper(desk, case, "demand", "en")))
    assert "pay me $82.70" in told


def test_a_bare_sum_said_with_the_price_is_in_the_prices_currency(tmp_path: Path) -> None:
    """Old bug: with "order.total=250 GBP" in the same answer, "250" was taken in the dollars read before."""
    desk, case = lamp(tmp_path)
    answer(desk, case, ["order.total=250 GBP", "claim.amount=200"])
    assert desk.case(case).value("claim.amount") == Money(Decimal(200), "GBP")
