"""The formal demand (mise en demeure): facts, law, what is asked, the time given, what follows.

Source of the form: Civil Code of Québec, arts. 1594 and 1595 (in writing, with time enough to perform).
"""

from __future__ import annotations

from collections.abc import Iterator

from recours.papers.letter import Letter, Section
from recours.papers.models.common import asks_more, gives_back, need_address, owed
from recours.papers.models.happened import ALWAYS, LAST, NOT_HERE, Told, happened, in_order, kept
from recours.papers.models.rights import announced, articles
from recours.papers.types import Sentence
from recours.papers.writer import Writer

CHEQUES = frozenset({"CA", "US"})
USUAL_DAYS = 10  # usage where no pack counts the time (the Code asks for "sufficient time")


def model(writer: Writer, drop: int) -> Letter:
    """The demand, without its ``drop`` least needed sentences.  Raises NotReadyError."""
    writer.need("consumer.name", "merchant.name", "order.total")
    need_address(writer, "merchant.address")
    amount = writer.value(owed(writer))
    return writer.letter(
        title=writer.say("demand.title"),
        recipient=writer.merchant(),
        delivery=delivery(writer),
        subject=subject(writer, "demand.subject_more" if asks_more(writer) else "demand.subject_is", amount),
        sections=(
            Section(
                head=writer.say("demand.facts"),
                sentences=kept(in_order((*happened(writer, third=False), *_goods(writer))), drop),
                numbered=True,
            ),
            Section(head=writer.say("demand.law"), sentences=articles(writer), numbered=False),
            Section(head=writer.say("demand.claim"), sentences=tuple(_claim(writer, amount))),
        ),
        closing=writer.say("letter.closing"),
    )


def delivery(writer: Writer) -> str:
    """How to send it: registered where there is a postal address, and by e-mail where that is known."""
    email = writer.text("merchant.email")
    if not writer.facts.get("merchant.address"):
        return writer.say("demand.delivery_email", email=email)
    return writer.say("demand.delivery", email=writer.say("demand.and_email", email=email) if email else "")


def subject(writer: Writer, key: str, amount: str) -> str:
    number = writer.text("order.number")
    return writer.say(
        key,
        items=writer.text("order.items", writer.say("fact.goods")),
        order=writer.say("fact.order", number=number) if number else "",
        amount=amount,
    )


def days_given(writer: Writer) -> int:
    """Days that the other side has from the sending, as the rule of the step (or its duty) counts them."""
    counts = [
        (d.raw - d.start).days
        for d in writer.brief.decision.deadlines
        if d.who == "merchant" and d.start == writer.brief.today
    ]
    return max(counts, default=0)


def _by_cheque(writer: Writer) -> bool:
    """Where people still pay by cheque, and the letter says to which address."""
    return writer.place in CHEQUES and "consumer.address" in writer.facts


def _goods(writer: Writer) -> Iterator[Told]:
    """Where the goods are, as far as it is known."""
    if str(writer.facts.get("problem.kind")) in NOT_HERE:
        return
    if writer.facts.get("goods.returned_on"):
        day = writer.day("goods.returned_on")
        sentence = writer.sentence("fact.returned", facts=("goods.returned_on",), day=day)
        yield Told(sentence, ALWAYS, str(writer.facts["goods.returned_on"]))
    elif writer.facts.get("return.offered") is True:
        day = writer.day("return.offered_on")
        sentence = writer.sentence(
            "fact.offered_back",
            facts=("return.offered", "return.offered_on"),
            on=writer.say("fact.at_day", day=day) if day else "",
        )
        yield Told(sentence, ALWAYS, str(writer.facts.get("return.offered_on") or LAST))


def _claim(writer: Writer, amount: str) -> list[Sentence]:
    days = days_given(writer) or USUAL_DAYS
    step = (writer.brief.step.rule,) if writer.brief.step else ()
    claim = [
        writer.sentence(
            "demand.pay_more" if asks_more(writer) else "demand.pay",
            facts=("order.total",),
            rules=step,
            cited=False,
            amount=amount,
            days=days,
            cheque=writer.say("demand.cheque") if _by_cheque(writer) else "",
        )
    ]
    if gives_back(writer):
        claim.append(writer.sentence("demand.take_back", facts=("problem.kind",), cited=False))
    following = announced(writer, days)
    if following:
        claim.append(following)
    email = writer.text("consumer.email")
    claim.append(
        writer.sentence(
            "demand.answer",
            facts=("consumer.email",),
            cited=False,
            email=writer.say("demand.at_email", email=email) if email else "",
        )
    )
    claim.append(writer.sentence("demand.reserve", rules=step))
    return claim
