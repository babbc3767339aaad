"""The dispute among the noise: which purchase is complained of, and every message that belongs to it.

Nothing is assumed of the merchant.  A purchase is found by the conversations that the owner holds with an
organisation and by the numbers that its messages share (order, parcel); a dispute by what is said in them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

import msgspec
import yaml

from recours.reading.mime import Headline
from recours.reading.organisations import brand, is_desk, organisation, owners
from recours.reading.threads import Groups, subject_base
from recours.reading.types import Candidate, Membership
from recours.text import fold

AFTER = timedelta(days=60)  # how long after the last word a shop's stray mail may still be about it
BEFORE = timedelta(days=3)

_ORDER = re.compile(
    r"\b(?:orders?|commandes?|cmd|purchase|achat|booking|reservation|r[ée]servation|confirmation|facture|invoice|"
    r"r[ée]f[ée]rence|bestellung)\b[\s.:#°º()\[\]]*(?:(?:number|num[ée]ro|no|n|nr|id|de|is|est|ref|the|la)\b[\s.:#°º()]*){0,3}"
    r"[\"«“]?\s*#?\s*([A-Z0-9](?:[A-Z0-9]|[-/_](?=[A-Z0-9])){3,29})\b",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"\b(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*\b")
_PHONE_OR_DATE = re.compile(
    r"^(?:\d{3}-\d{3}-\d{4}|1-\d{3}-\d{3}-\d{4}|\d{3}-\d{4}|\d{4}-\d{2}-\d{2}|\d{2}-\d{2}-\d{4}|(?:19|20)\d{2}|\d{4}-\d{4})$"
)
_QUOTED_LINE = re.compile(r"^\s*>.*$", re.MULTILINE)
_HISTORY = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|message d'origine|message original|forwarded message)|from:\s.+@|de\s?:\s.+@|"
    r"_{10,}|on .{8,120} wrote:|le .{8,120} a [ée]crit\s?:)",
    re.IGNORECASE | re.MULTILINE,
)

Kind = Literal[
    "complaint", "refusal", "commerce", "delivery", "payment_service", "bank", "marketing", "mailing"
]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """A headline with what the search needs of it: the organisation on the other side, its own words, its numbers."""

    line: Headline
    sent: bool
    orgs: frozenset[str]
    when: datetime | None


def find(headlines: Sequence[Headline], about: str = "") -> tuple[Candidate, ...]:
    """The disputes that a mailbox may hold, likeliest first.

    about: the person's words (shop, order number, words of a subject); only disputes that hold them come back, and a
    purchase without a complaint does too.
    """
    own = owners(headlines)
    looks = _looks(headlines, own)
    orgs = _organisations(looks)
    found = []
    for group in orgs:
        found += _disputes(group, orgs[group], looks, own, wanted=bool(about))
    kept = (c for c in found if (_is_about(c, about, looks) if about else c.score > 0))
    return tuple(sorted(kept, key=lambda c: -c.score))


def _looks(headlines: Sequence[Headline], own: frozenset[str]) -> dict[str, Look]:
    """One Look a message; copies count once."""
    looks: dict[str, Look] = {}
    for line in headlines:
        if line.id in looks:
            continue
        targets = [a.email for a in (*line.to, *line.cc)]
        sent = line.sender.email in own
        others = targets if sent else [line.sender.email, *(t for t in targets if t not in own)]
        others += [a.email for a in line.reply_to if not sent]
        looks[line.id] = Look(
            line=line,
            sent=sent,
            orgs=frozenset(organisation(a) for a in others if a and a not in own),
            when=line.date,
        )
    return looks


def _organisations(looks: Mapping[str, Look]) -> dict[frozenset[str], list[Look]]:
    """Organisations with whom something is discussed; a help desk's host counts with the shop whose name it bears."""
    by_org: dict[str, list[Look]] = defaultdict(list)
    for look in looks.values():
        for org in look.orgs:
            by_org[org].append(look)
    talked = {org for org, ls in by_org.items() if any(x.sent for x in ls) or _complained_to(ls)}
    groups = Groups()
    names = {org: _plain(brand(org)) for org in by_org}
    for desk in (o for o in by_org if is_desk(o) and len(names[o]) >= 4):
        groups.tie_all([desk, *(o for o, n in names.items() if names[desk] == n or _within(names[desk], n))])
    sets: dict[object, set[str]] = defaultdict(set)
    for org in by_org:
        sets[groups.root(org)].add(org)
    return {
        frozenset(s): list({x.line.id: x for o in s for x in by_org[o]}.values())
        for s in sets.values()
        if s & talked
    }


