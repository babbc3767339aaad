"""What a person adds to a case: chats with who said it, archives and folders of pieces, mailboxes within reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.mailboxes import lamp_dispute
from tests.papers.cases import desk_on

from recours.app.add import MAX_MAILS, WholeMailboxError, add
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.casefile.types import Entry

CASE = "lamp"
CHAT = (
    "[13/07/2026 14:05:00] Luc Tremblay: Bonjour, la lampe ne marche pas, je veux un remboursement.\n"
    "[13/07/2026 14:06:00] Boutique: Nous refusons de rembourser.\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = desk_on(tmp_path, "2026-07-20")
    open_case(desk, lamp_dispute().write(tmp_path / "mail.mbox"), name=CASE)
    return desk


def chats(desk: Desk) -> list[Entry]:
    return [e for e in desk.case(CASE).entries if e.message.kind == "chat"]


def own_name(desk: Desk) -> str:
    return next(e.message.sender.name for e in desk.case(CASE).entries if e.membership.direction == "sent")


def test_a_chat_tells_each_side_by_its_name(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "chat.txt"
    file.write_text(CHAT.replace("Luc Tremblay", own_name(desk)), encoding="utf-8")
    add(desk, CASE, [file])
    mine, theirs = chats(desk)
    assert (mine.membership.direction, theirs.membership.direction) == ("sent", "received")
    assert "demand_refund" in {a.act for a in mine.acts if a.by == "consumer"}
    assert {a.by for a in theirs.acts} == {"merchant"}


def test_a_chat_of_strangers_is_kept_and_its_sides_are_left_open(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "chat.txt"
    file.write_text(CHAT.replace("Luc Tremblay", "Xyzzy"), encoding="utf-8")
    add(desk, CASE, [file])
    assert [e.membership.direction for e in chats(desk)] == ["other", "other"]


def test_archives_of_chats_of_one_name_stay_apart(desk: Desk, tmp_path: Path) -> None:
    for name, text in (("a.zip", CHAT), ("b.zip", CHAT.replace("14:", "15:"))):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("_chat.txt", text)
            archive.writestr("../../voice.opus", b"OggS")
    added = add(desk, CASE, [tmp_path / "a.zip", tmp_path / "b.zip"])
    assert [e.message.id for e in chats(desk)] == [
        "a/_chat.txt#1",
        "a/_chat.txt#2",
        "b/_chat.txt#1",
        "b/_chat.txt#2",
    ]
    assert len(added.kept) == 3  # the same voice note twice is one
    assert not (tmp_path.parent / "voice.opus").exists()
    again = add(desk, CASE, [tmp_path / "a.zip"])
    assert not again.kept and len(again.known) == 2


def test_two_chats_of_one_file_name_are_two(desk: Desk, tmp_path: Path) -> None:
    for folder, text in (("one", CHAT), ("two", CHAT.replace("14:", "15:"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "_chat.txt").write_text(text, encoding="utf-8")
        add(desk, CASE, [tmp_path / folder / "_chat.txt"])
    assert len({e.message.id for e in chats(desk)}) == 4


def test_of_a_phones_text_messages_only_the_talk_with_the_shop_is_read(desk: Desk, tmp_path: Path) -> None:
    shop = next(e.message.sender for e in desk.case(CASE).entries if e.membership.direction == "received")
    lines = "".join(
        f'<sms address="{number}" date="1783{n}52000000" type="{kind}" body="{body}" contact_name="{who}" />'
        for n, (number, kind, body, who) in enumerate(
            [
                ("+15145550100", 2, "Je veux un remboursement de la lampe", shop.name),
                ("+15145550100", 1, "Non, nous refusons de rembourser", shop.name),
                ("+15145550199", 1, "Tu viens souper dimanche", "Maman"),
            ]
        )
    )
    file = tmp_path / "sms.xml"
    file.write_text(f'<?xml version="1.0"?><smses count="3">{lines}</smses>', encoding="utf-8")
    add(desk, CASE, [file])
    found = {e.message.id: e for e in chats(desk)}
    assert [found[f"sms.xml#{n}"].membership.in_dispute for n in (1, 2, 3)] == [True, True, False]
    assert [found[f"sms.xml#{n}"].membership.direction for n in (1, 2)] == ["sent", "received"]
    assert found["sms.xml#3"].message.text == ""


def test_a_folder_of_pieces_is_added_whole(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "preuves"
    (folder / "appels").mkdir(parents=True)
    (folder / "appels" / "calls.md").write_text("## 2026-07-14, 14 h\nIl a dit non.\n", encoding="utf-8")
    (folder / "recu.txt").write_text("payé", encoding="utf-8")
    added = add(desk, CASE, [folder])
    assert [(k.item, k.name) for k in added.kept] == [
        ("call", "preuves/appels/calls.md"),
        ("note", "preuves/recu.txt"),
    ]


def test_a_whole_mailbox_is_opened_and_not_added(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "all.mbox"
    file.write_bytes(
        b"From - Mon Jun  1 09:00:00 2026\nFrom: a@b.example\nSubject: x\n\nhi\n\n" * (MAX_MAILS + 1)
    )
    with pytest.raises(WholeMailboxError, match="recours open"):
        add(desk, CASE, [file])
