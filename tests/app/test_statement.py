"""A bank's statement beside a case: proposed, accepted by a person, counted once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.papers.cases import lamp

from recours.app.answer import answer
from recours.app.desk import Desk
from recours.app.money import MoreThanPriceError, SameEntryError, left_over, money_in
from recours.app.statement import NoSuchProposalError, StatementCurrencyError, look
from recours.cli import main
from recours.outbox.statements.types import AmbiguousStatementError


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


HEAD = "Date,Description,Amount,Currency\n"
CHARGE = "2026-06-04,ATELIER LUMEN MONTREAL,-400.00,CAD\n"
see = partial(look, purchases="negative")
REFUND = "2026-07-15,ATELIER LUMEN MONTREAL,400.00,CAD\n"


@pytest.fixture
def bank(priced: tuple[Desk, str], tmp_path: Path) -> Path:
    desk, case = priced
    answer(desk, case, ["order.date=2026-06-03"])
    return tmp_path / "july.csv"


def test_nothing_is_kept_before_a_line_is_accepted(priced: tuple[Desk, str], bank: Path) -> None:
    desk, case = priced
    bank.write_text(HEAD + CHARGE + REFUND)
    before = len(desk.history(case))
    found = see(desk, case, bank)
    assert [(p.number, p.match.kind, p.match.line.place) for p in found.proposals] == [
        (1, "purchase", 2),
        (2, "refund", 3),
    ]
    assert len(desk.history(case)) == before
    see(desk, case, bank, accept=[1, 2])
    assert left(desk, case) == 0
    assert desk.case(case).value("payment.charged_on") == date(2026, 6, 4)


def test_the_same_statement_twice_and_a_longer_one_count_once(priced: tuple[Desk, str], bank: Path) -> None:
    desk, case = priced
    bank.write_text(HEAD + CHARGE + REFUND)
    see(desk, case, bank, accept=[2])
    length = len(desk.history(case))
    again = see(desk, case, bank, accept=[2])
    assert again.before == date(2026, 7, 20) and again.accepted == ()
    assert [p.known for p in again.proposals] == [False, True]
    longer = bank.with_name("longer.csv")
    longer.write_text(HEAD + CHARGE + REFUND + "2026-07-18,GROCERIES,-30.00,CAD\n")
    found = see(desk, case, longer, accept=[2])
    assert found.before is None and found.accepted == () and len(desk.history(case)) == length


def test_what_was_entered_by_hand_is_not_counted_again(priced: tuple[Desk, str], bank: Path) -> None:
    desk, case = priced
    bank.write_text(HEAD + CHARGE + REFUND)
    money_in(desk, case, "400.00 CAD", "2026-07-15", channel="merchant")
    with pytest.raises(SameEntryError):
        see(desk, case, bank, accept=[2])


def test_an_issuers_credit_from_a_statement_is_provisional(priced: tuple[Desk, str], bank: Path) -> None:
    desk, case = priced
    bank.write_text(HEAD + CHARGE + "2026-07-15,DISPUTE PROVISIONAL CREDIT,400.00,CAD\n")
    see(desk, case, bank, accept=[2])
    assert left(desk, case) == 400
    assert [r.amount.amount for r in desk.case(case).provisional] == [400]


def test_another_currency_and_an_unsaid_one_are_refused(priced: tuple[Desk, str], bank: Path) -> None:
    desk, case = priced
    bank.write_text(HEAD + CHARGE.replace("CAD", "USD") + REFUND.replace("CAD", "USD"))
    with pytest.raises(StatementCurrencyError, match="USD"):
        see(desk, case, bank, accept=[2])
    bank.write_text((HEAD + CHARGE + REFUND).replace(",Currency", "").replace(",CAD", ""))
    with pytest.raises(StatementCurrencyError, match="does not say"):
        see(desk, case, bank, accept=[2])
    see(desk, case, bank, currency="cad", accept=[2])
    assert left(desk, case) == 0


def test_two_accepted_together_are_all_or_none(priced: tuple[Desk, str], bank: Path) -> None:
    desk, case = priced
    bank.write_text(HEAD + REFUND + REFUND.replace("07-15", "07-16"))
    length = len(desk.history(case))
    with pytest.raises(MoreThanPriceError):
        see(desk, case, bank, accept=[1, 2])
    with pytest.raises(NoSuchProposalError):
        see(desk, case, bank, accept=[1, 9])
    assert len(desk.history(case)) == length


def test_a_file_that_does_not_say_which_way_is_asked(priced: tuple[Desk, str], bank: Path) -> None:
    desk, case = priced
    bank.write_text(HEAD + CHARGE.replace("-400", "400") + REFUND.replace("400", "-400"))
    with pytest.raises(AmbiguousStatementError, match="purchases"):
        look(desk, case, bank)
    found = look(desk, case, bank, purchases="positive")
    assert [p.match.kind for p in found.proposals] == ["purchase", "refund"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_statement_on_the_command_line(
    priced: tuple[Desk, str], bank: Path, tmp_path: Path, language: str
) -> None:
    _, case = priced
    bank.write_text(HEAD + CHARGE + REFUND)
    told = run(tmp_path, "statement", case, str(bank), "--purchases", "negative", language=language)
    assert told.exit_code == 0 and "--accept N" in told.stdout and "ATELIER LUMEN MONTREAL" in told.stdout
    bad = run(tmp_path, "statement", case, str(tmp_path / "none.csv"), language=language)
    assert bad.exit_code == 1
