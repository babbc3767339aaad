"""The names that a fact may have, their types, and how a person's words become a value.

The table is vocabulary.yaml; the law packs are typed by it, questions are asked from it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any, Literal

import msgspec
from rapidfuzz import distance

from recours.casefile.types import FactValue
from recours.clock import parse_day
from recours.errors import RecoursError
from recours.money import Money
from recours.text import fold

FactType = Literal["bool", "text", "choice", "money", "date", "integer", "country", "region"]
Both = dict[str, str]

YES = frozenset({"yes", "y", "true", "oui", "o", "vrai"})
NO = frozenset({"no", "n", "false", "non", "faux"})
COUNTRY = re.compile(r"[A-Z]{2}")
REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
CURRENCY = re.compile(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")
GROUPED = re.compile(r"\d{1,3}(?:([ ,.'])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
PLAIN = re.compile(r"\d+(?:[.,]\d{1,2})?")
EXAMPLES: dict[FactType, str] = {
    "bool": "yes / oui, no / non",
    "money": "425.40 CAD",
    "date": "2026-03-31",
    "integer": "3",
    "country": "CA",
    "region": "CA-QC",
    "text": "...",
    "choice": "",
}


class FactKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One name of the vocabulary.  same_as: the name under which the value is looked up instead."""

    type: FactType
    label: Both
    ask: Both
    why: Both
    evidence: Both
    choices: dict[str, Both] = {}
    same_as: str = ""


class UnknownFactError(RecoursError):
    """The vocabulary has no fact of that name."""

    def __init__(self, name: str, near: str, where: str = "") -> None:
        super().__init__(
            {"en": f"There is no fact named {name!r}", "fr": f"Il n'y a pas de fait nommé {name!r}"},
            where=where,
            todo={
                "en": f"Did you mean {near}?" if near else "The names are in vocabulary.yaml.",
                "fr": f"Vouliez-vous dire {near}?" if near else "Les noms sont dans vocabulary.yaml.",
            },
        )


class BadValueError(RecoursError):
    """The words are not a value of the fact's type."""

    def __init__(self, name: str, text: str, en: str, fr: str, example: str) -> None:
        super().__init__(
            {"en": f"{text!r} cannot be {name}: {en}", "fr": f"{text!r} ne peut pas être {name} : {fr}"},
            todo={
                "en": f"Write it like this: {name}={example}",
                "fr": f"Écrivez-le ainsi : {name}={example}",
            },
        )


@cache
def vocabulary() -> dict[str, FactKind]:
    """Every fact by name, in the order of the file."""
    text = resources.files("recours.casefile").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    return msgspec.yaml.decode(text, type=dict[str, FactKind])


def kind_of(name: str, where: str = "") -> FactKind:
    """The fact's entry.  Raises UnknownFactError with the nearest name."""
    found = vocabulary().get(name)
    if found is None:
        raise UnknownFactError(name, nearest(name, vocabulary()), where)
    return found


def canonical(name: str) -> str:
    """The name under which the fact is kept (``same_as`` followed)."""
    found = vocabulary().get(name)
    return found.same_as if found and found.same_as else name


def nearest(name: str, among: Any) -> str:
    """The name at the smallest edit distance, "" when none is near."""

    def far(other: str) -> int:
        return int(distance.OSA.distance(name.lower(), other.lower()))

    best = min(among, key=lambda other: (far(other), other), default="")
    return best if best and far(best) <= max(2, len(best) // 3) else ""


def parse_value(name: str, text: str) -> FactValue | None:
    """A person's words -> the fact's value; None when the words are empty (the name is still checked).

    Raises UnknownFactError, BadValueError, BadDateError.
    """
    kind = kind_of(name)
    text = text.strip()
    if not text:
        return None
    match kind.type:
        case "bool":
            return _bool(name, text)
        case "money":
            return _money(name, text)
        case "date":
            return parse_day(text, name)
        case "integer":
            return _integer(name, text)
        case "choice":
            return _choice(name, text, kind)
        case "country":
            return _code(name, text, COUNTRY, kind.type)
        case "region":
            return _code(name, text, REGION, kind.type)
        case "text":
            return text


def is_of_type(value: FactValue, kind: FactKind) -> bool:
    """Whether a value is already what the vocabulary says."""
    match kind.type:
        case "bool":
            return isinstance(value, bool)
        case "money":
            return isinstance(value, Money)
        case "date":
            return isinstance(value, date)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "choice":
            return isinstance(value, str) and value in kind.choices
        case _:
            return isinstance(value, str)


def say_value(name: str, value: FactValue | None, language: Literal["fr", "en"]) -> str:
    """The value in words, for a proof or a question."""
    unknown = {"fr": "inconnu", "en": "unknown"}
    if value is None:
        return unknown[language]
    if isinstance(value, bool):
        return {"fr": ("non", "oui"), "en": ("no", "yes")}[language][value]
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, str):
        kind = vocabulary().get(name)
        return kind.choices.get(value, {}).get(language, value) if kind else value
    return str(value)


def _bool(name: str, text: str) -> bool:
    word = fold(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadValueError(name, text, "it is answered by yes or no", "on y répond par oui ou non", "oui")


def _integer(name: str, text: str) -> int:
    if re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    raise BadValueError(name, text, "it is a whole number", "c'est un nombre entier", EXAMPLES["integer"])


def _choice(name: str, text: str, kind: FactKind) -> str:
    word = fold(text)
    for code, said in kind.choices.items():
        if word in {code, *(fold(words) for words in said.values())}:
            return code
    allowed = ", ".join(kind.choices)
    near = nearest(word, kind.choices) or next(iter(kind.choices))
    raise BadValueError(name, text, f"it is one of {allowed}", f"c'est l'un de {allowed}", near)


def _code(name: str, text: str, pattern: re.Pattern[str], kind: FactType) -> str:
    if pattern.fullmatch(text.upper()):
        return text.upper()
    raise BadValueError(
        name,
        text,
        "it is a code of ISO 3166, not a name",
        "c'est un code ISO 3166, pas un nom",
        EXAMPLES[kind],
    )


def _money(name: str, text: str) -> Money:
    currency = CURRENCY.findall(text)
    if len(currency) != 1:
        raise BadValueError(
            name,
            text,
            "an amount needs its currency, as a three-letter code",
            "un montant a besoin de sa monnaie, en trois lettres",
            EXAMPLES["money"],
        )
    number = re.sub(r"[\s$€£]+", " ", CURRENCY.sub("", text)).strip()
    return Money(_amount(name, text, number), currency[0].upper())


def _amount(name: str, text: str, number: str) -> Decimal:
    grouped = GROUPED.fullmatch(number)
    if grouped and grouped[1] in ",." and not re.search(r"[.,]\d{1,2}$", number):
        # 1,234 is a thousand here and one and a bit there
        raise BadValueError(
            name,
            text,
            "the separator can be read in two ways",
            "le séparateur peut se lire de deux façons",
            "1234.00 CAD",
        )
    if grouped:
        number = number.replace(grouped[1], "")
    elif not PLAIN.fullmatch(number):
        raise BadValueError(name, text, "it is not an amount", "ce n'est pas un montant", EXAMPLES["money"])
    try:
        return Decimal(number.replace(",", "."))
    except InvalidOperation:
        raise BadValueError(
            name, text, "it is not an amount", "ce n'est pas un montant", EXAMPLES["money"]
        ) from None
