"""The summary for small claims, or for British Columbia's tribunal in its own words: parties, facts with their exhibits, rules, amounts.

Interest is counted only where a rule of the packs that may be cited gives it and the day it starts is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from recours.law.interest import Counted, interest
from recours.money import Money
from recours.papers.letter import Letter, Row, Section
from recours.papers.models.common import owed
from recours.papers.models.happened import happened, kept
from recours.papers.models.regulator import body, holding, parties
from recours.papers.models.rights import articles
from recours.papers.types import Sentence
from recours.papers.writer import Writer

STEPS = ("small_claims",)
TRIBUNALS = {"bc.crt": "tribunal"}  # rule of the step: where its own words stand


def model(writer: Writer, drop: int) -> Letter:
    """The summary, without its ``drop`` least needed facts.  Raises NotReadyError, DoesNotFitError."""
    writer.need("consumer.name", "merchant.name", "order.total", "problem.kind")
    left = owed(writer)
    found = interest(left, writer.brief.decision.rights, writer.brief.today)
    amount = writer.value(left)
    law = articles(writer)
    nothing = "not_all" if writer.received(left.currency) else "nothing"
    if found and not any(found.right.rule in s.rules for s in law):
        law = (*law, _interest_by(writer, found))
    table = next((TRIBUNALS[s.rule] for s in holding(writer, STEPS) if s.rule in TRIBUNALS), "small_claims")
    return writer.letter(
        title=writer.say(f"{table}.title"),
        recipient=(body(writer, STEPS, "small_claims.to"),),
        delivery="",
        subject=writer.say(
            "small_claims.subject_is",
            consumer=writer.text("consumer.name"),
            merchant=writer.text("merchant.name"),
            amount=amount,
        ),
        salutation="",
        sections=(
            Section(head=writer.say("small_claims.parties"), rows=tuple(_parties(writer, table))),
            Section(
                head=writer.say("small_claims.facts"),
                sentences=(
                    *kept(happened(writer, third=True), drop),
                    writer.sentence(f"small_claims.{nothing}", facts=("order.total",), cited=False),
                ),
                numbered=True,
            ),
            Section(head=writer.say("small_claims.law"), sentences=law),
            Section(head=writer.say("small_claims.amounts"), rows=tuple(_amounts(writer, left, found))),
            Section(head=writer.say("small_claims.ask"), sentences=(_claim(writer, table, amount, found),)),
        ),
        closing=writer.say("small_claims.closing"),
    )


def _parties(writer: Writer, table: str) -> Iterator[Row]:
    yield from parties(writer, table)
    if "beneficiary.name" in writer.facts:
        yield writer.row("small_claims.owner", writer.text("beneficiary.name"), "beneficiary.name")


def _amounts(writer: Writer, left: Money, found: Counted | None) -> Iterator[Row]:
    today = writer.in_words(writer.brief.today)
    back = writer.received(left.currency)
    yield writer.row("small_claims.paid", writer.text("order.total"), "order.total")
    if back:
        yield writer.row(
            "small_claims.back", writer.value(Money(back, left.currency)), "refund.received_amount"
        )
    yield writer.row("small_claims.owed", writer.value(left), "order.total")
    if found:
        told = writer.say(
            "small_claims.interest_is",
            amount=writer.value(found.amount),
            rate=f"{found.percent.normalize():f}",
            owed=writer.value(left),
            since=writer.in_words(found.since),
            days=writer.days(found.days),
        )
        yield Row(
            label=writer.say("small_claims.interest", day=today), value=told, facts=("demand.received_on",)
        )
        total = Money(left.amount + found.amount.amount, left.currency)
        yield Row(label=writer.say("small_claims.total", day=today), value=writer.value(total))


def _interest_by(writer: Writer, found: Counted) -> Sentence:
    return writer.sentence(
        "small_claims.interest_by",
        rules=(found.right.rule,),
        says=writer.law(found.right.says),
        cite=writer.law(found.right.cite.short),
    )


def _claim(writer: Writer, table: str, amount: str, found: Counted | None) -> Sentence:
    return writer.sentence(
        f"{table}.claim",
        facts=("order.total",),
        rules=(found.right.rule,) if found else (),
        cited=False,
        amount=amount,
        interest=writer.say("small_claims.with_interest") if found else "",
    )
