"""What follows from the facts that are known, before any rule looks at them."""

from __future__ import annotations

from datetime import date

import pytest

from recours.law.evaluate import decide
from recours.law.facts import completed
from recours.law.rules import load_packs


def test_who_lives_abroad_lives_in_no_province() -> None:
    known = completed({"consumer.country": "GB", "merchant.country": "FR"})
    assert (known["consumer.region"], known["merchant.region"]) == ("GB", "FR")
    assert "consumer.region" not in completed({"consumer.country": "CA"})
    assert completed({"consumer.country": "US", "consumer.region": "US-WI"})["consumer.region"] == "US-WI"


@pytest.mark.parametrize("country", ["GB", "FR", "BE", "US"])
def test_no_province_s_step_is_left_open_for_a_case_abroad(country: str) -> None:
    facts = completed({"consumer.country": country, "merchant.country": country, "problem.kind": "defective"})
    decision = decide(facts, date(2026, 11, 23), None, load_packs())
    provinces = {p.head.id.removeprefix("ca-") for p in load_packs().packs if p.head.id.startswith("ca-")}
    open_ = {s.rule for s in decision.steps if s.truth != "no"}
    assert not [rule for rule in open_ if rule.partition(".")[0] in provinces - {"federal"}]
