"""What is taken out of a text when the person asks: names of persons, addresses, phones, order numbers.

Names and numbers are those that the case knows; e-mail addresses, postal codes, streets and phones are found by their
form.  What has another form stays: the person reads the paper before it leaves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from recours.casefile.types import CaseFile
from recours.errors import Problem
from recours.papers.shown import Rendered, breakable, problem
from recours.papers.wording import phrase
from recours.words import Language

KINDS = ("addresses", "phones", "names", "orders")
BREAK = "\u200b"  # a place to break a long word, put in before
ALL = frozenset(KINDS)
_SHORT = 3  # letters: a shorter part of a name is not looked for alone
_ROLES = frozenset(
    {
        "accounts",
        "assistance",
        "boutique",
        "care",
        "client",
        "clients",
        "clientèle",
        "contact",
        "customer",
        "help",
        "info",
        "orders",
        "sales",
        "service",
        "services",
        "shop",
        "store",
        "support",
        "team",
        "the",
        "ventes",
        "équipe",
    }
)  # words in a sender's name that name no person
_EMAIL = r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
_POSTAL = r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d\b"  # Canada Post's form
_STREET = (
    r"\b\d{1,6}[A-Za-z]?,? (?:rue|avenue|av\.|boulevard|boul\.|chemin|ch\.|rang|route|place) [^\n,;]{2,40}"
    r"|\b\d{1,6}[A-Za-z]? (?:[A-Z0-9][\w'.-]* ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane)\b\.?"
)
_PHONE = r"(?<![\w-])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])|\+\d(?:[ .-]?\d){8,13}\b"
_FACTS = {
    "names": ("consumer.name", "beneficiary.name", "payment.cardholder"),
    "addresses": ("consumer.address", "merchant.address"),
    "phones": ("merchant.phone",),
    "orders": ("order.number",),
}
_FORMS = {"names": (), "addresses": (_EMAIL, _POSTAL, _STREET), "phones": (_PHONE,), "orders": ()}


class Redactor(msgspec.Struct, frozen=True):
    """Patterns and what is put in their place, in order; kinds: what they take out; certain: known words that no other
    text has by chance (two words, a number or an address), which may not be read in what was set."""

    rules: tuple[tuple[re.Pattern[str], str], ...]
    kinds: tuple[str, ...]
    certain: tuple[str, ...] = ()


NOTHING = Redactor((), ())


def redactor(case: CaseFile, what: frozenset[str], language: Language) -> Redactor:
    """what: some of KINDS; language: of the words put in place."""
    kinds = tuple(k for k in KINDS if k in what)
    rules, certain = [], []
    for kind in kinds:
        known = _known(case, kind)
        certain += [word for word in known if re.search(r"[\w.]\s+\w|[\d@]", word)]
        forms = [*(re.sub(r"(\\\s)+", r"\\s+", re.escape(word)) for word in known), *_FORMS[kind]]
        if forms:
            pattern = re.compile("|".join(_whole(f) for f in forms))
            rules.append((pattern, phrase(language, f"redaction.{kind}")))
    return Redactor(tuple(rules), kinds, tuple(certain))


def redact(text: str, hide: Redactor) -> str:
    """The text without what is hidden; a text that holds none of it comes back as it is."""
    bare = text.replace(BREAK, "")
    shown = bare
    for pattern, instead in hide.rules:
        shown = pattern.sub(instead, shown)
    return text if shown == bare else breakable(shown)


def redact_all(value: Any, hide: Redactor, keep: frozenset[str] = frozenset()) -> Any:
    """Every text of plain data, redacted; keep: keys of mappings whose values are names of files and the like."""
    if isinstance(value, str):
        return redact(value, hide)
    if isinstance(value, dict):
        return {k: v if k in keep else redact_all(v, hide, keep) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [redact_all(v, hide, keep) for v in value]
    return value


def _whole(form: str) -> str:
    """The form, not inside a longer word."""
    return rf"(?<![^\W_])(?:{form})(?![^\W_])" if form[0].isalnum() else form


def _known(case: CaseFile, kind: str) -> list[str]:
    """What the case knows of this kind, the longest first."""
    words = [str(value) for name in _FACTS[kind] if (value := case.value(name))]
    if kind == "names":
        words += _people(case)
        words += [part for word in words for part in word.split() if _names_alone(part)]
    words += [bare for word in words if (bare := _unaccented(word)) != word]
    if kind == "names":
        words += [other for word in words for other in (word.upper(), word.lower())]
    return sorted(set(filter(None, words)), key=lambda w: (-len(w), w))


def _names_alone(part: str) -> bool:
    """A part of a name that points to a person by itself: not an initial, not a role, not a particle."""
    return len(part.strip(".,")) >= _SHORT and part[0].isupper() and part.lower() not in _ROLES


def _unaccented(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _people(case: CaseFile) -> Iterator[str]:
    """Names that mails carry beside their addresses, without the words of the merchant's name."""
    shop = set(_words(str(case.value("merchant.name") or "")))
    for entry in case.dispute:
        message = entry.message
        if entry.message.automatic or entry.membership.direction == "other":
            continue
        for address in (message.sender, *message.to, *message.cc):
            own = [w for w in _words(address.name) if w not in shop]
            if (own and len(own) <= 4 and len(own) < len(_words(address.name)) + bool(not shop)) or (
                own and entry.membership.direction == "sent" and address == message.sender
            ):
                yield " ".join(own)


def _words(text: str) -> list[str]:
    return [w for w in re.split(r"[^\w'.-]+", text) if w.strip("-.'")]


def hidden_in(one: Rendered, hide: Redactor, language: Language) -> Problem | None:
    """What the person must look at: a picture, in a mail too, or somebody else's PDF, of which only words that it has as
    text are put under black."""
    if not hide.kinds or not one.files:
        return None
    what = phrase(language, "redaction.covered" if one.covered else "redaction.as_it_is")
    return problem(one.shown.label, one.shown.title, what, phrase(language, "redaction.look"))


def stated(hide: Redactor, language: Language) -> str:
    """What was taken out, in a sentence; "" when nothing was asked."""
    return _stated(hide.kinds, language) if hide.kinds else ""


def _stated(kinds: Iterable[str], language: Language) -> str:
    what = ", ".join(phrase(language, f"redaction.what_{kind}") for kind in kinds)
    return phrase(language, "redaction.stated", what=what)
