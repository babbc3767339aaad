"""The request to the card issuer: the network's dispute, or what a statute lets one ask of the issuer itself.

The eight items of a statutory request are those of the Consumer Protection Act of Quebec (CQLR, c. P-40.1), s. 54.15,
which the guides for British Columbia and Ontario take as a superset of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from recours.law.facts import NETWORK
from recours.papers.letter import Letter, Row, Section
from recours.papers.models.common import LIABLE, owed_of_payment
from recours.papers.models.happened import NOT_HERE, happened, kept
from recours.papers.models.rights import articles
from recours.papers.types import Sentence
from recours.papers.writer import Writer, network_name

LAW_ASKED = "issuer.request_sent_on"
_OWN_DUTY = {LIABLE: "s75", "us.fcba.claims": "claims", "us.regz.1026_13": "billing"}
"""The issuer's own duty, by rule, and where the tables have its words: it is not asked to dispute anything, but to pay."""


def model(writer: Writer, drop: int) -> Letter:
    """The request under the reason of the step.  Raises NotReadyError."""
    step = writer.brief.step
    statutory = step is not None and step.step == "statutory_chargeback"
    return _statutory(writer, drop) if statutory else _dispute(writer, drop)


def _dispute(writer: Writer, drop: int) -> Letter:
    writer.need("merchant.name", "order.total", "order.date", "problem.kind")
    amount = writer.value(owed_of_payment(writer))
    return writer.letter(
        title=writer.say(_words(writer, "title")),
        recipient=_issuer(writer),
        delivery="",
        subject=writer.say(
            _words(writer, "subject_is"), amount=amount, merchant=writer.text("merchant.name")
        ),
        sections=(
            Section(head=writer.say("chargeback.rows_head"), rows=tuple(_payment(writer, amount))),
            Section(head=writer.say("chargeback.reason_head"), sentences=(_reason(writer),)),
            Section(
                head=writer.say("chargeback.happened_head"),
                sentences=kept(happened(writer, third=True), drop),
                numbered=True,
            ),
            Section(head=writer.say("chargeback.return_head"), sentences=tuple(goods_now(writer))),
            Section(head=writer.say("chargeback.tried_head"), sentences=tuple(tried(writer))),
            Section(head=writer.say("chargeback.ask_head"), sentences=tuple(_ask(writer, amount))),
        ),
        closing=writer.say("letter.closing_issuer"),
    )


def _statutory(writer: Writer, drop: int) -> Letter:
    writer.need("consumer.name", "merchant.name", "order.date", "order.total", "cancellation.sent_on")
    amount = writer.value(owed_of_payment(writer))
    sent = writer.facts.get(LAW_ASKED)
    left = sent if isinstance(sent, date) else None
    return writer.letter(
        title=writer.say("statutory.title"),
        recipient=_issuer(writer),
        delivery="",
        subject=writer.say("statutory.subject_is", amount=amount, merchant=writer.text("merchant.name")),
        sections=(
            Section(
                head=writer.say("statutory.items_head"),
                rows=tuple(_eight(writer, amount)),
            ),
            Section(
                head=writer.say("chargeback.happened_head"),
                sentences=(
                    *kept(happened(writer, third=True), drop),
                    *money_back(writer),
                ),
                numbered=True,
            ),
            Section(head=writer.say("statutory.law_head"), sentences=articles(writer, against="issuer")),
            Section(
                head=writer.say("statutory.ask_head"),
                sentences=(
                    *_besides(writer, "statutory.besides", "issuer.asked_on", left),
                    writer.sentence("statutory.ask", facts=("order.total",), cited=False, amount=amount),
                    writer.sentence("statutory.ack", rules=_rules(writer)),
                ),
            ),
        ),
        closing=writer.say("letter.closing_issuer"),
    )


def _eight(writer: Writer, amount: str) -> Iterator[Row]:
    """Items (a) to (h) in the statute's order; the card's number and expiry are left for the hand."""
    promised = writer.day("delivery.promised_on")
    means = writer.facts.get("cancellation.means")
    yield writer.row(
        "statutory.a",
        writer.text("payment.cardholder", writer.text("consumer.name")),
        "payment.cardholder",
    )
    yield writer.row("statutory.b", writer.say("statutory.blank"))
    yield writer.row("statutory.c", ", ".join(writer.merchant()), "merchant.name", "merchant.address")
    yield writer.row("statutory.d", writer.day("order.date"), "order.date")
    yield writer.row(
        "statutory.e",
        writer.say("statutory.e_is", total=writer.text("order.total"), amount=amount),
        "order.total",
    )
    yield writer.row("statutory.f", writer.text("order.items", writer.say("fact.goods")), "order.items")
    yield writer.row(
        "statutory.g",
        writer.say(
            "statutory.g_service"
            if writer.facts.get("problem.kind") == "service_not_provided"
            else "statutory.g_is",
            promised=writer.say("statutory.g_promised", day=promised) if promised else "",
        ),
        "problem.kind",
        "delivery.promised_on",
    )
    yield writer.row(
        "statutory.h",
        writer.say(
            "statutory.h_is",
            day=writer.day("cancellation.sent_on"),
            means=writer.say(f"means.{means or 'other'}"),
        ),
        "cancellation.sent_on",
        "cancellation.means",
    )


