"""The shipped packs: they load, hold together, and their own tests pass."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from recours.law.check import check
from recours.law.evaluate import Decider, decide
from recours.law.pack_tests import run_tests, situation_of
from recours.law.rules import PackError, load_packs

PACKS = load_packs()
SHARED = Path(__file__).parents[3] / "shared" / "law"


def test_packs_hold_together() -> None:
    assert check(PACKS) == []
    assert run_tests(PACKS) == []


@pytest.mark.parametrize("rule", PACKS.by_id.values(), ids=lambda r: r.id)
def test_each_rule_has_a_source_and_a_yes_a_no_and_an_unknown(rule) -> None:  # type: ignore[no-untyped-def]
    assert {t.truth for t in rule.tests} >= {"yes", "no", "unknown"}
    assert rule.cite.mark in ("official", "quoted", "recall")
    assert rule.cite.mark == "recall" or rule.cite.url.startswith("http")
    assert rule.cite.short["fr"] and rule.cite.short["en"]


def test_a_recall_rule_is_cited_only_once_confirmed() -> None:
    for rule in PACKS.by_id.values():
        holding = next((t for t in rule.tests if t.truth == "yes"), None)
        if rule.cite.mark != "recall" or holding is None:
            continue
        situation = situation_of(PACKS, rule, holding)
        assert not Decider(PACKS, situation).right(rule).citable, rule.id
        assert Decider(PACKS, situation, {rule.id}).right(rule).citable, rule.id


@pytest.mark.parametrize(
    ("ordered", "holds"), [("2026-10-04", False), ("2026-10-05", True), ("2027-01-01", True)]
)
def test_the_warranty_of_good_working_order_begins_with_contracts_of_5_october_2026(
    ordered: str, holds: bool
) -> None:
    rule = PACKS.by_id["qc.lpc.38_1"]
    test = next(t for t in rule.tests if t.truth == "yes")
    facts = dict(situation_of(PACKS, rule, test).facts) | {"order.date": date.fromisoformat(ordered)}
    decision = decide(facts, date(2027, 3, 1), date.fromisoformat(ordered), PACKS)
    found = next(r for r in decision.rights if r.rule == "qc.lpc.38_1")
    assert (found.truth == "yes") is holds


def test_ids_of_the_facts_of_law_are_kept() -> None:
    """A rule whose id the facts of law know says the article that they give."""
    if not SHARED.exists():
        pytest.skip("needs ../shared")
    known = set()
    for file in SHARED.glob("*.md"):
        known |= set(re.findall(r"^\| ([a-z]+\.[a-z0-9_.]+) \|", file.read_text(encoding="utf-8"), re.M))
    ours = {r for r in PACKS.by_id if r.split(".")[0] in ("qc", "bc", "on")}
    assert len(ours & known) >= len(ours) // 2, sorted(ours - known)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- id: x\n  kind: right\n", "says"),
        ("- {id: x, kind: wrong}\n", "kind"),
        ("not a list\n", ""),
    ],
)
def test_a_broken_pack_says_where(text: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "pack.yaml").write_text(
        'id: xx\nsays: {fr: a, en: a}\napplies: consumer.country == "CA"\n', encoding="utf-8"
    )
    (tmp_path / "xx" / "rules.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_packs(tmp_path)
    assert "rules.yaml" in error.value.where
    assert why in str(error.value)
