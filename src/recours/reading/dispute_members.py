"""Which messages belong to a dispute, and why each is in, unsure or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from recours.reading.dispute_brought import beside_the_shop, brought, is_of_this
from recours.reading.dispute_case import DEPOSIT, Case, Index, firms, is_near
from recours.reading.dispute_look import (
    Look,
    advertises,
    asks_review,
    is_called,
    names_in_capitals,
    names_plainly,
    plain,
    says,
)
from recours.reading.dispute_names import (
    LEAST,
    alike,
    clients,
    is_bank,
    is_service,
    sellers,
    short,
    signed,
)
from recours.reading.dispute_terms import Kind
from recours.reading.mime import Headline
from recours.reading.organisations import brand, is_carrier, organisation
from recours.reading.types import Membership

YEAR = timedelta(days=366)
ABOUT_IT = "from a firm that writes to you about the shop"


_SERVICES: tuple[Kind, ...] = ("delivery", "payment_service", "refund_notice", "invoice", "claim")
_BILLS: tuple[Kind, ...] = ("payment_service", "invoice")


def is_order(number: str, counts: Counter[str]) -> bool:
    """A number that is said once beside one that is said ten times is a file or parcel number, not the order."""
    return counts[number] * 4 >= max(counts.values())


def case_of(
    group: frozenset[str],
    component: Sequence[Look],
    talk: Sequence[Look],
    own: frozenset[str],
    orders: Sequence[str],
) -> Case:
    core = frozenset(x.line.id for x in component)
    dates = [x.when for x in component if x.when] or [datetime.max.replace(tzinfo=UTC)]
    in_core = Counter(n for x in component for n in x.seen.identifiers)
    elsewhere = Counter(n for x in talk if x.line.id not in core for n in x.seen.identifiers)
    numbers = frozenset(n for n in in_core if not elsewhere[n]) | frozenset(orders)
    beside = [x for x in talk if x.line.id not in core and x.seen.orders - numbers]
    others = frozenset(n for x in beside for n in x.seen.orders) - numbers
    first, last = min(dates), max(dates)
    spoken = [x for x in talk if not x.line.bulk and _around(x, first, last)]
    agents = beside_the_shop(group, component, own)
    names = {plain(brand(o)) for o in group if "@" not in o}
    shown = Counter(x.line.sender.name for x in component if not x.sent and x.line.sender.name)
    selling = sellers(shown)
    return Case(
        group=group,
        core=core,
        orders=frozenset(orders),
        numbers=numbers,
        names=tuple(n for n in names if len(n) >= 5)
        + tuple(plain(n) for n, c in shown.items() if c > 1 and len(n) > 6)
        + tuple(sorted(selling)),
        sellers=frozenset(selling),
        words=tuple(sorted(short(group, shown))),
        agents=frozenset(agents),
        own=own,
        first=first,
        last=last,
        other_orders=others,
        other_numbers=frozenset(elsewhere) - numbers,
        other_first=min((x.when for x in beside if x.when), default=None),
        said=tuple(x.texts.plain(x.line) for x in component if not x.sent),
        sums=frozenset(
            amount for x in spoken if not x.seen.orders & others for amount in x.texts.sums(x.line)
        ),
        feet=tuple({signed(x) for x in spoken if not x.sent}),
        files=frozenset(n for x in component for n in x.seen.files),
    )


def _around(look: Look, first: datetime, last: datetime) -> bool:
    """Within a year of the purchase: farther away nothing is said of it."""
    return (
        look.when is None
        or first.timestamp() - YEAR.total_seconds()
        <= look.when.timestamp()
        <= last.timestamp() + YEAR.total_seconds()
    )


def with_carriers(case: Case, index: Index) -> Case:
    """Carriers and payment services that wrote about the purchase bring numbers of their own (a parcel's); help desks
    that wrote in the shop's name are written to; the shop brings others in (``dispute_brought``).  What they wrote after the
    shop's last word is a word of the dispute too, and what follows upon it is near."""
    near = index.near(case)
    came = brought(case, near, index)
    case = msgspec.structs.replace(case, agents=case.agents | came.people, firms=came.firms)
    carriers: set[str] = set()
    numbers: set[str] = set(case.numbers)
    files: set[str] = set(case.files)
    billed = set(case.sums)
    desks: set[str] = set()
    trades: set[str] = set()
    last = case.last
    for look in near:
        if look.orgs & case.group or look.sent:
            continue
        verdict = _verdict(look, case)
        if verdict is not None and verdict[0] is True:
            carriers |= look.orgs
            numbers |= look.seen.identifiers - case.other_orders
            last = max(last, look.when or last)
            if _bills(look, case):
                billed |= look.texts.sums(look.line)
                trades |= clients(look.line, case.feet)
            if any(is_called(n, look.line) for n in case.names):
                files |= look.seen.files
                desks |= {look.line.sender.email, *(a.email for a in look.line.reply_to)}
    return msgspec.structs.replace(
        case,
        carriers=frozenset(carriers) - case.agents,
        numbers=frozenset(numbers),
        files=frozenset(files),
        sums=frozenset(billed),
        trades=frozenset(trades),
        desks=frozenset(desks) - case.agents - case.own,
        last=last,
    )


def member(look: Look, case: Case) -> Membership | None:
    """Is this message part of the purchase and its dispute?  None: it has nothing to do with the merchant."""
    line = look.line
    verdict = _verdict(look, case)
    if verdict is None:
        return None
    inside, why = verdict
    to_shop = any(organisation(a.email) in case.group for a in (*line.to, *line.cc))
    sent = look.sent or (to_shop and organisation(line.sender.email) not in case.group)
    return Membership(
        message=line.id,
        in_dispute=inside,
        why=why,
        direction="sent" if sent else "received",
        brought=not look.orgs & case.group and _with_brought(look, case),
    )


def _with_brought(look: Look, case: Case) -> bool:
    others = {look.line.sender.email} if not look.sent else {a.email for a in look.line.to}
    return bool(look.orgs & case.firms or others & case.agents)


def _verdict(look: Look, case: Case) -> tuple[bool | Literal["unsure"], str] | None:
    line = look.line
    with_shop = bool(look.orgs & case.group)
    numbers = (look.seen.identifiers | look.seen.orders) & case.numbers
    if line.id in case.core:
        said = next(iter(sorted(numbers & case.orders)), "")
        return True, f"with the shop about {said}" if said else "in the conversation with the shop"
    if asks_review(look) and (with_shop or line.sender.email in case.desks or numbers):
        return False, "a request for a review"
    if with_shop:
        return _from_shop(look, case, numbers | (look.seen.joined & case.files))
    filed = look.seen.joined & case.files
    if look.sent and is_near(look, case) and not case.desks.isdisjoint(a.email for a in (*line.to, *line.cc)):
        if not filed and (look.seen.orders | look.seen.identifiers) - case.numbers:
            return "unsure", "to the help desk of the shop, with another number"
        return True, "to the help desk that writes for the shop"
    if filed and line.sender.email in case.desks and is_near(look, case):
        return True, f"from the help desk that writes for the shop, with the number {min(filed)}"
    if line.sender.email in case.agents and is_near(look, case):
        return True, "from somebody of the shop, at another address"
    if look.sent and is_near(look, case) and not case.agents.isdisjoint(a.email for a in line.to):
        return True, "to somebody of the shop, at another address"
    if look.orgs & case.carriers and numbers and is_near(look, case):
        return True, f"with the carrier or payment service, with the number {min(numbers)}"
    if look.orgs & case.firms and is_near(look, case) and is_of_this(look, case):
        return True, "with a firm that the shop brought in"
    if _at_its_own_address(look, case) and is_near(look, case) and not advertises(look):
        return True, "with the shop at an address of its own"
    if look.sent and not case.core.isdisjoint((line.in_reply_to, *line.references)):
        return "unsure", "you passed the conversation with the shop on to somebody else"
    if (
        look.sent
        and is_near(look, case)
        and numbers & case.orders
        and _with_a_firm(look, case)
        and says("complaint", look)
    ):
        return _complaint_to_another(look, case)
    if not look.sent and numbers & case.orders and _sister(look, case) and not advertises(look):
        return True, f"from the shop, with the number {min(numbers & case.orders)}"
    if _billed_before(look, case):
        return True, "a bill or receipt in the shop's name"
    if look.sent or not is_near(look, case):
        return (False, "not with the shop, though it names the order") if numbers & case.orders else None
    return _from_others(look, case, numbers)


def _complaint_to_another(look: Look, case: Case) -> tuple[bool | Literal["unsure"], str]:
    """Of the firm that the shop's own mails name (the hotel of a booking), it is part of the dispute."""
    firms = {plain(brand(org)) for org in look.orgs if "@" not in org} | {
        plain(a.name) for a in look.line.to if len(a.name.split()) > 1
    }
    if any(len(firm) >= LEAST and firm in said for firm in firms for said in case.said):
        return True, "you complained to the firm that the shop names, with the order's number"
    return "unsure", "you complained to somebody else, with the order's number"


def _from_shop(look: Look, case: Case, numbers: frozenset[str]) -> tuple[bool | Literal["unsure"], str]:
    if numbers and not (advertises(look) and not numbers & case.orders):
        return True, f"from the shop, with the number {min(numbers)}"
    if advertises(look):
        return False, "advertising of the shop"
    if look.seen.orders & case.other_orders:
        return False, "another order of the same shop"
    if _before(look, case) and _numbered_alike(look, case):
        return False, "another order of the same shop"
    spoken = not (look.line.automatic or look.line.bulk)
    if _before(look, case) and _nothing_else_yet(look, case) and (spoken or says("commerce", look)):
        return True, "from the shop, where nothing else was bought"
    if not is_near(look, case):
        return False, "from the shop, at another time"
    if not spoken and not (look.when and look.when >= case.first and says("desk", look)):
        return False, "a notice of the shop that names no order"
    return True, "with the shop during the dispute"


def _from_others(
    look: Look, case: Case, numbers: frozenset[str]
) -> tuple[bool | Literal["unsure"], str] | None:
    """Carriers, payment services, banks, family: in when it serves this very purchase."""
    line = look.line
    named = any(names_plainly(n, look) for n in case.names) or any(
        names_in_capitals(w, look) for w in case.words
    )
    billed = _bills(look, case)
    if not numbers and (not (named or billed) or look.seen.identifiers & case.other_numbers):
        return None
    if billed:
        return True, "a bill or receipt in the shop's name"
    if any(is_called(n, line) for n in case.names) and not advertises(look) and not _private(line):
        return True, "a service's notice in the shop's name"
    if line.bulk and not numbers:
        return None
    of_claim = says("claim", look) and not is_bank(line)
    if says("bank", look) and not (says("payment_service", look) or of_claim):
        return False, "an alert of the bank or card issuer"
    if (
        numbers
        and (
            line.automatic
            or _is_carriers(line)
            or says("delivery", look)
            or any(says(kind, look) for kind in _BILLS)
        )
        and not _private(line)
    ):
        return True, f"a notice about this purchase, with the number {min(numbers)}"
    if (
        named
        and not _private(line)
        and (_is_carriers(line) or (is_service(line) and any(says(kind, look) for kind in _SERVICES)))
    ):
        return True, "a carrier's or payment service's notice that names the shop"
    if numbers & case.orders and not _private(line):
        return "unsure", "from somebody else, with the order's number"
    if (
        not (line.automatic or line.bulk or is_bank(line))
        and _with_a_firm(look, case)
        and _in_subject(look, case)
    ):
        return "unsure", ABOUT_IT
    return False, "about the shop, with somebody else"


def _in_subject(look: Look, case: Case) -> bool:
    subject = plain(look.line.subject)
    return any(name in subject for name in case.names)


def _with_a_firm(look: Look, case: Case) -> bool:
    return bool(firms(look, case))


def _at_its_own_address(look: Look, case: Case) -> bool:
    """Whether the other side's domain is the name of the seller, who otherwise writes through a marketplace."""
    brands = {plain(brand(org)) for org in look.orgs if "@" not in org}
    return any(name in one for name in case.sellers for one in brands)


def _is_carriers(line: Headline) -> bool:
    return is_carrier(line.sender.name, line.sender.email)


def _sister(look: Look, case: Case) -> bool:
    """Whether the sender's name continues the shop's, or the other way: a branch (shop-lyon for shop), a desk."""
    shops = {brand(org) for org in case.group if "@" not in org}
    return any(
        min(len(one), len(two)) > 3 and (one.startswith(two) or two.startswith(one))
        for one in (brand(org) for org in look.orgs if "@" not in org)
        for two in shops
    )


def _numbered_alike(look: Look, case: Case) -> bool:
    """Whether a mail from before the purchase was spoken of bears a number made like the order's: SS-40411 beside SS-40962."""
    if look.when is None or look.when >= case.first:
        return False
    return alike(look.seen.joined, case.orders)


def _nothing_else_yet(look: Look, case: Case) -> bool:
    """No other order of the shop was spoken of until then."""
    if not case.other_orders:
        return True
    return bool(look.when and case.other_first and look.when < min(case.other_first, case.first))


def _before(look: Look, case: Case) -> bool:
    """Within the year before the conversation began, or during it."""
    return look.when is not None and case.first - YEAR <= look.when <= case.last


def _private(line: Headline) -> bool:
    """Written by a person to a person: a greeting between first names, a private provider, no automatic mark."""
    if line.automatic or line.bulk:
        return False
    return "@" in organisation(line.sender.email) or bool(line.in_reply_to)


def _bills(look: Look, case: Case) -> bool:
    """Whether a service sends a bill or a receipt in the shop's name."""
    line = look.line
    return (
        not (look.sent or line.bulk or _private(line))
        and (
            bool(clients(line, case.feet))
            or bool(look.orgs & case.carriers and any(names_plainly(name, look) for name in case.trades))
            or any(is_called(n, line) for n in case.names)
            or bool(look.seen.orders & case.orders)
        )
        and any(says(kind, look) for kind in _BILLS)
        and not (says("bank", look) or is_bank(line))
    )


def _billed_before(look: Look, case: Case) -> bool:
    """Sent before the first word with the trader, for a sum or with a number that is spoken of later, and by then nothing
    else was bought there."""
    return (
        look.when is not None
        and case.first - DEPOSIT <= look.when < case.first
        and _nothing_else_yet(look, case)
        and _bills(look, case)
        and bool(look.seen.orders & case.orders or look.texts.sums(look.line) & case.sums)
    )