def _within(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 6 and (a in b or b in a)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name).replace("&", "and"))


def _complained_to(looks: Iterable[Look]) -> bool:
    """A shop's own mails can hold a complaint made on its web form."""
    return any(not x.line.bulk and says("complaint", x.line) and says("commerce", x.line) for x in looks)


# ---------------------------------------------------------------------- words


@cache
def _words() -> dict[str, re.Pattern[str]]:
    text = resources.files("recours.reading").joinpath("dispute_words.yaml").read_text(encoding="utf-8")
    table = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        kind: re.compile(r"(?<!\w)(?:" + "|".join(p for ps in by_lang.values() for p in ps) + r")(?!\w)")
        for kind, by_lang in table.items()
    }


@cache
def _own_words(subject: str, body: str) -> str:
    history = _HISTORY.search(body)
    fresh = body[: history.start()] if history and history.start() > 20 else body
    return fold(f"{subject}\n{_QUOTED_LINE.sub('', fresh)}")


def says(kind: Kind, line: Headline) -> int:
    """How many different words of a kind stand in the subject and in what the mail itself says."""
    return len({m.group() for m in _words()[kind].finditer(_own_words(line.subject, line.body))})


def order_numbers(line: Headline) -> frozenset[str]:
    """Numbers that the mail calls an order, a booking, an invoice ..."""
    found = (m[1].upper().strip("-/_") for m in _ORDER.finditer(f"{line.subject}\n{line.body}"))
    return frozenset(n for n in found if sum(c.isdigit() for c in n) >= 3 and not _PHONE_OR_DATE.match(n))


def identifiers(line: Headline) -> frozenset[str]:
    """Anything that looks like a number of an order, a parcel or a file (at least six characters, four digits)."""
    found = _IDENTIFIER.findall(f"{line.subject}\n{line.body}".upper())
    return frozenset(n for n in found if len(n) >= 6 and not _PHONE_OR_DATE.match(n))


# ---------------------------------------------------------------------- one organisation


def _disputes(
    group: frozenset[str],
    talk: Sequence[Look],
    looks: Mapping[str, Look],
    own: frozenset[str],
    *,
    wanted: bool,
) -> list[Candidate]:
    """The purchases of one organisation that are discussed, each as a Candidate."""
    personal = [x for x in talk if not _advertises(x)]
    components = _adopted(_components(personal))
    if not components:
        return []
    scored = [(_score(c), c) for c in components]
    best = [(s, c) for s, c in scored if s > 0 or wanted]
    return [_candidate(group, s, c, talk, looks, own) for s, c in sorted(best, key=lambda sc: -sc[0])[:3]]


def _advertises(look: Look) -> bool:
    """Newsletters, offers, review requests: no order of the person's, and the words of advertising."""
    if look.sent:
        return False
    line = look.line
    if order_numbers(line) and not line.bulk:
        return False
    words, mailing = says("marketing", line), says("mailing", line)
    if line.in_reply_to or line.references:
        return words + mailing >= 3
    return (
        words >= 2 or mailing > 0 or (line.bulk and not order_numbers(line)) or (words > 0 and line.automatic)
    )


