"""Who wrote which words of a thread: a reply in every usual style, its quotation rewrapped and harmed on the way."""

from __future__ import annotations

import json
import random
import re
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.reading.test_quotes import disputed
from tests.reading.threads import HARM, PLAIN, WITNESSED, WORDS, Desk, Lines, Thread, thread

from recours.intake.types import Place
from recours.reading import mime
from recours.reading.quotes import new_text, spans
from recours.reading.types import Address, Message

PARTS = re.compile(r"((?:> ?)*)(.*)", re.DOTALL)
LABEL = re.compile(r"[\w ]{2,12} ?:")
NOON = datetime(2025, 6, 3, 18, 2, tzinfo=UTC)
ZOE, SHOP = Address("Zoé Roy", "zoe@isle.example"), Address("Service Clients", "aide@lumi.example")
SEEDS = range(60)

Style = Callable[[Desk], Lines]


def mail(text: str, sender: Address, hours: int) -> Message:
    return Message(
        id=f"{hours}@isle.example",
        kind="mail",
        place=Place(file="box"),
        sha256="",
        date=NOON + timedelta(hours=hours),
        sender=sender,
        subject="Re: 88120",
        text=text,
    )


def typed(made: Thread, known: bool) -> str:
    earlier = (mail(made.before, ZOE, -20), mail(made.parent, SHOP, 0)) if known else ()
    reply = mail(made.reply, ZOE, 20)
    return " ".join(new_text(reply, spans(reply, earlier)).split())


def wrong(style: Style, known: bool) -> list[int]:
    return [n for n in SEEDS if typed(made := thread(style, n), known) != " ".join(made.typed.split())]


@pytest.mark.parametrize("style", [*PLAIN, *WITNESSED], ids=lambda style: style.__name__)
def test_the_new_text_is_exact_when_the_parent_is_at_hand(style: Style) -> None:
    assert not wrong(style, known=True)


@pytest.mark.parametrize("style", PLAIN, ids=lambda style: style.__name__)
def test_the_new_text_is_exact_even_when_the_parent_is_missing(style: Style) -> None:
    assert not wrong(style, known=False)


def test_lines_wrapped_twice_are_told_by_their_form_alone() -> None:
    told = "Le 3 juin 2025 à 14:02, Service Clients <aide@lumi.example> a écrit :\n\n"
    said = " ".join(WORDS["fr"]["asked"][1:])
    once = [f"> {line}" for line in textwrap.wrap(said, 74)]
    twice = "\n".join(part for line in once for part in textwrap.wrap(line, 68))
    reply = mail(f"C'est non.\n\n{told}{twice}\n", ZOE, 20)
    assert new_text(reply, spans(reply)) == "C'est non."


LABELLED = sorted(p.parent for p in (Path(__file__).parents[1] / "unseen").glob("*/mailbox.mbox"))


@pytest.mark.parametrize("folder", LABELLED, ids=lambda folder: folder.name)
def test_a_labelled_mailbox_s_quotations_may_be_rewrapped_and_harmed(folder: Path) -> None:
    messages = disputed(folder, json.loads((folder / "truth.json").read_text(encoding="utf-8")), mime)
    for n, message in enumerate(messages):
        found = spans(message, tuple(messages[:n]))
        if not any(s.kind == "quoted" for s in found):
            continue
        by = random.Random(message.id)
        one, width = by.choice(HARM), by.choice([58, 66, 76, 400])
        pieces = [(s.kind, message.text[s.start : s.end]) for s in found]
        text = "".join(carried(said, one, width) if kind == "quoted" else said for kind, said in pieces)
        again = msgspec.structs.replace(message, text=text)
        new = new_text(again, spans(again, tuple(messages[:n])))
        assert new.split() == new_text(message, found).split()


def carried(quoted: str, harm: Callable[[str], str], width: int) -> str:
    """A quotation as another program carries it on; copied headers keep their lines."""
    lines: list[str] = []
    for line in quoted.split("\n"):
        mark, said = PARTS.fullmatch(line).groups()  # type: ignore[union-attr]  # else the table is wrong
        header = "@" in said or LABEL.match(said)
        lines += [said] if header and not mark else [f"{mark}{part}" for part in wrapped(harm(said), width)]
    return "\n".join(lines)


def wrapped(said: str, width: int) -> list[str]:
    return textwrap.wrap(said, width) or [""] if len(said) > width else [said]
