"""A newer export: replies go to the right case, whatever its name; the goods on their way back; one calendar of all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import OWN, desk_on, lamp

from recours.app.answer import answer
from recours.app.close import close
from recours.app.correct import correct
from recours.app.desk import Desk
from recours.app.goods import goods
from recours.app.open_case import open_case
from recours.app.refresh import refresh
from recours.app.send import sent
from recours.app.today import calendar
from recours.cli import main
from recours.law.facts import facts_of


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Desk, Path]:
    """The lamp under a name of the person's own, and an export in which the shop has answered once more."""
    desk = desk_on(tmp_path, "2026-07-20")
    open_case(desk, lamp_dispute().write(tmp_path / "mail.mbox"), name="my-lamp")
    box = lamp_dispute()
    text = "Bonjour,\n\nNous vous offrons un crédit en magasin de 100 $ pour votre commande AL-20417.\n"
    box.mail(SHOP, ME, "Re: Commande AL-20417 : lampe défectueuse", text, day="2026-07-15")
    return desk, box.write(tmp_path / "newer.mbox")


def run(folder: Path, *arguments: str) -> Result:
    store = ["--store", str(folder / "cases.recours"), "--screen", "en", "--today", "2026-07-20"]
    return CliRunner().invoke(main, [*store, *arguments], catch_exceptions=False)


def test_a_second_opening_finds_the_case_under_its_own_name(opened: tuple[Desk, Path]) -> None:
    desk, newer = opened
    again = open_case(desk, newer)
    assert again.was_open and again.case.id == "my-lamp" and again.new_messages == 1
    assert desk.store.cases() == ("my-lamp",)


def test_a_refresh_adds_the_reply_and_keeps_what_the_person_corrected(opened: tuple[Desk, Path]) -> None:
    desk, newer = opened
    correct(desk, "my-lamp", "P-4", in_dispute=False, reason="not this one")
    inside = len(desk.case("my-lamp").dispute)
    (one,) = refresh(desk, newer)
    assert [e.message.sender.name for e in one.new] == ["Atelier Lumen"]
    assert "offer_store_credit" in {a.act for a in one.new[0].acts}
    assert len(desk.case("my-lamp").dispute) == inside + 1
    (again,) = refresh(desk, newer)
    assert again.new == ()


def test_a_closed_case_is_left_alone_until_asked(opened: tuple[Desk, Path]) -> None:
    desk, newer = opened
    close(desk, "my-lamp", "abandoned", "enough")
    (one,) = refresh(desk, newer)
    assert one.closed and one.new == ()
    (one,) = refresh(desk, newer, closed_too=True)
    assert len(one.new) == 1


def test_a_mailbox_of_another_dispute_changes_nothing(opened: tuple[Desk, Path]) -> None:
    desk, _ = opened
    assert refresh(desk, OWN["boots-returned"] / "mailbox.mbox") == ()


def test_the_commands_tell_it(opened: tuple[Desk, Path], tmp_path: Path) -> None:
    _, newer = opened
    told = run(tmp_path, "refresh", str(newer)).output
    assert "my-lamp: new messages: 1." in told and "recours offers my-lamp" in told
    assert "nothing new" in run(tmp_path, "refresh", str(newer)).output
    assert "paid label" in run(tmp_path, "goods", "my-lamp").output
    feed = tmp_path / "all.ics"
    assert run(tmp_path, "today", "--ics", str(feed)).exit_code == 0 and feed.read_bytes().startswith(
        b"BEGIN"
    )


def test_one_calendar_for_all_open_cases_with_lasting_identifiers(tmp_path: Path) -> None:
    desk, _ = lamp(tmp_path)
    open_case(desk, OWN["boots-returned"] / "mailbox.mbox")
    first, second = (Calendar.from_ical(calendar(desk, "en")) for _ in range(2))
    uids = [str(e["uid"]) for e in first.walk("VEVENT")]
    assert len(uids) == len(set(uids)) > 2
    assert uids == [str(e["uid"]) for e in second.walk("VEVENT")]
    assert len({str(e["summary"]).rpartition("(")[2] for e in first.walk("VEVENT")}) == 2


def test_the_goods_step_by_step(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    before = goods(desk, case)
    assert before.where in ("offered", "unknown", "kept") and before.sent is None
    answer(desk, case, ["goods.available=yes", "return.offered=no"])
    assert goods(desk, case).where in ("kept", "offered")
    sent(desk, case, "return_slip", "2026-07-18", "courier")
    assert goods(desk, case).where == "returned" and goods(desk, case).risk == "nothing"
    (tmp_path / "receipt.txt").write_text("Carrier receipt RN123456789CA")
    sent(desk, case, "return_slip", "2026-07-18", "courier", tmp_path / "receipt.txt", "1Z999AA10123456784")
    assert facts_of(desk.case(case))["goods.returned_on"].isoformat() == "2026-07-18"  # type: ignore[union-attr]


def test_what_never_came_is_not_sent_back(tmp_path: Path) -> None:
    desk = desk_on(tmp_path, "2026-11-23")
    case = open_case(desk, OWN["never-came"] / "mailbox.mbox").case.id
    assert goods(desk, case).where == "never_came"
