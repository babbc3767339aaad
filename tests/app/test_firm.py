"""What is only likely is shown with its words; no fact, no step, no count and no letter stands on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from tests.mailboxes import ME, SHOP, lamp_dispute

from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.story import story
from recours.casefile.types import CaseFile
from recours.clock import Clock
from recours.reading.acts import classifier
from recours.reading.acts.classifier import Model
from recours.reading.linear.words import Words
from recours.reading.types import FIRM, Act
from recours.store.sqlite import Store
from recours.text import Quote

NOTHING = Words((), (), 1.0, {})


def opened(folder: Path) -> CaseFile:
    box = lamp_dispute()
    box.mail(ME, SHOP, "Re: Commande AL-20417 : lampe défectueuse", "Le chat dort bien.\n", day="2026-06-25")
    desk = Desk(Store(folder / "c.recours"), Clock(date(2026, 11, 23)))
    return open_case(desk, box.write(folder / "m.mbox")).case


def likely(monkeypatch: pytest.MonkeyPatch, logit: float) -> None:
    """A model to which every sentence of the shopper is a formal demand, as likely as the logit says."""
    one = Model({"consumer": Words(("formal_demand",), (logit,), 1.0, {}), "merchant": NOTHING}, {}, 0.0, 0.0)
    monkeypatch.setattr(classifier, "model", lambda: one)
    monkeypatch.setattr("recours.reading.acts.weigh.model", lambda: one)


@pytest.mark.parametrize(("logit", "stands"), [(0.5, False), (3.0, True)])  # 0.62 and 0.95
def test_a_demand_that_is_only_likely_starts_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logit: float, stands: bool
) -> None:
    likely(monkeypatch, logit)
    case = opened(tmp_path)
    assert any(a.act == "formal_demand" for e in case.dispute for a in e.acts)
    assert any(a.act == "formal_demand" for e in case.dispute for a in e.firm_acts) is stands
    assert ("demand.sent_on" in case.facts) is stands


@pytest.mark.parametrize(("confidence", "firm"), [(FIRM, True), (FIRM - 0.01, False), (1.0, True)])
def test_from_where_on_an_act_is_firm(confidence: float, firm: bool) -> None:
    quote = Quote(message="m", start=0, end=1, text="x")
    assert Act(act="refuse", by="merchant", quote=quote, confidence=confidence).firm is firm


def test_the_story_marks_what_is_likely_and_loses_no_mail(tmp_path: Path) -> None:
    case = opened(tmp_path)
    quiet = case.dispute[-1]
    assert quiet.acts == ()
    assert "a écrit" in [row.what for row in story(case, "fr") if row.message == quiet.message.id]
    first = next(e for e in case.dispute if e.acts)
    doubted = tuple(msgspec.structs.replace(a, confidence=0.6) for a in first.acts)
    entries = tuple(msgspec.structs.replace(e, acts=doubted) if e is first else e for e in case.entries)
    (row, *_) = story(msgspec.structs.replace(case, entries=entries), "en")
    assert row.what.endswith("(?)")
