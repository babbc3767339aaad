"""The truth of a tree for the facts of a case on a day, and the proof of it."""

from __future__ import annotations

import operator as op
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from recours.casefile.types import FactValue
from recours.casefile.vocabulary import canonical, say_value, vocabulary
from recours.law.tree import (
    CONTRACT_DATE,
    TODAY,
    AllNode,
    AnyNode,
    CompareNode,
    ConstantNode,
    FactNode,
    InNode,
    KnownNode,
    Node,
    NotNode,
    Operator,
    ShiftNode,
    Term,
    facts_in,
)
from recours.law.truth import all_, any_, not_, truth_of
from recours.law.types import Because, Lang, Truth, Words
from recours.money import Money

COMPARE: dict[Operator, Callable[[Any, Any], bool]] = {
    "==": op.eq,
    "!=": op.ne,
    "<": op.lt,
    "<=": op.le,
    ">": op.gt,
    ">=": op.ge,
}
OPPOSITE: dict[Operator, Operator] = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
SAID: dict[Lang, dict[Operator, str]] = {
    "fr": {
        "==": ":",
        "!=": "n'est pas",
        "<": "avant",
        "<=": "au plus tard",
        ">": "après",
        ">=": "à partir de",
    },
    "en": {"==": ":", "!=": "is not", "<": "before", "<=": "not after", ">": "after", ">=": "from"},
}
SAID_MONEY: dict[Lang, dict[Operator, str]] = {
    "fr": {"<": "moins de", "<=": "au plus", ">": "plus de", ">=": "au moins"},
    "en": {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"},
}
NAMES: dict[str, Words] = {
    TODAY: {"fr": "aujourd'hui", "en": "today"},
    CONTRACT_DATE: {"fr": "date du contrat", "en": "date of the contract"},
}
TRUE_WHEN_KNOWN: tuple[tuple[str, str], ...] = (
    ("delivery.has_date", "delivery.promised_on"),
    ("delivery.received", "delivery.delivered_on"),
    ("return.offered", "goods.returned_on"),
    ("return.offered", "return.offered_on"),
    ("return.offered", "return.refused_on"),
)
YEARS = range(1900, 2200)
LANGUAGES: tuple[Lang, ...] = ("fr", "en")


class Situation(msgspec.Struct, frozen=True):
    """facts by canonical name; today; the contract's day, None when it is not known.

    decided: conditions that were looked at already, by identity (kept alive, so that it stays theirs): packs share
    their terms.
    """

    facts: Mapping[str, FactValue]
    today: date
    contract_date: date | None
    decided: dict[int, tuple[Node, Truth]] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, facts: Mapping[str, FactValue | None], today: date, contract_date: date | None) -> Situation:
        """Other names of a fact are brought to one; the fact's own name wins over its other names.

        A date that no dispute can have (year 26 for 2026) is not known.
        """
        contract_date = contract_date if contract_date and contract_date.year in YEARS else None
        known = {canonical(n): v for n, v in facts.items() if v is not None and canonical(n) != n}
        known |= {n: v for n, v in facts.items() if v is not None and canonical(n) == n}
        known = {n: v for n, v in known.items() if not isinstance(v, date) or v.year in YEARS}
        known |= {name: True for name, day in TRUE_WHEN_KNOWN if name not in known and day in known}
        return cls(known, today, contract_date)

    def value(self, name: str) -> FactValue | None:
        if name == TODAY:
            return self.today
        if name == CONTRACT_DATE:
            return self.contract_date
        return self.facts.get(name)

    def term(self, term: Term) -> FactValue | None:
        """The value of a node; None when a fact is missing."""
        match term:
            case FactNode(name):
                return self.value(name)
            case ConstantNode(value):
                return value
            case ShiftNode(inner, days):
                base = self.term(inner)
                return base + timedelta(days) if isinstance(base, date) else None

    def truth(self, node: Node) -> Truth:
        """Kleene's value of a condition."""
        found = self.decided.get(id(node))
        if found is None:
            found = self.decided[id(node)] = (node, self._truth(node))
        return found[1]

    def _truth(self, node: Node) -> Truth:
        match node:
            case FactNode(name):
                found = self.value(name)
                return truth_of(found if isinstance(found, bool) else None)
            case ConstantNode(value):
                return truth_of(bool(value))
            case KnownNode(fact):
                return truth_of(self.value(fact) is not None)
            case CompareNode(operator, left, right):
                return truth_of(_compare(operator, self.term(left), self.term(right)))
            case InNode(fact, values):
                found = self.value(fact.name)
                return truth_of(None if found is None else found in values)
            case NotNode(item):
                return not_(self.truth(item))
            case AllNode(items):
                return all_(self.truth(item) for item in items)
            case AnyNode(items):
                return any_(self.truth(item) for item in items)

    def open_facts(self, node: Node) -> frozenset[str]:
        """Names whose value would decide the condition; empty when it is decided."""
        if self.truth(node) != "unknown":
            return frozenset()
        match node:
            case NotNode(item):
                return self.open_facts(item)
            case AllNode(items) | AnyNode(items):
                return frozenset(name for item in items for name in self.open_facts(item))
            case _:
                return frozenset(name for name in facts_in(node) if self.value(name) is None)

    def proof(self, node: Node, positive: bool = True) -> Iterator[Because]:
        """The conditions on which the truth stands, each with its fact; what does not matter is left out."""
        match node:
            case NotNode(item):
                yield from self.proof(item, not positive)
            case AllNode(items) | AnyNode(items):
                whole = self.truth(node)
                short = "no" if isinstance(node, AllNode) else "yes"
                for item in items:
                    if whole != short or self.truth(item) == short:
                        yield from self.proof(item, positive)
            case ConstantNode():
                return
            case _:
                if set(facts_in(node)) != {TODAY}:
                    yield self._because(node, positive)

    def _because(self, node: FactNode | CompareNode | InNode | KnownNode, positive: bool) -> Because:
        truth = self.truth(node) if positive else not_(self.truth(node))
        name = next((n for n in facts_in(node) if n != TODAY), TODAY)
        value = self.value(name)
        return Because(
            says={language: _say(node, positive, language) for language in LANGUAGES},
            truth=truth,
            fact=name if value is not None else "",
            value="" if value is None else say_value(name, value, "en"),
        )


