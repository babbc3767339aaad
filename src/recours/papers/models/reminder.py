"""The reminder: a complaint was sent, the consumer wrote last, and nobody answered."""

from __future__ import annotations

from recours.casefile.types import Entry
from recours.papers.letter import Letter, Section
from recours.papers.models.common import answer_within, need_address, owed, unfit
from recours.papers.models.demand import delivery, subject
from recours.papers.models.happened import bought, kept
from recours.papers.types import Sentence
from recours.papers.writer import Writer


def model(writer: Writer, drop: int) -> Letter:
    """The reminder.  Raises NotReadyError; DoesNotFitError when the merchant answered, or the last word is of today."""
    writer.need("consumer.name", "merchant.name", "order.total", "problem.reported_on")
    need_address(writer)
    amount = writer.value(owed(writer))
    return writer.letter(
        title=writer.say("reminder.title"),
        recipient=writer.merchant(),
        delivery=delivery(writer),
        subject=subject(writer, "reminder.subject_is", amount),
        sections=(
            Section(
                head=writer.say("reminder.facts"),
                sentences=(*kept(bought(writer, third=False), drop), *_silence(writer)),
                numbered=True,
            ),
            Section(
                head=writer.say("reminder.ask"),
                sentences=(
                    writer.sentence("owed.asked", facts=("order.total",), cited=False, amount=amount),
                    answer_within(writer),
                ),
            ),
        ),
        closing=writer.say("letter.closing"),
    )


def _silence(writer: Writer) -> tuple[Sentence, ...]:
    """The complaint and the days since the last message; refused once the merchant answered."""
    since = str(writer.facts["problem.reported_on"])
    later = [e for e in writer.case.dispute if (day := writer.day_on(e)) and day.isoformat() >= since]
    answered = next((e for e in later if _answers(e)), None)
    if answered:
        raise unfit(writer, "reminder.answered", day=str(writer.day_on(answered)))
    told = writer.sentence(
        "reminder.first", facts=("problem.reported_on",), day=writer.day("problem.reported_on")
    )
    written = [e for e in later if e.membership.direction == "sent"]
    last = written[-1] if written else None
    day = writer.day_on(last) if last else None
    if last is None or day is None:
        return (told,)
    waited = (writer.brief.today - day).days
    if waited < 1:
        raise unfit(writer, "reminder.early")
    silent = writer.sentence(
        "reminder.last",
        exhibits=(writer.label_of(last.message.id),),
        day=writer.in_words(day),
        days=writer.days(waited),
    )
    return (told, silent)


def _answers(entry: Entry) -> bool:
    """The merchant, and not its machine, wrote or spoke."""
    spoke = entry.membership.direction == "received" or any(a.by == "merchant" for a in entry.acts)
    return spoke and not entry.message.automatic and not _ONLY_NOTICES.issuperset(a.act for a in entry.acts)


_ONLY_NOTICES = frozenset(
    {"acknowledge", "delivery_notice", "marketing", "order_confirmation", "shipping_notice"}
)
