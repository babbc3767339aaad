"""Reading again: the same reader changes nothing, a newer one shows what changed, a correction outlives both."""

from __future__ import annotations

from pathlib import Path

import msgspec
from tests.papers.cases import lamp

from recours.app.answer import answer
from recours.app.changes import changes
from recours.app.correct import correct
from recours.app.desk import last_reading
from recours.app.reread import reread


def test_the_same_reader_writes_nothing(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    before = len(desk.history(case))
    assert reread(desk, case).since == 0
    assert len(desk.history(case)) == before


def test_what_a_newer_reader_finds_is_shown_and_a_person_s_words_stay(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    now = last_reading(desk.history(case))
    assert now
    entries = tuple(
        msgspec.structs.replace(e, acts=tuple(a for a in e.acts if a.act != "refuse")) for e in now.entries
    )
    older = msgspec.structs.replace(
        now,
        reader="0",
        entries=entries,
        findings=tuple(f for f in now.findings if not f.name.startswith("refusal.")),
    )
    desk.record(case, [older])
    complaint = next(e for e in desk.case(case).dispute if "complain" in {a.act for a in e.acts})
    correct(desk, case, complaint.message.id, drop=["complain"], reason="only a question")
    answer(desk, case, ["order.number=MINE-1"], "the shop's number is wrong")
    assert desk.case(case).value("refusal.first_on") is None

    done = reread(desk, case)

    assert (done.before, done.after) == ("0", now.reader)
    told = {f.name: f for f in changes(desk, case, done.since).facts}
    assert told["refusal.first_on"].before is None and told["refusal.first_on"].after is not None
    after = desk.case(case)
    assert after.value("order.number") == "MINE-1"
    again = next(e for e in after.entries if e.message.id == complaint.message.id)
    assert "complain" not in {a.act for a in again.acts}
