"""An anonymised, factual public review: what was bought, what was answered, how it ended; nobody's name but the shop's.

Names of persons, addresses, phones and order numbers are taken out of what is quoted, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from babel.dates import format_date

from recours.money import Money
from recours.papers.letter import Letter, Section
from recours.papers.models.said import acts, loops, on_the_phone
from recours.papers.redaction import ALL, redact, redactor
from recours.papers.types import Sentence
from recours.papers.writer import Writer


def model(writer: Writer, _drop: int) -> Letter:
    """The review: no sender, no addressee, no signature.  Raises NotReadyError."""
    writer.need("merchant.name", "order.total", "order.date", "problem.kind")
    made = writer.letter(
        title=writer.say("review.title"),
        sender=(),
        recipient=(),
        delivery="",
        subject=writer.say("review.subject_is", merchant=writer.text("merchant.name")),
        salutation="",
        sections=(Section(head="", sentences=tuple(_sentences(writer))),),
        closing=writer.say("review.closing"),
        signature="",
    )
    # The exhibits carry the sentences in the case; the public text does not list them.
    return msgspec.structs.replace(made, author="", cited=())


def _sentences(writer: Writer) -> Iterator[Sentence]:
    day, total = writer.facts["order.date"], writer.text("order.total")
    assert isinstance(day, date)
    month = format_date(day, "MMMM y", locale="fr_CA" if writer.language == "fr" else "en_CA")
    yield _said(
        writer, "bought", "order.date", month=month, total=total, merchant=writer.text("merchant.name")
    )
    yield writer.sentence("owed.problem", facts=("problem.kind",), cited=False, problem=writer.problem())
    reported, delivered = writer.facts.get("problem.reported_on"), writer.facts.get("delivery.delivered_on")
    if isinstance(reported, date):
        after = writer.say("review.later")
        if isinstance(delivered, date) and reported >= delivered:
            days = (reported - delivered).days
            after = writer.say("review.after", days=days) if days > 1 else after
            after = writer.say("review.same_day") if days == 0 else after
        yield _said(writer, "complained", "problem.reported_on", after=after)
    yield from _exchange(writer)
    yield _end(writer)


def _exchange(writer: Writer) -> Iterator[Sentence]:
    m = writer.case.measures
    if m.emails_sent_since_complaint and m.days:
        yield _said(
            writer,
            "exchange",
            "problem.kind",
            days=writer.days(m.days),
            sent=writer.times(m.emails_sent_since_complaint),
            received=writer.times(m.answers_since_complaint),
        )
    hide = redactor(writer.case, ALL, writer.language)
    denials = [*acts(writer, "merchant", "deny_responsibility")[:1], *acts(writer, "merchant", "refuse")[-1:]]
    for act in {act.quote.text: act for act in denials}.values():  # one sentence may deny and refuse
        yield writer.sentence(
            "review.said",
            quotes=(act.quote,),
            cited=False,
            how=on_the_phone(writer, act.quote),
            quote=redact(writer.quoted(act.quote), hide),
        )
    count = sum(len(loop.again) for loop in loops(writer))
    if count:
        times = writer.times(count)
        yield _said(writer, "loops", "problem.kind", times=times)


def _end(writer: Writer) -> Sentence:
    left = writer.claimed()
    back = Money(writer.received(left.currency), left.currency)
    if left.amount <= 0:
        return _said(writer, "paid", "order.total")
    if back.amount:
        return _said(
            writer,
            "partly",
            "order.total",
            received=writer.value(back),
            total=writer.text("order.total"),
        )
    return _said(writer, "unpaid", "order.total", day=writer.in_words(writer.brief.today))


def _said(writer: Writer, key: str, fact: str, **values: str | int) -> Sentence:
    text = writer.say(f"review.{key}", **values)
    return Sentence(text=text, facts=(fact,))
