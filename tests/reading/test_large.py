"""Very large attachments: read with the same result as small ones, in a memory of few times their size."""

from __future__ import annotations

import hashlib
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mailboxes import lamp_dispute

from recours.app import open_case as opening
from recours.app.desk import Desk
from recours.clock import Clock, parse_day
from recours.intake.types import Place
from recours.reading import large
from recours.reading.mime import read_mail
from recours.store import sqlite
from recours.store.sqlite import Store

PLACE = Place(file="m", position=1)


def mail(*contents: bytes, inner: EmailMessage | None = None) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Maya <maya@home.example>", "video"
    message.set_content("The video is attached.\n")
    for n, content in enumerate(contents):
        message.add_attachment(content, "video", "mp4", filename=f"{n}.mp4")
    if inner is not None:
        message.add_attachment(inner)
    return message.as_bytes()


@given(contents=st.lists(st.binary(max_size=400), max_size=4), crlf=st.booleans())
def test_a_mail_reads_the_same_without_its_large_bodies(contents: list[bytes], crlf: bool) -> None:
    data = mail(*contents)
    if crlf:
        data = data.replace(b"\n", b"\r\n")
    plain = read_mail(data, PLACE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "LARGE", 64)
        patch.setattr(large, "_PIECE", 37)
        assert read_mail(data, PLACE) == plain


def test_bytes_that_break_off_are_told() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "LARGE", 64)
        data = mail(bytes(range(200)))
        cut = data[: data.rindex(b"=") - 3] if b"=" in data[-60:] else data[:-70]
        assert any("cut off" in p.what for p in read_mail(cut, PLACE).message.problems)


def test_a_mail_within_a_mail_is_left_to_the_parser() -> None:
    inner = EmailMessage()
    inner.set_content("inner")
    inner.add_attachment(bytes(500), "video", "mp4", filename="v.mp4")
    data = mail(bytes(500), inner=inner)
    plain = read_mail(data, PLACE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "LARGE", 64)
        assert large.lightened(data) == (data, {})
        assert read_mail(data, PLACE) == plain


def test_what_is_larger_than_the_most_is_opened_at_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LARGE", 64)
    monkeypatch.setattr(large, "_PIECE", 80)
    monkeypatch.setattr(large, "MOST", 100)
    read = read_mail(mail(bytes(1000)), PLACE)
    assert [a.size for a in read.message.attachments] == [100]
    assert any("only its beginning was opened" in p.what for p in read.message.problems)
    assert "The video is attached." in read.message.text


def test_the_memory_is_few_times_the_mail() -> None:
    data = mail(bytes(24_000_000))
    tracemalloc.start()
    try:
        read = read_mail(data, PLACE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [a.size for a in read.message.attachments] == [24_000_000]
    assert peak < 3 * len(data)  # it was eight times


def test_a_large_original_is_kept_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_LARGE", 1000)
    store = Store(tmp_path / "cases.recours")
    data = bytes(range(256)) * 50
    store.append(
        "a", [("noted", {})], by="test", at=Clock(parse_day("2026-01-05")).now(), blobs=[data, data], new=True
    )
    assert store.blob(hashlib.sha256(data).hexdigest()) == data
    store.close()


def test_a_mail_that_no_case_can_hold_stays_in_the_mailbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = lamp_dispute()
    big = box.mail(
        "moi <camille@home.example>",
        "x <service@atelierlumen.example>",
        "AL-20417",
        "y" * 9000,
        day="2026-06-20",
    )
    monkeypatch.setattr(opening, "MOST", 8000)
    desk = Desk(Store(tmp_path / "cases.recours"), Clock(parse_day("2026-07-20")))
    case = opening.open_case(desk, box.write(tmp_path / "m.mbox")).case
    told = {e.message.id: e.membership for e in case.entries}
    assert told[big].in_dispute is False
    assert told[big].why == opening.TOO_LARGE
    desk.store.close()
