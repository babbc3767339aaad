"""Write the mailboxes again.  Run: python -m tools.mailboxes [FOLDER]     (default: the project itself)"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

from tools.mailboxes.kit import Letterbox, Story, as_mbox
from tools.mailboxes.labels import truth
from tools.mailboxes.noise import noise
from tools.mailboxes.pieces import photo, receipt

ROOT = Path(__file__).parents[2]
STORIES = Path(__file__).parent / "stories"
JUDGE = (
    Path(__file__).parent / "judge"
)  # written by who has not read the reader; for measuring, not for making it
UNSEEN = "tests/unseen"
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


def stories(place: Path = STORIES) -> dict[str, Story]:
    return {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(place.glob("*.yaml"))
    }


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    for name, story in stories().items():
        folder = root / PLACES.get(name, f"tests/cases/{name}")
        write(story, folder)
        print(folder)
    for name, story in stories(JUDGE).items():
        write(story, root / UNSEEN / name)
        print(root / UNSEEN / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
