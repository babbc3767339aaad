"""How many questions does the demo case ask before the demand is ready?  Goal 6, at most 12.

Run: python -m bench.questions
A question is one fact that the person must state; files added are none.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from recours.papers.errors import NotReadyError
from tools.walks import Walk, walks

from recours.app.add import add
from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.write_paper import PaperRefusedError, write_paper
from recours.clock import Clock, parse_day
from recours.store.sqlite import Store

MOST = 12


def asked_before_demand(walk: Walk) -> int:
    """Questions answered one by one until ``write demand`` succeeds; MOST + 1 when it never does."""
    script = walk.script
    answers, files = script.get("answers") or {}, script.get("files") or []
    assert isinstance(answers, dict)
    assert isinstance(files, list)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder) / "cases.recours"), Clock(parse_day(str(script["today"]))))
        case = open_case(desk, walk.source / "mailbox.mbox").case.id
        if files:
            add(desk, case, [walk.source / str(f) for f in files])
        for count in range(MOST + 1):
            try:
                write_paper(desk, case, "demand")
                return count
            except PaperRefusedError as refusal:
                missing = refusal.missing
            except NotReadyError as not_ready:
                missing = not_ready.missing
            questions = [q.fact for q in assess(desk, desk.case(case)).questions]
            name = next(iter((*missing, *questions)), "")
            if not name:
                break
            answer(desk, case, [f"{name}={answers.get(name, '?')}"])
    return MOST + 1


def main() -> int:
    for walk in walks():
        if walk.source.exists():
            count = asked_before_demand(walk)
            print(f"{walk.name}: {count if count <= MOST else 'the demand is not ready'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
