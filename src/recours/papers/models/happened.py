"""What happened, in sentences for a letter: each from a fact or from the other side's own words, with its exhibit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from recours.casefile.types import Contradiction, Loop
from recours.money import Money
from recours.papers.models.said import (
    acts,
    by_machine,
    contradictions,
    from_their_side,
    loops,
    on_the_phone,
    other,
    told_to,
)
from recours.papers.types import Sentence
from recours.papers.writer import Writer
from recours.reading.types import Act
from recours.text import Quote

NOT_HERE = frozenset({"not_received", "late", "service_not_provided"})
# Problems in which the buyer holds the goods, so that they can be collected.
HELD = frozenset({"defective", "not_as_described", "wrong_item", "incomplete", "counterfeit"})
NO_GOODS = frozenset({"subscription_trap", "overcharged", "duplicate_charge"})
NO_HAND_OVER = frozenset({"not_received", "service_not_provided"})  # whatever a carrier's notice says
_DENIALS = ("deny_responsibility", "blame_consumer", "cite_policy", "refer_elsewhere")


class Told(msgspec.Struct, frozen=True):
    """A sentence, how much the letter needs it (the lowest goes first when the page is full), and since when it is so
    (ISO moment; "" stands before everything).  quote: the words that it repeats."""

    sentence: Sentence
    need: int
    when: str = ""
    quote: str = ""


def happened(writer: Writer, *, third: bool) -> tuple[Told, ...]:
    """The exchange in order of time.

    third: the merchant is spoken of (a letter to the issuer), not to (a letter to the merchant).
    """
    suffix = "_third" if third else ""
    later = (
        *_delivery(writer),
        *_complaint(writer, third),
        *_once(
            (
                *_answers(writer, third),
                *(_asked_again(writer, loop, suffix) for loop in _one_an_act(loops(writer))),
                *(_contradicted(writer, pair, suffix) for pair in contradictions(writer)[:1]),
                *_refusal(writer, third),
                *_promise(writer, third),
                *cancelled(writer),
                *_demanded(writer, third),
            )
        ),
    )
    return (*_purchase(writer, suffix), *in_order(later))


def bought(writer: Writer, *, third: bool) -> tuple[Told, ...]:
    """The purchase and the delivery alone, for a letter that comes before any exchange."""
    return (*_purchase(writer, "_third" if third else ""), *_delivery(writer))


def in_order(told: Iterable[Told]) -> tuple[Told, ...]:
    """By the moment since when each is so."""
    return tuple(sorted(told, key=lambda one: one.when))


def _once(told: tuple[Told, ...]) -> tuple[Told, ...]:
    """The same words are told once: the same sentence may be a denial and a refusal."""
    seen: dict[str, Told] = {}
    for one in told:
        quote = one.quote or one.sentence.text
        if quote not in seen or seen[quote].need < one.need:
            seen[quote] = one
    return tuple(seen.values())


def kept(told: tuple[Told, ...], drop: int) -> tuple[Sentence, ...]:
    """The sentences in their order without the ``drop`` least needed ones; those of need 9 always stay."""
    order = sorted((t.need, -n) for n, t in enumerate(told) if t.need < ALWAYS)
    gone = {-n for _, n in order[:drop]}
    return tuple(t.sentence for n, t in enumerate(told) if n not in gone)


ANSWER = 200  # characters of an answer: it often ends with the words that refuse
ALWAYS = 9
LAST = "9"  # after any day


def _purchase(writer: Writer, suffix: str) -> Iterator[Told]:
    number, means, day = writer.text("order.number"), writer.means_of_payment(), writer.day("order.date")
    key = f"fact.purchase{suffix}" if day else f"fact.purchase_undated{suffix}"
    facts = [
        n
        for n in ("order.date", "order.items", "order.number", "order.total", "payment.method")
        if n in writer.facts
    ]
    yield Told(
        writer.sentence(
            key,
            facts=facts,
            day=day,
            merchant=writer.text("merchant.name"),
            items=writer.text("order.items", writer.say("fact.goods")),
            order=writer.say("fact.order", number=number) if number else "",
            total=writer.text("order.total"),
            paid=writer.say("fact.paid", method=means) if means else "",
        ),
        ALWAYS,
    )
    if writer.facts.get("beneficiary.name"):
        yield Told(
            writer.sentence(
                "fact.beneficiary", facts=("beneficiary.name",), name=writer.text("beneficiary.name")
            ),
            7,
        )


def _delivery(writer: Writer) -> Iterator[Told]:
    kind = str(writer.facts.get("problem.kind"))
    if kind in NO_GOODS:
        return
    if writer.facts.get("delivery.delivered_on") and kind not in NO_HAND_OVER:
        yield Told(
            writer.sentence(
                "fact.delivered",
                facts=("delivery.delivered_on",),
                day=writer.day("delivery.delivered_on"),
            ),
            8,
            str(writer.facts["delivery.delivered_on"]),
        )
    elif kind in NOT_HERE:
        if writer.facts.get("delivery.promised_on"):
            yield Told(
                writer.sentence(
                    "fact.service_promised" if kind == "service_not_provided" else "fact.promised",
                    facts=("delivery.promised_on",),
                    day=writer.day("delivery.promised_on"),
                ),
                ALWAYS,
            )
        key = "fact.not_provided" if kind == "service_not_provided" else "fact.not_here"
        yield Told(writer.sentence(key, facts=("problem.kind",)), ALWAYS)


def _complaint(writer: Writer, third: bool) -> Iterator[Told]:
    """The first one that went to the merchant; else the first, and to whom."""
    all_ = acts(writer, "consumer", "complain")
    act = next((a for a in all_ if not told_to(writer, a.quote)), next(iter(all_), None))
    if act:
        who = told_to(writer, act.quote)
        yield Told(
            writer.sentence(
                "fact.complained_third" if third or who else "fact.complained",
                quotes=(act.quote,),
                facts=("problem.reported_on",) if "problem.reported_on" in writer.facts and not who else (),
                day=writer.day_of(act.quote.message),
                who=writer.say("fact.to", who=who) if who else writer.say("fact.to_merchant"),
                quote=writer.quoted(act.quote),
            ),
            ALWAYS,
            # before all that happened on that day; of an unknown day, once the goods were there
            writer.iso_day_of(act.quote.message) or str(writer.facts.get("delivery.delivered_on", "")),
        )


def _answers(writer: Writer, third: bool) -> Iterator[Told]:
    """The first denial of each sort that a person wrote: the words that the law answers."""
    for need, name in zip((8, 7, 3, 2), _DENIALS, strict=True):
        act = next((a for a in from_their_side(writer, name) if not by_machine(writer, a.quote)), None)
        if act:
            yield _said(writer, "fact.said", act, need, third)


def _asked_again(writer: Writer, loop: Loop, suffix: str) -> Told:
    """What was supplied before anybody asked, or after the first request, and asked for again."""
    count = sum(len(one.again) for one in loops(writer) if one.act == loop.act)
    asked, supplied = writer.moment_of(loop.asked.message), writer.moment_of(loop.supplied.message)
    key = "asked_again" if asked < supplied else "asked_though_sent"
    last = writer.day_of(loop.again[-1].message)
    return Told(
        writer.sentence(
            f"fact.{key}{suffix}.{loop.act}",
            quotes=(loop.supplied, loop.again[-1]),
            asked=writer.day_of(loop.asked.message),
            supplied=writer.day_of(loop.supplied.message),
            times=writer.times(count),
            still=writer.say("fact.at_day", day=last).strip()
            if count == 1
            else writer.say("fact.times_last", count=count, last=last),
        ),
        6,
        min(asked, supplied),
    )


def _one_an_act(loops: tuple[Loop, ...]) -> tuple[Loop, ...]:
    return tuple({loop.act: loop for loop in reversed(loops)}.values())[::-1]


def _contradicted(writer: Writer, pair: Contradiction, suffix: str) -> Told:
    return Told(
        writer.sentence(
            f"fact.contradicted{suffix}",
            quotes=(pair.first, pair.second),
            first=writer.quoted(pair.first),
            first_day=writer.day_of(pair.first.message),
            second=writer.quoted(pair.second),
            second_day=writer.day_of(pair.second.message),
        ),
        4,
        writer.moment_of(pair.second.message),
    )


def _refusal(writer: Writer, third: bool) -> Iterator[Told]:
    """The merchant's last; one of somebody else (a platform) only when the merchant itself never refused."""
    refusals = acts(writer, "merchant", "refuse") or from_their_side(writer, "refuse")
    if refusals:
        yield _said(writer, "fact.refused", refusals[-1], 8, third)


