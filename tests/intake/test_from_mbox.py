"""Splitting a mailbox: every message once, none invented, bytes untouched."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.intake.errors import EmptyMailboxError, MissingSourceError, NotAMailboxError
from recours.intake.framing import unquoted
from recours.intake.from_mbox import Mailbox

ONE = b"From: a@shop.example\nSubject: one\n\nHello\n"
TWO = b"From: b@shop.example\nSubject: two\n\nBonjour\n"


def box(tmp_path: Path, content: bytes, name: str = "box.mbox") -> Mailbox:
    file = tmp_path / name
    file.write_bytes(content)
    return Mailbox(file)


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        pytest.param(b"From x Mon Jan  6 10:00:00 2025\n" + ONE, [ONE], id="one message"),
        pytest.param(
            b"From x Mon Jan  6 10:00:00 2025\n" + ONE + b"\nFrom y Tue Jan  7 10:00:00 2025\n" + TWO,
            [ONE, TWO],
            id="two messages",
        ),
        pytest.param(
            (
                b"From x Mon Jan  6 10:00:00 2025\n" + ONE + b"\nFrom y Tue Jan  7 10:00:00 2025\n" + TWO
            ).replace(b"\n", b"\r\n"),
            [ONE.replace(b"\n", b"\r\n"), TWO.replace(b"\n", b"\r\n")],
            id="CRLF",
        ),
        pytest.param(
            b"From x Mon Jan  6 10:00:00 2025\n" + ONE.rstrip(b"\n"),
            [ONE.rstrip(b"\n")],
            id="no final newline",
        ),
        pytest.param(
            b"From x Mon Jan  6 10:00:00 2025\n" + ONE + b"\nFrom now on: nothing works.\nSo what?\n",
            [ONE + b"\nFrom now on: nothing works.\nSo what?\n"],
            id="an unquoted body line is no message",
        ),
        pytest.param(
            b"From 1873985892994966502@xxx Fri Nov 01 22:19:00 +0000 2024\nX-GM-THRID: 18\n" + ONE,
            [b"X-GM-THRID: 18\n" + ONE],
            id="Google Takeout",
        ),
        pytest.param(
            b"From - Sat Nov 16 17:09:00 2024\nX-Mozilla-Status: 0001\n" + ONE, None, id="Thunderbird"
        ),
        pytest.param(
            b"From - \n" + ONE + b"From - \n" + TWO + b"\nFrom - what?\n",
            [ONE.rstrip(b"\n"), TWO + b"\nFrom - what?\n"],
            id="Netscape, nothing told and no blank line",
        ),
        pytest.param(b"From x Mon Jan  6 10:00:00 2025\nFrom: a@b.example\nSub", None, id="truncated"),
    ],
)
def test_split(tmp_path: Path, content: bytes, messages: list[bytes] | None) -> None:
    found = [m.data for m in box(tmp_path, content)]
    assert len(found) == (len(messages) if messages else 1)
    if messages:
        assert found == messages


LINE = b"From x Mon Jan  6 10:00:00 2025\n"
INSIDE = LINE + b"From: c@shop.example\nSubject: inside\n\nHello again\n"


def sized(body: bytes, head: bytes = b"From: a@shop.example\nSubject: one\n", off: int = 0) -> bytes:
    return head + f"Content-Length: {len(body) + off}\n".encode() + b"\n" + body


@pytest.mark.parametrize("eol", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    "mails",
    [
        pytest.param([ONE + b"\nFrom now on\nNote: nothing works.\n", TWO], id="prose, then a colon"),
        pytest.param([ONE + b"From 2019 on\nPrice: it doubled\n", TWO], id="a year, then a colon"),
        pytest.param([ONE + b"\nFrom Monday 2026\nRe: your lamp\n", TWO], id="a day, no hour"),
        pytest.param([ONE + b"\n>From x Mon Jan  6 10:00:00 2025\nA: b\n", TWO], id="mboxo, mboxrd: quoted"),
        pytest.param([sized(b"Hi\n" + INSIDE), TWO], id="mboxcl2: a mail inside, counted"),
        pytest.param([sized(b"Hi\n"), sized(b"Ho\n\n" + INSIDE)], id="mboxcl2: the last one"),
        pytest.param([sized(b"Hi\n", off=400), TWO], id="Content-Length too long"),
        pytest.param([sized(b"Hi\nthere\n", off=-5), TWO], id="Content-Length too short"),
        pytest.param([ONE, b"X-Gmail-Labels: Sent,Important\n" + TWO], id="labels"),
        pytest.param([ONE, b"Subject: empty\nX: y\n\n", TWO], id="a mail without a body"),
    ],
)
def test_dialects_and_traps(tmp_path: Path, mails: list[bytes], eol: bytes) -> None:
    if eol == b"\r\n" and any(b"Content-Length" in m for m in mails):
        mails = [_resized(m) for m in mails]
    else:
        mails = [m.replace(b"\n", eol) for m in mails]
    separator = LINE.replace(b"\n", eol)
    content = b"".join(separator + m + eol for m in mails)
    assert [m.data for m in box(tmp_path, content)] == mails
    assert [m.data for m in box(tmp_path, content.removesuffix(eol), "cut.mbox")] == mails


def _resized(mail: bytes) -> bytes:
    """The same with CRLF, its Content-Length off by as much as before."""
    head, _, body = mail.partition(b"\n\n")
    named = re.search(rb"Content-Length: (\d+)", head)
    body_crlf = body.replace(b"\n", b"\r\n")
    if named:
        length = int(named[1]) - len(body) + len(body_crlf)
        head = head.replace(named[0], f"Content-Length: {length}".encode())
    return head.replace(b"\n", b"\r\n") + b"\r\n\r\n" + body_crlf


@pytest.mark.parametrize(
    "line",
    [
        b"From - Sat Nov 16 17:09:00 2024",
        b"From 1873985892994966502@xxx Fri Nov 01 22:19:00 +0000 2024",
        b"From anne@home.example Sat Nov  6 07:09:00 2024",
        b"From anne@home.example Sat, 16 Nov 2024 17:09:00 +0100",
        b"From anne@home.example 2024-11-16 17:09",
        b"From MAILER-DAEMON Sat Nov 16 17:09 2024 CET",
        b"From anne@home.example",
        b"From ???@??? Sat Nov 16 17:09:00 2024",
        b"From ",
    ],
)
def test_separators_of_many_programs(tmp_path: Path, line: bytes) -> None:
    content = line + b"\n" + ONE + b"\n" + line + b"\n" + TWO
    assert [m.data for m in box(tmp_path, content)] == [ONE, TWO]


def test_positions_and_places_lead_back_to_the_same_bytes(tmp_path: Path) -> None:
    mailbox = box(
        tmp_path, b"From x Mon Jan  6 10:00:00 2025\n" + ONE + b"\nFrom y Tue Jan  7 10:00:00 2025\n" + TWO
    )
    mails = list(mailbox)
    assert [m.place.position for m in mails] == [1, 2]
    for mail in mails:
        assert mailbox.read(mail.place).data == mail.data
        assert mail.item().sha256 == hashlib.sha256(mail.data).hexdigest()


def test_mboxrd_quoting_is_taken_off_for_reading_and_kept_in_the_original(tmp_path: Path) -> None:
    (mail,) = box(tmp_path, b"From x Mon Jan  6 10:00:00 2025\nA: b\nC: d\n\n>From me\n>>From you\n")
    assert mail.data.endswith(b">From me\n>>From you\n")
    assert mail.content.endswith(b"\n\nFrom me\n>From you\n")


def test_folder_of_eml_and_maildir(tmp_path: Path) -> None:
    (tmp_path / "cur").mkdir()
    (tmp_path / "cur" / "1:2,S").write_bytes(ONE)
    (tmp_path / "two.eml").write_bytes(TWO)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 not mail")
    assert sorted(m.place.file for m in Mailbox(tmp_path)) == ["cur/1:2,S", "two.eml"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyMailboxError),
        (b"\n\n", EmptyMailboxError),
        (b"%PDF-1.7 ...", NotAMailboxError),
        (b"\xff\xd8\xff\xe0", NotAMailboxError),
        (b"Dear diary, nothing to see here.\n", NotAMailboxError),
        (b"\x00\x01\x02", NotAMailboxError),
    ],
)
def test_what_is_no_mailbox_is_said(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"box\.mbox"):
        box(tmp_path, content)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError, match="no such file"):
        Mailbox(tmp_path / "absent.mbox")


def test_the_source_is_not_changed(tmp_path: Path) -> None:
    content = b"From x Mon Jan  6 10:00:00 2025\n" + ONE
    mailbox = box(tmp_path, content)
    list(mailbox)
    assert (tmp_path / "box.mbox").read_bytes() == content


header = st.sampled_from([b"Subject: x", b"From: a@b.example", b"X-Y: >From z"])
line = st.sampled_from([b"hello", b"", b">From here", b"Frome x", b"> From quoted", b"- From - 2025"])


@given(
    st.lists(
        st.tuples(st.lists(header, min_size=2, max_size=3), st.lists(line, max_size=6)),
        min_size=1,
        max_size=6,
    )
)
def test_messages_joined_are_split_again(
    tmp_path_factory: pytest.TempPathFactory, mails: list[tuple[list[bytes], list[bytes]]]
) -> None:
    written = [b"\n".join(h) + b"\n\n" + b"\n".join(b) + b"\n" for h, b in mails]
    content = b"".join(b"From x Mon Jan  6 10:00:00 2025\n" + m + b"\n" for m in written)
    file = tmp_path_factory.mktemp("split") / "m.mbox"
    file.write_bytes(content)
    assert [m.data for m in Mailbox(file)] == written


@given(st.binary(max_size=300))
def test_unquoted_takes_one_mark_a_line_and_nothing_else(data: bytes) -> None:
    assert unquoted(data.replace(b"From ", b"")) == data.replace(b"From ", b"")
