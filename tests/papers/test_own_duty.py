"""What a statute puts on the issuer itself is asked as that: to pay, not to dispute a payment for somebody."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers.cases import lamp
from tests.papers.test_letters import sentences

from recours.app.answer import answer
from recours.app.write_paper import write_paper

UK = ("consumer.country=GB", "merchant.country=GB", "payment.method=credit_card", "order.total=250.00 GBP")
US = (
    "consumer.country=US",
    "merchant.country=US",
    "consumer.region=US-OH",
    "payment.method=credit_card",
    "payment.network=other",
)
GOODS = ("consumer.is_consumer=yes", "problem.kind=wrong_item", "return.offered=yes")


@pytest.mark.parametrize(
    ("place", "answers", "title", "asks"),
    [
        (
            UK,
            ("claim.amount=250 GBP",),
            "Claim against the card issuer",
            "You are liable for this with the merchant (Consumer Credit Act 1974, s. 75). I ask you to pay me £250.00.",
        ),
        (
            US,
            ("order.total=217.30 USD", "claim.amount=217.30 USD", "payment.statement_on=2026-06-15"),
            "Notice of a billing error",
            (
                "This letter is my notice of a billing error (Regulation Z, 12 CFR 1026.13). I ask you to correct my account "
                "by $217.30, and not to collect that sum until you have answered."
            ),
        ),
        (
            US,
            ("order.total=217.30 USD", "claim.amount=217.30 USD", "problem.kind=defective"),
            "Claim raised against the card issuer",
            "I ask you to take $217.30 off my account, as far as it is still owed.",
        ),
    ],
)
def test_the_issuer_is_asked_for_what_the_law_puts_on_it(
    tmp_path: Path, place: tuple[str, ...], answers: tuple[str, ...], title: str, asks: str
) -> None:
    """Old bug: a claim under section 75 asked the issuer "to dispute this payment", which is the network's business."""
    desk, case = lamp(tmp_path)
    answer(desk, case, [*GOODS, *place, *answers])
    paper = write_paper(desk, case, "chargeback", "en")
    told = " ".join(s["text"] for s in sentences(paper))
    assert paper.model["title"] == title
    assert asks in told
    assert "dispute this payment" not in told
    assert "Amount claimed" in str(paper.model) and "Amount disputed" not in str(paper.model)
