"""winmail.dat: the files and the words in it are the mail's; a damaged one is said, and never breaks the reader."""

from __future__ import annotations

import base64
import os
import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from recours.intake.types import Place
from recours.reading.mime import read_mail
from recours.reading.tnef import SIGNATURE, unpack_tnef

EXAMPLES = int(os.environ.get("HYPOTHESIS_MAX", "150"))


def attribute(name: int, value: bytes, level: int = 1) -> bytes:
    return struct.pack("<BII", level, name, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def long_name(name: str) -> bytes:
    value = name.encode("utf-16-le") + b"\x00\x00"
    padded = value + b"\x00" * (-len(value) % 4)
    number = struct.pack("<HHI", 0x0003, 0x3705, 1)  # a property before it: how the file is attached
    return struct.pack("<I", 2) + number + struct.pack("<HHII", 0x001F, 0x3707, 1, len(value)) + padded


WINMAIL = b"".join(
    [
        SIGNATURE + b"\x01\x00",
        attribute(0x00069007, struct.pack("<II", 1252, 0)),
        attribute(0x0002800C, "Nous refusons, désolé.\r\nMarc\x00".encode("cp1252")),
        attribute(0x00069002, b"\x01\x00" + bytes(12), 2),
        attribute(0x00018010, b"FACTUR~1.TXT\x00", 2),
        attribute(0x0006800F, b"Facture 129 $", 2),
        attribute(0x00069005, long_name("Facture été.txt"), 2),
        attribute(0x00069002, b"\x01\x00" + bytes(12), 2),
        attribute(0x00018010, b"photo.jpg\x00", 2),
        attribute(0x0006800F, b"\xff\xd8\xff\xe0x", 2),
    ]
)


def mail(data: bytes) -> bytes:
    return (
        b"From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: application/ms-tnef\n"
        b"Content-Disposition: attachment; filename=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(data)
    )


def test_its_files_and_words_are_the_mails() -> None:
    parsed = read_mail(mail(WINMAIL), Place(file="x"))
    assert parsed.message.text == "Nous refusons, désolé.\nMarc"
    found = {a.name: a for a in parsed.message.attachments}
    assert set(found) == {"Facture été.txt", "photo.jpg", "winmail.dat"}
    assert parsed.parts[found["Facture été.txt"].sha256] == b"Facture 129 $"
    assert found["photo.jpg"].media_type == "image/jpeg"
    assert parsed.parts[found["winmail.dat"].sha256] == WINMAIL
    assert not parsed.message.problems or all("winmail" not in p.what for p in parsed.message.problems)


def test_a_cut_one_gives_what_it_holds_and_is_said() -> None:
    message = read_mail(mail(WINMAIL[:-20]), Place(file="x")).message
    assert [a.name for a in message.attachments] == ["Facture été.txt", "winmail.dat"]
    assert any("winmail.dat is damaged" in p.what for p in message.problems)


@given(st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_bytes(data: st.DataObject) -> None:
    whole = bytearray(WINMAIL)
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = unpack_tnef(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    assert sum(len(content) for _, content in found.files) <= len(whole)
