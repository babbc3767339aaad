"""Findings -> facts: the best-founded value counts, what else was said stays beside it.

The room's one door from reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from recours.casefile.events import KeptFinding
from recours.casefile.types import Claim, Fact, FactStatus
from recours.text import fold

LONG = 4  # letters of a word that can tell one shop's name from another's
CLOSE = 0.1  # two different values whose confidence lies this near each other are a question, not an answer


def facts_from(findings: Iterable[KeptFinding], recognised: Collection[str] = ()) -> dict[str, Fact]:
    """Findings of one case, best first for each name -> facts by name.

    recognised: parts whose words were recognised in a picture; what stands on them alone waits for the person's word.
    """
    by_name: dict[str, list[Claim]] = {}
    for finding in findings:
        claim = Claim(
            value=finding.value.value, quote=finding.quote, by=finding.by, confidence=finding.confidence
        )
        by_name.setdefault(finding.name, []).append(claim)
    return {name: _fact(name, claims, recognised) for name, claims in by_name.items()}


def _fact(name: str, claims: list[Claim], recognised: Collection[str]) -> Fact:
    best, *rest = claims
    others = tuple(c for c in rest if c.value != best.value)
    rival = any(best.confidence - c.confidence < CLOSE and not _alike(name, best, c) for c in others)
    status: FactStatus = "disputed" if rival else "recognised" if best.quote.part in recognised else "read"
    return Fact(name=name, claim=best, status=status, others=others)


def _alike(name: str, one: Claim, other: Claim) -> bool:
    """Whether two texts name one thing: the longer holds the shorter, or two names of a shop share a word."""
    if not (isinstance(one.value, str) and isinstance(other.value, str)):
        return False
    a, b = fold(one.value), fold(other.value)
    if a in b or b in a:
        return True
    return name == "merchant.name" and bool(_words(a) & _words(b))


def _words(folded: str) -> set[str]:
    return {w for w in folded.replace(".", " ").replace("-", " ").split() if len(w) >= LONG}
