"""The JSON object and the page that describes it name the same things."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.papers.cases import ROOT, lamp, own

from recours.app.account import account
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


def test_once_is_said_once(tmp_path: Path) -> None:
    """Old bug: "asked again 1 times"."""
    desk, case = own(tmp_path, "demo", "2026-11-23")
    opened = desk.case(case)
    assert "asked again once" in str(account(opened, "en"))
    assert "redemandé une fois" in str(account(opened, "fr"))
