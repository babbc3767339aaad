"""Notes of calls: what was said is read as its speaker said it, and whose act it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from recours.intake.types import Place
from recours.reading.acts import acts_of
from recours.reading.acts.sentences import Sentence
from recours.reading.acts.telling import told
from recours.reading.types import Address, Message, Span
from recours.text import same_length_fold

NOTES = yaml.safe_load((Path(__file__).parent / "acts_calls.yaml").read_text("utf-8"))
ACCUSE = {"m refuse", "m deny_responsibility", "m blame_consumer", "m cite_policy", "m refer_elsewhere"}


def acts(text: str) -> set[str]:
    note = Message(
        id="calls.md#1",
        kind="call",
        place=Place(file="calls.md"),
        sha256="0" * 64,
        date=None,
        sender=Address("", ""),
        text=text,
    )
    found = acts_of(note, (Span(0, len(text), "authored"),), None)
    for act in found:
        assert text[act.quote.start : act.quote.end] == act.quote.text != ""
    return {f"{act.by[0]} {act.act}" for act in found}


@pytest.mark.parametrize(("half", "at_least"), [("tuned", 0.85), ("held", 0.78)])
def test_notes_of_calls_are_read(half: str, at_least: float) -> None:
    right = wrong = missed = 0
    for note in NOTES[half]:
        found, wanted = acts(note["text"]), set(note["acts"])
        right += len(found & wanted)
        wrong += len(found - wanted - set(note.get("also", [])))
        missed += len(wanted - found)
    assert 2 * right / (2 * right + wrong + missed) >= at_least
    assert right / (right + wrong) >= 0.94


@pytest.mark.parametrize("note", [n for half in NOTES.values() for n in half], ids=lambda n: n["text"][:40])
def test_no_note_accuses_the_shop_of_what_it_did_not_say(note: dict[str, list[str]]) -> None:
    allowed = set(note["acts"]) | set(note.get("also", []))
    assert not (acts(str(note["text"])) & ACCUSE) - allowed


@pytest.mark.parametrize(
    ("text", "tongue", "expected"),
    [
        (
            "She said they'd put it back on my card.",
            "en",
            [("merchant", "we will put it back on your card.")],
        ),
        ("I told her I wanted my money back.", "en", [("consumer", "i want my money back.")]),
        (
            "He offered me a voucher, I said no.",
            "en",
            [("merchant", "we offer you a voucher,"), ("consumer", "no.")],
        ),
        ("He told me to ask the courier.", "en", [("merchant", "please ask the courier.")]),
        ("I asked when they would come.", "en", [("consumer", "when you will come ?")]),
        ("On hold for an hour, then cut off.", "en", []),
        ("I never said I'd keep it.", "en", []),
        ('He said "no refunds on lamps".', "en", [("merchant", "no refunds on lamps")]),
        (
            "Elle m'a dit qu'ils me rembourseraient.",
            "fr",
            [("merchant", "nous vous remboursera.")],
        ),
        ("Je lui ai dit que je voulais un échange.", "fr", [("consumer", "je veux un echange.")]),
        ("Il m'a demandé de rapporter la lampe.", "fr", [("merchant", "veuillez nous rapporter la lampe.")]),
        (
            "La dame (sans donner son nom) dit que je devrais voir avec la marque.",
            "fr",
            [("merchant", "vous devrez voir avec la marque.")],
        ),
        ("Attente d'une heure, puis plus rien.", "fr", []),
        ("Je n'ai jamais dit que je la garderais.", "fr", []),
    ],
)
def test_what_was_told_is_said_again(text: str, tongue: str, expected: list[tuple[str, str]]) -> None:
    sentence = Sentence(0, len(text), same_length_fold(text))
    found = told(sentence, "fr" if tongue == "fr" else "en", None)
    assert [(telling.side, telling.direct) for telling in found] == expected


def test_what_the_shop_says_may_go_on_in_the_next_sentence_and_the_writers_story_does_not() -> None:
    assert "m refuse" in acts("Manager came on. She said no. They can't refund sale items.")
    assert acts("I told her about the leak. Then home for supper.") <= {"c complain"}
