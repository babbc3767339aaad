"""The notice of cancellation of a contract that was not performed; its sending is what starts the next times."""

from __future__ import annotations

from recours.papers.letter import Letter, Section
from recours.papers.models.common import need_address
from recours.papers.models.demand import days_given, delivery, subject
from recours.papers.models.happened import happened, kept
from recours.papers.models.rights import articles
from recours.papers.types import Sentence
from recours.papers.writer import Writer

_CITED = frozenset({"remedy", "duty"})  # what gives the right to cancel, and what follows


def model(writer: Writer, drop: int) -> Letter:
    """The notice, without its ``drop`` least needed sentences.  Raises NotReadyError."""
    writer.need("consumer.name", "merchant.name", "order.total")
    need_address(writer)
    amount = writer.value(writer.claimed())
    return writer.letter(
        title=writer.say("cancellation.title"),
        recipient=writer.merchant(),
        delivery=delivery(writer),
        subject=subject(writer, "cancellation.subject_is", amount),
        sections=(
            Section(
                head=writer.say("demand.facts"),
                sentences=kept(happened(writer, third=False), drop),
                numbered=True,
            ),
            Section(head=writer.say("cancellation.claim"), sentences=tuple(_claim(writer, amount))),
            Section(head=writer.say("demand.law"), sentences=articles(writer, kinds=_CITED)),
        ),
        closing=writer.say("letter.closing"),
    )


def _claim(writer: Writer, amount: str) -> list[Sentence]:
    step = (writer.brief.step.rule,) if writer.brief.step else ()
    today = writer.in_words(writer.brief.today)
    days = days_given(writer)
    return [
        writer.sentence("cancellation.cancel", facts=("problem.kind",), rules=step, cited=False, day=today),
        writer.sentence(
            "cancellation.pay" if days else "cancellation.pay_undated",
            facts=("order.total",),
            rules=step,
            cited=False,
            amount=amount,
            days=days,
        ),
        writer.sentence("cancellation.no_delivery", facts=("problem.kind",), cited=False),
    ]