def _components(talk: Sequence[Look]) -> list[list[Look]]:
    """Messages that hang together: replies, shared order numbers, one subject."""
    groups = Groups()
    known = {x.line.id for x in talk}
    by_number: dict[str, list[str]] = defaultdict(list)
    by_subject: dict[str, list[Look]] = defaultdict(list)
    numbers = {x.line.id: order_numbers(x.line) for x in talk}
    for look in talk:
        line = look.line
        groups.root(line.id)
        for reference in (line.in_reply_to, *line.references):
            if reference:
                groups.tie(line.id, reference)
        for number in numbers[line.id]:
            by_number[number].append(line.id)
        base = subject_base(line.subject)
        if len(base) >= 3:
            by_subject[base].append(look)
    subjects = [(x.line.id, f"{x.line.subject}\n{x.line.body}".upper()) for x in talk]
    for number, ids in by_number.items():
        groups.tie_all(ids)
        groups.tie_all([ids[0], *(i for i, text in subjects if number in text)])
    for same in by_subject.values():
        for a, b in pairwise(same):
            if not numbers[a.line.id] or not numbers[b.line.id] or numbers[a.line.id] & numbers[b.line.id]:
                groups.tie(a.line.id, b.line.id)
    found: dict[object, list[Look]] = defaultdict(list)
    for look in talk:
        if look.line.id in known:
            found[groups.root(look.line.id)].append(look)
    return list(found.values())


def _adopted(components: Sequence[list[Look]]) -> list[list[Look]]:
    """A conversation that names no order is about the purchase that came before it: one that is complained of if
    there is one, else the latest."""
    numbered = [c for c in components if any(order_numbers(x.line) for x in c)]
    whole = [list(c) for c in numbered]
    for component in components:
        if component in numbered:
            continue
        begun = _begun(component)
        before = [n for n, c in enumerate(numbered) if _begun(c) <= begun]
        if not before:
            whole.append(component)
            continue
        best = max(before, key=lambda n: (_score(numbered[n]) > 0, _begun(numbered[n])))
        whole[best] += component
    return whole


def _begun(component: Sequence[Look]) -> datetime:
    return min((x.when for x in component if x.when), default=datetime.max.replace(tzinfo=UTC))


def _score(component: Sequence[Look]) -> float:
    """Larger is likelier; 0 when nobody complains or nothing was bought."""
    sent = [x for x in component if x.sent]
    complaints = sum(says("complaint", x.line) > 0 for x in sent)
    copied = sum(says("complaint", x.line) > 1 for x in component if not x.sent)
    if not complaints and not copied:
        return 0.0
    commerce = sum(says("commerce", x.line) > 0 for x in component)
    numbered = any(order_numbers(x.line) for x in component)
    if commerce < 2 and not numbered:
        return 0.0
    listed = sum(x.line.bulk for x in component)
    if listed > len(component) / 2:
        return 0.0
    refusals = sum(says("refusal", x.line) > 0 for x in component if not x.sent)
    back_and_forth = min(len(sent), sum(not x.sent for x in component))
    return (
        3.0 * complaints + 0.5 * copied + 2.0 * refusals + 1.0 * back_and_forth + (3.0 if numbered else 0.0)
    )


