"""The formal demand to the card issuer that let the time of a statutory request pass.

The times and the articles are the packs': a deadline of the issuer that starts with the request, of a rule that holds
and may be cited.
"""

from __future__ import annotations

from recours.law.types import Deadline, Right
from recours.papers.letter import Letter, Section
from recours.papers.models.chargeback import money_back
from recours.papers.models.common import ANSWER_DAYS, answer_within, owed_of_payment, unfit
from recours.papers.models.happened import bought, cancelled, kept
from recours.papers.models.rights import articles
from recours.papers.types import Sentence
from recours.papers.writer import Writer


def model(writer: Writer, drop: int) -> Letter:
    """The demand.  Raises NotReadyError; DoesNotFitError while the issuer's time runs or no rule gives one."""
    writer.need("consumer.name", "merchant.name", "order.total", "issuer.request_sent_on")
    amount = writer.value(owed_of_payment(writer))
    passed = _passed(writer)
    sent = writer.sentence(
        "issuer_demand.sent",
        facts=("issuer.request_sent_on",),
        day=writer.day("issuer.request_sent_on"),
        amount=amount,
    )
    return writer.letter(
        title=writer.say("issuer_demand.title"),
        recipient=(writer.text("payment.issuer"), writer.say("issuer_demand.to")),
        delivery="",
        subject=writer.say("issuer_demand.subject_is", amount=amount, merchant=writer.text("merchant.name")),
        sections=(
            Section(
                head=writer.say("issuer_demand.facts"),
                sentences=(
                    *kept((*bought(writer, third=True), *cancelled(writer)), drop),
                    *money_back(writer),
                    sent,
                    *(_told(writer, deadline, right) for deadline, right in passed),
                    writer.sentence("issuer_demand.nothing", facts=("order.total",), cited=False),
                ),
                numbered=True,
            ),
            Section(head=writer.say("issuer_demand.law"), sentences=articles(writer, against="issuer")),
            Section(head=writer.say("issuer_demand.ask"), sentences=_asks(writer, amount)),
        ),
        closing=writer.say("letter.closing"),
    )


def _passed(writer: Writer) -> list[tuple[Deadline, Right]]:
    start, today = writer.facts["issuer.request_sent_on"], writer.brief.today
    citable = {r.rule: r for r in writer.brief.decision.rights if r.citable}
    times = [
        (d, citable[d.rule])
        for d in writer.brief.decision.deadlines
        if d.who == "issuer" and d.start == start and d.kind == "last_day" and d.rule in citable
    ]
    if not times:
        raise unfit(writer, "issuer_demand.none")
    passed = [(d, right) for d, right in times if d.last < today]
    if not passed:
        raise unfit(writer, "issuer_demand.waiting", day=min(d.last for d, _ in times).isoformat())
    return passed


def _told(writer: Writer, deadline: Deadline, right: Right) -> Sentence:
    return writer.sentence(
        "issuer_demand.passed",
        rules=(right.rule,),
        day=writer.in_words(deadline.last),
        says=writer.law(deadline.says),
    )


def _asks(writer: Writer, amount: str) -> tuple[Sentence, ...]:
    complaint = [
        s.rule for s in writer.brief.decision.steps if s.step == "bank_complaint" and s.truth == "yes"
    ]
    pay = writer.sentence(
        "issuer_demand.pay", facts=("order.total",), cited=False, amount=amount, days=ANSWER_DAYS
    )
    reason = writer.sentence("issuer_demand.reason", facts=("issuer.request_sent_on",), cited=False)
    then = [writer.sentence("issuer_demand.then", rules=complaint)] if complaint else []
    return (pay, *then, reason, answer_within(writer))
