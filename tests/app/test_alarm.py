"""A shop that plays for time until the card's window is over: told early, on every screen, while it can be helped."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on

from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.today import alarms, calendar
from recours.cli import main
from recours.clock import Clock
from recours.outbox.promises import promises

SUBJECT = "Re: Commande AL-20417 : lampe défectueuse"
EARLY = "2026-08-20"


@pytest.fixture
def stalled(tmp_path: Path) -> tuple[Desk, str]:
    """The refund is put off three times; the last day given lies behind the network's 120 days from delivery."""
    box = lamp_dispute()
    for day, until in (("06-22", "30 juin"), ("07-03", "31 juillet"), ("08-03", "20 octobre")):
        text = f"Bonjour,\n\nNous vous rembourserons la commande AL-20417 d'ici le {until} 2026. Merci de patienter.\n"
        box.mail(SHOP, ME, SUBJECT, text, day=f"2026-{day}")
    desk = desk_on(tmp_path, EARLY)
    case = open_case(desk, box.write(tmp_path / "mail.mbox")).case.id
    answer(desk, case, ["consumer.is_consumer=oui", "contract.at_distance=oui", "goods.new=oui"])
    return desk, case


def run(desk: Desk, *arguments: str, day: str = EARLY, language: str = "en") -> str:
    given = ["--store", str(desk.store.path), "--today", day, "--screen", language, *arguments]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_promise_that_passes_the_window_alarms_months_before_its_end(stalled: tuple[Desk, str]) -> None:
    desk, case = stalled
    found = assess(desk, desk.case(case))
    assert promises(found.case).refund == date(2026, 10, 20)
    (alarm,) = alarms(found)
    assert alarm.until == date(2026, 10, 20)
    assert alarm.day and alarm.last and alarm.day <= alarm.last < alarm.until
    assert (alarm.day - desk.today).days > 30


@pytest.mark.parametrize(
    ("text", "refund", "other"),
    [
        ("Vous aurez une réponse d'ici le 30 octobre 2026.", None, date(2026, 10, 30)),
        ("We will get back to you by October 30, 2026.", None, date(2026, 10, 30)),
        ("You will receive your refund by October 30, 2026.", date(2026, 10, 30), None),
        ("Votre remboursement sera fait au plus tard le 30 octobre 2026.", date(2026, 10, 30), None),
        ("Merci de patienter.", None, None),
    ],
)
def test_a_promise_is_for_a_day(tmp_path: Path, text: str, refund: date | None, other: date | None) -> None:
    box = lamp_dispute()
    box.mail(SHOP, ME, SUBJECT, f"Commande AL-20417. {text}\n", day="2026-08-03")
    desk = desk_on(tmp_path, EARLY)
    case = open_case(desk, box.write(tmp_path / "mail.mbox")).case
    found = promises(case)
    assert (found.refund, found.other) == (refund, other)
    assert promises(desk.case(case.id)) == found


def test_without_the_promise_there_is_time_until_two_weeks_before(stalled: tuple[Desk, str]) -> None:
    desk, case = stalled
    (early,) = alarms(assess(desk, desk.case(case)))
    answer(desk, case, ["refund.promised_on=2026-08-25"], "they wrote again")
    assert alarms(assess(desk, desk.case(case))) == ()
    assert early.day
    later = Desk(desk.store, Clock(date.fromordinal(early.day.toordinal() - 15)))
    (alarm,) = alarms(assess(later, later.case(case)))
    assert alarm.until is None and alarm.day == early.day


@pytest.mark.parametrize(("language", "says"), [("en", "DO NOT WAIT"), ("fr", "N'ATTENDEZ PAS")])
def test_it_is_told_by_show_and_by_today(stalled: tuple[Desk, str], language: str, says: str) -> None:
    desk, case = stalled
    assert says in " ".join(run(desk, "show", case, language=language).split())
    assert says in " ".join(run(desk, "today", language=language).split())
    (told,) = json.loads(run(desk, "show", case, "--json"))["alarms"]
    assert told["until"] == "2026-10-20" and told["day"] < told["until"]


def test_a_calendar_knows_a_date_again_when_it_has_moved(stalled: tuple[Desk, str]) -> None:
    desk, case = stalled
    before = days_of(calendar(desk, "fr"))
    answer(desk, case, ["delivery.delivered_on=2026-06-10", "merchant.name=Lumen inc."], "the tracking page")
    after = days_of(calendar(desk, "fr"))
    moved = [uid for uid in before.keys() & after.keys() if before[uid] != after[uid]]
    assert moved and all("@recours" in uid for uid in moved)


def days_of(feed: bytes) -> dict[str, date]:
    return {str(e["UID"]): e.decoded("DTSTART") for e in Calendar.from_ical(feed).walk("VEVENT")}


def test_two_cases_of_one_title_have_dates_of_their_own(stalled: tuple[Desk, str]) -> None:
    desk, case = stalled
    count = len(days_of(calendar(desk, "fr")))
    journal = desk.store.journal(case)
    desk.store.append("other", [(e.kind, e.payload) for e in journal], by="me", at=journal[0].at, new=True)
    assert len(days_of(calendar(desk, "fr"))) == 2 * count


# ---------------------------------------------------------------- the notification


def test_one_notification_when_something_cannot_wait(
    stalled: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, case = stalled
    ran: list[list[str]] = []

    def noted(arguments: list[str], **options: object) -> None:
        assert "shell" not in options
        ran.append(arguments)

    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", noted)
    run(desk, "today", "--notify")
    assert len(ran) == 1 and ran[0][0].endswith("notify-send") and "DO NOT WAIT" in ran[0][-1]
    answer(desk, case, ["refund.promised_on=2026-08-25"], "they wrote again")
    run(desk, "today", "--notify")
    assert len(ran) == 1


@pytest.mark.parametrize("fault", ["missing", "failed"])
def test_where_nothing_shows_it_one_sentence_says_so(
    stalled: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    desk, _ = stalled

    def failing(arguments: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, arguments)

    monkeypatch.setattr(shutil, "which", lambda name: name if fault == "failed" else None)
    monkeypatch.setattr(subprocess, "run", failing)
    assert "No notification could be shown" in run(desk, "today", "--notify")
