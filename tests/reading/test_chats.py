"""Chats and text messages: every entry with its moment, who said it and where it lies; no day is guessed."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from recours.intake.from_files import take
from recours.intake.types import Item, Place
from recours.reading.chats import chats

EST = timezone(timedelta(hours=-5))


def item(text: str, name: str = "chat.txt") -> Item:
    data = text.encode()
    return Item(
        sha256=hashlib.sha256(data).hexdigest(),
        kind="chat",
        name=name,
        media_type="text/plain",
        data=data,
        place=Place(file=name, length=len(data)),
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("12/03/2026, 14:05 - Ana: hi", "25/03/2026, 14:06 - Shop: hello"),
        ("12/03/2026 à 14:05 - Ana: hi", "25/03/2026 à 14:06 - Shop: hello"),
        ("3/12/26, 2:05\u202fPM - Ana: hi", "3/25/26, 2:06\u202fPM - Shop: hello"),
        ("2026-03-12 14 h 05 - Ana: hi", "2026-03-25 14 h 06 - Shop: hello"),
        ("2026-03-12, 2:05 p.m. - Ana: hi", "2026-03-25, 2:06 p.m. - Shop: hello"),
        ("[12/03/2026 14:05:00] Ana: hi", "\u200e[25/03/2026 14:06:00] ~\u202fShop: hello"),
        ("[2026-03-12, 2:05:00 PM] Ana: hi", "[2026-03-25, 2:06:00 PM] Shop: hello"),
        ("12.03.26, 14:05 - Ana: hi", "25.03.26, 14:06 - Shop: hello"),
        ("Ana (2026-03-12 14:05): hi", "Shop (2026-03-25 14:06): hello"),
        ("12 mars 2026\n[14:05] Ana: hi\n[14:05] Ana: well", "25 mars 2026\n[14:06] Shop: hello"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_export_dates_and_names_its_entries(one: str, two: str, end: str, tmp_path: Path) -> None:
    text = end.join([*one.split("\n"), *two.split("\n"), "second line", ""])
    file = tmp_path / "chat.txt"
    file.write_bytes(text.encode())
    assert take(file).kind == "chat"
    found = chats(item(text), EST)
    first, last = found[0], found[-1]
    assert (first.date, first.sender.name, first.text) == (
        datetime(2026, 3, 12, 14, 5, tzinfo=EST),
        "Ana",
        "hi",
    )
    assert (last.date, last.sender.name) == (datetime(2026, 3, 25, 14, 6, tzinfo=EST), "Shop")
    assert last.text == "hello\nsecond line"
    for message in found:
        place = message.place
        ground = text.encode()[place.offset : place.offset + place.length].decode()
        assert message.text.split("\n")[0] in ground and message.sender.name in ground
    assert [m.id for m in found] == [f"chat.txt#{n}" for n in range(1, len(found) + 1)]


def test_a_day_that_the_file_leaves_open_is_asked_and_not_guessed() -> None:
    found = chats(item("03/04/2026, 14:05 - Ana: hi\n05/05/2026, 14:06 - Shop: hello\n"), EST)
    assert [m.date for m in found] == [None, datetime(2026, 5, 5, 14, 6, tzinfo=EST)]
    assert "2026-03-04 or 2026-04-03" in found[0].problems[0].what


def test_the_order_of_the_entries_tells_day_and_month() -> None:
    text = "03/04/2026, 14:05 - Ana: hi\n04/04/2026, 14:06 - Shop: hello\n01/05/2026, 9:00 - Ana: well?\n"
    assert [m.date and m.date.date().isoformat() for m in chats(item(text), EST)] == [
        "2026-04-03",
        "2026-04-04",
        "2026-05-01",
    ]


def test_what_the_program_wrote_is_nobodys_word() -> None:
    text = (
        "13/04/2026, 14:04 - Messages and calls are end-to-end encrypted.\n13/04/2026, 14:05 - Ana: hi\n"
        "13/04/2026, 14:05 - Shop changed the subject\n13/04/2026, 14:06 - Shop: <Media omitted>\n"
    )
    assert [(m.sender.name, m.text) for m in chats(item(text), EST)] == [
        ("Ana", "hi"),
        ("Shop", "<Media omitted>"),
    ]


def test_impossible_days_and_hours_are_said() -> None:
    text = "[31/02/2026 14:05:00] Ana: hi\n[13/02/2026 25:99:00] Shop: hello\n"
    assert all(m.date is None and m.problems for m in chats(item(text), EST))


SMS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="3">
  <sms address="+15145550100" date="1773342300000" type="2" body="La lampe ne marche pas &amp; je veux un remboursement" contact_name="Boutique" />
  <sms address="+15145550100" date="1773342360000" type="1" body="Non.&#10;Désolé" contact_name="Boutique" />
  <mms address="+15145550100" date="1773342420000" msg_box="1" contact_name="(Unknown)"><parts>
    <part ct="image/jpeg" name="p.jpg" data="AAAA" /><part ct="text/plain" text="Voyez" /></parts></mms>
</smses>
"""


def test_text_messages_say_their_moment_and_side(tmp_path: Path) -> None:
    file = tmp_path / "sms.xml"
    file.write_text(SMS, encoding="utf-8")
    taken = take(file)
    assert taken.kind == "chat"
    first, second, third = chats(taken, EST)
    assert first.date == datetime(2026, 3, 12, 14, 5, tzinfo=EST)
    assert (first.to[0].name, first.sender.name, first.text) == (
        "Boutique",
        "",
        "La lampe ne marche pas & je veux un remboursement",
    )
    assert (second.sender.name, second.text) == ("Boutique", "Non.\nDésolé")
    assert (third.sender.name, third.text) == ("+15145550100", "Voyez")
    ground = taken.data[second.place.offset : second.place.offset + second.place.length]
    assert ground.startswith(b"<sms") and "Désolé".encode() in ground


def test_a_damaged_export_gives_what_it_holds_and_says_where_it_stops() -> None:
    found = chats(item(SMS[: SMS.index("<mms") + 20], "sms.xml"), EST)
    assert len(found) == 2 and "damaged" in found[-1].problems[-1].what


def test_entities_do_not_grow(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE smses [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n' + SMS.partition("\n")[2]
    file = tmp_path / "sms.xml"
    file.write_text(bomb, encoding="utf-8")
    assert take(file).kind == "note"
    hidden = item(" " * 5000 + bomb, "sms.xml")
    assert chats(hidden, EST) == ()
