"""The slip that goes into the parcel: from whom, to whom, what, why, and what is left to be written by hand.

It goes to a warehouse: no exhibits are listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from recours.papers.letter import Letter, Row, Section
from recours.papers.models.common import need_address, unfit
from recours.papers.models.demand import subject
from recours.papers.models.happened import NOT_HERE
from recours.papers.models.said import acts
from recours.papers.types import Sentence
from recours.papers.writer import Writer


def model(writer: Writer, _drop: int) -> Letter:
    """The slip.  Raises NotReadyError; DoesNotFitError when nothing was received or it was sent back already."""
    writer.need("consumer.name", "merchant.name", "order.total", "problem.kind")
    need_address(writer, "merchant.address", by_mail=False)
    if str(writer.facts["problem.kind"]) in NOT_HERE:
        raise unfit(writer, "return_slip.not_here")
    if "goods.returned_on" in writer.facts:
        raise unfit(writer, "return_slip.returned", day=str(writer.facts["goods.returned_on"]))
    return writer.letter(
        title=writer.say("return_slip.title"),
        recipient=writer.merchant(),
        delivery="",
        subject=subject(writer, "return_slip.subject_is", writer.value(writer.claimed())),
        salutation="",
        sections=(
            Section(head=writer.say("return_slip.parcel"), rows=tuple(_rows(writer))),
            Section(head=writer.say("return_slip.why"), sentences=tuple(_why(writer))),
        ),
        closing="",
    )


def _rows(writer: Writer) -> Iterator[Row]:
    rows = (
        ("from", ", ".join(writer.sender()), "consumer.name"),
        ("to", ", ".join(writer.merchant()), "merchant.name"),
        ("items", writer.text("order.items"), "order.items"),
        ("number", writer.text("order.number"), "order.number"),
        ("bought", writer.day("order.date"), "order.date"),
        ("delivered", writer.day("delivery.delivered_on"), "delivery.delivered_on"),
    )
    yield from (writer.row(f"return_slip.{key}", value, fact) for key, value, fact in rows if value)
    for key in ("carrier", "tracking", "sent"):
        yield writer.row(f"return_slip.{key}", "")


def _why(writer: Writer) -> Iterator[Sentence]:
    yield writer.sentence("owed.problem", facts=("problem.kind",), cited=False, problem=writer.problem())
    asked = acts(writer, "merchant", "request_return", "return_label", "confirm_return")
    if asked:
        quote = asked[-1].quote
        yield writer.sentence(
            "return_slip.asked",
            facts=("problem.kind",),
            cited=False,
            day=writer.day_of(quote.message),
            quote=writer.quoted(quote),
        )
    elif writer.facts.get("return.offered") is True:
        day = writer.day("return.offered_on")
        yield writer.sentence(
            "return_slip.offered",
            facts=("return.offered",),
            cited=False,
            on=writer.say("fact.at_day", day=day) if day else "",
        )
    left = writer.claimed()
    if left.amount > 0:
        yield writer.sentence(
            "return_slip.receipt", facts=("order.total",), cited=False, amount=writer.value(left)
        )
    yield writer.sentence("return_slip.rights", facts=("problem.kind",), cited=False)
