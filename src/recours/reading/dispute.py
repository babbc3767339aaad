"""The dispute among the noise: which purchase is complained of, and every message that belongs to it.

Nothing is assumed of the merchant.  A purchase is found by the conversations that the owner holds with an
organisation and by the numbers that its messages share (order, parcel); a dispute by what is said in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from recours.reading.acts.classifier import model
from recours.reading.conversations import conversations, shares_number
from recours.reading.dispute_case import Index
from recours.reading.dispute_follow import answers, followed
from recours.reading.dispute_look import Look, Seen, Texts, advertises, plain, says, without_asides
from recours.reading.dispute_members import case_of, is_order, member, with_carriers
from recours.reading.dispute_names import alike
from recours.reading.linear.words import logits
from recours.reading.mime import Headline
from recours.reading.organisations import brand, is_desk, organisation, owners
from recours.reading.threads import Groups
from recours.reading.types import Candidate
from recours.text import fold


def _body_of(line: Headline) -> str:
    return line.body


def find(
    seen: Sequence[Seen], about: str = "", body: Callable[[Headline], str] = _body_of
) -> tuple[Candidate, ...]:
    """The disputes that a mailbox may hold, likeliest first.

    about: the person's words (shop, order number, words of a subject), with which ``seen`` was made; only disputes that
    hold them come back, and a purchase without a complaint does too: one from a shop of that name, and where nothing else
    holds the words, any.  body: gives the text of a headline that was kept without.
    """
    own = owners([one.line for one in seen])
    looks = _looks(seen, own, Texts(body))
    index = Index(looks.values())
    orgs = _organisations(looks)
    if about:
        orgs = _named(orgs, about) or orgs
    purchases = [one for group in orgs for one in _purchases(group, orgs[group], wanted=bool(about))]

    def candidates(chosen: Iterable[_Discussed]) -> list[Candidate]:
        made = [_candidate(one, orgs[one.group], looks, index, own) for one in chosen]
        return [c for c in made if not about or _is_about(c, about, looks)]

    first = [one for one in purchases if one.score > 0 or _is_called(about, one, orgs[one.group])]
    kept = candidates(first) or candidates(one for one in purchases if one not in first)
    return tuple(sorted(kept, key=lambda c: -c.score))


def _looks(seen: Sequence[Seen], own: frozenset[str], texts: Texts) -> dict[str, Look]:
    """One Look a message; copies count once."""
    looks: dict[str, Look] = {}
    for one in seen:
        line = one.line
        if line.id in looks:
            continue
        targets = [a.email for a in (*line.to, *line.cc)]
        sent = line.sender.email in own
        others = targets if sent else [line.sender.email, *(t for t in targets if t not in own)]
        others += [a.email for a in line.reply_to if not sent]
        orgs = frozenset(organisation(a) for a in others if a and a not in own)
        looks[line.id] = without_asides(Look(seen=one, line=line, sent=sent, orgs=orgs, texts=texts))
    return looks


def _organisations(looks: Mapping[str, Look]) -> dict[frozenset[str], list[Look]]:
    """Organisations with whom something is discussed; a help desk's host counts with the shop whose name it bears."""
    by_org: dict[str, list[Look]] = defaultdict(list)
    for look in looks.values():
        for org in look.orgs:
            by_org[org].append(look)
    talked = {org for org, ls in by_org.items() if any(x.sent for x in ls) or _complained_to(ls)}
    groups = Groups()
    names = {org: plain(brand(org)) for org in by_org}
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


def _complained_to(looks: Iterable[Look]) -> bool:
    """A shop's own mails can hold a complaint made on its web form."""
    return any(not x.line.bulk and says("complaint", x) and says("commerce", x) for x in looks)


class _Discussed(NamedTuple):
    """A purchase that is discussed with an organisation.  score: see ``_score``."""

    group: frozenset[str]
    score: float
    messages: Sequence[Look]


def _purchases(group: frozenset[str], talk: Sequence[Look], *, wanted: bool) -> list[_Discussed]:
    """Those of one organisation, likeliest first."""
    personal = [x for x in talk if not advertises(x)]
    components = _adopted(conversations(personal))
    if not components:
        return []
    scored = [_Discussed(group, _score(c), c) for c in components]
    if not any(one.score for one in scored) and (whole := _quoted(components)):
        scored = [_Discussed(group, _QUIET * _score(whole), whole)]
    return sorted((one for one in scored if one.score > 0 or wanted), key=lambda one: -one.score)[:3]


