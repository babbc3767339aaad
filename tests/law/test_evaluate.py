"""Which version of the law holds, what may be cited, what a step waits for, which exceptions count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from recours.casefile.types import FactValue
from recours.law.evaluate import decide, is_stale
from recours.law.pack_tests import value_of
from recours.law.rules import load_packs
from recours.law.types import Decision, Right, StepVerdict, Truth

PACKS = load_packs()
TODAY = date(2026, 11, 20)
HEADS = {pack.head.id: pack.head for pack in PACKS.packs}


def example(pack: str, name: str, **changed: Any) -> dict[str, FactValue | None]:
    """The facts of a pack's example; contract__at_distance=None takes a fact away."""
    facts: dict[str, FactValue | None] = {
        key: value_of(key, value) for key, value in HEADS[pack].examples[name].facts.items()
    }
    return facts | {key.replace("__", "."): value for key, value in changed.items()}


def ask(facts: dict[str, FactValue | None], today: date = TODAY, **more: Any) -> Decision:
    contract = facts.get("order.date")
    return decide(facts, today, contract if isinstance(contract, date) else None, PACKS, **more)


def right(decision: Decision, rule: str) -> Right:
    return next(r for r in decision.rights if r.rule == rule)


def step(decision: Decision, rule: str) -> StepVerdict:
    return next(s for s in decision.steps if s.rule == rule)


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        (date(2026, 10, 4), "no"),
        (date(2026, 10, 5), "yes"),
        (date(2026, 11, 19), "yes"),
        (None, "unknown"),
    ],
)
def test_warranty_of_good_working_order_begins_on_5_october_2026(
    contract: date | None, expected: Truth
) -> None:
    facts = example("ca-qc", "defect", goods__kind="laptop", order__date=contract)
    assert right(ask(facts), "qc.lpc.38_1").truth == expected
    assert right(ask(facts), "qc.reg.gwo_3y").truth == expected


def test_a_warranty_still_to_come_covers_no_contract_made_by_now() -> None:
    """The day of the contract is not known, but nothing bought by September can be covered."""
    facts = example("ca-qc", "defect", goods__kind="laptop", order__date=None)
    assert right(ask(facts, date(2026, 10, 4)), "qc.lpc.38_1").truth == "no"


DURATIONS = {
    6: ("range", "refrigerator", "freezer", "air_conditioner", "heat_pump"),
    5: ("dishwasher", "washer", "dryer"),
    4: ("tv",),
    3: ("desktop", "laptop", "tablet", "phone", "console"),
}


@pytest.mark.parametrize(("years", "goods"), [(y, g) for y, kinds in DURATIONS.items() for g in kinds])
def test_years_of_good_working_order(years: int, goods: str) -> None:
    facts = example(
        "ca-qc", "defect", goods__kind=goods, order__date=date(2026, 10, 6), delivery__delivered_on=date(2026, 10, 12)
    )  # fmt: skip
    decision = ask(facts)
    holding = [r.rule for r in decision.rights if r.rule.startswith("qc.reg.gwo") and r.truth == "yes"]
    assert holding == [f"qc.reg.gwo_{years}y"]
    ends = [d.raw for d in decision.deadlines if d.id.startswith("gwo")]
    assert ends == [date(2026 + years, 10, 12)]


def test_goods_without_a_fixed_warranty_have_none() -> None:
    decision = ask(example("ca-qc", "defect", goods__kind="other", order__date=date(2026, 10, 6)))
    assert not [r for r in decision.rights if r.rule.startswith("qc.reg.gwo") and r.truth != "no"]


@pytest.mark.parametrize(
    ("contract", "old", "new"),
    [
        (date(2026, 7, 31), "yes", "no"),
        (date(2026, 8, 1), "no", "yes"),
        (None, "unknown", "unknown"),
    ],
)
def test_british_columbia_changed_on_1_august_2026(contract: date | None, old: Truth, new: Truth) -> None:
    """The figures of the old text are given for contracts of the old text only."""
    facts = example("ca-bc", "late", order__date=contract, delivery__promised_on=date(2026, 8, 5))
    decision = ask(facts)
    assert right(decision, "bc.bpcpa.49_1_c").truth == old
    assert right(decision, "bc.bpcpa.52").truth == old
    assert right(decision, "bc.bill4.2026_08_01").truth == new


def test_no_count_of_the_old_text_is_told_for_a_new_contract() -> None:
    facts = example(
        "ca-bc", "late", order__date=date(2026, 8, 1), delivery__promised_on=date(2026, 8, 5),
        cancellation__sent_on=date(2026, 10, 1),
    )  # fmt: skip
    told = {d.rule for d in ask(facts).deadlines}
    assert not told & {"bc.bpcpa.50", "bc.bpcpa.52"}


