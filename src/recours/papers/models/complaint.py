"""The first complaint to the merchant: what was bought, what is wrong, what is asked."""

from __future__ import annotations

from recours.papers.letter import Letter, Section
from recours.papers.models.common import answer_within, gives_back, need_address, owed
from recours.papers.models.demand import delivery, subject
from recours.papers.models.happened import NOT_HERE, bought, kept
from recours.papers.models.rights import articles
from recours.papers.types import Sentence
from recours.papers.writer import Writer

_CITED = frozenset({"remedy", "duty"})  # what is due; how a formal demand works is not for a first complaint


def model(writer: Writer, drop: int) -> Letter:
    """The complaint, without its ``drop`` least needed sentences.  Raises NotReadyError, DoesNotFitError."""
    writer.need("consumer.name", "merchant.name", "order.total", "problem.kind")
    need_address(writer)
    amount = writer.value(owed(writer))
    kind = str(writer.facts.get("problem.kind"))
    problem = writer.sentence("owed.problem", facts=("problem.kind",), problem=writer.problem())
    return writer.letter(
        title=writer.say("complaint.title"),
        recipient=writer.merchant(),
        delivery=delivery(writer),
        subject=subject(writer, "complaint.subject_is", amount),
        sections=(
            Section(
                head=writer.say("complaint.facts"),
                sentences=(
                    *kept(bought(writer, third=False), drop),
                    *(() if kind in NOT_HERE else (problem,)),
                ),
                numbered=True,
            ),
            Section(head=writer.say("demand.law"), sentences=articles(writer, kinds=_CITED)),
            Section(head=writer.say("complaint.ask"), sentences=_asks(writer, amount)),
        ),
        closing=writer.say("letter.closing"),
    )


def _asks(writer: Writer, amount: str) -> tuple[Sentence, ...]:
    held = [writer.sentence("complaint.keep", facts=("problem.kind",), cited=False)]
    return (
        writer.sentence("owed.asked", facts=("order.total",), cited=False, amount=amount),
        *(held if gives_back(writer) else []),
        writer.sentence("complaint.proof", facts=("problem.kind",), cited=False),
        answer_within(writer),
    )