class _Purchase(NamedTuple):
    """A conversation that names an order.  rank: complained of, begun."""

    rank: tuple[bool, datetime]
    messages: list[Look]


def _better(one: _Purchase, other: _Purchase) -> _Purchase:
    return other if other.rank > one.rank else one


_UNNAMED = timedelta(days=120)  # for which a purchase may be talked of before anybody names its number


def _adopted(components: Sequence[list[Look]]) -> list[list[Look]]:
    """A conversation that names no order (where none does: that shares no number) is about the purchase that came before it: one that is complained of if
    there is one, else the latest.  Where none came before, it is about the first, if that is complained of soon after."""
    whole: list[list[Look]] = []
    numbered: list[_Purchase] = []
    loose: list[list[Look]] = []
    ordered = [any(x.seen.orders for x in component) for component in components]
    for component, named in zip(components, ordered, strict=True):
        if named or (not any(ordered) and shares_number(component)):
            whole.append(list(component))
            numbered.append(_Purchase((_score(component) > 0, _begun(component)), whole[-1]))
        else:
            loose.append(component)
    numbered.sort(key=lambda one: one.rank[1])
    begun = [one.rank[1] for one in numbered]
    best = list(accumulate(numbered, _better))  # of those begun so far
    for component in loose:
        start = _begun(component)
        before = bisect_right(begun, start)
        if before:
            best[before - 1].messages.extend(component)
        elif (
            numbered
            and numbered[0].rank[0]
            and begun[0] - start <= _UNNAMED
            and not _of_another(component, numbered[0].messages)
        ):
            numbered[0].messages.extend(component)
        else:
            whole.append(component)
    return whole


def _of_another(component: Sequence[Look], purchase: Sequence[Look]) -> bool:
    """Whether it bears a number made like the purchase's."""
    orders = {number for x in purchase for number in x.seen.orders}
    return any(alike(x.seen.joined, orders) for x in component)


def _begun(component: Sequence[Look]) -> datetime:
    return min((x.when for x in component if x.when), default=datetime.max.replace(tzinfo=UTC))


def _quoted(components: Sequence[Sequence[Look]]) -> list[Look]:
    """What is written with a trader that named a price before it was complained to, in several conversations of which none
    names a number; nothing where there was no such price."""
    spoken = [x for c in components for x in c if x.when and not (x.line.automatic or x.line.bulk)]
    spoken.sort(key=_begun_one)
    complained = [x for x in spoken if x.sent and says("complaint", x)]
    if not complained or any(x.seen.orders for x in spoken):
        return []
    end = _begun_one(complained[-1])
    near = [x for x in spoken if end - _UNNAMED <= _begun_one(x)]
    priced = any(
        not x.sent and _begun_one(x) < end and says("commerce", x) and x.texts.sums(x.line) for x in near
    )
    return near if priced else []


def _begun_one(look: Look) -> datetime:
    return look.when or datetime.max.replace(tzinfo=UTC)


_QUIET = 0.5  # of a complaint: one that only the classifier hears
_HEARD = 0.5  # the logit from which it does
_SENTENCE = re.compile(r"[.!?;\n]+\s*")


def _sounds_like_trouble(look: Look) -> bool:
    """Whether a sentence of a mail about an order complains, though none of the words of trouble stands in it: "it jumps
    every few stitches"."""
    words = model().words["consumer"]
    sentences = (s for s in _SENTENCE.split(look.texts.own(look.line)) if len(s.split()) > 2)
    return any(logits(s, words).get("complain", 0.0) > _HEARD for s in sentences)


def _score(component: Sequence[Look]) -> float:
    """Larger is likelier; 0 when nobody complains or nothing was bought."""
    sent = [x for x in component if x.sent]
    complaints: float = sum(says("complaint", x) > 0 for x in sent)
    copied = sum(says("complaint", x) > 1 for x in component if not x.sent)
    commerce = sum(says("commerce", x) > 0 for x in component)
    numbered = any(x.seen.orders for x in component) or shares_number(component)
    if not complaints and not copied:
        bought = any(not x.sent and says("commerce", x) for x in component)
        if not (numbered and bought) or not any(_sounds_like_trouble(x) for x in sent):
            return 0.0
        complaints = _QUIET
    if commerce < 2 and not numbered:
        return 0.0
    listed = sum(x.line.bulk for x in component)
    if listed > len(component) / 2:
        return 0.0
    refusals = sum(says("refusal", x) > 0 for x in component if not x.sent)
    back_and_forth = min(len(sent), sum(not x.sent for x in component))
    return (
        3.0 * complaints + 0.5 * copied + 2.0 * refusals + 1.0 * back_and_forth + (3.0 if numbered else 0.0)
    )


