"""All findings of a dispute -> for each fact its values, best founded first.

Comes in: the dispute's Reads, what each says, who sent which, the shopper's addresses.  Goes out: Findings under
the taxonomy's names only, one for each different value.  A dollar whose country stays unknown, a date that can
be read two ways, a value below ``ENOUGH`` are left out: the person is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta, tzinfo

import msgspec

from recours.money import Money
from recours.reading.days import home
from recours.reading.derived import derived, taken, turned_down
from recours.reading.four_digits import swiss_or_belgian
from recours.reading.parties import (
    same_person,
)
from recours.reading.places import NUMERIC_ORDER
from recours.reading.settle_case import Case
from recours.reading.settle_money import (
    clear_money,
    deposits,
    key_of,
    sums_sent_back,
    with_parts,
    with_whole_offers,
)
from recours.reading.settle_seller import seller_facts
from recours.reading.types import Finding, Membership, Message, Read, Value
from recours.text import fold

_RECEIPT = 0.75  # of a total: one that a receipt states
ENOUGH = 0.5  # below it a value is not told
_ANOTHERS = (
    0.35  # taken off what may be another firm's: an address in a marketplace's mail, a total on a paper
)
_AGREE = 0.01  # each further message that says the same adds so much
_AGREE_MOST = 0.04
_DIFFERENT = timedelta(days=150)  # farther from its message, a numeric date is not the one meant


def settle(
    reads: Sequence[Read], findings: Sequence[Finding], members: Sequence[Membership], owner: Sequence[str]
) -> tuple[Finding, ...]:
    """Normalised, merged and validated findings; names in alphabetical order, each best first."""
    findings = swiss_or_belgian(findings, reads)
    billed = {f.value for f in findings if f.name == "order.total" and f.confidence >= _RECEIPT}
    case = Case(with_whole_offers(reads, billed), members, owner, _home(findings))
    inside = list(_led(case, (f for f in findings if f.quote.message in case.reads)))
    raw = [
        *_plain(case, inside),
        *seller_facts(case, inside),
        *_shopper(case, inside),
        *derived(case.timeline, case.by_seller, sums_sent_back(inside)),
    ]
    country = _country(raw, "merchant.country"), _country(raw, "consumer.country")
    clear = _clear_dates(case, raw, country)
    paid = [f.value for f in inside if f.name == "order.total"]
    merged = _merge(with_parts(case, list(clear_money(clear, country, paid))))
    return _validated(merged)


def _led(case: Case, findings: Iterable[Finding]) -> Iterable[Finding]:
    """An address under the shopper's own name is theirs, and a place beside a name only then."""
    for f in findings:
        if f.by == "people.merchant" and f.name != "merchant.name" and case.led_by_the_owner(f):
            f = msgspec.structs.replace(f, name=f.name.replace("merchant.", "bill."), by="people.bill")
        if f.by != "people.named" or case.led_by_the_owner(f):
            yield f


def _home(findings: Sequence[Finding]) -> tzinfo | None:
    """The zone of the place where the shopper most likely lives."""

    def best(rest: str) -> str:
        said = [f for f in findings if f.name in (f"consumer.{rest}", f"bill.{rest}", f"ship.{rest}")]
        return str(max(said, key=lambda f: f.confidence).value) if said else ""

    return home(best("region"), best("country"))


_PLAIN = frozenset(
    [
        "order.number",
        "order.date",
        "order.total",
        "order.items",
        "payment.method",
        "payment.network",
        "payment.last4",
        "delivery.promised_on",
        "delivery.delivered_on",
        "delivery.tracking_number",
        "problem.kind",
        "refund.amount",
        "return.offered",
        "return.offered_on",
        "return.refused_on",
    ]
)


