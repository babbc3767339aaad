"""Money that came in: for good or for the time being, by whom, what is missing still; each on a case that the real rooms opened."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.papers.cases import lamp

from recours.app import money as money_of
from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.close import close
from recours.app.desk import Desk
from recours.app.money import (
    MoreThanPriceError,
    NoAmountError,
    NotReceivedError,
    SameEntryError,
    all_there,
    by_channel,
    interest_on_rest,
    left_over,
    money_in,
)
from recours.app.show import shown, to_json
from recours.cli import main
from recours.money import Money

CAD = "CAD"


def run(folder: Path, *arguments: str, day: str = "2026-07-20", language: str = "en") -> Result:
    store = str(folder / "cases.recours")
    return CliRunner().invoke(main, ["--store", store, "--today", day, "--screen", language, *arguments])


@pytest.fixture
def priced(tmp_path: Path) -> tuple[Desk, str]:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["order.total=400.00 CAD", "claim.amount=400.00 CAD"])
    return desk, case


def left(desk: Desk, case: str) -> Decimal:
    found = left_over(desk.case(case))
    assert found is not None
    return found.amount


def test_a_provisional_credit_is_not_money_yet(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "400.00 CAD", "2026-07-10", channel="issuer", state="provisional")
    assert left(desk, case) == 400 and not all_there(desk.case(case))
    money_in(desk, case, "400.00 CAD", "2026-07-15", channel="issuer")
    assert left(desk, case) == 0 and all_there(desk.case(case))
    assert desk.case(case).provisional == ()


def test_a_credit_taken_back_is_missing_again(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "400.00 CAD", "2026-07-10", channel="issuer")
    money_in(desk, case, "400.00 CAD", "2026-07-15", channel="issuer", state="reversed")
    assert left(desk, case) == 400


def test_a_provisional_credit_taken_back_owes_nothing(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "400.00 CAD", "2026-07-10", channel="issuer", state="provisional")
    money_in(desk, case, "400.00 CAD", "2026-07-15", channel="issuer", state="reversed")
    assert left(desk, case) == 400
    assert desk.case(case).receipts == () and desk.case(case).provisional == ()


def test_the_law_s_interest_runs_on_what_is_missing_only(priced: tuple[Desk, str]) -> None:
    """Art. 1617 C.C.Q.: 5 % a year from the reception of the demand; 300 CAD x 5 % x 10 / 365 = 0.41."""
    desk, case = priced
    assert interest_on_rest(desk, desk.case(case)) is None
    answer(desk, case, ["demand.sent_on=2026-07-05", "demand.received_on=2026-07-10"])
    money_in(desk, case, "100.00 CAD", "2026-07-12")
    found = interest_on_rest(desk, desk.case(case))
    assert found is not None
    assert (found.days, found.amount) == (10, Money(Decimal("0.41"), "CAD"))
    assert found.right.rule == "qc.ccq.1617"
    money_in(desk, case, "300.00 CAD", "2026-07-15")
    assert interest_on_rest(desk, desk.case(case)) is None


def test_nobody_takes_back_what_another_paid(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "100.00 CAD", "2026-07-10", channel="merchant")
    with pytest.raises(NotReceivedError):
        money_in(desk, case, "50.00 CAD", "2026-07-15", channel="issuer", state="reversed")


def test_the_same_entry_twice_counts_once(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "100.00 CAD", "2026-07-10", channel="merchant")
    with pytest.raises(SameEntryError):
        money_in(desk, case, "100.00 CAD", "2026-07-10", channel="merchant")
    assert left(desk, case) == 300
    money_in(desk, case, "100.00 CAD", "2026-07-10", channel="merchant", why="two halves, two lines")
    assert left(desk, case) == 200


def test_more_than_the_price_is_asked(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "400.00 CAD", "2026-07-10", channel="merchant")
    with pytest.raises(MoreThanPriceError, match="430"):
        money_in(desk, case, "30.00 CAD", "2026-07-15", channel="court")
    money_in(desk, case, "30.00 CAD", "2026-07-15", channel="court", why="interest")
    assert left(desk, case) == -30


def test_money_is_told_by_its_payer(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "100.00 CAD", "2026-07-10", channel="merchant")
    money_in(desk, case, "300.00 CAD", "2026-07-11", channel="issuer", state="provisional")
    rows = by_channel(desk.case(case))
    assert [(r.channel, r.final.amount, r.provisional.amount) for r in rows] == [
        ("merchant", Decimal(100), Decimal(0)),
        ("issuer", Decimal(0), Decimal(300)),
    ]


@pytest.mark.parametrize("text", ["", "0.00 CAD"])
def test_no_amount_is_no_entry(priced: tuple[Desk, str], text: str) -> None:
    desk, case = priced
    with pytest.raises(NoAmountError):
        money_in(desk, case, text, "2026-07-10")


def test_the_screen_never_says_withdraw_before_it_is_all_there(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["order.total=400.00 CAD", "claim.amount=400.00 CAD"])
    result = run(
        tmp_path, "money", case, "400.00 CAD", "--on", "2026-07-10", "--from", "issuer", "--provisional"
    )
    assert "Do not withdraw a dispute" in result.stdout and "whole amount" not in result.stdout
    final = run(tmp_path, "money", case, "400.00 CAD", "--on", "2026-07-11", "--from", "issuer")
    assert "whole amount is there" in final.stdout


def test_other_currency_is_not_summed(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "100.00 USD", "2026-07-10", channel="paypal")
    assert left_over(desk.case(case)) is None
    assert money_of.by_channel(desk.case(case))[0].final == Money(Decimal("100.00"), "USD")


def test_the_json_tells_the_payer_what_may_be_taken_back_and_the_end(priced: tuple[Desk, str]) -> None:
    desk, case = priced
    money_in(desk, case, "100.00 CAD", "2026-07-10", channel="issuer", state="provisional")
    money_in(desk, case, "50.00 CAD", "2026-07-11", channel="merchant")
    close(desk, case, "partly", "half of it")
    told = json.loads(to_json(shown(assess(desk, desk.case(case)))))
    assert told["provisional"][0]["channel"] == "issuer" and told["received"][0]["channel"] == "merchant"
    assert told["missing"]["amount"] == 350 and told["closed"]["how"] == "partly"
