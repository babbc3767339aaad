"""A question is asked only while something hangs on it; an answer ends it, and so does "I do not know"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from recours.casefile.types import FactValue
from recours.casefile.vocabulary import vocabulary
from recours.law.evaluate import decide
from recours.law.pack_tests import value_of
from recours.law.questions import questions_of
from recours.law.rules import Packs, load_packs
from recours.law.types import Decision
from recours.money import Money

PACKS = load_packs()
EXAMPLES = [
    ("ca-qc", "defect"),
    ("ca-qc", "late"),
    ("rails/visa", "refund"),
    ("us-federal", "wrong"),
    ("fallback", "abroad"),
]
Facts = Mapping[str, FactValue]


def example(pack: str, name: str) -> tuple[Facts, date]:
    head = next(p.head for p in PACKS.packs if p.head.id == pack)
    found = head.examples[name]
    return {k: value_of(k, v) for k, v in found.facts.items()}, found.today


def ask(facts: Facts, today: date, packs: Packs = PACKS) -> Decision:
    contract = facts.get("order.date")
    return decide(facts, today, contract if isinstance(contract, date) else None, packs)


def answers(fact: str, today: date) -> list[FactValue]:
    """Values of each kind that a person could give."""
    kind = vocabulary()[fact]
    match kind.type:
        case "bool":
            return [True, False]
        case "choice":
            return list(kind.choices)
        case "date":
            return [date(2020, 1, 1), today, date(2030, 1, 1)]
        case "money":
            return [Money(Decimal(1), "CAD"), Money(Decimal(10**6), "CAD")]
        case "integer":
            return [0, 1000]
        case "country":
            return ["CA", "US", "FR", "BE"]
        case "region":
            return ["CA-QC", "CA-BC", "CA-ON", "CA-AB"]
        case "text":
            return ["words"]


def standing(decision: Decision, but: str) -> tuple[object, ...]:
    """What a person sees: which rules hold, which days count, what each step lacks, what else is asked."""
    return (
        {r.rule: r.truth for r in decision.rights},
        {(d.rule, d.id): (d.raw, d.safe) for d in decision.deadlines},
        {s.id: (s.truth, s.missing, len(s.refused_because), s.earliest, s.latest) for s in decision.steps},
        {q.fact: q.settles for q in decision.questions if q.fact != but},
    )


@pytest.mark.parametrize(("pack", "name"), EXAMPLES)
def test_every_question_is_about_an_unknown_fact_on_which_something_hangs(pack: str, name: str) -> None:
    facts, today = example(pack, name)
    before = ask(facts, today)
    for question in before.questions:
        assert question.fact not in facts
        assert question.settles >= 1
        changed = any(
            standing(ask({**facts, question.fact: answer}, today), question.fact)
            != standing(before, question.fact)
            for answer in answers(question.fact, today)
        )
        assert changed, question.fact


@pytest.mark.parametrize(("pack", "name"), EXAMPLES)
def test_an_answer_ends_the_question(pack: str, name: str) -> None:
    facts, today = example(pack, name)
    for question in ask(facts, today).questions:
        for answer in answers(question.fact, today)[:2]:
            after = ask({**facts, question.fact: answer}, today)
            assert question.fact not in {q.fact for q in after.questions}


@pytest.mark.parametrize(("pack", "name"), EXAMPLES)
def test_answering_the_first_question_each_time_comes_to_an_end(pack: str, name: str) -> None:
    facts, today = example(pack, name)
    known = dict(facts)
    for _ in range(len(vocabulary())):
        questions = ask(known, today).questions
        if not questions:
            break
        known[questions[0].fact] = answers(questions[0].fact, today)[0]
    decision = ask(known, today)
    assert decision.questions == ()
    assert not [s for s in decision.steps if s.truth == "yes" and s.missing]


def test_nothing_is_asked_once_everything_is_decided() -> None:
    assert questions_of({"qc.lpc.37": frozenset()}, PACKS) == ()


def test_the_fact_that_settles_a_rule_alone_comes_first() -> None:
    found = questions_of(
        {
            "qc.lpc.37": frozenset({"goods.new", "consumer.is_consumer"}),
            "qc.lpc.38": frozenset({"consumer.is_consumer"}),
        },
        PACKS,
    )
    assert [(q.fact, q.settles) for q in found] == [("consumer.is_consumer", 2), ("goods.new", 1)]


def test_a_question_says_why_in_both_languages_and_offers_the_allowed_words() -> None:
    facts, today = example("ca-qc", "defect")
    without = {k: v for k, v in facts.items() if k not in {"problem.kind", "consumer.is_consumer"}}
    found = {q.fact: q for q in ask(without, today).questions}
    assert found["consumer.is_consumer"].answers == ("yes", "no")
    assert "defective" in found["problem.kind"].answers
    for question in found.values():
        assert all(question.ask[k].strip() and question.why[k].strip() for k in ("fr", "en"))
        assert str(question.settles) in question.why["fr"]


def test_the_day_of_the_contract_is_asked_as_the_day_of_the_order() -> None:
    facts, today = example("ca-qc", "late")
    without = {k: v for k, v in facts.items() if k != "order.date"}
    assert "order.date" in {q.fact for q in ask(without, today).questions}
    assert not {"contract_date", "today"} & {q.fact for q in ask(without, today).questions}


def test_the_questions_of_a_pack_that_does_not_apply_are_not_asked() -> None:
    facts, today = example("us-federal", "wrong")
    assert "contract.excluded" not in {q.fact for q in ask(facts, today).questions}
