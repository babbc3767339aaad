"""Short exchanges, read and measured: asked again, reasons that move, promises and silence, and what is none of it.

A false accusation is worse than a missed one, so each thread says everything that may be told of it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from recours.casefile.measures import measure
from recours.casefile.types import CaseFile, Entry
from recours.intake.types import Place
from recours.outbox.promises import promises
from recours.reading.from_intake import read_all
from recours.reading.types import Address, Attachment, Membership, Message

THREADS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "runaround.yaml").read_text("utf-8"))
SHOPPER, SHOP = Address("Ana Roy", "ana@home.example"), Address("Shop", "help@shop.example")
TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}


def message(number: int, mail: dict[str, Any]) -> Message:
    who, text = next((key, value) for key, value in mail.items() if " " in key)
    side, day = who.split()
    files = [
        Attachment(name=name, media_type=TYPES[name.rpartition(".")[2]], sha256="", size=90_000)
        for name in mail.get("files", [])
    ]
    return Message(
        id=f"{number}@x.example",
        kind="mail",
        place=Place(file="box", position=number),
        sha256="",
        date=datetime(2026, 9, int(day), 15, number, tzinfo=UTC),
        sender=SHOPPER if side == "c" else SHOP,
        to=(SHOP if side == "c" else SHOPPER,),
        in_reply_to=f"{number - 1}@x.example" if number else "",
        text=text,
        automatic=mail.get("automatic", False),
        attachments=tuple(files),
    )


def entries(thread: dict[str, Any]) -> tuple[Entry, ...]:
    """The thread as the reader reads it."""
    messages = [message(number, mail) for number, mail in enumerate(thread["mails"])]
    members = [
        Membership(
            message=m.id, in_dispute=True, why="", direction="sent" if m.sender == SHOPPER else "received"
        )
        for m in messages
    ]
    reading = read_all(messages, members, (SHOPPER.email,))
    return tuple(
        Entry(message=r.message, membership=m, spans=r.spans, new_text=r.new_text, acts=r.acts)
        for r, m in zip(reading.reads, members, strict=True)
    )


def told(thread: dict[str, Any]) -> dict[str, Any]:
    """What is said of the thread, as the table says it."""
    dispute = entries(thread)
    measures = measure(dispute)
    again: dict[str, list[int]] = {}
    for loop in measures.loops:
        again.setdefault(loop.act, []).extend(int(q.message.partition("@")[0]) for q in loop.again)
    against = [
        [c.what, *(int(q.message.partition("@")[0]) for q in (c.first, c.second))]
        for c in measures.contradictions
    ]
    promised = promises(CaseFile(id="1", title="", language="en", entries=dispute, facts={}))
    return {
        "again": {act: sorted(set(mails)) for act, mails in again.items()},
        "against": against,
        "refund_by": promised.refund,
        "other_by": promised.other,
    } | ({"waited": measures.longest_wait_for_merchant_days} if "waited" in thread else {})


@pytest.mark.parametrize("thread", THREADS, ids=[t["what"] for t in THREADS])
def test_what_is_told_of_an_exchange(thread: dict[str, Any]) -> None:
    nothing: dict[str, Any] = {"again": {}, "against": [], "refund_by": None, "other_by": None}
    expected: dict[str, Any] = nothing | {k: v for k, v in thread.items() if k not in ("what", "mails")}
    assert told(thread) == expected


def test_the_table_speaks_both_languages() -> None:
    assert len(THREADS) >= 25
    assert all(isinstance(t.get("refund_by", date.min), date) for t in THREADS)
