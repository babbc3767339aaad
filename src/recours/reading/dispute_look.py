"""One look at a mail for the search: the words of trouble in it, the order numbers and identifiers that it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import msgspec

from recours.reading.amounts import find_amounts
from recours.reading.dispute_terms import Kind, counted, numbers
from recours.reading.mime import Headline
from recours.reading.places import plain as unaccented
from recours.text import fold

_QUOTED_LINE = re.compile(r"^\s*>.*$", re.MULTILINE)
_HISTORY = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|message d'origine|message original|forwarded message)|from:\s.+@|de\s?:\s.+@|"
    r"_{10,}|on .{8,120} wrote:|le .{8,120} a [ée]crit\s?:)",
    re.IGNORECASE | re.MULTILINE,
)
FIRST: tuple[Kind, ...] = ("complaint", "commerce", "marketing", "mailing", "review")
"""Kinds of words that are counted in every message; the others only where a dispute may be."""


class Seen(
    msgspec.Struct, frozen=True, kw_only=True, gc=False
):  # a hundred thousand; none refers back to itself
    """A headline with what can be told from it alone.

    orders, identifiers, joined, files: see ``dispute_terms.Numbers``; said: of each kind of FIRST, how many words; asked: the
    words that the person searches for stand in it.
    """

    line: Headline
    orders: frozenset[str]
    identifiers: frozenset[str]
    joined: frozenset[str]
    files: frozenset[str]
    said: tuple[int, ...]
    asked: bool = False


class Texts:
    """What the messages say in which a dispute may be; read when it is asked for, let go with the search."""

    def __init__(self, body: Callable[[Headline], str]) -> None:
        self._body = body
        self._last: tuple[str | None, str] = (
            None,
            "",
        )  # an id and its text: what is asked of one is asked together
        self._own: dict[str, str] = {}
        self._plain: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        self._sums: dict[str, frozenset[Decimal]] = {}

    def _text(self, line: Headline) -> str:
        if self._last[0] != line.id:
            self._last = (line.id, self._body(line))
        return self._last[1]

    def own(self, line: Headline) -> str:
        """The subject and what the mail itself says, folded."""
        if line.id not in self._own:
            self._own[line.id] = _own_words(line.subject, self._text(line))
        return self._own[line.id]

    def unaccented(self, line: Headline) -> str:
        """The subject and the text, without accents, capitals kept."""
        if line.id not in self._bare:
            self._bare[line.id] = unaccented(f"{line.subject}\n{self._text(line)}")
        return self._bare[line.id]

    def sums(self, line: Headline) -> frozenset[Decimal]:
        """The sums of money that the subject and the text name."""
        if line.id not in self._sums:
            found = find_amounts(self.unaccented(line))
            self._sums[line.id] = frozenset(one.amount for one in found if one.amount)
        return self._sums[line.id]

    def plain(self, line: Headline) -> str:
        """The sender's name, the subject and the text, written plainly (see ``plain``); then again without "and", as a
        domain may be (juniperpine of Juniper & Pine)."""
        if line.id not in self._plain:
            said = plain(f"{line.sender.name} {line.subject} {self._text(line)}")
            self._plain[line.id] = f"{said} {said.replace('and', '')}"
        return self._plain[line.id]


class Look(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was seen, with what the search needs of it: whether the owner sent it, the organisations on the other side."""

    seen: Seen
    line: Headline
    sent: bool
    orgs: frozenset[str]
    texts: Texts

    @property
    def when(self) -> datetime | None:
        return self.line.date


def seen(line: Headline, about: str = "") -> Seen:
    """One look; the costly part of a search, which can be done for each message by itself.  about: see ``dispute.find``."""
    whole = f"{line.subject}\n{line.body}"
    found = numbers(whole)
    return Seen(
        line=line,
        orders=found.orders,
        identifiers=found.identifiers,
        joined=found.joined,
        files=found.files,
        said=counted(FIRST, _own_words(line.subject, line.body)),
        asked=bool(about) and _holds(whole, about),
    )


def _holds(text: str, about: str) -> bool:
    """Whether the person's words stand in a text: as they are, or each of them somewhere."""
    text, wanted = fold(text), fold(about)
    words = re.findall(r"\w{3,}", wanted)
    return wanted in text or (bool(words) and all(w in text for w in words))


def _own_words(subject: str, body: str) -> str:
    history = _HISTORY.search(body)
    fresh = body[: history.start()] if history and history.start() > 20 else body
    return fold(f"{subject}\n{_QUOTED_LINE.sub('', fresh) if '>' in fresh else fresh}")


