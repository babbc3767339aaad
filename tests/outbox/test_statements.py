"""Statements as banks export them: each format, each way of writing, and what is asked instead of guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recours.money import Money
from recours.outbox.statements.amounts import amount_of
from recours.outbox.statements.days import Order, day_of, orders_of
from recours.outbox.statements.likeness import likeness
from recours.outbox.statements.mapping import BadMappingError, banks, own_mapping
from recours.outbox.statements.match import ALIKE, Purchase, matches
from recours.outbox.statements.read import read_statement
from recours.outbox.statements.types import (
    AmbiguousStatementError,
    Statement,
    UnreadableStatementError,
)

SGML = b"""OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>CAD
<CCACCTFROM><ACCTID>4500123412341234</CCACCTFROM>
<BANKTRANLIST><DTSTART>20260701<DTEND>20260731
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20260702120000[-5:EST]
<TRNAMT>-129.99
<FITID>A1
<NAME>ATELIER LUMEN MONTR\xc9AL
</STMTTRN>
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20260715
<TRNAMT>129.99
<FITID>A2
<NAME>ATELIER LUMEN &amp; CIE
<MEMO>REFUND
</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>
"""
XML = b"""<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="220"?>
<OFX><STMTRS><CURDEF>USD</CURDEF><BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20260715</DTPOSTED>
<TRNAMT>12.50</TRNAMT><FITID>9</FITID><NAME>Shop</NAME></STMTTRN></BANKTRANLIST></STMTRS></OFX>"""
QIF = (
    b"!Type:CCard\nD07/02'26\nT-129.99\nPATELIER LUMEN\n^\nD07/15'26\nT1,129.99\nPATELIER LUMEN\nMRefund\n^\n"
)


def told(statement: Statement) -> list[tuple[int, str, str, str]]:
    return [(x.day.day, str(x.amount), x.currency, x.words) for x in statement.lines]


def test_ofx_without_end_tags() -> None:
    found = read_statement(SGML, "card.ofx")
    assert told(found) == [
        (2, "-129.99", "CAD", "ATELIER LUMEN MONTRÉAL"),
        (15, "129.99", "CAD", "ATELIER LUMEN & CIE REFUND"),
    ]
    assert [x.account for x in found.lines] == ["1234", "1234"]
    assert found.lines[0].place == 10


def test_ofx_as_xml() -> None:
    assert told(read_statement(XML, "a.qfx")) == [(15, "12.50", "USD", "Shop")]


@pytest.mark.parametrize(("tag", "currency"), [("CURRENCY", "EUR"), ("ORIGCURRENCY", "USD")])
def test_the_currency_of_the_purchase_is_not_that_of_the_amount(tag: str, currency: str) -> None:
    more = f"<{tag}><CURRATE>1.1</CURRATE><CURSYM>EUR</CURSYM></{tag}></STMTTRN>".encode()
    assert read_statement(XML.replace(b"</STMTTRN>", more), "a").lines[0].currency == currency


def test_an_ofx_movement_without_amount_is_named_with_its_line() -> None:
    broken = SGML.replace(b"<TRNAMT>129.99\n", b"")
    with pytest.raises(UnreadableStatementError, match=r"card\.ofx:17"):
        read_statement(broken, "card.ofx")


def test_qif_reads_days_that_only_one_order_allows() -> None:
    assert told(read_statement(QIF, "c.qif")) == [
        (2, "-129.99", "", "ATELIER LUMEN"),
        (15, "1129.99", "", "ATELIER LUMEN Refund"),
    ]


def test_qif_days_that_two_orders_allow_are_asked() -> None:
    both = b"!Type:Bank\nD07/02/2026\nT5.00\nPX\n^\n"
    with pytest.raises(AmbiguousStatementError, match="--dates"):
        read_statement(both, "c.qif")
    assert read_statement(both, "c.qif", order="dmy").lines[0].day == date(2026, 2, 7)


CSV = {
    "RBC": (
        (
            '"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2","CAD$","USD$"\n'
            'Visa,4500123412341234,7/15/2026,,"ATELIER LUMEN","RETURN",129.99,,\n'
            'Visa,4500123412341234,7/2/2026,,"US SHOP","",,-20.00,\n'
        ),
        [(15, "129.99", "CAD", "ATELIER LUMEN RETURN"), (2, "-20.00", "USD", "US SHOP")],
    ),
    "TD": (
        "07/15/2026,ATELIER LUMEN,,129.99,1000.00\n07/02/2026,ATELIER LUMEN,129.99,,1129.99\n",
        [(15, "129.99", "", "ATELIER LUMEN"), (2, "-129.99", "", "ATELIER LUMEN")],
    ),
    "CIBC": (
        "2026-07-15,ATELIER LUMEN,,129.99\n2026-07-02,ATELIER LUMEN,129.99,\n",
        [(15, "129.99", "", "ATELIER LUMEN"), (2, "-129.99", "", "ATELIER LUMEN")],
    ),
    "BMO (card)": (
        (
            "Following data is valid as of 20260720\n\nItem #,Card #,Transaction Date,Posting Date,Transaction Amount,Description\n"
            "1,'5191230012341234',20260702,20260703,129.99,ATELIER LUMEN\n2,'5191230012341234',20260715,20260716,-129.99,ATELIER LUMEN\n"
        ),
        [(2, "-129.99", "", "ATELIER LUMEN"), (15, "129.99", "", "ATELIER LUMEN")],
    ),
    "Scotiabank": (
        (
            "Filter,Date,Description,Sub-description,Status,Type of Transaction,Amount\n"
            ",2026-07-15,Atelier Lumen,Montreal,posted,Credit,129.99\n,2026-07-02,Atelier Lumen,,posted,Debit,129.99\n"
        ),
        [(15, "129.99", "", "Atelier Lumen Montreal"), (2, "-129.99", "", "Atelier Lumen")],
    ),
    "Banque Nationale": (
        (
            "Date;Description;Catégorie;Débit;Crédit;Solde\n2026-07-15;Atelier Lumen;Achats;;1 129,99;10,00\n"
            "2026-07-02;Atelier Lumen;Achats;129,99;;139,99\n"
        ),
        [(15, "1129.99", "", "Atelier Lumen"), (2, "-129.99", "", "Atelier Lumen")],
    ),
    "PayPal": (
        (
            '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","Transaction ID"\n'
            '"15/07/2026","10:00:00","PDT","Atelier Lumen","Payment Refund","Completed","CAD","129.99","0.00","129.99","7XY"\n'
        ),
        [(15, "129.99", "CAD", "Atelier Lumen Payment Refund")],
    ),
    "CSV": (
        "Libellé;Date de transaction;Montant;Devise\nATELIER LUMEN;15 juil. 2026;-129,99;CAD\n",
        [(15, "-129.99", "CAD", "ATELIER LUMEN")],
    ),
}


@pytest.mark.parametrize("bank", CSV)
def test_csv_of_a_bank(bank: str) -> None:
    text, expected = CSV[bank]
    found = read_statement(text.encode(), "s.csv")
    assert (found.format, told(found)) == (bank, expected)


def test_csv_in_the_old_charset() -> None:
    text = CSV["Banque Nationale"][0].replace("Atelier", "Forêt")
    assert read_statement(text.encode("cp1252"), "s.csv").lines[0].words == "Forêt Lumen"


def test_a_persons_own_mapping() -> None:
    own = own_mapping(
        "{name: Caisse, columns: 3, date: 3, dates: dmy, words: [1], amount: 2, positive: out}", "m"
    )
    found = read_statement(b"LUMEN|12.00|02/07/2026\n", "s.csv", mapping=own)
    assert told(found) == [(2, "-12.00", "", "LUMEN")]


@pytest.mark.parametrize(
    "text", ["{name: x}", "- 1", "{name: x, date: 1, words: [2]}", "a: [", "{colour: red}"]
)
def test_a_mapping_of_another_shape_says_what_is_wrong(text: str) -> None:
    with pytest.raises(BadMappingError):
        own_mapping(text, "m.yaml")


def test_lines_without_day_are_named_not_lost() -> None:
    text = "Date,Description,Amount\n2026-07-02,LUMEN,-5.00\nTotal,,5.00\n2026-07-03,NOTHING,\n"
    found = read_statement(text.encode(), "s.csv")
    assert len(found.lines) == 1
    assert found.left_out == ((3, "no day"), (4, "no amount"))


def test_days_of_two_readings_are_asked_in_csv_too() -> None:
    with pytest.raises(AmbiguousStatementError):
        read_statement(b"Date,Description,Amount\n07/02/2026,LUMEN,-5.00\n", "s.csv")


@pytest.mark.parametrize("more", [b"", b"2026-07-09,LUMEN,-5.00\n"])
def test_which_way_one_column_goes_is_not_guessed(more: bytes) -> None:
    found = read_statement(b"Date,Description,Amount\n2026-07-02,LUMEN,5.00\n" + more, "s.csv")
    assert not found.signs_known


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"hello\nthere\n", "no columns"),
        (b"<OFX></OFX>", "no movement"),
        (b"!Type:Bank\n", "no movement"),
    ],
)
def test_what_is_no_statement(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableStatementError, match=says):
        read_statement(data, "x")


def test_the_same_movement_has_the_same_id_in_a_longer_statement() -> None:
    short = "Date,Description,Amount\n2026-07-02,LUMEN,-5.00\n2026-07-02,LUMEN,-5.00\n"
    longer = short.replace("Amount\n", "Amount\n2026-06-30,OTHER,-1.00\n") + "2026-07-04,LUMEN,-5.00\n"
    a, b = read_statement(short.encode(), "a"), read_statement(longer.encode(), "b")
    assert len({x.id for x in a.lines}) == 2
    assert [x.id for x in a.lines] == [x.id for x in b.lines[1:3]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.56", "1234.56"),
        ("1 234,56 $", "1234.56"),
        ("-12,00", "-12.00"),
        ("(12.00)", "-12.00"),
        ("12.00-", "-12.00"),
        ("12.00 CR", "12.00"),
        ("$1,234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("−5.00", "-5.00"),
    ],
)
def test_amounts(text: str, value: str) -> None:
    assert amount_of(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "n/a", "12 34 56 78", "1.2.3"])
def test_no_amounts(text: str) -> None:
    assert amount_of(text) is None


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-07-02", "ymd"),
        ("20260702", "mdy"),
        ("7/2'26", "mdy"),
        ("2 juil. 2026", "ymd"),
        ("Jul 2, 2026", "dmy"),
    ],
)
def test_days(text: str, order: Order) -> None:
    assert day_of(text, order) == date(2026, 7, 2)


def test_no_days() -> None:
    assert orders_of(["31/31/2026"]) == () and orders_of(["13/07/2026"]) == ("dmy",)


def test_every_shipped_mapping_has_a_way_to_an_amount() -> None:
    assert all(b.amount or b.amounts or (b.out and b.into) for b in banks())
    assert all(b.header or b.columns for b in banks())


BOUGHT = Purchase(
    names=("Atelier Lumen", "atelierlumen"),
    price=Money(Decimal("129.99"), "CAD"),
    ordered_on=date(2026, 7, 1),
)


LIKE = [
    ("Kootenay Volt Supply", "SP KOOTENAY VOLT SUPP NELSON"),
    ("kootenayvolt", "KOOTENAYVOLT.EXA NELSON BC"),
    ("Best Buy Canada", "BEST BUY #912 TORONTO ON"),
    ("IKEA", "IKEA MONTREAL QC"),
    ("Amazon.ca", "AMZN Mktp CA*2K3AB"),
    ("Zone 3 Décor", "ZONE3DECOR.COM"),
    ("La Maison Simons", "SIMONS MAISON QUEBEC"),
    ("Lumière & Cie inc.", "LUMIERE ET CIE MONTREAL"),
    ("Google Store", "GOOGLE *STORE"),
    ("Cdiscount", "PAYPAL *CDISCOUNT"),
    ("Canada Computers", "CANADA COMPUTERS #12"),
    ("Atelier Lumen", "PAYPAL *ATELIERLUMEN"),
    ("Atelier Lumen", "SQ *ATELIER LUME"),
]
UNLIKE = [
    ("Best Buy Canada", "BEST WESTERN HOTEL"),
    ("IKEA", "NIKE CANADA"),
    ("Kootenay Volt Supply", "KOOTENAY COFFEE"),
    ("Canada Computers", "APPLE COMPUTERS"),
    ("Canada Computers", "CANADA POST"),
    ("Air Transat", "AIR CANADA"),
    ("Structube", "STRUCTURE FITNESS"),
    ("Cdiscount", "DISCOUNT CAR RENTAL"),
    ("Etsy", "BETSY DINER"),
    ("The Brick", "THE BAY"),
    ("Google Store", "GOOGLE *YOUTUBE"),
    ("Atelier Lumen", "ATELIER DU VELO"),
    ("Atelier Lumen", ""),
]


@pytest.mark.parametrize(("name", "words"), LIKE)
def test_a_name_as_banks_cut_and_join_it(name: str, words: str) -> None:
    assert likeness((name,), words) >= ALIKE


@pytest.mark.parametrize(("name", "words"), UNLIKE)
def test_another_name_that_shares_letters(name: str, words: str) -> None:
    assert likeness((name,), words) < ALIKE


def test_the_charge_and_the_refund_are_found() -> None:
    found = matches(BOUGHT, read_statement(SGML, "x").lines)
    assert [(m.kind, m.sure, m.line.day.day) for m in found] == [("purchase", True, 2), ("refund", True, 15)]
    assert found[0].why == ("amount", "words", "day")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("2026-07-20,DISPUTE PROVISIONAL CREDIT,129.99", ("issuer_credit", True)),
        ("2026-09-20,CHARGEBACK REVERSED,-129.99", ("issuer_reversal", True)),
        ("2026-07-20,ATELIER LUMEN,30.00", ("refund", False)),
        ("2026-07-20,UNKNOWN PROCESSOR,129.99", ("refund", False)),
        ("2026-07-20,ATELIER LUMEN,999.00", None),
        ("2026-05-20,ATELIER LUMEN,129.99", None),
        ("2026-07-20,GROCERIES,-30.00", None),
        ("2027-07-20,ATELIER LUMEN,-129.99", None),
    ],
)
def test_what_a_line_may_be(line: str, kind: tuple[str, bool] | None) -> None:
    text = f"Date,Description,Amount\n2026-07-01,X,-1.00\n{line}\n"
    found = matches(BOUGHT, read_statement(text.encode(), "x").lines)
    assert [(m.kind, m.sure) for m in found] == ([kind] if kind else [])


def test_a_weak_line_is_not_shown_beside_a_sure_one() -> None:
    text = "Date,Description,Amount\n2026-07-15,ATELIER LUMEN,129.99\n2026-07-16,PAYROLL,129.99\n2026-07-17,X,-1\n"
    assert len(matches(BOUGHT, read_statement(text.encode(), "x").lines)) == 1


def test_another_currency_is_never_an_equal_amount() -> None:
    text = "Date,Description,Amount,Currency\n2026-07-15,ATELIER LUMEN,129.99,USD\n2026-07-17,X,-1,USD\n"
    found = matches(BOUGHT, read_statement(text.encode(), "x").lines)
    assert [(m.sure, "other_currency" in m.why, "amount" in m.why) for m in found] == [(False, True, False)]