def _promise(writer: Writer, third: bool) -> Iterator[Told]:
    """The refund that was promised, or said to be made, and what came of it."""
    name = next((n for n in ("refund.confirmed_on", "refund.promised_on") if writer.facts.get(n)), "")
    if not name:
        return
    came = writer.received(writer.claimed().currency)
    key = f"{'confirmed' if name == 'refund.confirmed_on' else 'promised'}_refund{'_came' if came else ''}"
    fact = writer.case.facts.get(name)
    who, how = _who(writer, fact.claim.quote) if fact else ("", "")
    yield Told(
        writer.sentence(
            f"fact.{key}_third" if third or who else f"fact.{key}",
            facts=(name, "refund.received_amount") if came else (name,),
            day=writer.day(name),
            who=who or writer.say("fact.merchant"),
            how=how,
            received=writer.value(Money(came, writer.claimed().currency)),
        ),
        8,
        str(writer.facts.get(name)),
    )


def cancelled(writer: Writer) -> Iterator[Told]:
    """The cancellation that was sent, on which what is asked now may stand; its own notice does not tell it."""
    if "cancellation.sent_on" in writer.facts and writer.name != "cancellation":
        day = writer.day("cancellation.sent_on")
        yield Told(
            writer.sentence("fact.cancelled", facts=("cancellation.sent_on",), day=day),
            ALWAYS,
            str(writer.facts["cancellation.sent_on"]),
        )


