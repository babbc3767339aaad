"""A mailbox that grew is read only where it grew, and what is found is what a search of the whole finds."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from tests.mailboxes import ME, SHOP, Box, lamp_dispute

from recours.app import found as found_module
from recours.app import kept as kept_module
from recours.app.desk import Desk
from recours.app.found import Found, search
from recours.app.kept import outlines_file
from recours.clock import Clock
from recours.intake import from_mbox
from recours.intake.from_mbox import Mailbox
from recours.intake.sources import RawMail, Reader
from recours.intake.types import Place
from recours.store.sqlite import Store


@pytest.fixture(autouse=True)
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "LARGE", 0)
    monkeypatch.setattr(from_mbox, "_HEADERS", 2000)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of each message that is read for a look."""
    numbers: list[int] = []
    real = Reader.beginning

    def counted(self: Reader, place: Place, size: int) -> RawMail:
        numbers.append(place.position)
        return real(self, place, size)

    monkeypatch.setattr(Reader, "beginning", counted)
    monkeypatch.setattr(found_module, "find", lambda *_: ())  # which reads some again, to weigh them
    return numbers


def desk(folder: Path) -> Desk:
    folder.mkdir(exist_ok=True)
    return Desk(Store(folder / "cases.recours"), Clock(date(2026, 7, 1)))


def searched(folder: Path, file: Path) -> Found:
    return search(desk(folder), Mailbox(file), "", lambda *_: None)


def box(mails: int = 30) -> Box:
    made = lamp_dispute()
    for n in range(mails):
        made.mail("Anne <anne@friends.example>", ME, f"Dinner {n}", "Shall we meet on Friday?\n" * 9)
    return made


def test_only_what_was_added_is_read(tmp_path: Path, read: list[int]) -> None:
    made = box()
    count = len(made.mails)
    searched(tmp_path / "a", made.write(tmp_path / "box.mbox"))
    assert read == [*range(1, count + 1)]
    read.clear()
    made.mail(SHOP, ME, "late", "We refuse.")
    assert searched(tmp_path / "a", made.write(tmp_path / "box.mbox")).messages == count + 1
    assert read[-1] == count + 1
    assert read[0] > count - 6


@pytest.mark.parametrize("change", ["grown", "a message taken out", "another put before", "another mailbox"])
def test_the_same_is_found_as_in_a_search_of_the_whole(tmp_path: Path, change: str) -> None:
    made, file = box(), tmp_path / "box.mbox"
    searched(tmp_path / "a", made.write(file))
    made.mail(
        ME, SHOP, "Lampe AL-20417", "La lampe de la commande AL-20417 est brisée. Je veux un remboursement."
    )
    if change == "a message taken out":
        del made.mails[20]
        made.mail("Anne <anne@friends.example>", ME, "Dinner", "And on Saturday?\n" * 400)
    elif change == "another put before":
        made.mails.insert(3, made.mails[-1])
    elif change == "another mailbox":
        made.mails = [mail.replace(b"Friday", b"Monday") for mail in made.mails]
    grown = searched(tmp_path / "a", made.write(file))
    assert grown == searched(tmp_path / "b", file)
    assert grown.candidates


@pytest.mark.parametrize("damage", [b"", b"nothing of the kind", None])
def test_damaged_outlines_cost_time_only(tmp_path: Path, damage: bytes | None) -> None:
    made, file = box(), tmp_path / "box.mbox"
    searched(tmp_path / "a", made.write(file))
    outlines = outlines_file(tmp_path / "a" / "cases.recours")
    whole = bytearray(outlines.read_bytes())
    whole[len(whole) // 2] ^= 1
    outlines.write_bytes(bytes(whole) if damage is None else damage)
    made.mail(SHOP, ME, "late", "We refuse.")
    assert searched(tmp_path / "a", made.write(file)) == searched(tmp_path / "b", file)


def test_what_is_kept_is_private_and_tells_nothing_without_the_mailbox(tmp_path: Path) -> None:
    made, file = box(), tmp_path / "box.mbox"
    searched(tmp_path / "a", made.write(file))
    outlines = outlines_file(tmp_path / "a" / "cases.recours")
    assert os.name == "nt" or outlines.stat().st_mode & 0o077 == 0
    assert b"box.mbox" not in outlines.read_bytes()
    assert b"offsets" not in outlines.read_bytes()
    made.write(tmp_path / "other.mbox")
    assert not kept_module.Outlines(
        tmp_path / "a" / "cases.recours", Mailbox(tmp_path / "other.mbox"), "1"
    ).known
