"""Whom the shop itself brings into a dispute: somebody of its own at another address, a partner or an insurer that it names.

Only the shop's own words count: whom the shopper alone names (an expert, a friend) is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from recours.reading.dispute_case import Case, Index, firms
from recours.reading.dispute_look import Look, advertises, plain
from recours.reading.dispute_names import LEAST, is_bank, is_service
from recours.reading.organisations import brand, is_carrier, organisation
from recours.text import fold


class Brought(NamedTuple):
    """people: addresses; firms: organisations."""

    people: frozenset[str]
    firms: frozenset[str]


def beside_the_shop(group: frozenset[str], component: Sequence[Look], own: frozenset[str]) -> frozenset[str]:
    """Addresses outside the shop's domain that the owner writes to together with it, and that the shop's own mails name or
    write to, or that sign with its name.  Whoever writes to the shop themselves is on the owner's side; an expert whom the
    owner alone brought in is nobody's."""
    beside = {
        a.email: a.name
        for x in component
        if x.sent and len(x.line.to) + len(x.line.cc) > 1
        for a in (*x.line.to, *x.line.cc)
        if a.email not in own and organisation(a.email) not in group
    }
    if not beside:
        return frozenset()
    writers = {
        x.line.sender.email for x in component if any(organisation(a.email) in group for a in x.line.to)
    }
    shop = [x for x in component if not x.sent and x.orgs & group]
    named = {a.email for x in shop for a in (*x.line.to, *x.line.cc, *x.line.reply_to)}
    told = [x.texts.plain(x.line) for x in shop]
    names = {plain(brand(o)) for o in group if "@" not in o}
    return frozenset(
        email
        for email, name in beside.items()
        if email not in writers
        and (
            email in named
            or any(len(n) >= LEAST and n in plain(f"{name} {email}") for n in names)
            or any(
                plain(email) in text or (len(plain(name)) >= LEAST and plain(name) in text) for text in told
            )
        )
    )


def brought(case: Case, near: Sequence[Look], index: Index) -> Brought:
    """near: the messages that may be of the purchase (``Index.near``)."""
    shop = [x for x in near if x.line.id in case.core and not x.sent and x.orgs & case.group]
    return Brought(people=_people(case, near, shop), firms=_firms(case, near, shop, index))


_NAME = re.compile(r"[^\W\d_]{3,}")


def _people(case: Case, near: Sequence[Look], shop: Sequence[Look]) -> frozenset[str]:
    """Persons whose first and last names both stand in the shop's mails ("Delyth has passed me yours", from Gwyn Rowe, and
    Delyth Rowe writes from home); not those of the owner's own name."""
    words = {w for x in shop for w in _NAME.findall(f"{x.texts.own(x.line)} {fold(x.line.sender.name)}")}
    family = {
        w
        for x in near
        if x.sent and x.line.id in case.core
        for w in _NAME.findall(fold(f"{x.line.sender.name} {x.line.sender.email.partition('@')[0]}"))
    }
    found = set()
    for look in near:
        line = look.line
        if look.sent or line.automatic or line.bulk or look.orgs & case.group or is_service(line):
            continue
        names = _NAME.findall(fold(line.sender.name))
        if len(names) > 1 and {names[0], names[-1]} <= words and names[-1] not in family:
            found.add(line.sender.email)
    return frozenset(found) - case.own


_WHOLE = 6  # letters of a firm's name that tell it in a text without spaces
_FILE = re.compile(r"(?=.*[A-Z])(?=(?:[^0-9]*[0-9]){4}).{6,}")  # "BT/26/30917": letters and four digits
_FEW = 20  # mails of a firm that came in with the dispute; one that writes more often has other business with the owner


def _firms(case: Case, near: Sequence[Look], shop: Sequence[Look], index: Index) -> frozenset[str]:
    """Firms of which nobody in the mailbox had heard before the shop named them, and that then wrote of themselves (a maker
    to whom the shop refers is written to by the owner, and stays what it is), or that write under a number that it gave."""
    told = [(x.when, plain(x.texts.own(x.line))) for x in shop if x.when]
    files = {n for x in shop for n in x.seen.joined if _FILE.fullmatch(n)} - case.orders - case.numbers
    orgs = {org for x in near for org in firms(x, case)} - case.group
    return frozenset(org for org in orgs if _is_brought(org, index.with_organisation(org), told, files))


def _is_brought(
    org: str, looks: Sequence[Look], told: Sequence[tuple[datetime | None, str]], files: set[str]
) -> bool:
    lines = [x.line for x in looks]
    if len(looks) > _FEW or any(
        line.bulk or is_bank(line) or is_carrier(line.sender.name, line.sender.email) for line in lines
    ):
        return False
    if any(x.seen.joined & files for x in looks if not x.sent):
        return True
    shown = [x.line.sender.name for x in looks if not x.sent]
    names = {plain(brand(org)), *map(plain, shown), *(plain(" ".join(n.split()[:2])) for n in shown)}
    begun = min(looks, key=lambda x: x.when or datetime.max.replace(tzinfo=UTC))
    first = begun.when
    return (
        not begun.sent
        and first is not None
        and any(
            when is not None and when <= first and any(len(n) >= _WHOLE and n in text for n in names)
            for when, text in told
        )
    )


def is_of_this(look: Look, case: Case) -> bool:
    """Whether a brought-in firm's mail can be about this purchase: no advertising, no notice with numbers of another."""
    if advertises(look):
        return False
    numbers = look.seen.orders | look.seen.identifiers
    return look.sent or not is_service(look.line) or not numbers or bool(numbers & case.numbers)
