"""The formal demand to the manufacturer, where a rule that may be cited gives recourse directly against it."""

from __future__ import annotations

from recours.papers.errors import NotReadyError
from recours.papers.letter import Letter, Section
from recours.papers.models.common import owed, unfit
from recours.papers.models.demand import USUAL_DAYS, subject
from recours.papers.models.happened import happened, kept
from recours.papers.models.rights import articles
from recours.papers.types import Sentence
from recours.papers.writer import Writer

_ADDRESS = ("manufacturer.address", "manufacturer.email")


def model(writer: Writer, drop: int) -> Letter:
    """The demand, without its ``drop`` least needed sentences.  Raises NotReadyError, DoesNotFitError."""
    writer.need(
        "consumer.name",
        "consumer.address",
        "manufacturer.name",
        "merchant.name",
        "order.total",
        "problem.kind",
    )
    if not any(writer.facts.get(name) for name in _ADDRESS):
        raise NotReadyError(writer.name, _ADDRESS[:1])
    law = articles(writer, against="manufacturer")
    if not law:
        raise unfit(writer, "manufacturer.no_recourse")
    amount = writer.value(owed(writer))
    problem = writer.sentence("owed.problem", facts=("problem.kind",), problem=writer.problem())
    return writer.letter(
        title=writer.say("manufacturer.title"),
        recipient=tuple(writer.text(name) for name in ("manufacturer.name", *_ADDRESS)),
        delivery=_delivery(writer),
        subject=subject(writer, "demand.subject_is", amount),
        sections=(
            Section(
                head=writer.say("demand.facts"),
                sentences=(*kept(happened(writer, third=True), drop), problem),
                numbered=True,
            ),
            Section(head=writer.say("demand.law"), sentences=law),
            Section(head=writer.say("demand.claim"), sentences=tuple(_claim(writer, amount))),
        ),
        closing=writer.say("letter.closing"),
    )


def _delivery(writer: Writer) -> str:
    email = writer.text("manufacturer.email")
    if not writer.facts.get("manufacturer.address"):
        return writer.say("demand.delivery_email", email=email)
    return writer.say("demand.delivery", email=writer.say("demand.and_email", email=email) if email else "")


def _claim(writer: Writer, amount: str) -> list[Sentence]:
    email = writer.text("consumer.email")
    court = [s for s in writer.brief.decision.steps if s.step == "small_claims" and s.truth == "yes"]
    claim = [
        writer.sentence(
            "manufacturer.pay", facts=("order.total",), cited=False, amount=amount, days=USUAL_DAYS
        ),
        writer.sentence("manufacturer.once", facts=("merchant.name",), cited=False),
    ]
    if court:
        steps = writer.say("demand.steps.small_claims")
        claim.append(writer.sentence("demand.else", rules=(court[0].rule,), steps=steps))
    claim.append(
        writer.sentence(
            "demand.answer",
            facts=("consumer.email",) if email else ("consumer.name",),
            cited=False,
            email=writer.say("demand.at_email", email=email) if email else "",
        )
    )
    return claim
