"""The complaint about the issuer: its own second level first, then, when its time is over, the external body."""

from __future__ import annotations

from collections.abc import Iterator

from recours.law.types import Deadline
from recours.money import Money
from recours.papers.letter import Letter, Section
from recours.papers.models.common import owed_of_payment, unfit
from recours.papers.models.happened import ALWAYS, Told, happened, in_order, kept
from recours.papers.types import Sentence
from recours.papers.writer import CARDS, Writer

_RULES = frozenset({"right", "remedy", "duty", "prohibition"})


def model(writer: Writer, drop: int) -> Letter:
    """The level that the case is at.  Raises NotReadyError; DoesNotFitError while the issuer's time to answer runs."""
    writer.need("consumer.name", "merchant.name", "order.total", "order.date", "payment.method")
    if writer.facts["payment.method"] not in CARDS:
        raise unfit(writer, "bank_complaint.no_card")
    writer.need("issuer.asked_on")
    left = owed_of_payment(writer)
    over = _over(writer) if "issuer.complained_on" in writer.facts else None
    level = "" if over is None else "_external"
    named = writer.text("payment.issuer")
    issuer = named or writer.say("bank_complaint.issuer")
    to = "to_external" if level else "to" if named else "to_unnamed"
    merchant, amount = writer.text("merchant.name"), writer.value(left)
    return writer.letter(
        title=writer.say(f"bank_complaint.title{level}"),
        recipient=(writer.say(f"bank_complaint.{to}", issuer=issuer),),
        delivery="",
        subject=writer.say("bank_complaint.subject_is", amount=amount, merchant=merchant, issuer=issuer),
        sections=(
            Section(
                head=writer.say("bank_complaint.facts"),
                sentences=(
                    writer.sentence(
                        f"bank_complaint.bought{level}",
                        facts=("order.date", "order.total"),
                        day=writer.day("order.date"),
                        total=writer.text("order.total"),
                        merchant=merchant,
                        issuer=issuer,
                    ),
                    *kept(in_order((*happened(writer, third=True), *_asked(writer))), drop)[1:],
                    *_over_since(writer, over),
                    _back(writer, left),
                ),
                numbered=True,
            ),
            Section(head=writer.say("bank_complaint.law"), sentences=_rules(writer)),
            Section(head=writer.say("bank_complaint.ask"), sentences=_asks(writer, amount, level)),
        ),
        closing=writer.say("letter.closing_issuer"),
    )


def _over(writer: Writer) -> Deadline | None:
    """The issuer's time to answer the complaint, when it is over; None when no rule gives one."""
    since = writer.facts["issuer.complained_on"]
    times = [d for d in writer.brief.decision.deadlines if d.who == "issuer" and d.start == since]
    if not times:
        return None
    last = max(times, key=lambda d: d.last)
    if last.last >= writer.brief.today:
        raise unfit(writer, "bank_complaint.waiting", day=last.last.isoformat(), since=str(since))
    return last


def _asked(writer: Writer) -> Iterator[Told]:
    """What was asked of the issuer; told among the rest in order of time."""
    for key, fact in (("requested", "issuer.asked_on"), ("complained", "issuer.complained_on")):
        if fact in writer.facts:
            told = writer.sentence(f"bank_complaint.{key}", facts=(fact,), day=writer.day(fact))
            yield Told(told, ALWAYS, str(writer.facts[fact]))


def _over_since(writer: Writer, over: Deadline | None) -> Iterator[Sentence]:
    if over:
        day = writer.in_words(over.last)
        yield writer.sentence("bank_complaint.over", rules=(over.rule,), day=day)


def _back(writer: Writer, left: Money) -> Sentence:
    back = writer.received(left.currency)
    if not back:
        return writer.sentence("bank_complaint.nothing", facts=("order.total",), cited=False)
    return writer.sentence(
        "bank_complaint.partly",
        facts=("refund.received_amount",),
        received=writer.value(Money(back, left.currency)),
        left=writer.value(left),
    )


def _rules(writer: Writer) -> tuple[Sentence, ...]:
    """What binds the issuer: rights against it, and duties to answer."""
    return tuple(
        writer.sentence(
            "demand.article",
            rules=(r.rule,),
            says=writer.law(r.says),
            cite=writer.law(r.cite.short),
        )
        for r in writer.brief.decision.rights
        if r.citable and r.against == "issuer" and r.kind in _RULES
    )


def _asks(writer: Writer, amount: str, level: str) -> tuple[Sentence, ...]:
    key = "recommend" if level else "review"
    return (
        writer.sentence(f"bank_complaint.{key}", facts=("order.total",), cited=False, amount=amount),
        writer.sentence(f"bank_complaint.answer{level}", facts=("issuer.asked_on",), cited=False),
    )
