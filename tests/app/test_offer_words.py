"""What shops offer, in both languages: its kind, the trap named, and an answer that gives up nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on

from recours.app.answer import answer
from recours.app.offers import offers
from recours.app.open_case import open_case
from recours.outbox.drafts import answer_to


class Row(NamedTuple):
    kind: str
    traps: tuple[str, ...]  # those that must be named; others may be
    text: str


TABLE = (
    Row("offer_refund", ("promise",), "We will refund you the full amount of $217.30 to your Visa."),
    Row("offer_refund", ("promise",), "We are happy to offer you a full refund for this order."),
    Row("offer_refund", ("promise", "return"), "We will issue a full refund once we receive the lamp back."),
    Row("offer_partial_refund", ("part",), "As a gesture of goodwill we can offer you a partial refund of $40.00."),
    Row("offer_partial_refund", ("part",), "We can refund 20% of the price and you keep the lamp."),
    Row("offer_partial_refund", ("part", "final"), "We offer a $60.00 partial refund in full and final settlement."),
    Row("offer_store_credit", ("voucher",), "We can offer you a store credit of $217.30."),
    Row("offer_store_credit", ("voucher", "expires"), "We can give you a $100 gift card, valid until December 31."),
    Row("offer_repair", ("time",), "We can repair the lamp free of charge if you send it to us."),
    Row("offer_replacement", ("time",), "We will send you a replacement lamp."),
    Row("withdraw_first", ("withdraw",), "Please withdraw your dispute with the bank and we will then refund you."),
    Row("withdraw_first", ("withdraw",), "Once the chargeback has been withdrawn, we can process your refund."),
    Row("withdraw_first", ("withdraw",), "Close the PayPal case first and the money will be sent back."),
    Row("offer_refund", ("promise",), "Nous allons vous rembourser la totalité, soit 217,30 $, sur votre carte."),
    Row("offer_refund", ("promise",), "Nous vous proposons un remboursement complet de votre commande."),
    Row("offer_refund", ("promise", "return"), "Vous serez remboursé intégralement dès réception du retour."),
    Row("offer_partial_refund", ("part",), "Nous pouvons vous offrir un remboursement partiel de 40,00 $."),
    Row("offer_partial_refund", ("part",), "Nous vous remboursons 20 % du prix et vous gardez la lampe."),
    Row("offer_partial_refund", ("part", "final"), "Nous offrons un remboursement partiel de 60,00 $ pour solde de tout compte."),
    Row("offer_store_credit", ("voucher",), "Nous vous proposons un crédit en magasin de 217,30 $."),
    Row("offer_store_credit", ("voucher", "expires"), "Nous vous offrons une carte-cadeau de 100 $, valable jusqu'au 31 décembre."),
    Row("offer_repair", ("time",), "Nous pouvons réparer la lampe sans frais si vous nous l'envoyez."),
    Row("offer_replacement", ("time",), "Nous allons vous envoyer une lampe de remplacement."),
    Row("withdraw_first", ("withdraw",), "Veuillez retirer votre contestation auprès de la banque et nous vous rembourserons ensuite."),
    Row("withdraw_first", ("withdraw",), "Une fois la rétrofacturation annulée, nous traiterons votre remboursement."),
    Row("withdraw_first", ("withdraw",), "Fermez d'abord le litige PayPal et l'argent vous sera renvoyé."),
)  # fmt: skip
_UNTIL = re.compile(r"once|when|until|after|une fois|quand|apres|après|jusqu")
_GIVES_UP = re.compile(r"\b(?:i (?:will |shall )?withdraw|i waive|je retire|je renonce)\b", re.IGNORECASE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.text[:40])
def test_the_offer_is_known_its_trap_named_and_no_right_given_up(tmp_path: Path, row: Row) -> None:
    box = lamp_dispute()
    box.mail(
        SHOP, ME, "Re: Commande AL-20417 : lampe défectueuse", f"AL-20417\n\n{row.text}\n", day="2026-06-22"
    )
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "mail.mbox")).case.id
    answer(desk, case, ["consumer.is_consumer=oui", "contract.at_distance=oui", "goods.new=oui"])
    found = [o for o in offers(desk, case) if o.quote.text.strip() in row.text]
    named = [o for o in found if o.kind == row.kind]
    assert named, [(o.kind, o.quote.text) for o in offers(desk, case)]
    assert set(row.traps) <= set(named[0].traps), named[0].traps
    assert named[0].rights or row.kind == "withdraw_first" or named[0].rail
    for offer in found:
        for draft in (answer_to(offer, "en"), answer_to(offer, "fr")):
            assert draft
            for sentence in re.split(r"(?<=[.!?])\s", draft):
                assert not _GIVES_UP.search(sentence) or _UNTIL.search(sentence), sentence
