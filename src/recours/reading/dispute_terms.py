"""The words and numbers that a search counts in every message of a mailbox, found without trying each pattern at each letter.

Each function gives what its plain regular expressions would give; only the places where one can begin are tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

import yaml

from recours.reading.bookings import booking_codes

MatchAt = Callable[[str, int], re.Match[str] | None]
Kind = Literal[
    "complaint",
    "refusal",
    "commerce",
    "delivery",
    "payment_service",
    "refund_notice",
    "bank",
    "marketing",
    "mailing",
    "review",
    "desk",
    "invoice",
    "claim",
]

# fmt: off
_CALLED_ORDER = (
    "orders?", "commandes?", "cmd", "purchase", "achat", "booking", "reservation", "réservation",
    "confirmation", "facture", "invoice", "inscription", "enroll?ment", "registration", "abonnement",
    "subscription", "membership", "job", "location", "rental", "adhesion", "adhésion", "contrat", "contract", "receipt", "recu", "reçu", "reference",
    "référence", "réference", "reférence", "bestellung", "bon de travail", "devis", "soumission", "quotation", "intervention", "docket",
)
_CALLED_PARCEL = (
    "SUIVI", "TRACKING", "COLIS", "PARCEL", "CONSIGNMENT", "LIVRAISON", "ENVOI", "SHIPMENT", "WAYBILL", "PRO",
)
_CALLED_FILE = (
    "TICKET", "CASE", "REQUEST", "ENQUIRY", "INQUIRY", "DOSSIER", "DEMANDE", "INCIDENT", "RECLAMATION", "RÉCLAMATION",
)
# fmt: on
_FILE = re.compile(
    rf"\b(?:{'|'.join(_CALLED_FILE)})\b[\s.:#°º(\[]{{0,4}}(?:(?:NUMBER|NUM[EÉ]RO|NO|NR|N|ID|REF|IS|EST)\b[\s.:#°º]{{0,4}}){{0,2}}"
    r"#?([A-Z]{0,4}-?\d{4,12}(?:-\d{1,6})?)(?![\w/]|[.,-]\d)"
)
"""A number that a help desk calls a ticket, a case, a request."""
_ORDER = re.compile(
    rf"\b(?:{'|'.join(_CALLED_ORDER)})\b[\s.:#°º()\[\]]*"
    r"(?:(?:number|num[ée]ro|no|n|nr|id|de|is|est|ref|the|la|boutique|magasin|web|online|store)\b[\s.:#°º()]*){0,3}"
    r"[\"«“]?\s*#?\s*([A-Z0-9](?:[A-Z0-9]|[-/_](?=[A-Z0-9])){3,29})\b",
    re.IGNORECASE,
)
_SPACED = re.compile(
    rf"\b(?:{'|'.join(_CALLED_PARCEL)})\b[^\n\dA-Z]{{0,4}}"
    r"(?:(?:NUMBER|NUM[EÉ]RO|NO|NR|N|ID|EST|IS)\b[^\n\dA-Z]{0,4}){0,2}"
    r"((?:[A-Z]{1,4} )?\d{2,}(?: \d{2,}){1,6})(?![\w.,])"
)
"""A parcel's number written in groups: "LVX 7719 0420 55"; elsewhere it stands in one piece."""
_IDENTIFIER = re.compile(r"\b(?=[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*\b")
_JOINED = re.compile(r"[A-Z0-9]+(?:[-/_][A-Z0-9]+)*")
PHONE_OR_DATE = re.compile(
    r"^(?:\d{3}-\d{3}-\d{4}|1-\d{3}-\d{3}-\d{4}|\d{3}-\d{4}|\d{4}-\d{2}-\d{2}|\d{2}-\d{2}-\d{4}|(?:19|20)\d{2}|\d{4}-\d{4})$"
)
_DIGIT = re.compile(r"\d")
_THREE_DIGITS = re.compile(r"[0-9](?:[^0-9]*[0-9]){2}")
_BEGINNING = 5  # letters by which a pattern is told to be possible


class Numbers(NamedTuple):
    """orders: numbers that the text calls an order, a booking, an invoice ...; identifiers: what looks like a number of an
    order, a parcel or a file (at least six characters, four digits); joined: every run of capitals and digits, with what
    "-", "/" and "_" join, that holds three digits or more; files: numbers that the text calls a ticket, a case, a request."""

    orders: frozenset[str]
    identifiers: frozenset[str]
    joined: frozenset[str]
    files: frozenset[str]


def numbers(text: str) -> Numbers:
    """text: the subject and the visible text, as they are."""
    upper = text.upper()
    pieces = " ".join([w for w in upper.split() if len(w) > 3 and not w.isalpha() and _DIGIT.search(w)])
    found = _IDENTIFIER.findall(pieces)
    found += ["".join(match[1].split()) for match in _matches(_SPACED, upper, _places(upper, _CALLED_PARCEL))]
    named = _orders(text) if _THREE_DIGITS.search(pieces) else ()
    orders = (m[1].upper().strip("-/_") for m in named)
    booked = [text[start:end] for start, end in booking_codes(text)]
    files = [m[1] for m in _matches(_FILE, upper, _places(upper, _CALLED_FILE))] if pieces else []
    return Numbers(
        orders=frozenset(n for n in orders if _THREE_DIGITS.search(n) and not PHONE_OR_DATE.match(n)).union(
            booked
        ),
        identifiers=frozenset(n for n in found if len(n) >= 6 and not PHONE_OR_DATE.match(n)),
        joined=frozenset(filter(_THREE_DIGITS.search, _JOINED.findall(pieces))),
        files=frozenset(n for n in files if not PHONE_OR_DATE.match(n)),
    )