def _demanded(writer: Writer, third: bool) -> Iterator[Told]:
    """The formal demand that was sent, also in a second one; one that went to somebody else (a platform) by that name."""
    if "demand.sent_on" in writer.facts:
        fact = writer.case.facts.get("demand.sent_on")
        who = told_to(writer, fact.claim.quote) if fact else ""
        yield Told(
            writer.sentence(
                "fact.demanded_third" if third or who else "fact.demanded",
                facts=("demand.sent_on",),
                day=writer.day("demand.sent_on"),
                who=writer.say("fact.to", who=who) if who else writer.say("fact.to_merchant"),
            ),
            ALWAYS,
            str(writer.facts["demand.sent_on"]),
        )


def _said(writer: Writer, key: str, act: Act, need: int, third: bool) -> Told:
    """Told to the merchant as "you", else by the name of whoever said it."""
    who, how = _who(writer, act.quote)
    sentence = writer.sentence(
        f"{key}_third" if third or who else key,
        quotes=(act.quote,),
        day=writer.day_of(act.quote.message),
        who=who or writer.say("fact.merchant"),
        how=how,
        quote=writer.quoted(act.quote, ANSWER),
    )
    return Told(sentence, need, writer.moment_of(act.quote.message), act.quote.text)


def _who(writer: Writer, quote: Quote) -> tuple[str, str]:
    """Who said it, when it was not the merchant; and how, when it was on the phone."""
    return other(writer, quote), on_the_phone(writer, quote)
