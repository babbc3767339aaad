"""What a person corrected in a reading: it wins over the reader, and what stood on the wrong words goes with them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recours.casefile.events import Corrected, KeptFinding
from recours.casefile.types import Entry
from recours.reading.types import Act

DERIVED = "derived.acts"  # facts that the reader drew from acts, on the act's own words


def corrected(
    entries: Sequence[Entry], findings: Sequence[KeptFinding], corrections: Sequence[Corrected]
) -> tuple[tuple[Entry, ...], tuple[KeptFinding, ...]]:
    """The reading with the corrections in their order.

    A message that was taken out takes its findings along; an act that was dropped takes the facts drawn from it.
    """
    changed = {entry.message.id: entry for entry in entries}
    gone: set[tuple[str, int, int]] = set()  # message, start and end of the words of dropped acts
    for correction in corrections:
        entry = changed.get(correction.message)
        if entry is None:
            continue
        gone |= {
            (correction.message, a.quote.start, a.quote.end) for a in entry.acts if a.act in correction.drop
        }
        changed[correction.message] = _entry(entry, correction)
    out = {c.message for c in corrections if c.in_dispute is False}
    out -= {c.message for c in corrections if c.in_dispute is True}
    kept = tuple(
        finding
        for finding in findings
        if finding.quote.message not in out
        and not (
            finding.by == DERIVED and (finding.quote.message, finding.quote.start, finding.quote.end) in gone
        )
    )
    return tuple(changed[entry.message.id] for entry in entries), kept


def _entry(entry: Entry, correction: Corrected) -> Entry:
    acts = [a for a in entry.acts if a.act not in correction.drop]
    acts += [Act(act=added.act, by=added.by, quote=added.quote) for added in correction.add]
    membership = entry.membership
    if correction.in_dispute is not None:
        why = f"you said so: {correction.reason}" if correction.reason else "you said so"
        membership = msgspec.structs.replace(membership, in_dispute=correction.in_dispute, why=why)
    return msgspec.structs.replace(entry, acts=tuple(acts), membership=membership)
