"""What else is judged as a mail of the dispute is: answers to it, and what is written with a firm that may belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recours.reading.dispute_brought import is_of_this
from recours.reading.dispute_case import Case, is_near
from recours.reading.dispute_look import Look
from recours.reading.dispute_members import ABOUT_IT
from recours.reading.types import Membership


def answers(looks: Iterable[Look], members: Sequence[Membership]) -> list[Membership]:
    """What others answered to a mail that belongs, or may belong, to the dispute, is judged as that mail is; it is not
    the shop's word."""
    verdicts = {m.message: m for m in members}
    found = dict(verdicts)
    for look in looks:
        asked = verdicts.get(look.line.in_reply_to)
        own = verdicts.get(look.line.id)
        if (
            asked
            and asked.direction == "sent"
            and asked.in_dispute is not False
            and not look.sent
            and not (own and own.in_dispute is not False)
        ):
            found[look.line.id] = Membership(
                message=look.line.id,
                in_dispute=asked.in_dispute,
                why="the answer to what you wrote about it",
            )
    return list(found.values())


def followed(looks: Sequence[Look], members: Sequence[Membership], case: Case) -> list[Membership]:
    """Where a firm's mail may belong to the dispute, so may what else is written with that firm in these weeks."""
    verdicts = {m.message: m for m in members}
    firms = {
        org
        for look in looks
        if (own := verdicts.get(look.line.id)) and own.in_dispute == "unsure" and own.why == ABOUT_IT
        for org in look.orgs
        if "@" not in org
    }
    beside = [
        Membership(
            message=look.line.id,
            in_dispute="unsure",
            why="with a firm that writes to you about the shop",
            direction="sent" if look.sent else "received",
        )
        for look in looks
        if look.orgs & firms
        and look.line.id not in verdicts
        and is_near(look, case)
        and is_of_this(look, case)
    ]
    return [*members, *beside]
