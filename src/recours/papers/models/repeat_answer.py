"""The answer to a repeated request: asked on, supplied on (with its exhibit), asked again on."""

from __future__ import annotations

from recours.casefile.types import Loop
from recours.papers.letter import Letter, Section
from recours.papers.models.common import need_address, owed, unfit
from recours.papers.models.demand import delivery, subject
from recours.papers.models.said import loops
from recours.papers.types import Sentence
from recours.papers.writer import Writer

WHAT = {"request_photos": "photos", "request_documents": "documents"}


def model(writer: Writer, _drop: int) -> Letter:
    """One sentence a thing asked for again; nothing is dropped.  Raises NotReadyError, DoesNotFitError."""
    writer.need("consumer.name", "merchant.name", "order.total")
    need_address(writer)
    asked = loops(writer)
    if not asked:
        raise unfit(writer, "repeat_answer.none")
    amount = writer.value(owed(writer))
    return writer.letter(
        title=writer.say("repeat_answer.title"),
        recipient=writer.merchant(),
        delivery=delivery(writer),
        subject=subject(writer, "repeat_answer.subject_is", amount),
        sections=(
            Section(
                head=writer.say("repeat_answer.facts"),
                sentences=tuple(_loop(writer, loop) for loop in asked),
                numbered=True,
            ),
            Section(
                head=writer.say("repeat_answer.ask"),
                sentences=(
                    writer.sentence("repeat_answer.missing", quotes=(asked[-1].supplied,)),
                    writer.sentence(
                        "repeat_answer.decide", facts=("order.total",), cited=False, amount=amount
                    ),
                ),
            ),
        ),
        closing=writer.say("letter.closing"),
    )


def again_days(writer: Writer, loop: Loop) -> str:
    """The days on which it was asked for again, each once: on March 1, 2026 and on March 4, 2026."""
    days = dict.fromkeys(writer.day_of(q.message) for q in loop.again)
    told = [writer.say("repeat_answer.on", day=day) for day in days if day]
    return (
        writer.say("repeat_answer.and").join([", ".join(told[:-1]), told[-1]]) if told[1:] else "".join(told)
    )


def supplied_first(writer: Writer, loop: Loop) -> bool:
    """It was supplied before anybody asked; then the first request is itself one too many."""
    return writer.moment_of(loop.supplied.message) <= writer.moment_of(loop.asked.message)


def _loop(writer: Writer, loop: Loop) -> Sentence:
    before = "_first" if supplied_first(writer, loop) else ""
    return writer.sentence(
        f"repeat_answer.{WHAT[loop.act]}{before}",
        quotes=(loop.supplied, loop.again[-1]),
        asked=writer.day_of(loop.asked.message),
        supplied=writer.day_of(loop.supplied.message),
        again=again_days(writer, loop),
    )
