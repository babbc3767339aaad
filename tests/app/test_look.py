"""Notes of a look: only what is new is looked at, nothing is taken for another's, and without the mailbox they tell nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mailboxes import ME, SHOP, Box

from recours.app import look as look_module
from recours.app.look import HEAD, Looking, look
from recours.app.notes import MOST, Keeping, Note, Notes, key_of, seal, unseal
from recours.intake.from_mbox import Mailbox
from recours.reading.dispute_look import Seen


@pytest.fixture
def how(tmp_path: Path) -> Looking:
    return Looking(version="1", notes=tmp_path / "notes")


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The subject of each message that is really looked at."""
    told: list[str] = []
    real = vars(look_module)["seen"]

    def counted(line, about):  # type: ignore[no-untyped-def]  # stands in for seen(), whatever it is given
        told.append(line.subject)
        return real(line, about)

    monkeypatch.setattr(look_module, "seen", counted)
    return told


def _box() -> Box:
    box = Box()
    box.mail(SHOP, ME, "Order 77-4410 confirmed", "Thank you for your order 77-4410. Total: $120.00")
    box.mail(ME, SHOP, "It is broken", "The lamp of order 77-4410 arrived broken. I want a refund.")
    box.mail(ME, SHOP, "long", "Order 77-4410 is broken. " * 9000)
    return box


def _look(file: Path, how: Looking) -> list[Seen]:
    return look(Mailbox(file), lambda *_: None, how)


def test_of_a_mailbox_that_grew_only_the_new_message_is_looked_at(
    tmp_path: Path, how: Looking, looked_at: list[str]
) -> None:
    box = _box()
    first = _look(box.write(tmp_path / "box.mbox"), how)
    box.mail(SHOP, ME, "late", "We refuse.")
    looked_at.clear()
    again = _look(box.write(tmp_path / "box.mbox"), how)
    assert looked_at == ["late"]
    assert again[:-1] == first
    assert again == _look(tmp_path / "box.mbox", Looking())
    assert again[0].line.date is not None
    assert again[0].line.date.isoformat().endswith("-04:00")


def test_a_new_export_in_another_order_and_form_is_known(
    tmp_path: Path, how: Looking, looked_at: list[str]
) -> None:
    box = _box()
    _look(box.write(tmp_path / "box.mbox"), how)
    box.mails.reverse()
    looked_at.clear()
    assert len(_look(box.write(tmp_path / "other name.mbox"), how)) == 3
    assert looked_at == []


def test_a_message_changed_where_it_stands_is_looked_at_again(
    tmp_path: Path, how: Looking, looked_at: list[str]
) -> None:
    file = _box().write(tmp_path / "box.mbox")
    before, state = _look(file, how), file.stat()
    file.write_bytes(file.read_bytes().replace(b"The lamp of order 77-4410", b"The lamp of order 99-4410"))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    looked_at.clear()
    after = _look(file, how)
    assert looked_at == ["It is broken"]
    assert before[1].orders == {"77-4410"}
    assert after[1].orders == {"99-4410"}


def test_another_version_of_the_search_and_the_person_s_words_look_anew(
    tmp_path: Path, how: Looking, looked_at: list[str]
) -> None:
    file = _box().write(tmp_path / "box.mbox")
    asked = _look(file, how._replace(about="lamp"))
    assert [one.asked for one in asked] == [False, True, False]
    looked_at.clear()
    assert not any(one.asked for one in _look(file, how))
    assert looked_at == []
    assert [one.asked for one in _look(file, how._replace(about="lamp"))] == [False, True, False]
    _look(file, how._replace(version="2"))
    assert len(looked_at) == 6


def test_the_notes_are_private_and_say_nothing_without_the_mailbox(tmp_path: Path, how: Looking) -> None:
    box = _box()
    box.mail("Anne <anne@friends.example>", ME, "Dinner at the harbour", "Shall we meet on Friday?")
    _look(box.write(tmp_path / "box.mbox"), how)
    assert how.notes is not None
    data = how.notes.read_bytes()
    assert len(Notes(how.notes)._places) == 4
    for word in (b"anne", b"friends", b"harbour", b"77-4410", b"atelierlumen", b"Friday"):
        assert word not in data
    assert os.name == "nt" or how.notes.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("damage", [b"", b"other", b"recours notes 1\n" + b"x" * 90])
