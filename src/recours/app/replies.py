"""What the merchant said, and what the law answers: each statement beside the rules that reply to it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recours.casefile.statements import claims
from recours.casefile.types import CaseFile
from recours.law.types import Decision, Right
from recours.reading.types import Act
from recours.text import Quote

RULES = 3  # told of one statement


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """act: what the statement does; claims: what it says, names of the statements' table; quote: its words;
    rights: those that hold, of the consumer's place first, then the citable."""

    act: str
    quote: Quote
    rights: tuple[Right, ...]
    claims: tuple[str, ...] = ()


def replies(case: CaseFile, decision: Decision) -> tuple[Reply, ...]:
    """The first statement of each sort that a rule which holds replies to, in order of time.

    Where only the shopper's mind changed, the shop's terms may well hold: nothing is answered.
    """
    if case.value("problem.change_of_mind") is True:
        return ()
    holding = [r for r in decision.rights if r.truth == "yes" and r.answers]
    found: dict[tuple[str, ...], Reply] = {}
    for entry in case.dispute:
        for act in entry.firm_acts:
            if act.by != "merchant":
                continue
            said = claims(act)
            if (said or (act.act,)) in found:
                continue
            rights = _answering(holding, act, said, str(case.value("consumer.region") or ""))
            if rights:
                found[said or (act.act,)] = Reply(act=act.act, quote=act.quote, rights=rights, claims=said)
    return tuple(found.values())


def _answering(holding: Sequence[Right], act: Act, said: Sequence[str], region: str) -> tuple[Right, ...]:
    """Rules that name what is claimed, without a claim those of the act; the consumer's own place before the shop's.

    Words about a policy that claim nothing may well be a kindness: nothing answers them.
    """
    if not said and act.act == "cite_policy":
        return ()
    rights = [r for r in holding if set(r.answers) & (set(said) or {act.act})]
    return tuple(sorted(rights, key=lambda r: (not _home(r, region), not r.citable))[:RULES])


def _home(right: Right, region: str) -> bool:
    """Is the rule of the region (ISO 3166-2) in which the consumer lives?"""
    return right.rule.split(".")[0] == region.rpartition("-")[2].lower()
