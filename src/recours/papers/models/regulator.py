"""The complaint to the public body: who, what happened, which rules, what is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from recours.law.types import StepVerdict
from recours.papers.letter import Letter, Row, Section
from recours.papers.models.happened import NOT_HERE, happened, kept
from recours.papers.models.rights import articles
from recours.papers.types import Sentence
from recours.papers.wording import has
from recours.papers.writer import Writer

STEPS = ("opc_complaint", "regulator")


def model(writer: Writer, drop: int) -> Letter:
    """The complaint, without its ``drop`` least needed sentences.  Raises NotReadyError."""
    writer.need("consumer.name", "merchant.name", "order.total", "problem.kind")
    merchant = writer.text("merchant.name")
    return writer.letter(
        title=writer.say("regulator.title"),
        recipient=(body(writer, STEPS, "regulator.to"),),
        delivery="",
        subject=writer.say("regulator.subject_is", merchant=merchant),
        sections=(
            Section(head=writer.say("regulator.parties"), rows=tuple(parties(writer, "regulator"))),
            Section(
                head=writer.say("regulator.facts"),
                sentences=(*_problem(writer), *kept(happened(writer, third=True), drop)),
                numbered=True,
            ),
            Section(head=writer.say("regulator.rules"), sentences=articles(writer)),
            Section(head=writer.say("regulator.ask"), sentences=tuple(_asks(writer))),
        ),
        closing=writer.say("letter.closing_issuer"),
    )


def _problem(writer: Writer) -> Iterator[Sentence]:
    """In a word, unless the facts that follow say it: that nothing came is one of them."""
    if writer.facts["problem.kind"] not in NOT_HERE:
        yield writer.sentence("owed.problem", facts=("problem.kind",), problem=writer.problem(), cited=False)


def body(writer: Writer, steps: Collection[str], otherwise: str) -> str:
    """The name of the body to which a step that holds leads; otherwise: the key of the general words."""
    names = (f"body.{s.rule.replace('.', '_')}" for s in holding(writer, steps))
    return writer.say(next((name for name in names if has(name)), otherwise))


def holding(writer: Writer, steps: Collection[str]) -> list[StepVerdict]:
    """The packs' steps of these kinds that hold on the facts, those of the buyer's own place first."""
    found = (s for s in writer.brief.decision.steps if s.step in steps and s.truth == "yes")
    return sorted(found, key=lambda s: not s.rule.startswith(writer.home))


def parties(writer: Writer, table: str) -> Iterator[Row]:
    """Both sides with their addresses, as the case knows them; table: where their words stand."""
    first, second = ("consumer", "merchant") if table == "regulator" else ("plaintiff", "defendant")
    yield writer.row(f"{table}.{first}", ", ".join(writer.sender()), "consumer.name", "consumer.address")
    yield writer.row(f"{table}.{second}", ", ".join(writer.merchant()), "merchant.name", "merchant.address")


def _asks(writer: Writer) -> Iterator[Sentence]:
    left = writer.claimed()
    if left.amount > 0:
        yield writer.sentence("regulator.sum", facts=("order.total",), cited=False, amount=writer.value(left))
    yield writer.sentence(
        "regulator.record",
        facts=("problem.kind",),
        rules=tuple(s.rule for s in holding(writer, STEPS)),
        cited=False,
    )