def _plain(case: Case, findings: Iterable[Finding]) -> Iterable[Finding]:
    """Facts that need little more than the message they stand in."""
    complained = case.timeline.acts("consumer", "complain")
    first = complained[0][0].message if complained else None
    theirs = {
        str(f.value).casefold()
        for f in findings
        if f.name == "delivery.tracking_number" and case.side(case.reads[f.quote.message]) == "consumer"
    }
    numbers = {
        str(f.value)
        for f in findings
        if f.name == "order.number"
        and (case.of_seller(f) or case.side(case.reads[f.quote.message]) == "consumer")
    }
    written = {str(f.value) for f in findings if f.name == "order.number" and not f.quote.part}
    came = first is not None and any(
        f.name == "delivery.delivered_on" and _before(case.reads[f.quote.message].message, first)
        for f in findings
    )
    early = deposits(r.message.text for r in case.reads.values() if case.side(r) == "merchant")
    for f in findings:
        if f.name not in _PLAIN:
            continue
        if f.name == "order.total" and isinstance(f.value, Money) and f.value.amount.normalize() in early:
            f = _less(f, _ANOTHERS)
        message = case.reads[f.quote.message].message
        if f.quote.part and f.name.startswith(("order.", "payment.")) and case.of_another_firm(f, written):
            f = _less(f, _ANOTHERS)
        if f.name.startswith("delivery."):
            if f.by == "delivery.reference" and (case.of_seller(f) or str(f.value) in numbers):
                continue
            if case.after_return(f) or str(f.value).casefold() in theirs:
                continue
            later = bool(first and message.date and first.date and message.date >= first.date)
            if f.name in ("delivery.delivered_on", "delivery.tracking_number") and later and came:
                f = _less(f, 0.3)  # of a replacement: the goods had come before they were complained of
            if f.name == "delivery.promised_on" and later:
                f = _less(f, 0.3)
        if f.by == "orders.confirmed":
            f = msgspec.structs.replace(f, value=case.day(f) or f.value)
        if f.name == "refund.amount":
            read = case.reads[message.id]
            offered = f.by != "refunds.confirmed"
            partial = offered and not any(a.act == "offer_refund" for a in read.acts)
            if offered and (turned_down(case.timeline, read) or (partial and not taken(case.timeline, read))):
                continue
            f = _later(case, f)
        yield f


def _before(message: Message, other: Message) -> bool:
    return bool(message.date and other.date and message.date < other.date)


def _later(case: Case, finding: Finding) -> Finding:
    """Of several refunds the latest counts: a place in time is worth less than a kind of words."""
    order = [r.message.id for r in case.timeline.reads]
    at = order.index(finding.quote.message) if finding.quote.message in order else 0
    return msgspec.structs.replace(finding, confidence=finding.confidence + 0.02 * at / max(len(order), 1))


def _less(finding: Finding, by: float) -> Finding:
    return msgspec.structs.replace(finding, confidence=finding.confidence - by)


def _shopper(case: Case, findings: Sequence[Finding]) -> Iterable[Finding]:
    """consumer.* and beneficiary.name: who pays is who writes; the ship-to block may be somebody else's."""
    names: list[Finding] = []
    for f in findings:
        if f.name in (
            "consumer.name",
            "consumer.email",
            "consumer.country",
            "consumer.region",
            "consumer.address",
        ):
            if f.by in (
                "people.sender",
                "people.closing",
                "people.lives",
                "people.under",
                "people.consumer",
            ) and not case.of_owner(f):
                continue
            if f.name == "consumer.name":
                names.append(f)
            else:
                yield f
    bill = [f for f in findings if f.name == "bill.name"]
    ship = [f for f in findings if f.name == "ship.name"]
    if not names:
        names = [msgspec.structs.replace(f, name="consumer.name", confidence=0.75) for f in (bill or ship)]
    yield from names
    name = str(max(names, key=lambda f: f.confidence).value) if names else ""
    other = {f.quote.message: f for f in ship if name and not same_person(str(f.value), name)}
    yield from _beneficiary(case, findings, list(other.values()), name)
    for f in findings:
        prefix, _, rest = f.name.partition(".")
        if rest not in ("address", "country", "region") or prefix not in ("bill", "ship"):
            continue
        if prefix == "ship" and f.quote.message in other:
            if rest == "country":
                yield msgspec.structs.replace(f, name="consumer.country", confidence=0.55)
            continue
        yield msgspec.structs.replace(f, name=f"consumer.{rest}")


