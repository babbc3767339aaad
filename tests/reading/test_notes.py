"""Notes of calls and chats: one message for each entry, dated where they say so."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone

import pytest

from recours.intake.types import Item, Place
from recours.reading.notes import calls, chats

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


def test_a_chat_reads_day_and_month_as_the_whole_export_does() -> None:
    text = "[12/03/2026, 14:05:00] Ana: hi\nagain\n[25/03/2026, 14:06:00] Shop: hello\n"
    first, second = chats(item(text, "chat", "chat.txt"), EST)
    assert (first.date, first.sender.name, first.text) == (
        datetime(2026, 3, 12, 14, 5, tzinfo=EST),
        "Ana",
        "hi\nagain",
    )
    assert second.date == datetime(2026, 3, 25, 14, 6, tzinfo=EST)


def test_an_american_chat() -> None:
    text = "3/12/26, 2:05 PM - Ana: hi\n3/25/26, 2:06 PM - Shop: hello\n"
    first, second = chats(item(text, "chat", "chat.txt"), EST)
    assert (first.date, second.date) == (
        datetime(2026, 3, 12, 14, 5, tzinfo=EST),
        datetime(2026, 3, 25, 14, 6, tzinfo=EST),
    )