def _compare(operator: Operator, left: FactValue | None, right: FactValue | None) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, Money) and isinstance(right, Money):
        if left.currency != right.currency:
            return None  # no rate is known here: a person must say
        return COMPARE[operator](left.amount, right.amount)
    return COMPARE[operator](left, right)


def _say(node: FactNode | CompareNode | InNode | KnownNode, positive: bool, language: Lang) -> str:
    french = language == "fr"
    match node:
        case FactNode(name):
            word = ("oui" if positive else "non") if french else ("yes" if positive else "no")
            return f"{label(name, language)} : {word}" if french else f"{label(name, language)}: {word}"
        case KnownNode(fact):
            said = {
                ("fr", True): "est connu",
                ("fr", False): "n'est pas connu",
                ("en", True): "is known",
                ("en", False): "is not known",
            }[language, positive]
            return f"{label(fact, language)} {said}"
        case InNode(fact, values):
            among = (" ou " if french else " or ").join(say_value(fact.name, v, language) for v in values)
            link = (" :" if french else ":") if positive else (" n'est pas" if french else " is not")
            return f"{label(fact.name, language)}{link} {among}"
        case CompareNode(operator, left, right):
            operator = operator if positive else OPPOSITE[operator]
            money = isinstance(right, ConstantNode) and isinstance(right.value, Money | int)
            words = {**SAID[language], **(SAID_MONEY[language] if money else {})}[operator]
            named = left.name if isinstance(left, FactNode) else ""
            gap = "" if words == ":" and not french else " "
            return f"{_say_term(left, language)}{gap}{words} {_say_term(right, language, named)}"


def _say_term(term: Term, language: Lang, beside: str = "") -> str:
    match term:
        case FactNode(name):
            return label(name, language)
        case ConstantNode(value):
            return say_value(beside, value, language)
        case ShiftNode(inner, days):
            sign = "+" if days >= 0 else "-"
            unit = "jours" if language == "fr" else "days"
            return f"{_say_term(inner, language)} {sign} {abs(days)} {unit}"


def label(name: str, language: Lang) -> str:
    """The fact's name in a sentence."""
    words = NAMES.get(name) or vocabulary()[name].label
    return words[language]