def _orders(text: str) -> Iterable[re.Match[str]]:
    lower = text.lower().replace("ſ", "s").replace("ı", "i")  # as IGNORECASE takes them
    if len(lower) != len(text):  # a letter that is two when small
        return _ORDER.finditer(text)
    return _matches(_ORDER, text, _places(lower, _order_beginnings()))


@cache
def _order_beginnings() -> tuple[str, ...]:
    return tuple(word.partition("?")[0][:-1] if "?" in word else word for word in _CALLED_ORDER)


def _places(text: str, words: Iterable[str]) -> list[int]:
    """Where one of the words stands, in order."""
    found = set()
    for word in words:
        at = text.find(word)
        while at != -1:
            found.add(at)
            at = text.find(word, at + 1)
    return sorted(found)


def _matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What ``finditer`` gives, when a match can only begin at these places."""
    free = 0
    for at in places:
        if at >= free and (match := pattern.match(text, at)):
            free = match.end()
            yield match


# ---------------------------------------------------------------------- the words of trouble


def counted(kinds: tuple[Kind, ...], text: str) -> tuple[int, ...]:
    """How many different words of each kind stand in a folded text (see ``text.fold``)."""
    table = _table(kinds)
    found: list[set[str]] = [set() for _ in kinds]
    free = [0] * len(kinds)
    for begun in table.places.finditer(text):
        at = begun.start()
        for n, match_at in table.may_begin[text[at : at + _BEGINNING]]:
            if at >= free[n] and (match := match_at(text, at)):
                free[n] = match.end()
                found[n].add(match[0])
    return tuple(map(len, found))


Choices = Sequence[tuple[str, tuple[str, ...]]]
"""What stands between the "|" of a pattern, and how each begins."""


class _MayBegin(dict[str, tuple[tuple[int, MatchAt], ...]]):
    """The letters at a place -> of each kind that may have a match there, what it may be; worked out when they are first
    seen."""

    def __init__(self, kinds: Sequence[Choices]) -> None:
        super().__init__()
        self._kinds = kinds

    def __missing__(self, letters: str) -> tuple[tuple[int, MatchAt], ...]:
        shown = "0" if letters[0].isdecimal() else letters
        possible = [
            (n, "|".join(choice for choice, begun in choices if shown.startswith(begun)))
            for n, choices in enumerate(self._kinds)
        ]
        self[letters] = got = tuple((n, _compiled(some).match) for n, some in possible if some)
        return got


@cache
def _compiled(choices: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")


class _Table(NamedTuple):
    """Of some kinds.  places: where a match may begin, by its first letters."""

    may_begin: _MayBegin
    places: re.Pattern[str]


@cache
def _table(kinds: tuple[Kind, ...]) -> _Table:
    words = _words()
    by_kind = [[(p, tuple(_beginnings(p))) for p in _choices("|".join(words[kind]))] for kind in kinds]
    begun = {b for choices in by_kind for _, some in choices for b in some}
    signs = {b for b in begun if not re.match(r"\w", b)}
    return _Table(
        may_begin=_MayBegin(by_kind),
        places=re.compile("|".join([r"\b" + _one_of(begun - signs), *(re.escape(b) for b in sorted(signs))])),
    )


def _one_of(beginnings: Collection[str], letters: int = 3) -> str:
    """A pattern of the first letters of some beginnings; each place is tried once a letter, not once a beginning."""
    if letters == 0 or "" in beginnings:
        return ""
    by_first: dict[str, set[str]] = {}
    for beginning in beginnings:
        by_first.setdefault(beginning[0], set()).add(beginning[1:])
    by_rest: dict[str, list[str]] = {}
    for first, rest in sorted(by_first.items()):
        letter = r"\d" if first == "0" else re.escape(first)
        by_rest.setdefault(_one_of(rest, letters - 1), []).append(letter)
    choices = [f"[{''.join(firsts)}]{rest}" for rest, firsts in by_rest.items()]
    return f"(?:{'|'.join(choices)})"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    text = resources.files("recours.reading").joinpath("dispute_words.yaml").read_text(encoding="utf-8")
    table = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {kind: tuple(p for ps in by_lang.values() for p in ps) for kind, by_lang in table.items()}


def _beginnings(pattern: str) -> Iterator[str]:
    r"""Letters of which one set begins whatever the pattern matches; "0" stands for any digit.

    pattern: of letters, "|", "(?:...)", "[...]" of single letters, "\d", with "?", "*", "+" or "{m,n}" after them.  Raises
    ValueError when it begins in another way.
    """
    for choice in _choices(pattern):
        if choice.startswith("(?:"):
            end = _closing(choice)
            yield from _beginnings(choice[3:end])
            if choice[end + 1 : end + 2] in ("?", "*"):
                yield from _beginnings(choice[end + 2 :])
        elif choice.startswith(r"\d"):
            yield "0"
        elif plain := re.match(r"\[([^\]\\^-]+)\](?![?*{])", choice):
            yield from plain[1]
        elif letters := re.match(r"[\w' %-]+", choice):
            run = (
                letters[0][:-1]
                if choice[letters.end() : letters.end() + 1] in ("?", "*", "{")
                else letters[0]
            )
            if not run:
                raise ValueError(choice)
            yield "0" if run[0].isdecimal() else run[:_BEGINNING]
        else:
            raise ValueError(choice)


def _choices(pattern: str) -> Iterator[str]:
    """What stands between the "|" that are in no parentheses."""
    depth = start = 0
    for at, sign in enumerate(pattern):
        if sign == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
        depth += (sign == "(") - (sign == ")")
    yield pattern[start:]


def _closing(pattern: str) -> int:
    """Where the parenthesis with which a pattern begins is closed."""
    depth = 0
    for at, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at
    raise ValueError(pattern)