def test_damaged_notes_cost_time_only(
    tmp_path: Path, how: Looking, looked_at: list[str], damage: bytes
) -> None:
    file = _box().write(tmp_path / "box.mbox")
    first = _look(file, how)
    assert how.notes is not None
    how.notes.write_bytes(damage or how.notes.read_bytes()[:-7])
    assert _look(file, how) == first
    assert len(looked_at) == (4 if not damage else 6)
    assert _look(file, how) == first
    assert len(looked_at) == (4 if not damage else 6)


def test_a_changed_note_is_not_believed_and_is_made_again(
    tmp_path: Path, how: Looking, looked_at: list[str]
) -> None:
    file = _box().write(tmp_path / "box.mbox")
    first = _look(file, how)
    assert how.notes is not None
    data = bytearray(how.notes.read_bytes())
    data[60] ^= 1
    how.notes.write_bytes(data)
    assert _look(file, how) == first == _look(file, how)
    assert len(looked_at) == 4


def test_a_look_that_was_broken_off_goes_on_from_there(
    tmp_path: Path, how: Looking, looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _box().write(tmp_path / "box.mbox")
    monkeypatch.setattr(look_module, "BATCH", 1)

    def stop(_stage: str, done: int, total: int) -> None:
        if len(looked_at) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look(Mailbox(file), stop, how)
    looked_at.clear()
    assert len(_look(file, how)) == 3
    assert looked_at == ["long"]


def test_two_processes_give_the_same(tmp_path: Path, how: Looking) -> None:
    file = _box().write(tmp_path / "box.mbox")
    one = look(Mailbox(file), lambda *_: None, how, workers=2)
    two = look(Mailbox(file), lambda *_: None, how, workers=2)
    assert one == two == _look(file, Looking())


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, how: Looking) -> None:
    file = _box().write(tmp_path / "box.mbox")
    assert len(_look(file, how._replace(notes=tmp_path / "no such folder" / "notes"))) == 3


def test_a_long_mail_that_needs_all_its_bytes_is_known_by_all_of_them(
    tmp_path: Path, how: Looking, looked_at: list[str]
) -> None:
    mail = b"From: a@b.example\nSubject: nameless\n\n" + b"x" * (HEAD + 9)
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "1.eml").write_bytes(mail + b"1\n")
    (folder / "2.eml").write_bytes(mail + b"2\n")
    first = _look(folder, how)
    assert first[0].line.id != first[1].line.id
    assert _look(folder, how) == first
    assert len(looked_at) == 2


def test_the_latest_used_stay_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "notes"
    names = [bytes([n]) * 16 for n in range(4)]
    with Keeping(file) as keeping:
        keeping.take(Note(name, b"x" * 20) for name in names[:3])
    monkeypatch.setattr("recours.app.notes.MOST", 3)
    with Keeping(file) as keeping:
        keeping.take([Note(names[0]), Note(names[3], b"y" * 20)])
    assert list(Notes(file)) == [names[2], names[0], names[3]]
    assert MOST > 100_000


@given(st.binary(), st.binary(), st.text())
def test_what_was_sealed_opens_with_its_own_bytes_only(note: bytes, looked_at: bytes, how: str) -> None:
    key = key_of(looked_at, how)
    sealed = seal(note, key)
    assert unseal(sealed, key) == note
    for other in (key_of(looked_at + b"x", how), key_of(looked_at, how + "x")):
        assert other.name != key.name
        assert unseal(sealed, other) is None


def test_text_is_read_again_where_it_is_asked_for(tmp_path: Path) -> None:
    mailbox = Mailbox(_box().write(tmp_path / "box.mbox"))
    looker, lines = look_module.Looker(mailbox.reader), [one.line for one in look(mailbox, lambda *_: None)]
    assert [line.body for line in lines] == ["", "", ""]
    assert looker.text(lines[1]) == "The lamp of order 77-4410 arrived broken. I want a refund.\n"
    assert len(looker.text(lines[2])) == 6000
