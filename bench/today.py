"""``recours today`` over many cases: the first look, the next, and the look after one case has changed.

Run: python -m bench.today [CASES]     each look in a process of its own, wall time from start to end.  The peer, in the
same run, is ``recours show`` of one case of the same store.  Goal: under a second for 1,000 cases from the second look
of the day on; the first look of a day reads every case anew.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.mailboxes import lamp_dispute

from recours.app.answer import answer
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.clock import Clock
from recours.store.sqlite import Store

DAY = "2026-08-20"
TURNS = 5


def many(folder: Path, cases: int) -> Desk:
    """The same dispute in so many cases, each with facts of its own."""
    desk = Desk(Store(folder / "cases.recours"), Clock(date.fromisoformat(DAY)))
    first = open_case(desk, lamp_dispute().write(folder / "mail.mbox")).case.id
    answer(desk, first, ["consumer.is_consumer=yes", "contract.at_distance=yes", "goods.new=yes"])
    journal = desk.store.journal(first)
    for n in range(1, cases):
        name = f"case-{n:05}"
        desk.store.append(
            name, [(e.kind, e.payload) for e in journal], by="bench", at=journal[0].at, new=True
        )
        answer(
            desk, name, [f"order.total={100 + n}.00 CAD", f"delivery.delivered_on=2026-06-{n % 28 + 1:02}"]
        )
    return desk


def took(store: Path, *words: str) -> float:
    """Seconds of one command in a process of its own."""
    start = time.perf_counter()
    command = [str(Path(sys.executable).with_name("recours")), "--store", str(store), "--today", DAY, *words]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="recours-") as place:
        desk = many(Path(place), cases)
        store = desk.store.path
        one = min(took(store, "show", "case-00001") for _ in range(TURNS))
        first = took(store, "today")
        again = min(took(store, "today") for _ in range(TURNS))
        changed = []
        for n in range(TURNS):
            answer(desk, f"case-{n + 1:05}", [f"order.total={500 + n}.00 CAD"], "bench")
            changed.append(took(store, "today"))
    print(
        f"today over {cases} cases, seconds of wall time; in brackets, times `show` of one case ({one:.2f} s)"
    )
    rows = (("first look of the day", first), ("next look", again), ("after one case changed", min(changed)))
    for name, seconds in rows:
        print(f"  {name:24}{seconds:8.2f}  ({seconds / one:.1f}x)")


if __name__ == "__main__":
    main()
