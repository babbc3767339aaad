"""``recours law test`` fails, with the place, for everything that a volunteer may get wrong in a pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from recours.cli import main
from recours.law.check import check
from recours.law.expression import ExpressionError
from recours.law.rules import PackError, load_packs

HEAD = "id: x\nsays: {fr: Essai, en: Trial}\napplies: 'True'\n"
RULE = """
- id: x.one
  kind: right
  says: {fr: Une règle., en: One rule.}
  cite:
    short: {fr: "Loi, art. 1", en: "Act, s. 1"}
    url: "https://law.example/1"
    version: n.d.
    checked_on: 2026-11-22
    mark: quoted
  when: goods.new
  tests:
    - {case: new, but: {goods.new: true}, today: 2026-11-20, expect: yes}
    - {case: used, but: {goods.new: false}, today: 2026-11-20, expect: no}
    - {case: nobody said, today: 2026-11-20, expect: unknown}
"""
WHEN = "when: goods.new"


def write(folder: Path, rules: str = RULE, head: str = HEAD) -> Path:
    (folder / "x").mkdir()
    (folder / "x" / "pack.yaml").write_text(head, encoding="utf-8")
    (folder / "x" / "rules.yaml").write_text(rules, encoding="utf-8")
    return folder


def law_test(folder: Path) -> tuple[int, str]:
    ran = CliRunner().invoke(main, ["law", "test", str(folder)])
    return ran.exit_code, ran.output


def test_a_good_pack_passes(tmp_path: Path) -> None:
    code, told = law_test(write(tmp_path))
    assert code == 0, told


def test_the_shipped_packs_pass() -> None:
    ran = CliRunner().invoke(main, ["law", "test"])
    assert ran.exit_code == 0, ran.output


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (WHEN, "when: goods.nw", "Did you mean goods.new"),
        (WHEN, "when: goods.new and", "column"),
        (WHEN, "when: goods.new.strip()", "not part of the grammar"),
        ("but: {goods.new: true}", "but: {goods.nw: true}", "goods.nw"),
        ("but: {goods.new: true}", "but: {goods.new: maybe}", "maybe"),
        ("{case: nobody said,", "{case: nobody said, without: [goods.nw],", "goods.nw"),
        ("but: {goods.new: true}", "but: {goods.new: false}", "expected yes, got no"),
        ("    - {case: used, but: {goods.new: false}, today: 2026-11-20, expect: no}\n", "", "none expects no"),
        (WHEN, WHEN + "\n  unless: [x.two]", "there is no rule x.two"),
        (WHEN, WHEN + "\n  unless: [x.one]", "turn in a circle"),
        (WHEN, "when: known(goods.new)", "step.requires"),
        (WHEN, WHEN + "\n  answers: [shrug]", "shrug"),
        ("fr: Une règle.", "fr: ''", "French or English is missing"),
        ('"https://law.example/1"', '""', "needs an address"),
        (WHEN, WHEN + "\n  in_force: {from: 2026-10-05, to: 2026-10-04}", "ends before it begins"),
        ("today: 2026-11-20, expect: yes", "expect: yes", "has no day"),
        ("{case: new,", "{case: new, given: nowhere,", "nowhere"),
        ("{case: new,", "{case: new, deadlines: {none: 2026-01-01},", "no deadline none"),
        ("{case: new,", "{case: new, citable: false,", "citable is True"),
        ("  cite:", "  site:", "unknown field"),
        ("    checked_on: 2026-11-22\n", "", "checked_on"),
        ("mark: quoted", "mark: hearsay", "cite.mark"),
        ("  " + WHEN + "\n", "", "when"),
        ("kind: right", "kind: wish", "kind"),
    ],
)  # fmt: skip
def test_a_fault_fails_it_and_names_the_rule(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in RULE
    code, shown = law_test(write(tmp_path, RULE.replace(old, new, 1)))
    assert code == 1
    assert told in shown
    assert "x.one" in shown


def test_a_rule_without_a_source_names_its_file_and_rule(tmp_path: Path) -> None:
    start, end = RULE.index("  cite:"), RULE.index("  when:")
    with pytest.raises(PackError, match="cite") as error:
        load_packs(write(tmp_path, RULE[:start] + RULE[end:]))
    assert error.value.where == "x/rules.yaml, x.one"


def test_two_rules_of_one_name(tmp_path: Path) -> None:
    code, told = law_test(write(tmp_path, RULE + RULE))
    assert code == 1
    assert "two rules are named x.one" in told


def test_an_unknown_name_in_the_head_says_its_term(tmp_path: Path) -> None:
    with pytest.raises(ExpressionError) as error:
        load_packs(write(tmp_path, head=HEAD + "terms: {fresh: goods.nwe}\n"))
    assert error.value.where.startswith("x/pack.yaml, terms.fresh, column")


def test_a_folder_without_packs(tmp_path: Path) -> None:
    code, told = law_test(tmp_path)
    assert code == 1
    assert "pack.yaml" in told


def two(extra_one: str, extra_two: str) -> str:
    """Two rules with more fields each."""
    one = RULE.replace(WHEN, f"{WHEN}\n  {extra_one}")
    return one + RULE.replace("x.one", "x.two").replace(WHEN, f"{WHEN}\n  {extra_two}")


def test_two_answers_to_one_question_contradict(tmp_path: Path) -> None:
    code, told = law_test(write(tmp_path, two("about: returns", "about: returns\n  holds: false")))
    assert code == 1
    assert "x: x.one: contradicts x.two on returns" in told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("about: returns\n  unless: [x.two]", "about: returns\n  holds: false"),
        ("about: returns", "about: refunds\n  holds: false"),
        ("about: returns", "about: returns"),
        (
            "about: returns\n  in_force: {to: 2026-07-31}",
            "about: returns\n  holds: false\n  in_force: {from: 2026-08-01}",
        ),
    ],
)
def test_they_do_not_when_ranked_apart_agreeing_or_of_different_times(
    one: str, other: str, tmp_path: Path
) -> None:
    assert check(load_packs(write(tmp_path, two(one, other)))) == []


@pytest.mark.parametrize(
    ("deadlines", "told"),
    [
        ("{id: b, %s, after: a}, {id: a, %s, start: order.date}", "deadlines.b.after: write a before it"),
        ("{id: b, %s, after: c}, {id: a, %s, start: order.date}", "there is no deadline c"),
        ("{id: a, %s, start: order.date}, {id: a, %s, start: order.date}", "two deadlines have this name"),
        ("{id: a, %s}, {id: b, %s, after: a}", "deadlines.a: give either start or after"),
    ],
)
def test_a_count_that_leads_nowhere(deadlines: str, told: str, tmp_path: Path) -> None:
    says = "who: consumer, says: {fr: a, en: a}, number: 1"
    rules = RULE.replace("  tests:", f"  deadlines: [{deadlines % (says, says)}]\n  tests:")
    assert any(told in fault for fault in check(load_packs(write(tmp_path, rules))))
