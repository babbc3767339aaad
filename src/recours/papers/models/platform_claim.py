"""The claim to a payment service or a marketplace: what its form asks for, short enough to paste."""

from __future__ import annotations

from collections.abc import Iterator

from recours.papers.letter import Letter, Row, Section
from recours.papers.models.chargeback import goods_now, tried
from recours.papers.models.common import owed_of_payment, unfit
from recours.papers.models.happened import happened, kept
from recours.papers.types import Sentence
from recours.papers.writer import Writer

_ROWS = (
    ("row.merchant", "merchant.name"),
    ("row.order_number", "order.number"),
    ("row.order_date", "order.date"),
    ("row.items", "order.items"),
    ("row.total", "order.total"),
)


def model(writer: Writer, drop: int) -> Letter:
    """The claim, without its ``drop`` least needed sentences.  Raises NotReadyError, DoesNotFitError."""
    writer.need("merchant.name", "order.total", "problem.kind")
    step = writer.brief.step
    if step is None or step.step != "platform_claim":
        raise unfit(writer, "platform.none")
    amount = writer.value(owed_of_payment(writer))
    return writer.letter(
        title=writer.say("platform.title"),
        recipient=(),
        delivery="",
        subject=writer.say("platform.subject_is", amount=amount, merchant=writer.text("merchant.name")),
        sections=(
            Section(head=writer.say("chargeback.rows_head"), rows=tuple(_rows(writer))),
            Section(
                head=writer.say("chargeback.happened_head"),
                sentences=(
                    writer.sentence("owed.problem", facts=("problem.kind",), problem=writer.problem()),
                    *kept(happened(writer, third=True), drop),
                ),
                numbered=True,
            ),
            Section(head=writer.say("chargeback.return_head"), sentences=tuple(goods_now(writer))),
            Section(head=writer.say("chargeback.tried_head"), sentences=tuple(tried(writer))),
            Section(head=writer.say("chargeback.ask_head"), sentences=tuple(_ask(writer, amount))),
        ),
        closing="",
    )


def _rows(writer: Writer) -> Iterator[Row]:
    for key, fact in _ROWS:
        if value := writer.text(fact):
            yield writer.row(key, value, fact)


def _ask(writer: Writer, amount: str) -> Iterator[Sentence]:
    step = writer.brief.step
    assert step is not None
    yield writer.sentence(
        "platform.ask", facts=("order.total",), rules=(step.rule,), cited=False, amount=amount
    )
    yield writer.sentence("platform.open", facts=("order.total",), cited=False)
