"""merchant.*: the seller's name, addresses and telephone, from its own messages and from what others bill in its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from recours.reading.parties import named_in_text, plain_letters, seller_names
from recours.reading.places import DOMAINS
from recours.reading.settle_case import Case
from recours.reading.types import Finding
from recours.text import fold

_ANOTHERS = 0.35  # taken off an address in a marketplace's mail: it may be another firm's
_BESIDE = 12
_NAMED = 0.7  # a seller's name surer than this needs no other witness


def seller_facts(case: Case, findings: Sequence[Finding]) -> Iterable[Finding]:
    """merchant.*: only from the seller's own messages, and from the letters addressed to it."""
    notices = frozenset(
        r.message.id
        for r in case.reads.values()
        if any(a.act in ("order_confirmation", "shipping_notice") for a in r.acts)
    )
    own = [
        f
        for f in findings
        if f.name.startswith("merchant.")
        and (case.of_seller(f) or f.by in ("people.to", "people.addressee") or _billed(case, f))
    ]
    names = seller_names(
        (
            f
            for f in findings
            if f.name == "merchant.name"
            and (f.by in ("structured", "merchant.payee", "merchant.seller") or case.of_seller(f))
        ),
        case.parties,
        notices,
    )
    yield from names
    if not any(f.confidence >= _NAMED for f in names):
        named = named_in_text(case.reads.values(), case.parties)
        if named:
            yield named
    seller = names[0].value if names and names[0].by == "merchant.seller" else ""
    addresses = Counter(
        f.value for f in own if f.name == "merchant.email" and case.parties.owns(str(f.value))
    )
    for f in own:
        if f.name == "merchant.domains" and case.parties.mailbox:
            continue  # the provider's domain is everybody's
        if f.name == "merchant.domains":
            yield (
                msgspec.structs.replace(f, value=", ".join(case.parties.domains))
                if len(case.parties.domains) > 1
                else _bare_domain(f, case.parties.domain)
            )
        elif f.name == "merchant.email":
            if case.parties.owns(str(f.value)):
                quiet = fold(str(f.value)).startswith(
                    ("no-reply", "noreply", "donotreply", "ne-pas", "nepas", "notif")
                )
                sure = 0.6 + 0.3 * addresses[f.value] / max(addresses.values()) - (0.25 if quiet else 0.0)
                yield msgspec.structs.replace(f, confidence=sure)
        elif f.name == "merchant.address" and seller:
            yield (
                f
                if _stands_beside(case, f, str(seller))
                else msgspec.structs.replace(f, confidence=f.confidence - _ANOTHERS)
            )
        elif f.name != "merchant.name":
            yield f
    domain = case.parties.domain
    ending = domain.rpartition(".")[2]
    for f in own:
        if ending in DOMAINS and f.name == "merchant.domains":
            yield msgspec.structs.replace(
                f, name="merchant.country", value=DOMAINS[ending], by="settle.domain", confidence=0.6
            )
            break


_BILLED = ("merchant.phone", "merchant.address", "merchant.country")
_UNDER = 160  # characters after the seller's name within which its address and telephone stand


def _billed(case: Case, finding: Finding) -> bool:
    """Whether what was found stands under the seller's name, in a bill that a service sends for it."""
    read = case.reads[finding.quote.message]
    names = case.trade_names(read.message)
    if finding.name not in _BILLED or finding.quote.part or not names or case.side(read) != "merchant":
        return False
    text = read.message.text[max(0, finding.quote.start - _UNDER) : finding.quote.start]
    return any(name in plain_letters(text) for name in names)


def _stands_beside(case: Case, finding: Finding, name: str) -> bool:
    """Does the name stand right before what was found?"""
    text = case.reads[finding.quote.message].message.text
    return fold(name) in fold(text[max(0, finding.quote.start - len(name) - _BESIDE) : finding.quote.start])


def _bare_domain(finding: Finding, domain: str) -> Finding:
    """mail.shop.example -> shop.example, in value and quotation."""
    quote, cut = finding.quote, len(finding.quote.text) - len(domain)
    if cut > 0 and quote.text.endswith(domain):
        quote = msgspec.structs.replace(quote, start=quote.start + cut, text=domain)
    return msgspec.structs.replace(finding, value=domain, quote=quote)
