"""Cases for the tests of papers: opened by the real rooms, in a store of the test's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.mailboxes import lamp_dispute

from recours.app.add import add
from recours.app.answer import answer
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.clock import Clock
from recours.store.sqlite import Store

ROOT = Path(__file__).parents[2]
OWN = {"demo": ROOT / "src" / "recours" / "demo"} | {
    f.name: f for f in sorted((ROOT / "tests" / "cases").iterdir())
}


def desk_on(folder: Path, day: str) -> Desk:
    return Desk(Store(folder / "cases.recours"), Clock(date.fromisoformat(day)))


def lamp(folder: Path, day: str = "2026-07-20", *answers: str) -> tuple[Desk, str]:
    """The broken lamp, opened and answered."""
    desk = desk_on(folder, day)
    case = open_case(desk, lamp_dispute().write(folder / "mail.mbox")).case.id
    given = answers or (
        "consumer.is_consumer=oui",
        "contract.at_distance=oui",
        "problem.caused_by_consumer=non",
        "goods.new=oui",
    )
    answer(desk, case, list(given))
    return desk, case


def own(folder: Path, name: str, day: str, *answers: str, files: tuple[str, ...] = ()) -> tuple[Desk, str]:
    """One of the project's own mailboxes."""
    desk = desk_on(folder, day)
    case = open_case(desk, OWN[name] / "mailbox.mbox").case.id
    if files:
        add(desk, case, [OWN[name] / f for f in files])
    if answers:
        answer(desk, case, list(answers))
    return desk, case
