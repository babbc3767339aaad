"""Members of a zip archive come out as they went in, in pieces, or are said to be broken."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.intake.inflate import BROKEN, PIECE, inflated

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)


def archive(data: bytes, method: int, level: int | None = None) -> zipfile.ZipFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method, compresslevel=level) as writing:
        writing.writestr("first.txt", b"before it")
        writing.writestr("boîte.mbox", data)
    return zipfile.ZipFile(made)


@given(st.binary(max_size=5000), st.integers(1, 300), st.sampled_from(METHODS), st.integers(1, 9))
def test_what_went_in_comes_out(text: bytes, times: int, method: int, level: int) -> None:
    packed = archive(text * times, method, level)
    pieces = list(inflated(packed, packed.getinfo("boîte.mbox")))
    assert b"".join(pieces) == text * times
    assert all(0 < len(piece) <= PIECE for piece in pieces)


def test_a_member_that_grows_thousandfold_comes_in_small_pieces() -> None:
    packed = archive(b"\0" * 50_000_000, zipfile.ZIP_DEFLATED)
    assert {len(piece) for piece in inflated(packed, packed.infolist()[1])} <= {PIECE, 50_000_000 % PIECE}


@pytest.mark.parametrize("damage", ["cut", "flipped", "sum"])
def test_a_broken_member_says_so(damage: str) -> None:
    packed = archive(random.Random(1).randbytes(400_000), zipfile.ZIP_DEFLATED)
    member = packed.infolist()[1]
    if damage == "cut":
        member.compress_size -= 1000
    elif damage == "flipped":
        assert isinstance(packed.fp, io.BytesIO)
        packed.fp.getbuffer()[member.header_offset + 200_000] ^= 0xFF
    else:
        member.CRC ^= 1
    with pytest.raises(BROKEN):
        list(inflated(packed, member))
