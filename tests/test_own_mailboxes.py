"""The shipped mailboxes are what their stories make, and their labels stand on words that are there."""

from __future__ import annotations

import json
import mailbox
from email.message import Message
from pathlib import Path

import pytest
from tools.mailboxes.__main__ import PLACES, ROOT, stories, write

STORIES = stories()


def folder_of(name: str) -> Path:
    return ROOT / PLACES.get(name, f"tests/cases/{name}")


@pytest.mark.parametrize("name", STORIES)
def test_the_same_story_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    write(STORIES[name], tmp_path)
    for file in sorted(tmp_path.iterdir()):
        assert file.read_bytes() == (folder_of(name) / file.name).read_bytes(), file.name


@pytest.mark.parametrize("name", STORIES)
def test_labels_stand_on_the_mails_own_words(name: str) -> None:
    folder = folder_of(name)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    box = mailbox.mbox(folder / "mailbox.mbox")
    texts = {}
    for position, message in enumerate(box, 1):
        number = str(message.get("Message-ID", "")).strip("<>") or f"mbox:{position}"
        headers = " ".join(str(message[h]) for h in ("From", "To", "Subject"))
        texts[number] = " ".join(f"{headers} {_text(message)}".split())
    assert len(texts) == truth["messages_in_mailbox"]
    assert set(truth["dispute_message_ids"]) <= texts.keys()
    for number, acts in truth["acts"].items():
        for act in acts:
            assert " ".join(act["quote"].split()) in texts[number], act
    for fact in truth["facts"].values():
        assert " ".join(fact["quote"].split()) in texts[fact["message_id"]], fact


def _text(message: Message) -> str:
    parts = [p for p in message.walk() if p.get_content_type() == "text/plain"]
    return "\n".join(
        bytes(p.get_payload(decode=True)).decode(p.get_content_charset() or "utf-8") for p in parts
    )
