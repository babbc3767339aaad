"""Write the mailboxes again.  Run: python -m tools.mailboxes [FOLDER]     (default: the project itself)"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from tools.mailboxes.kit import Letterbox, Story, as_mbox
from tools.mailboxes.noise import noise
from tools.mailboxes.pieces import photo, receipt

ROOT = Path(__file__).parents[2]
STORIES = Path(__file__).parent / "stories"
PLACES = {"demo": "src/recours/demo"}  # the others are tests/cases/NAME


def write(story: Story, folder: Path) -> None:
    """mailbox.mbox, truth.json, script.yaml and the pieces of one story."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: photo(spec) for name, spec in story.get("photos", {}).items()}
    if "receipt" in story:
        files["receipt.pdf"] = receipt(story["receipt"])
    box = Letterbox(story, files)
    if "calls" in story:
        files["calls.md"] = story["calls"].encode()
    mails = list(box.mails.values()) + noise(story["noise"], story["people"]["me"], story["case"])
    files["mailbox.mbox"] = as_mbox(mails)
    files["truth.json"] = (json.dumps(truth(story, box, mails), ensure_ascii=False, indent=1) + "\n").encode()
    script = {k: story[k] for k in ("today", "files", "answers")}
    files["script.yaml"] = yaml.safe_dump(script, allow_unicode=True, sort_keys=False).encode()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def truth(story: Story, box: Letterbox, mails: list[tuple[datetime, bytes]]) -> dict[str, Any]:
    """What a reader should find, in the shape of the labelled cases."""
    ordered = sorted(mails, key=lambda m: m[0])
    position = {data: n for n, (_, data) in enumerate(ordered, 1)}
    ids = {key: box.ids[key] or f"mbox:{position[box.mails[key][1]]}" for key in box.ids}
    part = {spec["key"]: spec.get("part", "in") for spec in story["mails"]}
    acts = {
        ids[spec["key"]]: [
            {"act": act, "by": "consumer" if spec["from"] == "me" else "merchant", "quote": quote}
            for act, quote in spec["acts"]
        ]
        for spec in story["mails"]
        if spec.get("acts")
    }
    return {
        "case": story["case"],
        "languages": story["languages"],
        "merchant": story["merchant"],
        "dispute_message_ids": [ids[k] for k, p in part.items() if p == "in"],
        "not_dispute_but_same_merchant": [ids[k] for k, p in part.items() if p == "same_merchant"],
        "either_way_message_ids": [ids[k] for k, p in part.items() if p == "either"],
        "facts": {name: _fact(fact, ids) for name, fact in story["facts"].items()},
        "either_way_facts": story.get("either_way_facts", []),
        "acts": acts,
        "new_text": {ids[k]: box.texts[k] for k, p in part.items() if p == "in"},
        "now": str(story["today"]),
        "messages_in_mailbox": len(mails),
        "messages_without_id": {ids[k]: k for k, number in box.ids.items() if not number},
    }


def _fact(fact: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    value = fact["value"]
    plain = value if isinstance(value, (str, dict, bool)) else str(value)
    told = {"value": plain, "message_id": ids[fact["mail"]], "quote": fact["quote"]}
    return told | ({"accept": fact["accept"]} if "accept" in fact else {})


def stories() -> dict[str, Story]:
    return {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(STORIES.glob("*.yaml"))
    }


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    for name, story in stories().items():
        folder = root / PLACES.get(name, f"tests/cases/{name}")
        write(story, folder)
        print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
