"""How many questions does a case ask before the demand says all that it will say?  Goal 6, at most 12.

Run: python -m bench.questions
A question is one fact that the person must state; files added are none.  The demand is ready when it can be written
and no answer to a later question changes the articles that it cites.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools.walks import Walk, walks

from recours.app.add import add
from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.write_paper import write_paper
from recours.clock import Clock, parse_day
from recours.errors import RecoursError
from recours.store.sqlite import Store

MOST = 12


def asked_before_demand(walk: Walk) -> tuple[int, int]:
    """(questions until the demand is ready, questions in all); each answered as the walk's script says."""
    script = walk.script
    answers, files = script.get("answers") or {}, script.get("files") or []
    assert isinstance(answers, dict)
    assert isinstance(files, list)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder) / "cases.recours"), Clock(parse_day(str(script["today"]))))
        case = open_case(desk, walk.source / "mailbox.mbox").case.id
        if files:
            add(desk, case, [walk.source / str(f) for f in files])
        cited = [_cited(desk, case)]
        while questions := assess(desk, desk.case(case)).questions:
            name = questions[0].fact
            answer(desk, case, [f"{name}={answers.get(name, '?')}"])
            cited.append(_cited(desk, case))
        desk.store.close()
    return next(n for n in range(len(cited)) if set(cited[n:]) == {cited[-1]}), len(cited) - 1


def _cited(desk: Desk, case: str) -> tuple[str, ...]:
    """Rules that the demand cites, ("",) while it cannot be written."""
    try:
        made = write_paper(desk, case, "demand")
    except RecoursError:
        return ("",)
    sentences = [s for section in made.model["sections"] for s in section["sentences"]]
    return tuple(dict.fromkeys(rule for s in sentences for rule in s["rules"]))


def main() -> int:
    for walk in walks():
        if walk.source.exists():
            ready, asked = asked_before_demand(walk)
            told = "ready" if ready <= MOST else "too many"
            print(f"{walk.name}: {ready} before the demand says all ({told}), {asked} asked in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
