"""How right is the reading?  Labelled mailboxes through the real rooms, scored by the shared scorer.

Run: python -m bench.accuracy [FOLDER...] [--details] [--acts]
FOLDER holds cases, NAME/{mailbox.mbox, truth.json}; by default the shared ones and the project's own.
The judge's mailboxes, which the reader was not made on, are in tests/unseen.
Last come all acts together by language of the message and, with --acts, one line an act; and the reader's pace.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from recours.app.add import add
from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.show import shown, to_json
from recours.clock import Clock, parse_day
from recours.errors import RecoursError
from recours.reading.from_intake import read_all
from recours.reading.language import language_of
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


class Tally:
    """Acts right, too much and missed, by language of the message's new text and by act; messages read, seconds."""

    def __init__(self) -> None:
        self.by: dict[tuple[str, str], Counter[str]] = {}
        self.messages, self.seconds = 0, 0.0

    def add(self, truth: dict[str, Any], found: dict[str, Any]) -> None:
        """One case: every labelled message of the dispute, every act, as the scorer counts them."""
        expected, got = truth.get("acts", {}), found.get("acts", {})
        for message in expected:
            text = truth.get("new_text", {}).get(message) or found.get("new_text", {}).get(message, "")
            language = language_of(text) or "other"
            right = {a["act"] if isinstance(a, dict) else a for a in expected[message]}
            said = set(got.get(message, []))
            for act in right | said:
                kind = "hit" if act in right & said else "missed" if act in right else "extra"
                for key in (("language", language), ("act", act)):
                    self.by.setdefault(key, Counter())[kind] += 1

    def lines(self, what: str) -> list[str]:
        """One line a language, or one an act, the worst last."""
        rows = [(name, c) for (kind, name), c in self.by.items() if kind == what]
        return [
            f"{name:24} F1 {_f1(c):.3f}  right {c['hit']}, missed {c['missed']}, too much {c['extra']}"
            for name, c in sorted(rows, key=lambda row: -_f1(row[1]))
        ]


def _f1(c: Counter[str]) -> float:
    return 2 * c["hit"] / max(2 * c["hit"] + c["missed"] + c["extra"], 1)


def predicted(folder: Path, today: str, tally: Tally | None = None) -> dict[str, Any]:
    """One labelled mailbox through open and add, in the scorer's shape."""
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(Store(Path(place) / "cases.recours"), Clock(parse_day(today)))
        case = open_case(desk, folder / "mailbox.mbox").case.id
        notes = [f for f in sorted(folder.iterdir()) if f.suffix in (".md", ".txt", ".pdf", ".jpg")]
        if notes:
            add(desk, case, notes)
        file = desk.case(case)
        if tally:
            start = time.perf_counter()
            read_all([e.message for e in file.entries], [e.membership for e in file.entries], ())
            tally.seconds += time.perf_counter() - start
            tally.messages += len(file.entries)
        found = json.loads(to_json(shown(assess(desk, file))))
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
    others = (
        "contract.",
        "return.",
        "cancellation.",
        "claim.",
        "goods.",
        "demand.",
        "seller.",
        "consumer.is",
    )
    return not name.startswith(others) and name not in (
        "consumer.address",
        "consumer.phone",
        "merchant.contacted_on",
    )


def main(arguments: list[str]) -> int:
    score = scorer()
    details = "--details" in arguments
    tally = Tally()
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
                found = predicted(truth_file.parent, str(truth.get("now", "2026-11-23"))[:10], tally)
            except RecoursError as error:
                print(f"{truth_file.parent.name}: {error}")
                found = {}
            tally.add(truth, found)
            result = score.score(truth, found)
            results.append(result)
            print(score.line(truth_file.parent.name, score.summary([result])))
            if details:
                for error_line in result["errors"]:
                    print("   ", error_line)
        if results:
            print(score.line(f"TOTAL {parent.name}", score.summary(results)))
    for row in tally.lines("language") + (tally.lines("act") if "--acts" in arguments else []):
        print(row)
    if tally.seconds:
        each = 1000 * tally.seconds / tally.messages
        print(
            f"{tally.messages} messages read in {tally.seconds:.2f} s: {each:.1f} ms a message, {1000 / each:.0f}/s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
