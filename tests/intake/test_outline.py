"""The outline of a source: the same borders as reading it, the days of its Date lines, and who holds which bytes."""

from __future__ import annotations

import mailbox
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mailboxes import ME, SHOP, Box

from recours.intake import outline as outline_module
from recours.intake.from_mbox import Mailbox
from recours.intake.outline import Outline

FROM = b"From x Mon Jan  6 10:00:00 2025\n"
DAY = date(2025, 3, 4)


def outlined(file: Path) -> Outline:
    return Outline(Mailbox(file).files)


def boxed(tmp_path: Path, messages: Sequence[bytes]) -> Path:
    file = tmp_path / "box.mbox"
    file.write_bytes(b"".join(FROM + m + b"\n" for m in messages))
    return file


def test_a_message_lies_where_reading_finds_it(tmp_path: Path) -> None:
    box = Box()
    for n in range(5):
        box.mail(SHOP, ME, f"Order {n}", "From now on, no more returns.\n" * n)
    folder = tmp_path / "mail"
    folder.mkdir()
    box.write(folder / "b.mbox")
    (folder / "a.eml").write_bytes(box.mails[0])
    (folder / "c.eml").write_bytes(box.mails[1])
    mails = Mailbox(folder)
    outline = Outline(mails.files)
    assert [outline.place(n) for n in range(len(outline))] == list(mails.places())


DATES = [
    pytest.param(b"Date: Tue, 4 Mar 2025 10:00:00 -0500", True, id="RFC 5322"),
    pytest.param(b"Date: 04 MAR 2025 10:00:00 +0000", True, id="no weekday, capitals"),
    pytest.param(b"Date:Tue, 4 March 2025 10:00", True, id="no blank, a whole month's name"),
    pytest.param(b"Date: Wed, 5 Mar 2025 10:00:00 -0500", False, id="another day"),
    pytest.param(b"Date: Tue, 4 Mar 2087 10:00:00 -0500", False, id="another year"),
    pytest.param(
        b"Date: Tue, 4 Mar 25 10:00:00 -0500", True, id="a year of two digits is not told: looked at"
    ),
    pytest.param(b"Date: 31 Feb 2025 10:00:00 -0500", True, id="no such day: looked at"),
    pytest.param(b"Date: yesterday", True, id="no date: looked at"),
    pytest.param(b"X-Date: Wed, 5 Mar 2025 10:00", True, id="no Date line: looked at"),
    pytest.param(b"Subject: x\n\nDate: Wed, 5 Mar 2025 10:00", True, id="a Date line in the text is none"),
    pytest.param(b"Received: by x\n" * 400 + b"Date: Wed, 5 Mar 2025 10:00", False, id="below a long head"),
]


@pytest.mark.parametrize(("head", "within"), DATES)
@pytest.mark.parametrize("eol", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_the_day_is_that_of_the_date_line(tmp_path: Path, head: bytes, within: bool, eol: bytes) -> None:
    mail = (b"From: a@shop.example\n" + head + b"\n\nHello\n").replace(b"\n", eol)
    for file in (boxed(tmp_path, [mail]), tmp_path / "one.eml"):
        if file.suffix == ".eml":
            file.write_bytes(mail)
        assert list(outlined(file).between(DAY, DAY)) == ([0] if within else [])


@given(
    messages=st.lists(
        st.lists(st.sampled_from([b"elcourt", b"ELC", b"\n", b"x", b"BELCOURT"]), max_size=9),
        min_size=1,
        max_size=7,
    ),
    step=st.integers(min_value=1, max_value=90),
)
def test_who_holds_a_needle_is_told_wherever_the_steps_of_the_search_fall(
    tmp_path_factory: pytest.TempPathFactory, messages: list[list[bytes]], step: int
) -> None:
    bodies = [b"Subject: s\n\n" + b"".join(body) + b"\n" for body in messages]
    outline = outlined(boxed(tmp_path_factory.mktemp("box"), bodies))
    needles = (b"elcourt", b"ELCOURT")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outline_module, "RELEASE", step)
        found = outline.holding(needles)
    assert found == {n for n, body in enumerate(bodies) if any(needle in body for needle in needles)}


LINES = [
    b"Hello\n",
    b"\n",
    b"From now on, no more returns.\n",
    b"From a@b.example Mon Jan  6 10:00:00 2025\nSubject: not quoted\n\n",
    b"x" * 40 + b"\n",
]
MAILS = st.lists(
    st.tuples(st.lists(st.sampled_from(LINES), max_size=6), st.booleans()), min_size=1, max_size=6
)


@settings(deadline=None)  # processes are started, which a busy machine does slowly
@given(mails=MAILS, step=st.integers(min_value=1, max_value=400), workers=st.sampled_from([1, 1, 1, 1, 2]))
def test_stretches_gone_through_side_by_side_give_the_same_borders(
    tmp_path_factory: pytest.TempPathFactory, mails: list[tuple[list[bytes], bool]], step: int, workers: int
) -> None:
    """Also where a Content-Length leads over a "From " line that nobody quoted, and over whole stretches."""
    file = tmp_path_factory.mktemp("box") / "box.mbox"
    written = b""
    for lines, counted in mails:
        body = b"".join(lines)
        length = f"Content-Length: {len(body)}\n".encode() if counted else b""
        written += FROM + b"Subject: s\n" + length + b"\n" + body + b"\n"
    file.write_bytes(written)
    mailbox_ = Mailbox(file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outline_module, "STRETCH", step)
        outline = Outline(mailbox_.files, workers=workers)
    assert [outline.place(n) for n in range(len(outline))] == list(mailbox_.places())


def test_a_search_side_by_side_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = boxed(tmp_path, [b"Subject: %d\n\n%s\n" % (n, b"Belcourt" * (n % 3)) for n in range(40)])
    monkeypatch.setattr(outline_module, "STRETCH", 300)
    files = Mailbox(file).files
    assert Outline(files, workers=2).holding([b"elcourt"]) == {n for n in range(40) if n % 3}


def test_what_stands_on_the_line_between_two_messages_is_of_none(tmp_path: Path) -> None:
    file = tmp_path / "box.mbox"
    file.write_bytes(
        FROM.replace(b"x", b"belcourt@a.example")
        + b"Subject: s\n\nHello\n\n"
        + FROM
        + b"Subject: t\n\nbelcourt\n"
    )
    assert outlined(file).holding([b"elcourt"]) == {1}


def test_files_of_a_maildir_are_searched_whole(tmp_path: Path) -> None:
    box = mailbox.Maildir(str(tmp_path / "md"), create=True)
    for text in ("Belcourt", "nothing", "x" * 70_000 + "Belcourt"):
        box.add(f"From: a@b.example\nDate: Tue, 4 Mar 2025 10:00:00 -0500\n\n{text}\n".encode())
    mails = Mailbox(tmp_path / "md")
    outline = Outline(mails.files)
    held = outline.holding([b"elcourt"])
    assert held == {n for n in range(3) if b"Belcourt" in mails.read(outline.place(n)).data}
    assert len(held) == 2


def test_progress_tells_every_byte_once(tmp_path: Path) -> None:
    file = boxed(tmp_path, [b"Subject: s\n\n" + b"y" * 500 + b"\n"] * 9)
    told: list[int] = []
    outline = Outline(Mailbox(file).files, told.append)
    assert sum(told) == file.stat().st_size
    told.clear()
    outline.holding([b"zzz"], told.append)
    assert sum(told) == file.stat().st_size
