"""An mbox that grew: its outline, gone on with from the earlier one, is the one made from nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recours.intake import from_mbox
from recours.intake import outline as outline_module
from recours.intake.outline import Outline
from recours.intake.settled import Settled, samples
from recours.intake.sources import File
from recours.intake.types import Place

FROM = b"From x Mon Jan  6 10:00:00 2025\n"
LINES = [
    b"Hello\n",
    b"\n",
    b"From now on, no more returns.\n",
    b"From a@b.example Mon Jan  6 10:00:00 2025\nSubject: not quoted\n\n",
    b"From a@b.example\nDate: Tue, 4 Mar 2025 10:00:00 +0000\n",
    b"y" * 150 + b"\n",
]
LENGTHS = st.sampled_from([None, 0, 0, -30, 40, 300, 5000])  # none, right, or wrong by so much
MAILS = st.lists(st.tuples(st.lists(st.sampled_from(LINES), max_size=8), LENGTHS), min_size=1, max_size=12)


def written(mails: list[tuple[list[bytes], int | None]], eol: bytes) -> bytes:
    found = b""
    for n, (lines, off) in enumerate(mails):
        body = b"".join(lines).replace(b"\n", eol)
        length = b"" if off is None else b"Content-Length: %d\n" % max(0, len(body) + off)
        head = FROM + b"Subject: s\nDate: Tue, %d Mar 2025 10:00:00 +0000\n" % (n + 1) + length + b"\n"
        found += head.replace(b"\n", eol) + body + eol
    return found


def mbox(path: Path) -> File:
    return File("box.mbox", str(path), "application/mbox", path.stat().st_size, 0)


def known(outline: Outline) -> dict[str, Settled]:
    return {file.name: settled for file, _, settled in outline.settled()}


def told(outline: Outline) -> tuple[list[Place], list[list[int]]]:
    days = [list(outline.between(date(2025, 3, n), date(2025, 3, n))) for n in (1, 4, 9)]
    return [outline.place(n) for n in range(len(outline))], days


@settings(deadline=None)  # files are written, which a busy machine does slowly
@given(
    mails=MAILS,
    more=MAILS,
    eol=st.sampled_from([b"\n", b"\r\n"]),
    cut=st.integers(-60, 400),
    step=st.integers(50, 900),
)
@example(mails=[([b"Hello\n"], 300)] * 9, more=[([b"x\n"] * 9, None)], eol=b"\n", cut=0, step=100)
def test_what_was_added_is_all_that_changes(
    tmp_path_factory: pytest.TempPathFactory,
    mails: list[tuple[list[bytes], int | None]],
    more: list[tuple[list[bytes], int | None]],
    eol: bytes,
    cut: int,
    step: int,
) -> None:
    """Also where the old file ends amid a message or without a final newline, or a Content-Length led beyond its end."""
    file = tmp_path_factory.mktemp("box") / "box.mbox"
    whole = written([*mails, *more], eol)
    old = whole[: max(1, min(len(whole), len(written(mails, eol)) + cut))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outline_module, "STRETCH", step)
        patch.setattr(from_mbox, "_HEADERS", 300)
        patch.setattr(from_mbox, "_FROM_LINE", 100)
        file.write_bytes(old)
        before = Outline([mbox(file)])
        file.write_bytes(whole)
        after, anew = Outline([mbox(file)], known=known(before)), Outline([mbox(file)])
        again = Outline([mbox(file)], known=known(after))
    assert told(after) == told(anew) == told(again)
    assert known(after) == known(anew) == known(again)
    assert after.holding([b"returns"]) == anew.holding([b"returns"])


def test_only_the_end_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "box.mbox"
    file.write_bytes(written([([b"y" * 150 + b"\n"] * 40, None)] * 60, b"\n"))
    settled = known(Outline([mbox(file)]))
    at = settled["box.mbox"].resume
    assert at > 0.9 * file.stat().st_size
    damaged = bytearray(file.read_bytes())
    damaged[:at] = b"z" * at
    file.write_bytes(damaged + FROM + b"Subject: late\n\nHello\n")
    grown = Outline([mbox(file)], known=settled)
    assert len(grown) == 61


def test_a_file_is_known_by_samples_of_what_it_was(tmp_path: Path) -> None:
    file = tmp_path / "box.mbox"
    old = written([([b"y" * 150 + b"\n"] * 40, None)] * 60, b"\n")
    file.write_bytes(old)
    before = samples(str(file), len(old))
    file.write_bytes(old + FROM + b"Subject: late\n\nHello\n")
    assert samples(str(file), len(old)) == before
    for changed in (old[1:] + b"z" * 99, b"z" + old[1:], old[: len(old) // 2] + b"z" + old[len(old) // 2 :]):
        file.write_bytes(changed)
        assert samples(str(file), len(old)) != before
    file.write_bytes(old[:-1])
    assert samples(str(file), len(old)) == b""
