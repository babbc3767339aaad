"""Four digits and a town: a Belgian address, or a Swiss one, where no country is written.

The currency, a Swiss number or domain, or a written country elsewhere in the dispute decides; the law of the wrong
country would follow from a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from recours.money import Money
from recours.reading.types import Finding, Read
from recours.text import fold

_SWISS = re.compile(
    r"\bchf\b|\bfr\. ?\d|(?<!\w)\+41\b|\b(?:suisse|switzerland|schweiz|svizzera)\b|\.ch\b|\bch-\d{4}\b"
)
_BELGIAN = re.compile(
    r"(?<!\w)\+32\b|\b(?:belgique|belgium|belgie)\b|\.be\b|\bb-\d{4}\b|\bbe ?0\d{3}\b|[€]|\beuros?\b|\beur\b"
)
_WRITTEN = re.compile(r"belg|\bb-\d")


def swiss_or_belgian(findings: Sequence[Finding], reads: Iterable[Read]) -> list[Finding]:
    """The findings, with "BE" told by four digits alone made "CH" when the dispute's mails are Swiss and not Belgian.

    Only findings whose quotation does not itself write Belgium change.
    """
    doubtful = [f for f in findings if _by_digits(f)]
    if not doubtful:
        return list(findings)
    words = [fold(f"{r.message.sender.email} {r.message.text}") for r in reads]
    swiss = sum(bool(_SWISS.search(w)) for w in words)
    francs = sum(isinstance(f.value, Money) and f.value.currency == "CHF" for f in findings)
    belgian = sum(bool(_BELGIAN.search(w)) for w in words)
    if swiss + francs <= belgian:
        return list(findings)
    return [msgspec.structs.replace(f, value="CH") if _by_digits(f) else f for f in findings]


def _by_digits(finding: Finding) -> bool:
    return (
        finding.name.endswith(".country")
        and finding.value == "BE"
        and not _WRITTEN.search(fold(finding.quote.text))
        and bool(re.search(r"\d{4}", finding.quote.text))
    )
