"""The acceptance of the merchant's last offer, with its conditions: the claim stays open until it is carried out."""

from __future__ import annotations

from recours.papers.letter import Letter, Section
from recours.papers.models.common import ANSWER_DAYS, answer_within, gives_back, need_address, owed, unfit
from recours.papers.models.demand import delivery, subject
from recours.papers.models.said import acts
from recours.papers.types import Sentence
from recours.papers.writer import Writer
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
    accept = writer.sentence("accept_offer.accept", quotes=(offer.quote,))
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
    refused = [a for a in acts(writer, "merchant", "refuse") if writer.moment_of(a.quote.message) > made]
    if refused:
        day = writer.moment_of(refused[-1].quote.message)[:10]
        raise unfit(writer, "accept_offer.withdrawn", day=day, offered=made[:10])
    return offer


def _terms(writer: Writer, offer: Act, amount: str) -> tuple[Sentence, ...]:
    means = writer.sentence(f"accept_offer.{_OFFERS[offer.act]}", quotes=(offer.quote,), days=ANSWER_DAYS)
    back = [writer.sentence("accept_offer.back", facts=("problem.kind",), cited=False)]
    reopen = writer.sentence("accept_offer.reopen", facts=("order.total",), cited=False, amount=amount)
    taken = [n for n in ("demand.sent_on", "issuer.asked_on", "issuer.complained_on") if n in writer.facts]
    steps = [writer.sentence("accept_offer.steps", facts=taken)] if taken else []
    return (means, *(back if gives_back(writer) else []), reopen, *steps, answer_within(writer))
