"""Three-valued logic holds its laws, and one more answer never turns a yes into a no."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.casefile.types import FactValue
from recours.casefile.vocabulary import vocabulary
from recours.law.evaluate import Decider, decide
from recours.law.pack_tests import situation_of
from recours.law.rules import Rule, RuleTest, load_packs
from recours.law.truth import all_, any_, not_
from recours.law.types import Truth
from recours.law.value import Situation

PACKS = load_packs()
VALUES: tuple[Truth, ...] = ("yes", "no", "unknown")
TESTS = [(rule, test) for rule in PACKS.by_id.values() for test in rule.tests]


@pytest.mark.parametrize(("a", "b"), list(itertools.product(VALUES, VALUES)))
def test_de_morgan(a: Truth, b: Truth) -> None:
    assert not_(all_((a, b))) == any_((not_(a), not_(b)))
    assert not_(any_((a, b))) == all_((not_(a), not_(b)))
    assert all_((a, b)) == all_((b, a))
    assert not_(not_(a)) == a


def values(name: str) -> st.SearchStrategy[FactValue]:
    """Any value that the vocabulary allows a fact."""
    kind = vocabulary()[name]
    if kind.type == "bool":
        return st.booleans()
    if kind.type == "choice":
        return st.sampled_from(sorted(kind.choices))
    if kind.type == "date":
        return st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 6, 1))
    return st.sampled_from(
        {"country": ["CA", "US", "FR"], "region": ["CA-QC", "CA-BC", "CA-ON"]}.get(kind.type, ["x"])
    )


@st.composite
def situations(draw: st.DrawFn) -> tuple[Rule, dict[str, FactValue], Situation, str, FactValue]:
    """The facts of a shipped test, some taken away, and one that is then learnt."""
    rule, test = draw(st.sampled_from(TESTS))
    whole: Situation = situation_of(PACKS, rule, test)
    facts = {k: v for k, v in whole.facts.items() if v is not None}
    gone = draw(st.sets(st.sampled_from(sorted(facts)), max_size=6)) if facts else set()
    facts = {k: v for k, v in facts.items() if k not in gone}
    names = [
        n for n, k in vocabulary().items() if n not in facts and k.type not in ("money", "integer", "text")
    ]
    learnt = draw(st.sampled_from(sorted(names)))
    return rule, facts, whole, learnt, draw(values(learnt))


@given(situations())
@settings(max_examples=300, deadline=None)
def test_learning_one_more_fact_never_flips_a_rule(
    drawn: tuple[Rule, dict[str, FactValue], Situation, str, FactValue],
) -> None:
    rule, facts, whole, learnt, value = drawn
    if rule.step:
        return  # ``known(...)`` in a step's requirements asks exactly whether something is known
    contract = facts.get("order.date")
    day = contract if isinstance(contract, date) else None
    before = Decider(PACKS, Situation.of(facts, whole.today, day)).truth(rule.id)
    if learnt == "order.date":
        day = value if isinstance(value, date) else None
    after = Decider(PACKS, Situation.of({**facts, learnt: value}, whole.today, day)).truth(rule.id)
    assert before == "unknown" or after == before, (rule.id, learnt, value)


@given(st.sampled_from(TESTS))
@settings(max_examples=25, deadline=None)
def test_deciding_twice_gives_the_same(drawn: tuple[Rule, RuleTest]) -> None:
    rule, test = drawn
    situation = situation_of(PACKS, rule, test)
    first = decide(dict(situation.facts), situation.today, situation.contract_date, PACKS)
    assert first == decide(dict(situation.facts), situation.today, situation.contract_date, PACKS)


@given(st.sampled_from(TESTS))
@settings(max_examples=60, deadline=None)
def test_a_question_is_open_and_says_why_it_is_asked(drawn: tuple[Rule, RuleTest]) -> None:
    rule, test = drawn
    situation = situation_of(PACKS, rule, test)
    decision = decide(dict(situation.facts), situation.today, situation.contract_date, PACKS)
    for question in decision.questions:
        assert situation.facts.get(question.fact) is None, question.fact
        assert question.settles > 0
        assert question.ask["fr"] and question.ask["en"] and question.why["fr"] and question.why["en"]
