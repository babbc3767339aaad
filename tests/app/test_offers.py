"""Offers as merchants write them: found, laid beside what is owed, and the trap named."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on

from recours.app.answer import answer
from recours.app.desk import Desk
from recours.app.offers import offers
from recours.app.open_case import open_case
from recours.cli import main
from recours.outbox.drafts import answer_to
from recours.outbox.offers import Offer

SUBJECT = "Re: Commande AL-20417 : lampe défectueuse"


def said(folder: Path, *texts: str, by: str = "shop") -> tuple[Desk, str]:
    """The lamp's case with further mails; a text that begins with "> me:" is the buyer's."""
    box = lamp_dispute()
    for n, text in enumerate(texts):
        mine = text.startswith("> me:")
        sender, to = (ME, SHOP) if mine else (SHOP, ME)
        box.mail(sender, to, SUBJECT, text.removeprefix("> me:").strip() + "\n", day=f"2026-06-{21 + n}")
    desk = desk_on(folder, "2026-07-20")
    case = open_case(desk, box.write(folder / "mail.mbox")).case.id
    answer(desk, case, ["consumer.is_consumer=oui", "contract.at_distance=oui", "goods.new=oui"])
    return desk, case


def only(found: tuple[Offer, ...], kind: str) -> Offer:
    named = [o for o in found if o.kind == kind]
    assert len(named) == 1, [(o.kind, o.quote.text) for o in found]
    return named[0]


def test_a_part_is_laid_beside_the_whole(tmp_path: Path) -> None:
    desk, case = said(
        tmp_path, "Pour la commande AL-20417, nous vous proposons un remboursement partiel de 50,00 $."
    )
    offer = only(offers(desk, case), "offer_partial_refund")
    assert offer.day == date(2026, 6, 21) and offer.standing == "open"
    assert offer.amount and offer.short_by
    assert (offer.amount.amount, offer.short_by.amount) == (Decimal("50.00"), Decimal("167.30"))
    assert "part" in offer.traps


def test_a_voucher_is_not_money_and_the_law_answers(tmp_path: Path) -> None:
    desk, case = said(
        tmp_path,
        "Pour la commande AL-20417, nous vous offrons un bon d'achat de 217,30 $, valable jusqu'au 31 décembre.",
    )
    offer = only(offers(desk, case), "offer_store_credit")
    assert offer.traps == ("voucher", "expires")
    assert offer.short_by is None


@pytest.mark.parametrize(
    "words",
    [
        "Please withdraw the chargeback first, then we will refund order AL-20417.",
        "You must cancel your dispute with the bank before we can process order AL-20417.",
        "Please drop the claim for order AL-20417 so that we can refund you.",
        "Veuillez d'abord retirer la contestation auprès de votre banque pour la commande AL-20417.",
        "Annulez votre litige PayPal, ensuite nous rembourserons la commande AL-20417.",
    ],
)
def test_withdraw_first_is_named_with_its_words(tmp_path: Path, words: str) -> None:
    desk, case = said(tmp_path, "Bonjour. " + words + " Merci.")
    offer = only(offers(desk, case), "withdraw_first")
    assert offer.quote.text == words
    entry = next(e for e in desk.case(case).entries if e.message.id == offer.quote.message)
    assert entry.message.text[offer.quote.start : offer.quote.end] == words
    assert "withdraw" in offer.traps


@pytest.mark.parametrize(
    "words",
    [
        "We have closed your ticket about order AL-20417.",
        "Your complaint about order AL-20417 has been closed.",
        "La contestation de la commande AL-20417 a été fermée par votre banque.",
        "Nous avons annulé l'envoi de la commande AL-20417.",
        "> me: I will not withdraw the dispute for order AL-20417.",
    ],
)
def test_other_words_ask_nothing_of_the_kind(tmp_path: Path, words: str) -> None:
    desk, case = said(tmp_path, words)
    assert "withdraw_first" not in {o.kind for o in offers(desk, case)}


def test_what_became_of_an_offer(tmp_path: Path) -> None:
    text = "Pour la commande AL-20417, nous vous offrons un bon d'achat de 50,00 $."
    desk, case = said(tmp_path, text, "> me: Je refuse votre offre pour la commande AL-20417.")
    assert only(offers(desk, case), "offer_store_credit").standing == "rejected"


def test_no_draft_tells_to_withdraw_before_the_money_is_there(tmp_path: Path) -> None:
    desk, case = said(tmp_path, "Please withdraw the chargeback first, then we will refund order AL-20417.")
    offer = only(offers(desk, case), "withdraw_first")
    assert "once the full amount is on my account" in answer_to(offer, "en")
    assert "une fois le montant entier sur mon compte" in answer_to(offer, "fr")
    assert "217,30" in answer_to(offer, "fr")


def test_offers_on_the_command_line(tmp_path: Path) -> None:
    desk, case = said(tmp_path, "Pour la commande AL-20417, nous vous offrons un bon d'achat de 50,00 $.")
    arguments = ["--store", str(desk.store.path), "--today", "2026-07-20", "--screen", "en", "offers", case]
    told = CliRunner().invoke(main, arguments)
    assert "Trap: a credit is not money" in told.stdout and "An answer that you could send" in told.stdout
    found = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).stdout)
    assert found["offers"][0]["kind"] == "offer_store_credit" and found["answers"][0]


def test_no_offer_at_all(tmp_path: Path) -> None:
    desk, case = said(tmp_path)
    assert offers(desk, case) == ()