def _payment(writer: Writer, amount: str) -> Iterator[Row]:
    network, last4 = network_name(writer.facts.get("payment.network")), writer.text("payment.last4")
    card = writer.say("card", network=network, last4=last4).strip(" ,") if last4 else network
    rows = (
        ("row.cardholder", writer.text("payment.cardholder"), "payment.cardholder"),
        ("row.card", card, "payment.network"),
        ("row.merchant", ", ".join(writer.merchant()), "merchant.name"),
        ("row.order_date", writer.day("order.date"), "order.date"),
        ("row.order_number", writer.text("order.number"), "order.number"),
        ("row.items", writer.text("order.items"), "order.items"),
        ("row.total", writer.text("order.total"), "order.total"),
        ("row.claimed" if _own_duty(writer) else "row.disputed", amount, "order.total"),
        ("row.delivered", writer.day("delivery.delivered_on"), "delivery.delivered_on"),
        ("row.beneficiary", writer.text("beneficiary.name"), "beneficiary.name"),
    )
    for key, value, fact in rows:
        if value or key in _BY_HAND:
            yield writer.row(key, value, fact)


_BY_HAND = frozenset({"row.cardholder", "row.card"})  # left to be written when they are not known


def _reason(writer: Writer) -> Sentence:
    """The problem in the network's sense; the condition's number only where its rule may be cited."""
    own = _own_duty(writer)  # then the article stands beside what is asked
    return writer.sentence(
        "chargeback.reason",
        facts=("problem.kind",),
        rules=() if own else _rules(writer),
        cited=False,
        problem=writer.problem(),
        cite="" if own else _cite(writer),
    )


def _own_duty(writer: Writer) -> str:
    return _OWN_DUTY.get(writer.brief.step.rule, "") if writer.brief.step else ""


def _words(writer: Writer, key: str) -> str:
    own = _own_duty(writer)
    return f"chargeback.{own}.{key}" if own else f"chargeback.{key}"


def _cite(writer: Writer) -> str:
    return f" ({writer.law(writer.brief.cite.short)})" if writer.brief.cite else ""


def goods_now(writer: Writer) -> Iterator[Sentence]:
    """Where the goods are, and whether their return was tried, as issuers and platforms ask."""
    if str(writer.facts.get("problem.kind")) in NOT_HERE:
        return
    if writer.facts.get("goods.returned_on"):
        yield writer.sentence(
            "fact.returned", facts=("goods.returned_on",), day=writer.day("goods.returned_on")
        )
    elif writer.facts.get("return.offered") is True:
        day = writer.day("return.offered_on")
        yield writer.sentence(
            "fact.offered_back",
            facts=("return.offered", "return.offered_on"),
            on=writer.say("fact.at_day", day=day) if day else "",
        )
    if writer.facts.get("return.refused_on"):
        yield writer.sentence(
            "fact.return_refused", facts=("return.refused_on",), day=writer.day("return.refused_on")
        )
    if writer.facts.get("goods.available") is True and not writer.facts.get("goods.returned_on"):
        yield writer.sentence("fact.available", facts=("goods.available",))


def tried(writer: Writer) -> Iterator[Sentence]:
    """What was tried with the merchant, and what came of it."""
    measures = writer.case.measures
    days = [day for e in writer.case.dispute if (day := writer.day_on(e))]
    since = writer.day("problem.reported_on")
    if measures.emails_sent_since_complaint and days and since:
        yield writer.sentence(
            "chargeback.exchange",
            facts=("problem.reported_on",),
            cited=False,
            first=since,
            last=writer.in_words(max(days)),
            sent=writer.times(measures.emails_sent_since_complaint),
            received=writer.times(measures.answers_since_complaint),
            calls=writer.say("chargeback.calls", times=writer.times(measures.calls))
            if measures.calls
            else "",
        )
    yield from money_back(writer)


def money_back(writer: Writer) -> Iterator[Sentence]:
    left = writer.claimed()
    back = writer.received(left.currency)
    if back:
        yield writer.sentence(
            "chargeback.partly_back",
            facts=("refund.received_amount",),
            received=writer.value(type(left)(back, left.currency)),
            left=writer.value(left),
        )
    else:
        yield writer.sentence("chargeback.nothing_back", facts=("order.total",), cited=False)


def _besides(writer: Writer, key: str, fact: str, before: date | None = None) -> Iterator[Sentence]:
    """The request on another ground that left before this one: the issuer must see one payment, asked for once.

    fact: its day; before: the day of this request, when it left already.
    """
    day = writer.facts.get(fact)
    if isinstance(day, date) and (before is None or day < before):
        yield writer.sentence(key, facts=(fact,), cited=False, day=writer.day(fact))


def _ask(writer: Writer, amount: str) -> Iterator[Sentence]:
    step = writer.brief.step
    if step is not None and step.step == NETWORK:
        yield from _besides(writer, "chargeback.besides", LAW_ASKED)
    yield writer.sentence(
        _words(writer, "ask"),
        facts=("order.total",),
        rules=_rules(writer),
        cited=False,
        amount=amount,
        cite=_cite(writer),
    )
    yield writer.enclosure("chargeback.bundle", facts=("order.total",))


def _issuer(writer: Writer) -> tuple[str, ...]:
    return (writer.text("payment.issuer"), writer.say("chargeback.to"))


def _rules(writer: Writer) -> tuple[str, ...]:
    return (writer.brief.step.rule,) if writer.brief.step else ()
