"""Small whole mailboxes: which mails belong to the dispute, and what the case then tells.

small_mailboxes.yaml holds kinds of mail that were once passed over, taken in wrongly, or read wrongly.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from tests.mailboxes import ME, Box

from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.clock import Clock, parse_day
from recours.intake.from_mbox import Mailbox
from recours.money import Money
from recours.reading.dispute import find
from recours.reading.dispute_look import seen
from recours.reading.mime import triage
from recours.store.sqlite import Store


def _mailboxes() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("small_mailboxes.yaml").read_text(encoding="utf-8")
    return {box["about"]: box for box in yaml.safe_load(text)}


MAILBOXES = _mailboxes()


def written(about: str, folder: Path) -> tuple[Path, dict[str, str]]:
    """The mailbox's file, and the name of each mail by its Message-ID."""
    box = Box()
    ids: dict[str, str] = {}
    for mail in MAILBOXES[about]["mails"]:
        sender, to = (ME if mail[end] == "ME" else mail[end] for end in ("from", "to"))
        answered = ids.get(mail.get("answers", ""), "")
        ids[mail["is"]] = box.mail(
            sender, to, mail["subject"], mail["text"], day=mail["day"], reply_to=answered
        )
    return box.write(folder / "mailbox.mbox"), {number: name for name, number in ids.items()}


@pytest.mark.parametrize("about", MAILBOXES)
def test_every_mail_of_the_dispute_and_no_other(about: str, tmp_path: Path) -> None:
    file, names = written(about, tmp_path)
    best, *_ = find([seen(triage(m.content, m.place)) for m in Mailbox(file)])
    inside = {names[m.message] for m in best.members if m.in_dispute is True}
    assert inside == {mail["is"] for mail in MAILBOXES[about]["mails"] if mail["inside"]}
    asked = {names[m.message] for m in best.members if m.in_dispute == "unsure"}
    assert asked >= {mail["is"] for mail in MAILBOXES[about]["mails"] if mail.get("asked")}


@cache
def told(about: str) -> dict[str, str]:
    """What the case opened on the mailbox says of each fact, as words."""
    with TemporaryDirectory() as place:
        file, _ = written(about, Path(place))
        desk = Desk(Store(Path(place) / "cases.recours"), Clock(parse_day("2026-11-30")))
        case = open_case(desk, file).case
        desk.store.close()
    return {name: _words(fact.claim.value) for name, fact in case.facts.items() if fact.claim}


def _words(value: object) -> str:
    return f"{value.amount:.2f} {value.currency}" if isinstance(value, Money) else str(value)


@pytest.mark.parametrize("about", MAILBOXES)
def test_what_the_case_tells(about: str) -> None:
    """A fact that is null in the table must not be told."""
    wanted = MAILBOXES[about]["facts"]
    assert {name: told(about).get(name) for name in wanted} == wanted