# ---------------------------------------------------------------------- members


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the purchase while its messages are gathered."""

    group: frozenset[str]
    core: frozenset[str]
    orders: frozenset[str]
    numbers: frozenset[str]
    names: tuple[str, ...]
    agents: frozenset[str]
    own: frozenset[str]
    first: datetime
    last: datetime
    other_orders: frozenset[str]
    carriers: frozenset[str] = frozenset()


def _candidate(
    group: frozenset[str],
    score: float,
    component: Sequence[Look],
    talk: Sequence[Look],
    looks: Mapping[str, Look],
    own: frozenset[str],
) -> Candidate:
    counts = Counter(n for x in component for n in order_numbers(x.line))
    orders = [n for n, _ in counts.most_common() if _is_order(n, counts)]
    case = _case(group, component, talk, own, orders)
    case = _with_carriers(case, looks)
    members = [m for m in (_member(x, case) for x in looks.values()) if m is not None]
    inside = [looks[m.message] for m in members if m.in_dispute is True]
    dates = [x.when for x in inside if x.when]
    name = _merchant_name(group, inside or component)
    return Candidate(
        merchant=name,
        domains=tuple(sorted(group, key=lambda o: (is_desk(o), o))),
        order_numbers=tuple(orders[:5]),
        title=f"{name}, {orders[0]}" if orders else name,
        score=score,
        complaints=sum(says("complaint", x.line) > 0 for x in inside if x.sent),
        owner=tuple(sorted(own)),
        members=tuple(members),
        last_on=_last_day(dates),
    )


def _last_day(dates: Sequence[datetime]) -> date | None:
    return max(dates).date() if dates else None


def _is_order(number: str, counts: Counter[str]) -> bool:
    """A number that is said once beside one that is said ten times is a file or parcel number, not the order."""
    return counts[number] * 4 >= max(counts.values())


def _case(
    group: frozenset[str],
    component: Sequence[Look],
    talk: Sequence[Look],
    own: frozenset[str],
    orders: Sequence[str],
) -> _Case:
    core = frozenset(x.line.id for x in component)
    dates = [x.when for x in component if x.when] or [datetime.max.replace(tzinfo=UTC)]
    in_core = Counter(n for x in component for n in identifiers(x.line))
    elsewhere = Counter(n for x in talk if x.line.id not in core for n in identifiers(x.line))
    numbers = frozenset(n for n in in_core if not elsewhere[n]) | frozenset(orders)
    others = frozenset(n for x in talk if x.line.id not in core for n in order_numbers(x.line)) - numbers
    agents = _agents(group, component, own)
    names = {_plain(brand(o)) for o in group if "@" not in o}
    shown = Counter(x.line.sender.name for x in component if not x.sent and x.line.sender.name)
    return _Case(
        group=group,
        core=core,
        orders=frozenset(orders),
        numbers=numbers,
        names=tuple(n for n in names if len(n) >= 5)
        + tuple(_plain(n) for n, c in shown.items() if c > 1 and len(n) > 6),
        agents=frozenset(agents),
        own=own,
        first=min(dates),
        last=max(dates),
        other_orders=others,
    )


def _with_carriers(case: _Case, looks: Mapping[str, Look]) -> _Case:
    """Carriers and payment services that wrote about the purchase bring numbers of their own (a parcel's)."""
    carriers: set[str] = set()
    numbers: set[str] = set(case.numbers)
    for look in looks.values():
        if look.orgs & case.group or look.sent:
            continue
        verdict = _verdict(look, case)
        if verdict is not None and verdict[0] is True:
            carriers |= look.orgs
            numbers |= identifiers(look.line) - case.other_orders
    return msgspec.structs.replace(
        case, carriers=frozenset(carriers) - case.agents, numbers=frozenset(numbers)
    )


def _agents(group: frozenset[str], component: Sequence[Look], own: frozenset[str]) -> frozenset[str]:
    """Addresses outside the shop's domain that the owner writes to together with it.  Whoever writes to the shop
    themselves is on the owner's side."""
    beside = {
        a.email
        for x in component
        if x.sent and len(x.line.to) + len(x.line.cc) > 1
        for a in (*x.line.to, *x.line.cc)
        if a.email not in own and organisation(a.email) not in group
    }
    writers = {
        x.line.sender.email for x in component if any(organisation(a.email) in group for a in x.line.to)
    }
    return frozenset(beside - writers)


def _member(look: Look, case: _Case) -> Membership | None:
    """Is this message part of the purchase and its dispute?  None: it has nothing to do with the merchant."""
    line = look.line
    verdict = _verdict(look, case)
    if verdict is None:
        return None
    inside, why = verdict
    to_shop = any(organisation(a.email) in case.group for a in (*line.to, *line.cc))
    sent = look.sent or (to_shop and organisation(line.sender.email) not in case.group)
    return Membership(message=line.id, in_dispute=inside, why=why, direction="sent" if sent else "received")


def _verdict(look: Look, case: _Case) -> tuple[bool | Literal["unsure"], str] | None:
    line = look.line
    with_shop = bool(look.orgs & case.group)
    numbers = (identifiers(line) | order_numbers(line)) & case.numbers
    if line.id in case.core:
        said = next(iter(sorted(numbers & case.orders)), "")
        return True, f"with the shop about {said}" if said else "in the conversation with the shop"
    if with_shop:
        return _from_shop(look, case, numbers)
    if line.sender.email in case.agents and _near(look, case):
        return True, "from somebody of the shop, whom you wrote to with it"
    if look.orgs & case.carriers and numbers and _near(look, case):
        return True, f"with the carrier or payment service, with the number {min(numbers)}"
    if look.sent or not _near(look, case):
        return (False, "not with the shop, though it names the order") if numbers & case.orders else None
    return _from_others(look, case, numbers)


def _from_shop(look: Look, case: _Case, numbers: frozenset[str]) -> tuple[bool | Literal["unsure"], str]:
    if numbers and not (_advertises(look) and not numbers & case.orders):
        return True, f"from the shop, with the number {min(numbers)}"
    if _advertises(look):
        return False, "advertising of the shop"
    if order_numbers(look.line) & case.other_orders:
        return False, "another order of the same shop"
    if not _near(look, case):
        return False, "from the shop, at another time"
    if look.line.automatic or look.line.bulk:
        return False, "a notice of the shop that names no order"
    return True, "with the shop during the dispute"


def _from_others(
    look: Look, case: _Case, numbers: frozenset[str]
) -> tuple[bool | Literal["unsure"], str] | None:
    """Carriers, payment services, banks, family: in when it serves this very purchase."""
    line = look.line
    named = any(n in _plain(f"{line.sender.name} {line.subject} {line.body}") for n in case.names)
    if not numbers and not named:
        return None
    if line.bulk and not numbers:
        return None
    if says("bank", line) and not says("payment_service", line):
        return False, "an alert of the bank or card issuer"
    if (
        numbers
        and (line.automatic or says("delivery", line) or says("payment_service", line))
        and not _private(line)
    ):
        return True, f"a notice about this purchase, with the number {min(numbers)}"
    if named and not _private(line) and (says("delivery", line) or says("payment_service", line)):
        return True, "a carrier's or payment service's notice that names the shop"
    if numbers & case.orders and not _private(line):
        return "unsure", "from somebody else, with the order's number"
    return False, "about the shop, with somebody else"


def _private(line: Headline) -> bool:
    """Written by a person to a person: a greeting between first names, a private provider, no automatic mark."""
    if line.automatic or line.bulk:
        return False
    return "@" in organisation(line.sender.email) or bool(line.in_reply_to)


def _near(look: Look, case: _Case) -> bool:
    if look.when is None:
        return False
    return case.first - BEFORE <= look.when <= case.last + AFTER


# ---------------------------------------------------------------------- names, and the person's words


_PIECES = re.compile(r"\s+[-–—|/]\s+|[(),|:]|\s+(?:from|via|chez|at|@)\s+", re.IGNORECASE)
_ROLE = re.compile(
    r"(?i)^(?:service (?:à la )?client[eè]le|service clients?|customer (?:service|care|support)|support|orders?|info|sales|"
    r"no-?reply|help|returns?|contact|notifications?|the)\b[\s,:|-]*|\s*[(|,–-]\s*(?:support|customer|service|orders?).*$"
)


def _merchant_name(group: frozenset[str], component: Sequence[Look]) -> str:
    """The name under which the shop writes: of the pieces that resemble its domain, the most used; else its whole
    display name."""
    brands = [_plain(brand(o)) for o in group if "@" not in o]
    pieces: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for look in component:
        name = look.line.sender.name
        if look.sent or not name or organisation(look.line.sender.email) not in group:
            continue
        whole[name] += 1
        for piece in _PIECES.split(name):
            plain = _plain(piece)
            if len(plain) > 3 and any(plain in b or b in plain for b in brands):
                pieces[_ROLE.sub("", piece).strip() or piece.strip()] += 1
    pool = pieces or whole
    return max(pool, key=lambda n: (pool[n], len(n))) if pool else min(group)


def _is_about(candidate: Candidate, about: str, looks: Mapping[str, Look]) -> bool:
    wanted = fold(about)
    told = fold(" ".join((candidate.title, candidate.merchant, *candidate.domains, *candidate.order_numbers)))
    if wanted in told or _plain(about) in _plain(told):
        return True
    words = set(re.findall(r"\w{3,}", wanted))
    for member in candidate.members:
        if member.in_dispute is True:
            line = looks[member.message].line
            text = fold(f"{line.subject}\n{line.body}")
            if wanted in text or (words and all(w in text for w in words)):
                return True
    return False
