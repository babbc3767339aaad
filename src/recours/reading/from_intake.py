"""The room's one door: the messages of a dispute -> what each says and does.

Earlier messages of the dispute are the witnesses of what later ones quote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec

from recours.intake.types import Place
from recours.reading.acts import acts_of
from recours.reading.acts.before import Before, after
from recours.reading.generic import findings_of
from recours.reading.kindness import without_kindness
from recours.reading.language import language_of
from recours.reading.quotes import new_text, spans
from recours.reading.settle import settle
from recours.reading.types import Address, Attachment, Finding, Membership, Message, Read, Side

READER = "8"  # raised when a reading of the same mailbox would come out differently

_SIDE: dict[str, Side] = {"sent": "consumer", "received": "merchant"}


class Reading(msgspec.Struct, frozen=True):
    """reads: in order of time; findings: best first for each name."""

    reads: tuple[Read, ...]
    findings: tuple[Finding, ...]


def read_all(
    messages: Sequence[Message],
    members: Sequence[Membership],
    owner: Sequence[str],
    papers: Iterable[Attachment] = (),
) -> Reading:
    """Messages of the case (mails, calls, chats) and which are in the dispute -> the whole reading.

    Only messages in the dispute give facts; unsure ones are read too, so that a person can judge them.  papers: receipts
    and the like that came by themselves; they give facts, and are no messages.
    """
    member = {m.message: m for m in members}
    reads: list[Read] = []
    earlier: list[Message] = []
    before = Before()
    ordered = sorted(messages, key=by_time)
    for message in ordered:
        parts = spans(message, earlier, ordered)
        side = _SIDE.get(member[message.id].direction)
        acts = without_kindness(acts_of(message, parts, side, before))
        before = after(before, message, side, [a.act for a in acts])
        fresh = new_text(message, parts)
        reads.append(
            Read(message=message, spans=parts, new_text=fresh, acts=acts, language=language_of(fresh))
        )
        earlier.append(message)
    inside = [r for r in reads if member[r.message.id].in_dispute is True]
    found = [f for r in inside for f in findings_of(r, _SIDE.get(member[r.message.id].direction))]
    alone = [_alone(paper) for paper in papers]
    found += [f for r in alone for f in findings_of(r, "merchant")]
    return Reading(tuple(reads), settle([*inside, *alone], found, members, owner))


def paper_message(paper: Attachment) -> Message:
    """What a Quote of a paper that came by itself stands on; it has no sender and no day."""
    return Message(
        id=f"sha256:{paper.sha256}",
        kind="paper",
        place=Place(file=paper.name),
        sha256=paper.sha256,
        date=None,
        sender=Address("", ""),
        attachments=(paper,),
    )


def _alone(paper: Attachment) -> Read:
    return Read(
        message=paper_message(paper), spans=(), new_text="", acts=(), language=language_of(paper.text)
    )


def by_time(message: Message) -> tuple[datetime, str, int]:
    """Order of a case: by moment; what has no date comes last, in the order of its source."""
    return (
        message.date or datetime.max.replace(tzinfo=UTC),
        message.place.file,
        message.place.position,
    )
