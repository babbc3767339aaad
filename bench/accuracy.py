"""How right is the reading?  Labelled mailboxes through the real rooms, scored by the shared scorer.

Run: python -m bench.accuracy [FOLDER...] [--details]
FOLDER holds cases, NAME/{mailbox.mbox, truth.json}; by default the shared ones and the project's own.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from recours.app.add import add
from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.show import shown, to_json
from recours.clock import Clock, parse_day
from recours.errors import RecoursError
from recours.store.sqlite import Store

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "reading"


def scorer() -> Any:
    """The shared scorer as a module; SystemExit when it is not there."""
    file = SHARED / "score.py"
    if not file.exists():
        sys.exit("needs ../shared/reading/score.py")
    spec = importlib.util.spec_from_file_location("score", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(folder: Path, today: str) -> dict[str, Any]:
    """One labelled mailbox through open and add, in the scorer's shape."""
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(Store(Path(place) / "cases.recours"), Clock(parse_day(today)))
        case = open_case(desk, folder / "mailbox.mbox").case.id
        notes = [f for f in sorted(folder.iterdir()) if f.suffix in (".md", ".txt", ".pdf", ".jpg")]
        if notes:
            add(desk, case, notes)
        found = json.loads(to_json(shown(assess(desk, desk.case(case)))))
        desk.store.close()
    return prediction(found)


def prediction(found: dict[str, Any]) -> dict[str, Any]:
    """What ``show --json`` prints -> the scorer's shape."""

    def key(message: dict[str, Any]) -> str:
        if str(message["id"]).startswith("sha256:"):
            return f"mbox:{message['source']['position']}"
        return str(message["id"])

    inside = [m for m in found["messages"] if m["in_dispute"] is True]
    return {
        "dispute_message_ids": [key(m) for m in inside if m["kind"] == "mail"],
        "facts": {name: fact["value"] for name, fact in found["facts"].items() if _labelled(name)},
        "acts": {key(m): [a["act"] for a in m["acts"]] for m in inside},
        "new_text": {key(m): m["new_text"] for m in inside},
        "measures": found["measures"],
    }


def _labelled(name: str) -> bool:
    """The facts of the taxonomy; the vocabulary's others are not labelled."""
    others = ("contract.", "return.", "cancellation.", "goods.", "demand.", "seller.", "consumer.is")
    return not name.startswith(others) and name not in (
        "consumer.address",
        "consumer.phone",
        "merchant.contacted_on",
    )


def main(arguments: list[str]) -> int:
    score = scorer()
    details = "--details" in arguments
    folders = [Path(a) for a in arguments if not a.startswith("--")] or [
        SHARED / "cases",
        ROOT / "tests" / "cases",
    ]
    if not [a for a in arguments if not a.startswith("--")]:
        folders.append(ROOT / "src" / "recours")
    for parent in folders:
        results = []
        for truth_file in sorted(parent.glob("*/truth.json")):
            truth = json.loads(truth_file.read_text(encoding="utf-8"))
            try:
                found = predicted(truth_file.parent, str(truth.get("now", "2026-11-23"))[:10])
            except RecoursError as error:
                print(f"{truth_file.parent.name}: {error}")
                found = {}
            result = score.score(truth, found)
            results.append(result)
            print(score.line(truth_file.parent.name, score.summary([result])))
            if details:
                for error_line in result["errors"]:
                    print("   ", error_line)
        if results:
            print(score.line(f"TOTAL {parent.name}", score.summary(results)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