def _candidate(
    purchase: _Discussed,
    talk: Sequence[Look],
    looks: Mapping[str, Look],
    index: Index,
    own: frozenset[str],
) -> Candidate:
    group, score, component = purchase
    counts = Counter(n for x in component for n in sorted(x.seen.orders))
    orders = [n for n, _ in counts.most_common() if is_order(n, counts)]
    case = case_of(group, component, talk, own, orders)
    case = with_carriers(case, index)
    near = list(index.near(case))
    judged = [m for m in (member(x, case) for x in near) if m is not None]
    members = followed(near, answers(near, judged), case)
    inside = [looks[m.message] for m in members if m.in_dispute is True]
    dates = [x.when for x in inside if x.when]
    name = _merchant_name(group, inside or component)
    return Candidate(
        merchant=name,
        domains=tuple(sorted(group, key=lambda o: (is_desk(o), o))),
        order_numbers=tuple(orders[:5]),
        title=f"{name}, {orders[0]}" if orders else name,
        score=score,
        complaints=sum(says("complaint", x) > 0 for x in inside if x.sent),
        owner=tuple(sorted(own)),
        members=tuple(members),
        last_on=_last_day(dates),
    )


def _last_day(dates: Sequence[datetime]) -> date | None:
    return max(dates).date() if dates else None


_PIECES = re.compile(r"\s+[-–—|/]\s+|[(),|:]|\s+(?:from|via|chez|at|@)\s+", re.IGNORECASE)
_ROLE = re.compile(
    r"(?i)^(?:service (?:à la )?client[eè]le|service clients?|customer (?:service|care|support)|support|orders?|info|sales|"
    r"no-?reply|help|returns?|contact|notifications?|the)\b[\s,:|-]*|\s*[(|,–-]\s*(?:support|customer|service|orders?).*$"
)


def _merchant_name(group: frozenset[str], component: Sequence[Look]) -> str:
    """The name under which the shop writes: of the pieces that resemble its domain, the most used; else its whole
    display name."""
    brands = [plain(brand(o)) for o in group if "@" not in o]
    pieces: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for look in component:
        name = look.line.sender.name
        if look.sent or not name or organisation(look.line.sender.email) not in group:
            continue
        whole[name] += 1
        for piece in _PIECES.split(name):
            word = plain(piece)
            if len(word) > 3 and any(word in b or b in word for b in brands):
                pieces[_ROLE.sub("", piece).strip() or piece.strip()] += 1
    pool = pieces or whole
    return max(pool, key=lambda n: (pool[n], len(n))) if pool else min(group)


def _named(orgs: dict[frozenset[str], list[Look]], about: str) -> dict[frozenset[str], list[Look]]:
    """Organisations whose name or messages hold the person's words; the others need not be gone through."""
    return {
        group: talk
        for group, talk in orgs.items()
        if any(x.seen.asked for x in talk) or bears(about, _names(group, talk))
    }


def _names(group: Iterable[str], talk: Iterable[Look]) -> Iterator[str]:
    yield from group
    yield from (x.line.sender.name for x in talk)


def _is_called(about: str, purchase: _Discussed, talk: Iterable[Look]) -> bool:
    """Whether the person's words name the purchase's shop or its order, and do not only stand in its messages."""
    orders = (n for x in purchase.messages for n in x.seen.orders)
    return bears(about, (*_names(purchase.group, talk), *orders))


def bears(about: str, names: Iterable[str]) -> bool:
    """Whether one of the names holds the person's words, as they are or written plainly (see ``dispute_look.plain``)."""
    wanted, short = fold(about), plain(about)
    return any(wanted in fold(n) or (short and short in plain(n)) for n in {*names})


def is_named(candidate: Candidate, about: str) -> bool:
    """Whether the person's words name a dispute's shop or its order."""
    told = fold(" ".join((candidate.title, candidate.merchant, *candidate.domains, *candidate.order_numbers)))
    return fold(about) in told or plain(about) in plain(told)


def _is_about(candidate: Candidate, about: str, looks: Mapping[str, Look]) -> bool:
    if is_named(candidate, about):
        return True
    return any(looks[m.message].seen.asked for m in candidate.members if m.in_dispute is True)
