"""Statements of banks that the shipped table does not name: what is read without a mapping, and which lines are found.

The layouts are those that people who wrote importers for these banks describe in public; the movements are made up.
Each file tells its own truth: the lines (by their place in the file) that are the purchase and the refund.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from recours.money import Money
from recours.outbox.statements.mapping import own_mapping
from recours.outbox.statements.match import Purchase, matches
from recours.outbox.statements.read import read_statement
from recours.outbox.statements.types import AmbiguousStatementError, UnreadableStatementError

LAMP = Purchase(names=("Atelier Lumen",), price=Money(Decimal("217.30"), "CAD"), ordered_on=date(2026, 6, 1))


class File(NamedTuple):
    """text: of the file; purchase, refund: places of the lines; asks: the file leaves open which way amounts went."""

    text: str
    purchase: int
    refund: int
    asks: bool = False


FILES = {
    "mbna.csv": File(
        "Posted Date,Payee,Address,Amount\n"
        '06/18/2026,"EPICERIE METRO 1187","GRANBY       ",-64.12\n'
        '06/02/2026,"ATELIER LUMEN INC","SHERBROOKE   ",-217.30\n'
        '07/14/2026,"ATELIER LUMEN INC","SHERBROOKE   ",217.30\n'
        '07/20/2026,"PAYMENT","             ",281.42\n',
        3,
        4,
        asks=True,
    ),
    "rogers.csv": File(
        "Date,Posted Date,Reference Number,Activity Type,Activity Status,Card Number,Merchant Category Description,"
        "Merchant Name,Merchant City,Merchant State or Province,Merchant Country Code,Merchant Postal Code,Amount,"
        "Rewards,Name on Card\n"
        '2026-06-02,2026-06-03,"55134426153800175303737",TRANS,APPROVED,************5047,Lighting Shops,'
        "ATELIER LUMEN,SHERBROOKE,QC,CAN,J1H0A0,$217.30,,J TREMBLAY\n"
        '2026-06-20,2026-06-22,"55134426171800175303738",TRANS,APPROVED,************5047,Grocery Stores,'
        "METRO 1187,GRANBY,QC,CAN,J2G0A0,$64.12,,J TREMBLAY\n"
        '2026-07-14,2026-07-15,"55134426195800175303739",TRANS,APPROVED,************5047,Lighting Shops,'
        "ATELIER LUMEN,SHERBROOKE,QC,CAN,J1H0A0,-$217.30,,J TREMBLAY\n",
        2,
        4,
        asks=True,
    ),
    "capital-one.csv": File(
        "Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit\n"
        "2026-07-14,2026-07-15,1234,ATELIER LUMEN,Merchandise,,217.30\n"
        "2026-07-01,2026-07-02,1234,PAYMENT RECEIVED,Payment/Credit,,120.00\n"
        "2026-06-02,2026-06-03,1234,ATELIER LUMEN,Merchandise,217.30,\n",
        4,
        2,
    ),
    "amex.csv": File(
        "Date,Date Processed,Description,Cardmember,Amount\n"
        "02 Jun 2026,03 Jun 2026,ATELIER LUMEN           SHERBROOKE,J TREMBLAY,217.30\n"
        "14 Jul 2026,15 Jul 2026,ATELIER LUMEN           SHERBROOKE,J TREMBLAY,-217.30\n"
        "16 Jul 2026,16 Jul 2026,PAYMENT RECEIVED - THANK YOU,J TREMBLAY,-300.00\n",
        2,
        3,
        asks=True,
    ),
    "wealthsimple.csv": File(
        '"date","transaction","description","amount","balance","currency"\n'
        '"2026-06-02","SPEND","Atelier Lumen","-217.30","900.00","CAD"\n'
        '"2026-06-15","AFT_IN","Direct deposit from EMPLOYER","1500.00","2400.00","CAD"\n'
        '"2026-07-14","SPEND_REFUND","Atelier Lumen","217.30","2617.30","CAD"\n',
        2,
        4,
        asks=True,
    ),
    "eq.csv": File(
        "Transfer date,Description,Amount,Balance\n"
        "14 JUL 2026,Refund Atelier Lumen,$217.30,$1217.30\n"
        "02 JUN 2026,Purchase Atelier Lumen,-$217.30,$1000.00\n",
        3,
        2,
        asks=True,
    ),
    "caisse.csv": File(
        "Date de l'opération;Libellé;Retraits;Dépôts;Solde\n"
        "2026-06-02;ACHAT ATELIER LUMEN SHERBROOKE;217,30;;1 000,00\n"
        "2026-06-30;PAIE;;1 500,00;2 500,00\n"
        "2026-07-14;REMBOURSEMENT ATELIER LUMEN;;217,30;2 717,30\n",
        2,
        4,
    ),
    "bank.qif": File(
        "!Type:Bank\nD2026-06-02\nT-217.30\nPATELIER LUMEN\n^\nD2026-06-18\nT-64.12\nPMETRO\n^\n"
        "D2026-07-14\nT217.30\nPATELIER LUMEN\nMRETURN\n^\n",
        2,
        10,
    ),
}
SIGN = {"rogers.csv": -1, "amex.csv": -1}  # a person's answer: amounts above zero are purchases


@pytest.mark.parametrize("name", FILES)
def test_the_purchase_and_the_refund_are_found(name: str) -> None:
    file = FILES[name]
    statement = read_statement(file.text.encode(), name)
    assert statement.signs_known is not file.asks
    lines = tuple(
        type(x)(**{f: getattr(x, f) for f in x.__struct_fields__} | {"amount": x.amount * SIGN.get(name, 1)})
        for x in statement.lines
    )
    found = {(m.kind, m.line.place) for m in matches(LAMP, lines) if m.sure}
    assert found == {("purchase", file.purchase), ("refund", file.refund)}


def test_an_unknown_header_is_never_taken_for_a_bank_without_one() -> None:
    """Four columns, as one bank writes them without a header; read so, a refund would be a purchase."""
    text = "Moment,Quoi,Combien,Reste\n2026-07-14,Atelier Lumen,217.30,1217.30\n"
    with pytest.raises(UnreadableStatementError, match="--mapping"):
        read_statement(text.encode(), "s.csv")


def test_days_that_may_be_read_two_ways_are_asked_not_guessed() -> None:
    text = "Posted Date,Payee,Address,Amount\n06/02/2026,ATELIER LUMEN,X,-217.30\n"
    with pytest.raises(AmbiguousStatementError):
        read_statement(text.encode(), "mbna.csv")


def test_the_mapping_of_the_documentation_reads_such_a_file() -> None:
    page = (Path(__file__).parents[2] / "docs" / "statements.md").read_text(encoding="utf-8")
    mapping = own_mapping(page.split("```yaml\n")[1].split("```")[0], "statements.md")
    text = "Moment,Quoi,Combien,Reste\n2026-07-14,Atelier Lumen,217.30,1217.30\n"
    (line,) = read_statement(text.encode(), "s.csv", mapping=mapping).lines
    assert (line.day, line.amount, line.currency) == (date(2026, 7, 14), Decimal("217.30"), "CAD")
