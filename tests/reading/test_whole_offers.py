"""An offer of all that was paid is sure only when nothing is asked for it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.mailboxes import ME, SHOP, Box

from recours.intake.types import Place
from recours.money import Money
from recours.reading.mime import read_mail
from recours.reading.settle_money import with_whole_offers
from recours.reading.types import FIRM, Act, Read
from recours.text import Quote

PAID = Money(Decimal("675.00"), "GBP")


@pytest.mark.parametrize(
    ("said", "firm"),
    [
        ("We'll refund you the whole £675.", True),
        (
            "I can't get the glass before June, so we'll refund you the whole £675 and you won't have to send it back.",
            True,
        ),
        ("Nous vous remboursons 675 £, et vous n'avez rien à renvoyer.", True),
        ("We'll refund you the £675, you just send it back, if it is unused.", False),
        ("We'll refund the £675 and you keep the frame, if the office agrees.", False),
        ("After looking into it, we'll refund you the £675.", True),
        ("Après vérification, nous vous remboursons 675 £.", True),
        ("Nous vous remboursons 675 £ à réception du colis.", False),
        ("If you return it, we'll refund you the £675.", False),
        ("We'll refund the £675 once it is back with us.", False),
        ("We'll refund the £675 after our inspection.", False),
        ("Nous vous remboursons 675 £ si le fabricant accepte, et vous gardez le reste.", False),
        ("Nous vous remboursons 675 £ à condition que tout soit revenu.", False),
        ("We do not think we'll refund the £675.", False),
    ],
)
def test_a_condition_anywhere_leaves_an_offer_unsure(said: str, firm: bool) -> None:
    """Old bug: an "if" in another clause than the sum was not seen."""
    box = Box()
    box.mail(SHOP, ME, "Your order", said)
    message = read_mail(box.mails[0], Place(file="x")).message
    quote = Quote(message=message.id, start=0, end=len(said), text=said)
    act = Act(act="offer_refund", by="merchant", quote=quote, confidence=0.6)
    read = Read(message=message, spans=(), new_text=said, acts=(act,))
    ((found,),) = [one.acts for one in with_whole_offers([read], [PAID])]
    assert (found.confidence >= FIRM) is firm
