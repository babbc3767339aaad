"""What the merchant said, and what the law answers: each statement beside the rules that reply to it."""

from __future__ import annotations

import msgspec

from recours.casefile.types import CaseFile
from recours.law.types import Decision, Right
from recours.text import Quote

RULES = 3  # told of one statement


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """act: what the statement does; quote: its words; rights: those that hold, the citable first."""

    act: str
    quote: Quote
    rights: tuple[Right, ...]


def replies(case: CaseFile, decision: Decision) -> tuple[Reply, ...]:
    """The first statement of each sort that a rule which holds replies to, in order of time."""
    holding = [r for r in decision.rights if r.truth == "yes" and r.answers]
    found: dict[str, Reply] = {}
    for entry in case.dispute:
        for act in entry.firm_acts:
            if act.by != "merchant" or act.act in found:
                continue
            rights = sorted((r for r in holding if act.act in r.answers), key=lambda r: not r.citable)[:RULES]
            if rights:
                found[act.act] = Reply(act=act.act, quote=act.quote, rights=tuple(rights))
    return tuple(found.values())
