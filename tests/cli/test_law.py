"""The law's own commands: a question for a file of facts, a new pack, evidence against what is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from recours.cli import main

FACTS = """facts:
  consumer.region: CA-QC
  consumer.country: CA
  seller.is_business: true
  contract.at_distance: true
  problem.kind: defective
  problem.reported_on: 2026-09-20
  order.date: 2026-09-08
  order.total: 425.40 CAD
  delivery.delivered_on: 2026-09-16
  payment.method: credit_card
  payment.network: visa
  return.offered: true
  return.offered_on: 2026-10-02
  merchant.domains: shop.example
"""


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--store", str(tmp_path / "x.recours"), "--screen", "en", *arguments])
    return result.exit_code, result.output


def test_the_next_question_says_why_and_what_may_be_answered(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS, encoding="utf-8")
    code, said = run(tmp_path, "law", "ask", str(file), "--on", "2026-11-20")
    assert code == 0
    assert said.startswith("consumer.is_consumer:") and "Why:" in said


def test_a_step_tells_its_evidence_and_what_the_file_has_of_it(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS, encoding="utf-8")
    code, said = run(tmp_path, "law", "decide", str(file), "--on", "2026-11-20", "--json")
    steps = {s["id"]: s for s in json.loads(said)["steps"]}
    have = {piece["have"] for piece in steps["visa.13_3"]["evidence"]}
    assert code == 0
    assert have == {"yes", "no", "unknown"}
    assert steps["visa.13_3"]["answered_by"]["en"] and steps["visa.13_3"]["closes"]["fr"]


@pytest.mark.parametrize("place", ["DE", "CA-AB", "us-ny"])
def test_a_new_pack_passes_the_checks(tmp_path: Path, place: str) -> None:
    code, _ = run(tmp_path, "law", "new", place, "--folder", str(tmp_path / "packs"))
    assert code == 0
    assert run(tmp_path, "law", "test", str(tmp_path / "packs"))[0] == 0
    again, said = run(tmp_path, "law", "new", place, "--folder", str(tmp_path / "packs"))
    assert again == 1 and "already" in said


@pytest.mark.parametrize("place", ["Quebec", "", "CA-", "../x"])
def test_a_place_that_is_none_is_refused(tmp_path: Path, place: str) -> None:
    code, said = run(tmp_path, "law", "new", place, "--folder", str(tmp_path / "packs"))
    assert code == 1
    assert "ISO 3166" in said


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ("problem.knd: defective", "problem.kind"),
        ("order.date: 2026-02-30", "2026-02-30"),
        ("order.total: 400", "currency"),
        ("consumer.region: Quebec", "3166"),
        ("problem.kind: broken", "defective"),
    ],
)
def test_bad_facts_get_a_clear_error(tmp_path: Path, facts: str, why: str) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(f"facts:\n  {facts}\n", encoding="utf-8")
    code, said = run(tmp_path, "law", "decide", str(file))
    assert code == 1
    assert why in said
