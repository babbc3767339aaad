"""A short answer to an offer, in fixed words; a person reads it, changes it, and sends it."""

from __future__ import annotations

from recours.outbox.offers import Offer
from recours.papers.formats import day_text, money_text
from recours.words import Language, say


def answer_to(offer: Offer, language: Language) -> str:
    """The draft; "" while the day of the offer or what is owed is unknown: it would have to invent them."""
    if offer.day is None or offer.claimed is None:
        return ""
    return say(
        language,
        f"answer.{offer.kind}",
        day=day_text(offer.day, language),
        claimed=money_text(offer.claimed, language),
    )
