"""The answer to the merchant in a dispute with the issuer: each thing it says, beside the law and its own words.

What the merchant told the issuer comes on paper; what is answered here is what it said in the case's own messages.
"""

from __future__ import annotations

from collections.abc import Iterator

from recours.law.types import Right
from recours.papers.letter import Letter, Section
from recours.papers.models.common import owed_of_payment, unfit
from recours.papers.models.said import acts, contradictions, loops, on_the_phone
from recours.papers.types import Sentence
from recours.papers.writer import Writer
from recours.reading.types import Act

SAID = ("deny_responsibility", "blame_consumer", "cite_policy", "refer_elsewhere", "refuse")


def model(writer: Writer, drop: int) -> Letter:
    """The answer; the rules of the last points go first when the page is full.  Raises NotReadyError, DoesNotFitError."""
    writer.need("consumer.name", "merchant.name", "order.total", "issuer.asked_on")
    amount = writer.value(owed_of_payment(writer))
    points = _points(writer)
    if not points:
        raise unfit(writer, "second_round.none")
    sentences = [s for point in points for s in point]
    optional = [s for point in reversed(points) for s in point[:0:-1]]
    gone = optional[:drop]
    shown = tuple(s for s in sentences if s not in gone)
    return writer.letter(
        title=writer.say("second_round.title"),
        recipient=(writer.text("payment.issuer"), writer.say("chargeback.to")),
        delivery="",
        subject=writer.say("second_round.subject_is", amount=amount, merchant=writer.text("merchant.name")),
        sections=(
            Section(
                head=writer.say(
                    "second_round.points" if len(shown) > len(points) else "second_round.points_alone"
                ),
                sentences=shown,
            ),
            Section(head=writer.say("second_round.pieces"), sentences=tuple(_pieces(writer)), numbered=True),
            Section(head=writer.say("second_round.ask"), sentences=_asks(writer, amount)),
        ),
        closing=writer.say("letter.closing_issuer"),
    )


def _points(writer: Writer) -> list[list[Sentence]]:
    """For each sort of answer: what was said last, then a rule that replies to it.  Words and rules are told once."""
    said: set[str] = set()
    told: set[str] = set()
    points = []
    for name in SAID:
        act = next(reversed(acts(writer, "merchant", name)), None)
        if act is None or act.quote.text in said:
            continue
        said.add(act.quote.text)
        rights = [r for r in writer.brief.decision.rights if _replies(r, name) and r.rule not in told][:1]
        told.update(r.rule for r in rights)
        points.append([_claim(writer, act), *(_law(writer, r) for r in rights)])
    return points


def _replies(right: Right, name: str) -> bool:
    return right.citable and right.truth == "yes" and name in right.answers


def _claim(writer: Writer, act: Act) -> Sentence:
    return writer.sentence(
        "second_round.claim",
        quotes=(act.quote,),
        day=writer.day_of(act.quote.message),
        how=on_the_phone(writer, act.quote),
        quote=writer.quoted(act.quote),
    )


def _law(writer: Writer, right: Right) -> Sentence:
    return writer.sentence(
        "second_round.law",
        rules=(right.rule,),
        says=writer.law(right.says),
        cite=writer.law(right.cite.short),
    )


def _pieces(writer: Writer) -> Iterator[Sentence]:
    for pair in contradictions(writer)[:2]:
        for quote, key in ((pair.first, "claim"), (pair.second, "against")):
            yield writer.sentence(
                f"second_round.{key}",
                quotes=(quote,),
                day=writer.day_of(quote.message),
                how=on_the_phone(writer, quote),
                quote=writer.quoted(quote),
            )
    for loop in loops(writer):
        count = len(loop.again)
        yield writer.sentence(
            "second_round.loop",
            quotes=(loop.supplied, loop.again[-1]),
            supplied=writer.day_of(loop.supplied.message),
            times=writer.times(count),
        )


def _asks(writer: Writer, amount: str) -> tuple[Sentence, ...]:
    day = writer.day("issuer.asked_on")
    return (
        writer.sentence("second_round.requested", facts=("issuer.asked_on",), day=day),
        writer.sentence("second_round.keep", facts=("order.total",), cited=False, amount=amount),
        writer.enclosure("second_round.bundle", facts=("issuer.asked_on",)),
    )
