"""Notes of calls and chats: one message for each entry, dated where they say so."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone

import pytest

from recours.intake.types import Item, Place
from recours.reading.notes import calls

EST = timezone(timedelta(hours=-5))


def item(text: str, kind: str, name: str) -> Item:
    data = text.encode()
    return Item(
        sha256=hashlib.sha256(data).hexdigest(),
        kind="call" if kind == "call" else "chat",
        name=name,
        media_type="text/plain",
        data=data,
        place=Place(file=name, length=len(data)),
    )


@pytest.mark.parametrize(
    ("heading", "hour", "minute"),
    [
        ("Appel 1 — 2026-02-12, 13 h 40, environ 11 minutes", 13, 40),
        ("2026-02-12 13:40 call with the shop", 13, 40),
        ("Appel 2 — 2026-02-12, 16 h", 16, 0),
        ("Call on 2026-02-12, 1:40 pm", 13, 40),
        ("2026-02-12", 12, 0),
    ],
)
def test_a_call_is_dated_by_its_heading(heading: str, hour: int, minute: int) -> None:
    (call,) = calls(item(f"# Calls\n\n## {heading}\nHe said no.\n", "call", "calls.md"), EST)
    assert (call.id, call.kind, call.text) == ("calls.md#1", "call", "He said no.")
    assert call.date == datetime(2026, 2, 12, hour, minute, tzinfo=EST)


def test_calls_are_counted_and_a_missing_date_is_said() -> None:
    first, second = calls(item("## 2026-02-12\nA\n## some day\nB\n", "call", "c.md"), EST)
    assert (first.id, second.id, second.date) == ("c.md#1", "c.md#2", None)
    assert "no date" in second.problems[0].what


def test_an_impossible_date_is_said() -> None:
    (call,) = calls(item("## 2026-02-30\nA\n", "call", "c.md"), EST)
    assert call.date is None
    assert "2026-02-30" in call.problems[0].what


@pytest.mark.parametrize(
    "line",
    [
        "Appel du 12 février 2026, 13 h 40",
        "- Call with the shop, February 12, 2026 at 1:40 pm",
        "Téléphone le 2026-02-12 13:40",
    ],
)
def test_a_typed_note_opens_each_call_with_the_word_and_the_day(line: str) -> None:
    text = f"{line}: he said no.\nThen he hung up.\n"
    (call,) = calls(item(text, "call", "calls.txt"), EST)
    assert call.date == datetime(2026, 2, 12, 13, 40, tzinfo=EST)
    assert call.text.endswith("he said no.\nThen he hung up.")
    assert text[call.place.offset :].startswith(line)


def test_a_call_on_a_day_that_reads_two_ways_is_asked() -> None:
    (call,) = calls(item("Call on 03/04/2026: no.\n", "call", "calls.txt"), EST)
    assert call.date is None
    assert "2026-03-04 or 2026-04-03" in call.problems[0].what