def says(kind: Kind, look: Look) -> int:
    """How many different words of a kind stand in the subject and in what the mail itself says."""
    if kind in FIRST:
        return look.seen.said[FIRST.index(kind)]
    return counted((kind,), look.texts.own(look.line))[0]


def names_plainly(name: str, look: Look) -> bool:
    """Does the sender's name, the subject or the text hold a name that is written plainly (see ``plain``)?"""
    return name in look.texts.plain(look.line)


def is_called(name: str, line: Headline) -> bool:
    """Does the sender's shown name hold this name, written plainly?"""
    shown = plain(line.sender.name)
    return name in shown or name in shown.replace("and", "")


def names_in_capitals(word: str, look: Look) -> bool:
    """Does the subject or the text hold a word written in capitals, as labels and notices of carriers write names?"""
    return bool(re.search(rf"(?<!\w){re.escape(word.upper())}(?!\w)", look.texts.unaccented(look.line)))


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name).replace("&", "and"))


_ANOTHERS = re.compile(
    r"\b(?:not|other|another|different|unlike|earlier|previous|mother|father|mum|mom|dad|parents|sister|brother|wife|husband|partner|daughter|son|"
    r"friend|neighbou?r|colleague|pas|autre|mere|pere|maman|papa|soeur|frere|femme|mari|compagne|compagnon|conjointe?|fille|fils|amie?|voisine?|collegue|precedente?)s?\b"
)
_WELL = re.compile(
    r"\b(?:was|is|were|are|came|arrived|went)\b.{0,20}\b(?:fine|ok|okay|good|perfect|great|well)\b|\bno (?:problem|issue|complaint)s?\b"
    r"|\bsans (?:souci|probleme)|\bbien (?:arrivee?|recue?)\b|\b(?:etait|est) (?:tres )?(?:bien|parfaite?|impeccable)\b|\bpas de (?:souci|probleme)"
)
_ASIDE = 80  # characters of a sentence before a number, and after


def without_asides(look: Look) -> Look:
    """Of the numbers that the owner names in a mail about an order, only those that it is about: "not the one my mother
    ordered (77809)" is another."""
    seen = look.seen
    named = seen.orders | seen.joined
    if not look.sent or len(named) < 2:
        return look
    own, subject = look.texts.own(look.line), fold(look.line.subject)
    aside = {n for n in named if fold(n) not in subject and _is_aside(fold(n), own)}
    if not aside or aside == named:
        return look
    bare = msgspec.structs.replace(
        seen, orders=seen.orders - aside, identifiers=seen.identifiers - aside, joined=seen.joined - aside
    )
    return msgspec.structs.replace(look, seen=bare)


def _is_aside(number: str, own: str) -> bool:
    at = own.find(number)
    end = at + len(number)
    before = re.split(r"[.!?;\n]", own[max(0, at - _ASIDE) : at])[-1]
    after = re.split(r"[.!?;\n]", own[end : end + _ASIDE])[0]
    return at >= 0 and bool(_ANOTHERS.search(before) or _WELL.search(after))


_NOTICES = re.compile(
    r"(?:is|been|was) (?:delivered|shipped)|delivered$|shipped|on its way|confirm|receipt|invoice|refund|(?:received|have|got) your (?:feedback|message|comments?|query)|(?:recu|enregistre) (?:votre|vos) (?:message|commentaires?|avis)|livree?s?\b|expedi|facture|recu\b|rembours"
)
_ASKED_TWICE = 2  # different words that ask for a review


def asks_review(look: Look) -> bool:
    """Whether a shop's mail asks what the person thinks of the purchase, and is nothing else: no notice, no answer."""
    line = look.line
    if look.sent or line.in_reply_to or line.references or not says("review", look):
        return False
    subject = fold(line.subject)
    if _NOTICES.search(subject):
        return False
    return bool(counted(("review",), subject)[0]) or says("review", look) >= _ASKED_TWICE


def advertises(look: Look) -> bool:
    """Newsletters, offers, review requests: no order of the person's, and the words of advertising."""
    if look.sent:
        return False
    if asks_review(look):
        return True
    line = look.line
    if look.seen.orders and not line.bulk:
        return False
    words, mailing = says("marketing", look), says("mailing", look)
    if line.in_reply_to or line.references:
        return words + mailing >= 3
    return words >= 2 or mailing > 0 or (line.bulk and not look.seen.orders) or (words > 0 and line.automatic)
