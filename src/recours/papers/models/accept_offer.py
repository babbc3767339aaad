"""The acceptance of the merchant's last offer, with its conditions: the claim stays open until it is carried out."""

from __future__ import annotations

from collections.abc import Sequence

from recours.papers.letter import Letter, Section
from recours.papers.models.common import ANSWER_DAYS, answer_within, gives_back, need_address, owed, unfit
from recours.papers.models.demand import delivery, subject
from recours.papers.models.said import acts
from recours.papers.types import Sentence
from recours.papers.writer import Writer
from recours.reading.amounts import find_amounts
from recours.reading.types import Act

OFFER = 500  # characters of the offer: what is accepted must be read whole
_OFFERS = {
    # act: the wording of how it is carried out
    "offer_refund": "money",
    "offer_partial_refund": "money",
    "offer_store_credit": "credit",
    "offer_repair": "thing",
    "offer_replacement": "thing",
}


def model(writer: Writer, _drop: int) -> Letter:
    """The acceptance.  Raises NotReadyError; DoesNotFitError without an offer, or when the merchant refused after it."""
    writer.need("consumer.name", "merchant.name", "order.total")
    need_address(writer)
    amount = writer.value(owed(writer))
    offer = _offer(writer)
    offered = writer.sentence(
        "accept_offer.offered",
        quotes=(offer.quote,),
        day=writer.day_of(offer.quote.message),
        quote=writer.quoted(offer.quote, OFFER),
    )
    accept = _accept(writer, offer)
    return writer.letter(
        title=writer.say("accept_offer.title"),
        recipient=writer.merchant(),
        delivery=delivery(writer),
        subject=subject(writer, "accept_offer.subject_is", amount),
        sections=(
            Section(head=writer.say("accept_offer.offer"), sentences=(offered, accept)),
            Section(
                head=writer.say("accept_offer.terms"),
                sentences=_terms(writer, offer, amount),
                numbered=True,
            ),
        ),
        closing=writer.say("letter.closing"),
    )


def _offer(writer: Writer) -> Act:
    """The last offer that still stands."""
    offers = sorted(
        acts(writer, "merchant", *_OFFERS),
        key=lambda a: (writer.moment_of(a.quote.message), a.act != "offer_refund"),
    )
    if not offers:
        raise unfit(writer, "accept_offer.none")
    offer = offers[-1]
    made = writer.moment_of(offer.quote.message)
    refused = _after(writer, acts(writer, "merchant", "refuse"), offer)
    if refused:
        day = writer.moment_of(refused[-1].quote.message)[:10]
        raise unfit(writer, "accept_offer.withdrawn", day=day, offered=made[:10])
    return offer


def _accept(writer: Writer, offer: Act) -> Sentence:
    """An offer that was turned down stands no longer, unless the merchant holds to it."""
    turned_down = _after(writer, acts(writer, "consumer", "reject_offer"), offer)
    if not turned_down:
        return writer.sentence("accept_offer.accept", quotes=(offer.quote,))
    quote = turned_down[-1].quote
    return writer.sentence("accept_offer.accept_again", quotes=(quote,), day=writer.day_of(quote.message))


def _after(writer: Writer, found: Sequence[Act], offer: Act) -> list[Act]:
    made = writer.moment_of(offer.quote.message)
    return [a for a in found if writer.moment_of(a.quote.message) > made]


def _terms(writer: Writer, offer: Act, amount: str) -> tuple[Sentence, ...]:
    key = _OFFERS[offer.act]
    if key == "thing" and find_amounts(
        offer.quote.text
    ):  # a repair at a price: what is accepted is what was offered
        key = "thing_priced"
    means = writer.sentence(f"accept_offer.{key}", quotes=(offer.quote,), days=ANSWER_DAYS)
    back = [writer.sentence("accept_offer.back", facts=("problem.kind",), cited=False)]
    reopen = writer.sentence("accept_offer.reopen", facts=("order.total",), cited=False, amount=amount)
    taken = [n for n in ("demand.sent_on", "issuer.asked_on", "issuer.complained_on") if n in writer.facts]
    steps = [writer.sentence("accept_offer.steps", facts=taken)] if taken else []
    return (means, *(back if gives_back(writer) else []), reopen, *steps, answer_within(writer))
