"""The lines of the day: dates as a person reads them on that morning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from recours.law.types import Deadline
from recours.money import Money
from recours.outbox.promises import Confirmed
from recours.outbox.today import Line, in_order, lines, wording
from recours.plan.types import Step

SAYS = {"fr": "contester", "en": "dispute"}
DAY = date(2026, 11, 20)


def deadline(who: str, last: date, safe: date | None = None, rule: str = "visa") -> Deadline:
    return Deadline(
        id=f"{rule}_{who}",
        rule=rule,
        who=who,
        kind="last_day",
        says=SAYS,
        start=date(2026, 10, 1),
        raw=last,
        last=last,
        safe=safe or last,
        steps=(),
    )


def step(state: Any = "ready", *, name: str = "chargeback", latest: date | None = None) -> Step:
    return Step(
        id="visa", step=name, says=SAYS, state=state, ready=state == "ready", latest=latest, rule="visa"
    )


def kinds(*found: Line) -> list[tuple[str, date | None]]:
    return [(x.kind, x.day) for x in found]


LAST, SAFE = date(2026, 12, 5), date(2026, 11, 25)


def test_a_rail_that_ends_in_five_days_is_an_alarm_and_told_once() -> None:
    found = lines("c", "t", [step(latest=LAST)], [deadline("consumer", LAST, SAFE)], DAY)
    assert kinds(*found) == [("next", SAFE), ("alarm", SAFE)]
    assert found[1].last == LAST and found[1].until is None


def test_sixteen_days_before_the_safe_day_it_is_only_due() -> None:
    found = lines("c", "t", [step(latest=LAST)], [deadline("consumer", LAST, SAFE)], date(2026, 11, 9))
    assert kinds(*found) == [("due", SAFE), ("next", SAFE)]
    at_fifteen = lines("c", "t", [step(latest=LAST)], [deadline("consumer", LAST, SAFE)], date(2026, 11, 10))
    assert ("alarm", SAFE) in kinds(*at_fifteen)


def test_their_delay_that_ends_near_the_rails_last_day_alarms_early() -> None:
    found = lines(
        "c",
        "t",
        [step(latest=LAST)],
        [deadline("consumer", LAST, SAFE), deadline("merchant", date(2026, 11, 16), rule="demand")],
        date(2026, 10, 20),
    )
    alarm = next(x for x in found if x.kind == "alarm")
    assert (alarm.day, alarm.until) == (SAFE, date(2026, 11, 16))


def test_a_promise_endangers_a_rail_too() -> None:
    found = lines(
        "c",
        "t",
        [step(latest=LAST)],
        [deadline("consumer", LAST, SAFE)],
        date(2026, 10, 20),
        promised_for=date(2026, 11, 20),
    )
    assert [x.until for x in found if x.kind == "alarm"] == [date(2026, 11, 20)]


def test_between_the_safe_and_the_last_day_it_is_late_not_lost() -> None:
    found = lines("c", "t", [step(latest=LAST)], [deadline("consumer", LAST, SAFE)], date(2026, 11, 26))
    assert [(x.kind, x.day, x.last) for x in found if x.kind == "late"] == [("late", SAFE, LAST)]


def test_their_time_runs_then_has_ended() -> None:
    theirs = [deadline("merchant", date(2026, 11, 20), rule="demand")]
    assert kinds(*lines("c", "t", [], theirs, DAY)) == [("wait", DAY)]
    assert kinds(*lines("c", "t", [], theirs, date(2026, 11, 21))) == [("default", DAY)]


def test_what_is_done_is_not_due() -> None:
    assert lines("c", "t", [step("done")], [deadline("consumer", LAST, SAFE)], DAY) == ()


def test_a_promise_is_broken_the_day_after() -> None:
    assert kinds(*lines("c", "t", [], [], DAY, promised_for=DAY)) == [("promise", DAY)]
    assert kinds(*lines("c", "t", [], [], date(2026, 11, 21), promised_for=DAY)) == [("broken", DAY)]


def test_once_all_the_money_is_there_nothing_is_left_to_do() -> None:
    paid = Money(Decimal(0), "CAD")
    assert lines("c", "t", [step(latest=LAST)], [deadline("consumer", LAST, SAFE)], DAY, missing=paid) == ()


def test_the_order_is_by_day_and_alarms_come_first() -> None:
    found = lines(
        "c",
        "t",
        [step(latest=LAST)],
        [deadline("consumer", LAST, SAFE), deadline("merchant", date(2026, 11, 22), rule="demand")],
        DAY,
        missing=Money(Decimal(400), "CAD"),
    )
    assert [x.kind for x in in_order(found)] == ["wait", "alarm", "next", "money"]


def test_a_refund_that_they_say_was_made_is_looked_at_before_the_next_step() -> None:
    paid = Confirmed(date(2026, 11, 12), Money(Decimal("80.00"), "CAD"))
    found = lines("c", "t", [step()], [], DAY, confirmed=paid)
    assert [(x.kind, x.amount) for x in found] == [("confirmed", paid.amount), ("next", None)]
    assert wording(found[0]) == "confirmed"
    assert [wording(x) for x in lines("c", "t", [], [], DAY, confirmed=Confirmed(DAY))] == [
        "confirmed_without_amount"
    ]


def test_nothing_is_to_be_looked_at_once_all_the_money_is_there() -> None:
    none_left = Money(Decimal("0.00"), "CAD")
    assert lines("c", "t", [step()], [], DAY, confirmed=Confirmed(DAY), missing=none_left) == ()
