"""The tests that stand beside each rule, run; their failures in the pack's own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from recours.casefile.types import FactValue
from recours.casefile.vocabulary import is_of_type, kind_of, parse_value
from recours.errors import RecoursError
from recours.law.evaluate import Decider
from recours.law.facts import contract_date_of
from recours.law.rules import PackError, Packs, Rule, RuleTest
from recours.law.value import Situation
from recours.money import Money


def run_tests(packs: Packs) -> list[str]:
    """One line for each failure: rule, test, expected, got.  Empty when all is well."""
    return [failure for rule in packs.by_id.values() for failure in _rule(packs, rule)]


def _rule(packs: Packs, rule: Rule) -> Iterator[str]:
    for test in rule.tests:
        place = f"{rule.id} « {test.case} »"
        try:
            situation = situation_of(packs, rule, test)
        except RecoursError as error:
            yield f"{place}: {error}"
            continue
        decider = Decider(packs, situation)
        yield from (f"{place}: {why}" for why in _failures(decider, rule, test))


def _failures(decider: Decider, rule: Rule, test: RuleTest) -> Iterator[str]:
    got = decider.truth(rule.id)
    if got != test.truth:
        yield f"expected {test.truth}, got {got}"
        return
    right = decider.right(rule)
    if test.citable is not None and right.citable != test.citable:
        yield f"citable is {right.citable}"
    found = decider.deadlines(rule)
    for id_, day in test.deadlines.items():
        name, _, which = id_.partition(".")
        if name not in found:
            yield f"there is no deadline {name}"
        elif (is_ := getattr(found[name], which or "raw")) != day:
            yield f"{id_}: expected {day}, got {is_}"
    if test.refused is not None:
        refused = bool(decider.step(rule, found).refused_because)
        if refused != test.refused:
            yield f"the step is {'' if refused else 'not '}refused"


def situation_of(packs: Packs, rule: Rule, test: RuleTest) -> Situation:
    """The facts of a test.  Raises PackError for a missing example, and the vocabulary's errors."""
    examples = packs.pack_of[rule.id].head.examples
    if test.given and test.given not in examples:
        raise PackError(f"there is no example {test.given!r}", f"{rule.id}, tests")
    example = examples.get(test.given)
    raw: dict[str, Any] = {**(example.facts if example else {}), **test.but}
    facts = {name: value_of(name, v) for name, v in raw.items() if name not in test.without}
    for name in test.without:
        kind_of(name, f"{rule.id}, tests")
    today = test.today or (example.today if example else None)
    if today is None:
        raise PackError("the test has no day", f"{rule.id}, tests", "Give it: today: YYYY-MM-DD")
    contract = test.contract or (example.contract if example else None) or contract_date_of(facts)
    return Situation.of(facts, today, contract)


def value_of(name: str, value: object) -> FactValue:
    """A value of a YAML test in the fact's type.  Raises UnknownFactError, BadValueError, PackError."""
    kind = kind_of(name)
    if isinstance(value, dict):
        return msgspec.convert(value, Money)
    if isinstance(value, bool | date | int | str) and is_of_type(value, kind):
        return value
    parsed = parse_value(name, str(value))
    if parsed is None:
        raise PackError("the value is empty", name)
    return parsed
