"""What a person corrected in a reading: it wins over the reader, and what follows from the acts is drawn again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from recours.casefile.events import Corrected, KeptFinding
from recours.casefile.types import Entry
from recours.reading.days import home
from recours.reading.derived import DERIVED, derived
from recours.reading.from_intake import by_time
from recours.reading.settle import ENOUGH
from recours.reading.settle_case import Case
from recours.reading.settle_money import clear_money, sums_sent_back, with_whole_offers
from recours.reading.types import Act, Finding, Read, Side

_SPEAKER: dict[str, Side] = {"sent": "consumer", "received": "merchant"}


def corrected(
    entries: Sequence[Entry], findings: Sequence[KeptFinding], corrections: Sequence[Corrected]
) -> tuple[tuple[Entry, ...], tuple[KeptFinding, ...]]:
    """The reading with the corrections in their order; entries in order of time.

    A message that was taken out takes its findings along; facts that follow from the acts (first complaint, refusal,
    promise ...) are drawn again from the acts, speakers and days as the person left them.
    """
    changed = {entry.message.id: entry for entry in entries}
    known = [c for c in corrections if c.message in changed]
    if not known:
        return tuple(entries), tuple(findings)
    for correction in known:
        changed[correction.message] = _entry(changed[correction.message], correction)
    after = tuple(sorted(changed.values(), key=lambda e: by_time(e.message)))
    out = {c.message for c in known if c.in_dispute is False} - {c.message for c in known if c.in_dispute}
    read = [f for f in findings if f.quote.message not in out and f.by != DERIVED]
    told = {c.message for c in known}
    again = [KeptFinding.of(f) for f in _derived(after, read, told) if f.confidence >= ENOUGH]
    return after, tuple(sorted((*read, *again), key=lambda f: (f.name, -f.confidence)))


def _entry(entry: Entry, correction: Corrected) -> Entry:
    message, membership = entry.message, entry.membership
    acts = [a for a in entry.acts if a.act not in correction.drop]
    if correction.direction and correction.direction != membership.direction:
        side = _SPEAKER[correction.direction]
        acts = [msgspec.structs.replace(a, by=side) for a in acts]
        membership = msgspec.structs.replace(membership, direction=correction.direction)
    acts += [Act(act=added.act, by=added.by, quote=added.quote) for added in correction.add]
    if correction.in_dispute is not None:
        why = f"you said so: {correction.reason}" if correction.reason else "you said so"
        membership = msgspec.structs.replace(membership, in_dispute=correction.in_dispute, why=why)
    if correction.date:
        message = msgspec.structs.replace(message, date=correction.date)
    return msgspec.structs.replace(entry, message=message, acts=tuple(acts), membership=membership)


def _derived(
    entries: Sequence[Entry], findings: Sequence[KeptFinding], told: Collection[str]
) -> Iterable[Finding]:
    """told: the messages of which the person said what they are; whose word they are is not doubted."""
    inside = [e for e in entries if e.membership.in_dispute is True]
    reads = [Read(message=e.message, spans=e.spans, new_text=e.new_text, acts=e.acts) for e in inside]
    place = home(_best(findings, "consumer.region"), _best(findings, "consumer.country"))
    paid = [f.value.value for f in findings if f.name == "order.total"]
    case = Case(with_whole_offers(reads, paid), [e.membership for e in inside], (), place)
    found = derived(
        case.timeline, lambda read: read.message.id in told or case.by_seller(read), sums_sent_back(findings)
    )
    return clear_money(
        found, (_best(findings, "merchant.country"), _best(findings, "consumer.country")), paid
    )


def _best(findings: Sequence[KeptFinding], name: str) -> str:
    said = [f for f in findings if f.name == name]
    return str(max(said, key=lambda f: f.confidence).value.value) if said else ""
