"""Telephone numbers and addresses in a shop's mail that are a maker's, a carrier's, another firm's."""

from __future__ import annotations

import re

from recours.reading.generic.view import Part, View
from recours.reading.parties import plain_letters

_ANOTHER = re.compile(
    r"\b(?:their|leurs?|maker|manufacturer|brand|carrier|courier|haulier|freight|insurer|bank|ombudsman|technician|installer|distributor|importer|"
    r"fabricant|constructeur|marque|transporteur|livreur|assureur|banque|mediateur|mediatrice|technicien|distributeur|importateur)\b"
)
_CALLED = re.compile(
    r"(?:[Cc]all|[Rr]ing|[Cc]ontact|[Rr]each|[Pp]hone|[Aa]ppele[rz]|[Cc]ontacte[rz]|[Jj]oindre|[Jj]oigne[rz])\s+(?:the |la |le |l'|our |notre )?(?P<name>[A-ZÀ-Ý][\w&'-]+(?:\s[A-ZÀ-Ý&][\w&'-]*)+)"
)
_NEAR = 100  # characters before a telephone number or an address, of the same sentence
_LIKELY, _UNLIKELY = 0.2, 0.4  # taken off what is said to be another firm's


def of_another(view: View, part: Part, at: int) -> float:
    """How much less sure it is that what stands there is the shop's own: its words name a maker, a carrier, another firm."""
    start = max(0, at - _NEAR)
    cut = max(
        start, *(start + m.end() for m in re.finditer(r"[.!?;]\s|\n\s*\n", part.folded[start:at])), start
    )
    if _ANOTHER.search(part.folded[cut:at]):
        return _UNLIKELY
    called = _CALLED.search(part.raw[cut:at])
    own = plain_letters(f"{view.message.sender.name} {view.message.sender.email}")
    return _LIKELY if called and plain_letters(called["name"]) not in own else 0.0
