"""The shipped mailboxes are what their stories make, and their labels stand on words that are there."""

from __future__ import annotations

import copy
import html
import json
import mailbox
import re
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.mailboxes.__main__ import PLACES, ROOT, stories, write
from tools.mailboxes.labels import QuoteMissingError

STORIES = stories()
COUNTS = {  # mails in the box, mails of the dispute
    "demo": (253, 40),
    "wrong-item": (94, 20),
    "never-came": (84, 18),
    "boots-returned": (51, 11),
    "trial-that-charged": (51, 11),
}
VOCABULARY = yaml.safe_load(
    (ROOT / "src" / "recours" / "casefile" / "vocabulary.yaml").read_text(encoding="utf-8")
)


def folder_of(name: str) -> Path:
    return ROOT / PLACES.get(name, f"tests/cases/{name}")


def labels(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder_of(name) / "truth.json").read_text(encoding="utf-8"))
    return loaded


def mails(name: str) -> dict[str, Message]:
    """Message-ID, or mbox:N for a mail without one -> the mail as Python's own library reads it."""
    box = mailbox.mbox(folder_of(name) / "mailbox.mbox")
    return {
        str(m.get("Message-ID", "")).strip("<>") or f"mbox:{position}": m for position, m in enumerate(box, 1)
    }


@pytest.mark.parametrize("name", STORIES)
def test_the_same_story_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    write(STORIES[name], tmp_path)
    for file in sorted(tmp_path.iterdir()):
        assert file.read_bytes() == (folder_of(name) / file.name).read_bytes(), file.name


@pytest.mark.parametrize("name", STORIES)
def test_labels_stand_on_the_mails_own_words(name: str) -> None:
    truth = labels(name)
    texts = {}
    for number, message in mails(name).items():
        headers = " ".join(str(message[h]) for h in ("From", "To", "Subject"))
        texts[number] = " ".join(f"{headers} {_text(message)}".split())
    notes = folder_of(name) / "calls.md"
    if notes.exists():
        entries = notes.read_text(encoding="utf-8").split("\n## ")
        texts |= {f"calls.md#{n}": " ".join(entry.split()) for n, entry in enumerate(entries)}
    for number, acts in truth["acts"].items():
        for act in acts:
            assert " ".join(act["quote"].split()) in texts[number], act
    for fact in truth["facts"].values():
        assert " ".join(fact["quote"].split()) in texts[fact["message_id"]], fact
    for pair in truth["measures"]["contradictions"]:
        for side in ("a", "b"):
            assert pair[side]["quote"] in texts[pair[side]["message_id"]], pair
    for number, new in truth["new_text"].items():
        assert _inside(new, texts[number]), new


@pytest.mark.parametrize("name", STORIES)
def test_a_mailbox_holds_as_many_mails_as_it_promises(name: str) -> None:
    truth, found = labels(name), mails(name)
    assert (len(found), len(truth["dispute_message_ids"])) == COUNTS[name]
    assert truth["messages_in_mailbox"] == len(found)
    lists = ("dispute_message_ids", "not_dispute_but_same_merchant", "either_way_message_ids")
    numbers = [number for kind in lists for number in truth[kind]]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= found.keys()


@pytest.mark.parametrize("name", STORIES)
def test_answers_are_facts_of_the_vocabulary_and_files_are_there(name: str) -> None:
    script = yaml.safe_load((folder_of(name) / "script.yaml").read_text(encoding="utf-8"))
    assert script["answers"].keys() <= VOCABULARY.keys()
    assert [f for f in script["files"] if not (folder_of(name) / f).exists()] == []


def test_the_demo_is_mail_as_people_and_programs_send_it() -> None:
    truth, found = labels("demo"), mails("demo")
    inside = [found[number] for number in truth["dispute_message_ids"]]
    bodies = [_text(m) for m in inside]
    assert any(m.get_content_type() == "text/html" for m in inside)
    assert any(m.get_content_charset() == "iso-8859-1" for m in inside)
    assert any("Message-ID" not in m for m in inside)
    assert any("a écrit :\n\n>" in body for body in bodies)
    assert any("\nFrom: " in body and "\nSent: " in body for body in bodies)
    assert any("\nDe : " in body and "\nEnvoyé : " in body for body in bodies)
    assert any("Envoyé de mon iPhone" in body for body in bodies)
    codings = {str(p["Content-Transfer-Encoding"]) for m in inside for p in m.walk() if not p.is_multipart()}
    assert {"base64", "quoted-printable"} <= codings
    assert max(len(str(m["References"]).split()) for m in inside) > 3
    assert b"\n>From what he can see" in (folder_of("demo") / "mailbox.mbox").read_bytes()


def test_measures_are_counted_and_not_typed() -> None:
    """The demo's mails after the first complaint, counted by hand in the story."""
    measured = labels("demo")["measures"]
    assert (measured["emails_sent"], measured["emails_received"], measured["calls"]) == (18, 22, 2)
    assert (
        measured["emails_received_since_complaint"] == 17
    )  # without order, payment, two parcels and delivery
    assert measured["days"] == 96  # from 9 August to 13 November
    assert measured["longest_wait_for_merchant_days"] == 11  # 22 August, asked again on the 31st, 2 September
    assert measured["repeated_requests"]["request_photos"]["count"] == 4


def test_a_label_without_its_words_stops_the_making(tmp_path: Path) -> None:
    story = copy.deepcopy(STORIES["boots-returned"])
    refusal = next(spec for spec in story["mails"] if spec["key"] == "k5")
    refusal["acts"].append(["refuse", "we will never pay"])
    with pytest.raises(QuoteMissingError, match="we will never pay"):
        write(story, tmp_path)


def _text(message: Message) -> str:
    """Plain parts; of a mail that has none, its HTML without tags."""
    plain: list[str] = []
    pages: list[str] = []
    for part in message.walk():
        if part.get_content_maintype() != "text":
            continue
        text = bytes(part.get_payload(decode=True)).decode(part.get_content_charset() or "utf-8")
        text = re.sub(r"^>(>*From )", r"\1", text, flags=re.M)  # mboxrd, which the library leaves as it is
        (plain if part.get_content_subtype() == "plain" else pages).append(text)
    return "\n".join(plain or [html.unescape(re.sub(r"<[^>]+>", " ", page)) for page in pages])


def _inside(new: str, text: str) -> bool:
    """Each paragraph of the new text is there; of an inline answer the quoted lines stand between them."""
    return all(" ".join(piece.split()) in text for piece in new.split("\n\n"))
