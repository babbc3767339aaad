"""One look at a mail for the search: the words of trouble in it, the order numbers and identifiers that it names."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Literal

import msgspec
import yaml

from recours.reading.mime import Headline
from recours.text import fold

_ORDER = re.compile(
    r"\b(?:orders?|commandes?|cmd|purchase|achat|booking|reservation|r[ée]servation|confirmation|facture|invoice|"
    r"inscription|enrol{1,2}ment|registration|abonnement|subscription|membership|adh[ée]sion|contrat|contract|receipt|re[çc]u|"
    r"r[ée]f[ée]rence|bestellung)\b[\s.:#°º()\[\]]*(?:(?:number|num[ée]ro|no|n|nr|id|de|is|est|ref|the|la)\b[\s.:#°º()]*){0,3}"
    r"[\"«“]?\s*#?\s*([A-Z0-9](?:[A-Z0-9]|[-/_](?=[A-Z0-9])){3,29})\b",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"\b(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*\b")
_SPACED = re.compile(
    r"\b(?:SUIVI|TRACKING|COLIS|PARCEL|CONSIGNMENT|LIVRAISON|ENVOI|SHIPMENT|WAYBILL|PRO)\b[^\n\dA-Z]{0,4}(?:(?:NUMBER|NUM[EÉ]RO|NO|NR|N|ID|EST|IS)\b[^\n\dA-Z]{0,4}){0,2}"
    r"((?:[A-Z]{1,4} )?\d{2,}(?: \d{2,}){1,6})(?![\w.,])"
)
"""A parcel's number written in groups: "LVX 7719 0420 55"; elsewhere it stands in one piece."""
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


FIRST: tuple[Kind, ...] = ("complaint", "commerce", "marketing", "mailing")
"""Kinds of words that are counted in every message; the others only where a dispute may be."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A headline with what can be told from it alone.

    orders: numbers that the mail calls an order, a booking, an invoice ...; identifiers: anything that looks like a number
    of an order, a parcel or a file (at least six characters, four digits); said: of each kind of FIRST, how many words.
    """

    line: Headline
    orders: frozenset[str]
    identifiers: frozenset[str]
    said: tuple[int, ...]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen, with what the search needs of it: whether the owner sent it, the organisations on the other side."""

    seen: Seen
    line: Headline
    sent: bool
    orgs: frozenset[str]

    @property
    def when(self) -> datetime | None:
        return self.line.date


def seen(line: Headline) -> Seen:
    """One look; the costly part of a search, which can be done for each message by itself."""
    whole = f"{line.subject}\n{line.body}"
    words = _own_words(line.subject, line.body)
    return Seen(
        line=line,
        orders=_numbers(whole),
        identifiers=_identifiers(whole.upper()),
        said=tuple(_count(kind, words) for kind in FIRST),
    )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    text = resources.files("recours.reading").joinpath("dispute_words.yaml").read_text(encoding="utf-8")
    table = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        kind: re.compile(r"(?<!\w)(?:" + "|".join(p for ps in by_lang.values() for p in ps) + r")(?!\w)")
        for kind, by_lang in table.items()
    }


def _own_words(subject: str, body: str) -> str:
    history = _HISTORY.search(body)
    fresh = body[: history.start()] if history and history.start() > 20 else body
    return fold(f"{subject}\n{_QUOTED_LINE.sub('', fresh)}")


def says(kind: Kind, look: Look) -> int:
    """How many different words of a kind stand in the subject and in what the mail itself says."""
    if kind in FIRST:
        return look.seen.said[FIRST.index(kind)]
    return _said(kind, look.line.subject, look.line.body)


@cache
def _said(kind: Kind, subject: str, body: str) -> int:
    return _count(kind, _own_words(subject, body))


def _count(kind: Kind, words: str) -> int:
    return len({m.group() for m in _words()[kind].finditer(words)})


def _numbers(text: str) -> frozenset[str]:
    found = (m[1].upper().strip("-/_") for m in _ORDER.finditer(text))
    return frozenset(n for n in found if sum(c.isdigit() for c in n) >= 3 and not _PHONE_OR_DATE.match(n))


def _identifiers(upper: str) -> frozenset[str]:
    found = _IDENTIFIER.findall(upper)
    found += ["".join(match.split()) for match in _SPACED.findall(upper)]
    return frozenset(n for n in found if len(n) >= 6 and not _PHONE_OR_DATE.match(n))


def names_plainly(name: str, line: Headline) -> bool:
    """Does the sender's name, the subject or the text hold a name that is written plainly (see ``plain``)?"""
    return name in _plain_text(line.sender.name, line.subject, line.body)


@cache
def _plain_text(sender: str, subject: str, body: str) -> str:
    return plain(f"{sender} {subject} {body}")


def forget() -> None:
    """Let go of the texts that were looked at: a mailbox is searched once."""
    for kept in (_said, _plain_text):
        kept.cache_clear()


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name).replace("&", "and"))


def advertises(look: Look) -> bool:
    """Newsletters, offers, review requests: no order of the person's, and the words of advertising."""
    if look.sent:
        return False
    line = look.line
    if look.seen.orders and not line.bulk:
        return False
    words, mailing = says("marketing", look), says("mailing", look)
    if line.in_reply_to or line.references:
        return words + mailing >= 3
    return words >= 2 or mailing > 0 or (line.bulk and not look.seen.orders) or (words > 0 and line.automatic)
