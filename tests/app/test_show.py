"""The JSON object and the page that describes it name the same things."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.papers.cases import ROOT, lamp

from recours.app.assess import assess
from recours.app.show import shown, to_json


def test_every_key_is_described_and_every_description_holds(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    told = json.loads(to_json(shown(assess(desk, desk.case(case)))))
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", (ROOT / "docs" / "json.md").read_text("utf-8"), re.M))
    assert rows.keys() == told.keys()
    for name in ("messages", "rights", "steps", "questions"):
        assert told[name], name
        for key in told[name][0]:
            assert f"`{key}`" in rows[name] or key in ("id", "rule", "step", "says"), (name, key)
