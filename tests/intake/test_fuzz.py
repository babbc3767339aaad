"""Any bytes at all: nothing raises, nothing is lost, nothing hangs.  A short run; lengthen it with --hypothesis-profile.

A long run: HYPOTHESIS_MAX=100000 pytest tests/intake/test_fuzz.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mailboxes import lamp_dispute

from recours.intake.errors import EmptyMailboxError, NotAMailboxError
from recours.intake.from_mbox import Mailbox
from recours.intake.types import Place
from recours.reading.mime import read_mail, triage

EXAMPLES = int(os.environ.get("HYPOTHESIS_MAX", "150"))
MAILS = lamp_dispute().mails
PIECES = st.sampled_from(
    [
        b"From ",
        b"\nFrom x\n",
        b"\n>From ",
        b"\r\n\r\n",
        b"\x00",
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n",
        b"--a--\n",
        b"Content-Transfer-Encoding: base64\n\n",
        b"Content-Type: text/plain; charset=nonesuch\n\n",
        b"Date: Thu, 31 Feb 2087 99:99:99 +9900\n",
        b"Subject: =?utf-8?Q?=FF=FE?=\n",
        b'Content-Disposition: attachment; filename="../../x\x07"\n',
        "é\u202e😀".encode(),
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A mail with pieces cut out, doubled and put in."""
    data = bytearray(draw(st.sampled_from(MAILS)))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 40))
        data[at : at + cut] = draw(st.one_of(PIECES, st.binary(max_size=30)))
    return bytes(data)


@given(st.one_of(damaged(), st.binary(max_size=2000)))
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_bytes_are_read_and_looked_at(data: bytes) -> None:
    place = Place(file="x")
    parsed = read_mail(data, place)
    assert parsed.message.id
    assert triage(data, place).id == parsed.message.id
    for attachment in parsed.message.attachments:
        assert len(parsed.parts[attachment.sha256]) == attachment.size


@given(st.lists(damaged(), min_size=1, max_size=6))
@settings(max_examples=EXAMPLES // 3, deadline=None)
def test_every_byte_of_a_mailbox_lies_in_one_message(
    tmp_path_factory: pytest.TempPathFactory, mails: list[bytes]
) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "box.mbox"
    file.write_bytes(b"".join(b"From - Mon Jun  1 09:00:00 2026\n" + m + b"\n\n" for m in mails))
    try:
        box = Mailbox(file)
    except (NotAMailboxError, EmptyMailboxError):
        return
    places = list(box.places())
    ends = [p.offset + p.length for p in places]
    assert all(a <= b.offset for a, b in zip(ends, places[1:], strict=False))
    assert file.stat().st_size - sum(p.length for p in places) <= sum(200 for _ in places)
    assert [raw.place for raw in box] == places


def test_a_hundred_levels_of_parts_are_read(tmp_path: Path) -> None:
    deep = b"innermost\n"
    for level in range(100):
        deep = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%s\n--b%d--\n" % (
            level,
            level,
            deep,
            level,
        )
    message = read_mail(b"From: a@b.example\nSubject: deep\n" + deep, Place(file=str(tmp_path))).message
    assert message.subject == "deep"


def test_a_hostile_name_is_a_name_and_nothing_else() -> None:
    name = "../" * 50 + "x" * 10_000
    mail = (
        b"From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: application/pdf\n"
        b'Content-Disposition: attachment; filename="' + name.encode() + b'"\n\nx\n'
    )
    found = read_mail(mail, Place(file="x")).message.attachments
    assert len(found) == 1