@pytest.mark.parametrize("rule", [r.id for r in PACKS.by_id.values() if r.cite.mark == "recall"])
def test_a_rule_from_memory_is_cited_only_when_a_person_has_read_it(rule: str) -> None:
    test = next(t for t in PACKS.by_id[rule].tests if t.truth == "yes")
    from recours.law.pack_tests import situation_of

    found = situation_of(PACKS, PACKS.by_id[rule], test)
    facts = dict(found.facts)
    before = right(decide(facts, found.today, found.contract_date, PACKS), rule)
    after = right(decide(facts, found.today, found.contract_date, PACKS, {rule}), rule)
    assert (before.truth, before.citable) == ("yes", False)
    assert (after.truth, after.citable) == ("yes", True)


def test_confirming_a_rule_does_not_make_it_hold() -> None:
    facts = example("ca-qc", "late")
    assert right(ask(facts, confirmed={"qc.ccq.1729"}), "qc.ccq.1729").citable is False


def test_an_open_exception_keeps_a_right_unknown_and_says_so() -> None:
    """Whether the buyer broke it is not said: the warranty is neither promised nor denied."""
    found = right(ask(example("ca-qc", "defect")), "qc.lpc.37")
    assert found.truth == "unknown"
    assert any("exception still open (qc.misuse)" in line.says["en"] for line in found.because)
    for broken, expected in ((False, "yes"), (True, "no")):
        facts = example("ca-qc", "defect", problem__caused_by_consumer=broken)
        assert right(ask(facts), "qc.lpc.37").truth == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 15), "no"),  # 30 days after the 15th of September
        (date(2026, 10, 16), "yes"),
    ],
)
def test_54_9_opens_when_30_days_are_over(day: date, expected: Truth) -> None:
    assert right(ask(example("ca-qc", "late"), day), "qc.lpc.54_9").truth == expected


def test_the_chargeback_of_the_act_comes_after_cancelling_and_15_days() -> None:
    refused = step(ask(example("ca-qc", "late")), "qc.statutory_chargeback")
    assert refused.first == "qc.lpc.54_9"
    assert refused.refused_because
    sent = example("ca-qc", "late", cancellation__sent_on=date(2026, 11, 2), cancellation__means="email")
    open_ = step(ask(sent), "qc.statutory_chargeback")
    assert not open_.refused_because
    assert (open_.earliest, open_.latest) == (date(2026, 11, 18), date(2027, 1, 16))
    assert "payment.cardholder" in open_.missing


def test_a_defect_is_told_that_the_act_s_chargeback_is_not_for_it() -> None:
    decision = ask(example("ca-qc", "defect"))
    assert step(decision, "qc.statutory_chargeback").refused_because
    assert right(decision, "qc.defect_no_statutory_chargeback").truth == "yes"


def test_a_network_dispute_of_defective_goods_waits_for_the_return_to_be_offered() -> None:
    facts = example("rails/visa", "defect", return__offered=False, return__offered_on=None)
    assert step(ask(facts), "visa.13_3").refused_because
    offered = step(ask(example("rails/visa", "defect")), "visa.13_3")
    assert not offered.refused_because
    assert offered.earliest == date(2026, 10, 17)  # 15 days after the offer of 2 October


def test_packs_that_do_not_apply_are_left_out_and_the_buyer_s_own_law_comes_first() -> None:
    decision = ask(example("ca-qc", "defect"))
    assert decision.packs[0] == "ca-qc"
    assert set(decision.packs) == {"ca-qc", "ca-bc", "ca-federal", "rails/visa", "fallback"}
    assert not [r for r in decision.rights if r.rule.startswith(("on.", "us.", "mastercard."))]


def test_of_nothing_known_nothing_holds_but_what_is_true_of_everybody() -> None:
    decision = decide({}, TODAY, None, PACKS)
    assert {r.rule for r in decision.rights if r.truth == "yes"} == set()
    assert decision.deadlines == ()
    assert decision.questions


def test_an_answer_of_none_is_not_an_answer() -> None:
    assert decide({"goods.new": None, "problem.kind": None}, TODAY, None, PACKS) == decide(
        {}, TODAY, None, PACKS
    )


@pytest.mark.parametrize(
    ("checked", "today", "stale"),
    [
        (date(2025, 11, 20), date(2026, 11, 20), False),
        (date(2025, 11, 19), date(2026, 11, 20), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 3, 1), True),
    ],
)
def test_a_source_read_more_than_a_year_ago_is_stale(checked: date, today: date, stale: bool) -> None:
    assert is_stale(checked, today) is stale
