"""Who wrote which words of a thread: a reply in every usual style, its quotation rewrapped and harmed on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.reading.threads import PLAIN, WITNESSED, Desk, Lines, Thread, thread

from recours.intake.types import Place
from recours.reading.quotes import new_text, spans
from recours.reading.types import Address, Message

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