def _beneficiary(
    case: Case, findings: Iterable[Finding], ship: Sequence[Finding], name: str
) -> Iterable[Finding]:
    told = [f for f in findings if f.name == "beneficiary.name" and case.of_owner(f)]
    for f in ship:
        agreed = any(fold(str(t.value)).split()[0] == fold(str(f.value)).split()[0] for t in told)
        agreed = agreed or any(fold(str(f.value)) in fold(r.message.text) for r in case.by_owner)
        sure = 0.95 if agreed else min(f.confidence, 0.75)
        yield msgspec.structs.replace(f, name="beneficiary.name", confidence=sure)
    writers = {r.message.sender.name for r in case.reads.values() if r.message.sender.email not in case.owner}
    for f in told:
        given = fold(str(f.value)).split()[0]
        if name and given in fold(name).split():
            continue
        whole = next(
            (w for w in sorted(writers) if fold(w).split()[:1] == [given] and len(w.split()) > 1), ""
        )
        yield msgspec.structs.replace(f, value=whole or f.value)


def _country(findings: Iterable[Finding], name: str) -> str:
    best = max((f for f in findings if f.name == name), key=lambda f: f.confidence, default=None)
    return str(best.value) if best else ""


def _clear_dates(case: Case, findings: Iterable[Finding], country: tuple[str, str]) -> Iterable[Finding]:
    """Two ISO days with a bar -> the one that the message's day or the place allows; else nothing."""
    for f in findings:
        if not (isinstance(f.value, str) and "|" in f.value and f.name.endswith(("_on", ".date"))):
            yield f
            continue
        day_first, month_first = (date.fromisoformat(d) for d in f.value.split("|"))
        sent = case.day(f)
        fits = [d for d in (day_first, month_first) if sent and _plausible(f.name, d, sent)]
        read = case.reads[f.quote.message]
        place = country[0 if case.side(read) == "merchant" else 1] or country[1] or country[0]
        order = NUMERIC_ORDER.get(place, "dmy" if read.language == "fr" else "")
        if len(fits) == 1:
            yield msgspec.structs.replace(f, value=fits[0])
        elif order:
            yield msgspec.structs.replace(f, value=day_first if order == "dmy" else month_first)


def _plausible(name: str, day: date, sent: date) -> bool:
    away = day - sent
    if name == "delivery.promised_on":
        return timedelta(days=-1) <= away <= _DIFFERENT
    return -_DIFFERENT <= away <= timedelta(days=1)


def _merge(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """One finding for each value, its confidence raised by every other message that agrees; best first."""
    groups: dict[str, dict[Value, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for f in findings:
        groups[f.name][key_of(f.value)].append(f)
    merged: dict[str, list[Finding]] = {}
    for name, values in groups.items():
        best = []
        for group in values.values():
            top = max(group, key=lambda f: f.confidence)
            more = len({f.quote.message for f in group}) - 1
            best.append(
                msgspec.structs.replace(
                    top, confidence=min(0.99, top.confidence + min(_AGREE_MOST, _AGREE * more))
                )
            )
        merged[name] = sorted(best, key=lambda f: -f.confidence)
    return merged


def _validated(merged: dict[str, list[Finding]]) -> tuple[Finding, ...]:
    """Facts that bear on each other: of two totals, that which the shopper asks back is the order's; a parcel that never
    came was not delivered; days run forward."""
    asked = {key_of(f.value) for f in merged.get("claim.demanded", [])}
    totals = [
        msgspec.structs.replace(
            f, confidence=min(0.99, f.confidence + _AGREE_MOST * (key_of(f.value) in asked))
        )
        for f in merged.get("order.total", [])
    ]
    merged["order.total"] = sorted(totals, key=lambda f: -f.confidence)
    kinds = merged.get("problem.kind", [])
    if kinds and kinds[0].value == "not_received":
        merged.pop("delivery.delivered_on", None)
    ordered = merged.get("order.date", [])
    reported = merged.get("problem.reported_on", [])
    if ordered and reported and isinstance(reported[0].value, date):
        last = reported[0].value
        merged["order.date"] = [f for f in ordered if isinstance(f.value, date) and f.value <= last]
    start = merged["order.date"][0].value if merged.get("order.date") else None
    for name in ("delivery.promised_on", "delivery.delivered_on"):
        if isinstance(start, date):
            merged[name] = [f for f in merged.get(name, []) if isinstance(f.value, date) and f.value >= start]
    return tuple(f for name in sorted(merged) for f in merged[name] if f.confidence >= ENOUGH)
