"""A case -> the facts that the rules look at.

The room's one door from casefile.  A value that is not of its fact's type is no fact here: it stays unknown and is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from recours.casefile.types import CaseFile, FactValue
from recours.casefile.vocabulary import FactKind, is_of_type, parse_value, vocabulary
from recours.errors import RecoursError
from recours.money import Money

NETWORK = "chargeback"  # kind of the step by which the issuer is asked for the network's dispute
STATUTORY = "statutory_chargeback"  # for the chargeback that a statute orders
BY_LAW = (STATUTORY, "billing_error", "issuer_claim")  # what a statute lets one ask of the issuer
# (paper, kind of the step that it takes, "" for any other) -> the fact of its sending
SENT: dict[tuple[str, str], str] = {
    ("demand", ""): "demand.sent_on",
    ("cancellation", ""): "cancellation.sent_on",
    ("chargeback", ""): "issuer.asked_on",
    **{("chargeback", step): "issuer.request_sent_on" for step in BY_LAW},
    ("bank_complaint", ""): "issuer.complained_on",
    ("return_slip", ""): "goods.returned_on",
    ("platform_claim", ""): "paypal.dispute_opened_on",
}
REQUESTS = ("issuer.asked_on", "issuer.request_sent_on")  # of the first day, whatever was asked; the law's
REFUSED = "issuer.refused_on"  # the day on which the issuer said no
MARKETPLACES = ("amazon", "ebay", "etsy", "aliexpress", "facebook")
MEANS: dict[str, str] = {"cancellation": "cancellation.means"}
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "hotmail.com",
        "outlook.com",
        "yahoo.com",
        "yahoo.ca",
        "yahoo.fr",
        "icloud.com",
        "live.com",
        "videotron.ca",
        "orange.fr",
        "free.fr",
        "laposte.net",
        "proton.me",
        "protonmail.com",
        "gmx.com",
        "aol.com",
        "msn.com",
        "sympatico.ca",
    ]
)


UNSURE = (
    "disputed",
    "recognised",
)  # of a fact: no rule and no letter stands on it until the person has chosen


def sent_fact(paper: str, step: str = "") -> str:
    """The fact of a paper's sending, "" when none.  step: kind of the step that it takes."""
    return SENT.get((paper, step)) or SENT.get((paper, ""), "")


def facts_of(case: CaseFile) -> dict[str, FactValue]:
    """Facts by name: what was read or stated, then what was sent and received."""
    facts: dict[str, FactValue] = {}
    for name, fact in case.facts.items():
        kind = vocabulary().get(name)
        if fact.status in UNSURE or kind is None:
            continue
        value = typed(name, fact.value, kind)
        if value is not None:
            facts[name] = value
    for dispatch in case.dispatches:
        sent = sent_fact(dispatch.paper, dispatch.step)
        known = facts.get(sent, dispatch.on)
        if sent and isinstance(known, date):
            facts[sent] = min(known, dispatch.on)
        means = MEANS.get(dispatch.paper, "")
        if means and means not in facts:
            facts[means] = dispatch.by if dispatch.by in vocabulary()[means].choices else "other"
    received = _received(case)
    if received:
        facts["refund.received_amount"] = received
    return completed(facts)


def completed(facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """The facts and what follows from them: the marketplace of a domain, a business that writes from its own; who is
    in another country is in none of Canada's provinces; who sent the law's request has asked the issuer."""
    more = dict(facts)
    asked = [day for name in REQUESTS if isinstance(day := facts.get(name), date)]
    if asked:
        more["issuer.asked_on"] = min(asked)
    for side in ("consumer", "merchant"):
        country = facts.get(f"{side}.country")
        if country and country != "CA":
            more.setdefault(f"{side}.region", country)
    place = _marketplace(facts)
    if place and "marketplace.name" not in facts:
        more["marketplace.name"] = place
    if "seller.is_business" not in facts and _writes_from_own_domain(facts):
        more["seller.is_business"] = True
    return more


def contract_date_of(facts: Mapping[str, FactValue | None]) -> date | None:
    """The day of the order, which decides what version of the law holds."""
    found = facts.get("order.date")
    return found if isinstance(found, date) else None


def typed(name: str, value: FactValue, kind: FactKind) -> FactValue | None:
    """The value in the fact's own type, None when it cannot be."""
    if is_of_type(value, kind):
        return value
    if kind.type == "integer" and isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if not isinstance(value, str):
        return None
    try:
        return parse_value(name, value)
    except RecoursError:
        return None


def _received(case: CaseFile) -> Money | None:
    """The sum of what came in, when it is all of one currency."""
    currencies = {r.amount.currency for r in case.receipts}
    if len(currencies) != 1:
        return None
    return Money(sum((r.amount.amount for r in case.receipts), Decimal(0)), currencies.pop())


def _marketplace(facts: Mapping[str, FactValue]) -> str:
    """The marketplace whose domain the seller writes from, "none" for a shop of its own, "" when no domain is known."""
    domains = [d.strip().lower() for d in str(facts.get("merchant.domains", "")).split(",") if d.strip()]
    names = [name for name in MARKETPLACES for d in domains if f".{name}." in f".{d}"]
    return names[0] if names else "none" if domains else ""


def _writes_from_own_domain(facts: Mapping[str, FactValue]) -> bool:
    """An order with a number, and mail from a domain that is not a free mailbox: a business sold it."""
    domains = [d.strip().lower() for d in str(facts.get("merchant.domains", "")).split(",") if d.strip()]
    return "order.number" in facts and bool(domains) and not FREE_MAIL.intersection(domains)
