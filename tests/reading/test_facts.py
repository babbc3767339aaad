"""Facts of invented notices and letters, and of whole small disputes."""

from __future__ import annotations

import time
from datetime import date, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.intake.types import Place
from recours.money import Money
from recours.reading.generic import findings_of
from recours.reading.generic.view import header
from recours.reading.language import language_of
from recours.reading.quotes import new_text, spans
from recours.reading.settle import settle
from recours.reading.types import Act, Address, Attachment, Finding, Membership, Message, Read, Side, Value
from recours.text import Quote


def mails() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("mails_for_facts.yaml")
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def read_of(mail: dict[str, Any], n: int = 1) -> Read:
    name, email = parseaddr(mail["from"])
    to = [parseaddr(t) for t in [mail.get("to", "")] if t]
    message = Message(
        id=f"m{n}@test",
        kind="mail",
        place=Place(file="t", position=n),
        sha256="0",
        date=datetime.fromisoformat(mail["date"]),
        sender=Address(name, email),
        to=tuple(Address(*t) for t in to),
        subject=mail["subject"],
        text=mail["text"],
        in_reply_to=mail.get("in_reply_to", ""),
        html=mail.get("html", ""),
        attachments=tuple(
            Attachment(name=f"{k}.pdf", media_type="application/pdf", sha256=f"p{k}", size=1, text=text)
            for k, text in enumerate(mail.get("papers", ()))
        ),
    )
    parts = spans(message)
    fresh = new_text(message, parts)
    said = (*mail.get("quotes", ()), *[fresh.split("\n")[0]] * 9)
    acts = []
    for act, words in zip(mail["acts"], said, strict=False):
        at = message.text.index(words)
        quote = Quote(message=message.id, start=at, end=at + len(words), text=words)
        acts.append(Act(act=act, by=mail["side"], quote=quote))
    return Read(message=message, spans=parts, new_text=fresh, acts=tuple(acts), language=language_of(fresh))


def settled(*mails: dict[str, Any]) -> tuple[Finding, ...]:
    reads = [read_of(m, n) for n, m in enumerate(mails, 1)]
    sides: list[Side] = [m["side"] for m in mails]
    members = [
        Membership(
            message=r.message.id, in_dispute=True, why="", direction="sent" if s == "consumer" else "received"
        )
        for r, s in zip(reads, sides, strict=True)
    ]
    owner = [r.message.sender.email for r, s in zip(reads, sides, strict=True) if s == "consumer"]
    found = [f for r, s in zip(reads, sides, strict=True) for f in findings_of(r, s)]
    return settle(reads, found, members, owner)


def said(value: Value) -> str:
    if isinstance(value, Money):
        return f"{value.amount:.2f} {value.currency}"
    return value.isoformat() if isinstance(value, date) else value


def best(findings: tuple[Finding, ...]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for finding in findings:
        facts.setdefault(finding.name, said(finding.value))
    return facts


MAILS = mails()


@pytest.mark.parametrize("mail", MAILS, ids=[m["about"] for m in MAILS])
def test_one_mail_says(mail: dict[str, Any]) -> None:
    facts = best(settled(mail))
    assert {name: facts.get(name) for name in mail["facts"]} == mail["facts"]
    assert [name for name in mail.get("absent", ()) if name in facts] == []


@pytest.mark.parametrize("mail", MAILS, ids=[m["about"] for m in MAILS])
def test_every_quotation_is_in_its_source(mail: dict[str, Any]) -> None:
    read = read_of(mail)
    message = read.message
    sources = {
        "": message.text,
        "subject": message.subject,
        "from": header(message.sender.name, message.sender.email),
        "to": ", ".join(header(a.name, a.email) for a in message.to),
        "date": message.date.isoformat() if message.date else "",
    }
    for finding in (*findings_of(read, mail["side"]), *settled(mail)):
        quote = finding.quote
        assert quote.text
        assert sources[quote.part][quote.start : quote.end] == quote.text


WORDS = st.sampled_from(
    ["order", "commande", "n°", "A-1", "\n", "Total", ":", "$12.00", "1 234,56 $", "Visa", "x4471", "livré le", "6 mai 2025",
     "received it yesterday", "rue", "12", "75001 Paris", "QC G9A 0A0", "1 x", "(", "refund of", "Adresse de livraison", "Ann Roy"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=30), st.sampled_from(["merchant", "consumer"]))
def test_no_text_breaks_the_reading_or_its_quotations(words: list[str], side: str) -> None:
    mail = {
        "side": side, "from": "Shop <a@shop.example>", "to": "b@box.example", "subject": "Your order A-100",
        "date": "2025-05-08T10:00:00+02:00", "acts": [], "text": " ".join(words) or "-",
    }  # fmt: skip
    for finding in settled(mail):
        if finding.quote.part == "":
            assert mail["text"][finding.quote.start : finding.quote.end] == finding.quote.text


def letter(side: str, day: str, acts: list[str], text: str, **more: Any) -> dict[str, Any]:
    who = "Ada Moss <ada@box.example>" if side == "consumer" else "Shop <help@shop.example>"
    return {
        "side": side, "from": who, "to": "help@shop.example" if side == "consumer" else "ada@box.example", "subject": "Re: kettle",
        "date": f"{day}T12:00:00-05:00", "acts": acts, "text": text, "in_reply_to": "x@y", **more,
    }  # fmt: skip


NOTICE = "Your booking is confirmed.\nBooking reference QZ4TNB\n{who}\nFare £88.00\nTotal £88.00"


@pytest.mark.parametrize(
    ("who", "beneficiary"),
    [
        ("Passenger NUALA BYRNE", "Nuala Byrne"),
        ("Guest: Nuala Byrne", "Nuala Byrne"),
        ("Passenger ADA MOSS", None),  # the shopper
        ("Student Discount Applied", None),
    ],
)
def test_who_travels_is_who_it_is_for(who: str, beneficiary: str | None) -> None:
    facts = best(
        settled(
            letter(
                "merchant",
                "2026-03-02",
                ["order_confirmation"],
                NOTICE.format(who=who),
                subject="You're off!",
                in_reply_to="",
            ),
            letter("consumer", "2026-03-20", ["complain"], "You cancelled the flight.\n\nAda Moss"),
        )
    )
    assert facts.get("beneficiary.name") == beneficiary


def test_a_carrier_s_file_has_no_sign_before_its_number() -> None:
    facts = best(
        settled(
            letter(
                "merchant", "2026-05-01", ["order_confirmation"], "Thank you for order 55-1207.\nTotal £88.00"
            ),
            {
                **letter(
                    "merchant",
                    "2026-05-02",
                    ["shipping_notice"],
                    "Your SHOP parcel is at our depot.\nDocket SV-40218",
                ),
                "from": "Swift <rdv@swift.example>",
            },
            letter("consumer", "2026-05-09", ["complain"], "Nothing came.\n\nAda Moss"),
        )
    )
    assert facts["delivery.tracking_number"] == "SV-40218"


def test_another_firm_s_receipt_does_not_tell_what_was_paid_here() -> None:
    """The shopper sends what the replacement cost elsewhere."""

    def sure(paper: str) -> float:
        sent = letter(
            "consumer", "2026-05-09", ["provide_evidence"], "Here it is.\n\nAda Moss", papers=[paper]
        )
        order = letter("merchant", "2026-05-01", [], "Your order 55-1207 is being packed.", in_reply_to="")
        found = {said(f.value): f.confidence for f in settled(order, sent) if f.name == "order.total"}
        return found["120.00 CAD"]

    own = sure("Shop, order 55-1207\nReceipt\nTotal $120.00 CAD")
    assert sure("Grebe Kettles\nReceipt 9001-22\nTotal $120.00 CAD") < own - 0.2
    assert sure("Shop.\nReceipt\nTotal $120.00 CAD") == own


def test_goods_sent_back_and_money_not_come_is_what_is_left() -> None:
    facts = best(
        settled(
            letter("consumer", "2025-05-01", ["complain"], "The kettle is broken."),
            letter("merchant", "2025-05-02", ["offer_refund"], "We will refund you in full once it is back."),
            letter("consumer", "2025-05-05", ["confirm_return"], "I dropped it at the post office today."),
            letter("consumer", "2025-05-20", ["ask_status"], "Where is my refund?"),
        )
    )
    assert facts["problem.kind"] == "returned_not_refunded"
    assert facts["refund.promised_on"] == "2025-05-02"
    assert facts["problem.reported_on"] == "2025-05-01"


def test_an_offer_that_was_turned_down_is_no_refund() -> None:
    facts = best(
        settled(
            letter("consumer", "2025-05-01", ["complain"], "The kettle is broken, I paid $80."),
            letter(
                "merchant", "2025-05-02", ["offer_partial_refund"], "We can refund you $20.00 as a gesture."
            ),
            letter("consumer", "2025-05-03", ["reject_offer"], "No thanks."),
        )
    )
    assert "refund.amount" not in facts
    assert "refund.promised_on" not in facts


def test_a_day_is_the_shoppers_own() -> None:
    facts = best(
        settled(
            letter("consumer", "2025-05-01", ["complain"], "The kettle is broken."),
            {**letter("merchant", "2025-05-03", ["refuse"], "No."), "date": "2025-05-03T02:00:00+00:00"},
        )
    )
    assert facts["refusal.first_on"] == facts["refusal.last_on"] == "2025-05-02"


def test_a_dollar_without_a_country_is_asked_not_told() -> None:
    facts = best(settled(letter("consumer", "2025-05-01", ["complain"], "It is broken. I paid $80 for it.")))
    assert "order.total" not in facts


def test_a_numeric_date_without_a_place_is_asked_not_told() -> None:
    mail = letter("consumer", "2025-09-20", ["complain"], "It is broken. I ordered it on 06/07/2025.")
    assert "order.date" not in best(settled(mail))


def test_a_parcels_return_is_not_its_delivery() -> None:
    notice = letter(
        "merchant", "2025-05-09", ["delivery_notice"],
        "Shipment 9H4007182265 was delivered on May 9, 2025.\nDelivered to: SHOP RETURNS",
    )  # fmt: skip
    facts = best(
        settled(
            letter("consumer", "2025-05-01", ["complain"], "I received it today and it is broken."),
            letter("consumer", "2025-05-05", ["confirm_return"], "I sent it back, tracking 9H4007182265."),
            notice,
        )
    )
    assert facts["delivery.delivered_on"] == "2025-05-01"
    assert "delivery.tracking_number" not in facts


def test_structured_data_counts_only_where_people_can_see_it() -> None:
    markup = (
        '<script type="application/ld+json">{"@type":"Order","orderNumber":"ZX-9001","price":"40.00","priceCurrency":"EUR",'
        '"merchant":{"name":"Hidden Shop"}}</script>'
    )
    mail = letter("merchant", "2025-05-01", ["order_confirmation"], "Thanks! Order ZX-9001, total 40,00 €.")
    facts = best(settled({**mail, "html": f"<html>schema.org{markup}</html>"}))
    assert facts["order.number"] == "ZX-9001"
    assert facts["order.total"] == "40.00 EUR"
    assert facts["merchant.name"] == "Shop"


@pytest.mark.parametrize(
    "noise", ["A1-", "1 ", "Abc De ", "12 345 ", "Ab ..... ", "1 x ", "rue 75001 Paris "]
)
def test_long_noise_is_read_in_time_proportional_to_its_length(noise: str) -> None:
    def seconds(length: int) -> float:
        mail = letter("merchant", "2025-05-01", ["order_confirmation"], noise * (length // len(noise)))
        read = read_of(mail)
        start = time.perf_counter()
        findings_of(read, "merchant")
        return time.perf_counter() - start

    short, long = max(seconds(4_000), 0.02), seconds(32_000)
    assert long / short < 40


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("1 x Sofa Alba 3   £1,150.00", "order.items", "1 x Sofa Alba 3"),
        ("1 x Valise Nomade 55   129,00 €", "order.items", "1 x Valise Nomade 55"),
        ("1 x Kettle K-200 - £45.00", "order.items", "1 x Kettle K-200"),
        ("Item: Kettle K-200 - £45.00", "order.items", "1 x Kettle K-200"),
        ("Sofa Alba 3 £1,150.00", "order.items", "1 x Sofa Alba 3"),
        ("Item Qty Price\nSofa Alba 3 £1,150.00", "order.items", "3 x Sofa Alba"),
        ("Sofa | 2 | £1,150.00", "order.items", "2 x Sofa"),
        ("Paid in 4 instalments with Scalapay", "payment.method", "bnpl"),
        ("Réglé en 4 fois par carte Visa se terminant par 4417", "payment.method", "bnpl"),
        ("You chose Pay in 4", "payment.method", "bnpl"),
        ("Alma : 1re échéance 32,25 €", "payment.method", "bnpl"),
        ("Paid by Visa ending in 4417", "payment.method", "credit_card"),
    ],
)
def test_a_line_of_an_order_says(line: str, fact: str, value: str) -> None:
    text = f"Thank you for your order ZX-90012.\n\n{line}\n\nTotal £1.00\n"
    notice = letter("merchant", "2026-03-02", ["order_confirmation"], text, subject="Order", in_reply_to="")
    assert best(settled(notice))[fact] == value


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("I've popped the full 64 back on the card you used.", "64.00 GBP"),
        ("Your 64 was sent back this morning.", "64.00 GBP"),
        ("Les 64 sont repartis sur votre carte.", "64.00 GBP"),
        ("£40 of the £64 has been put back on your card.", "40.00 GBP"),
        ("It went back 3 days ago.", None),
        ("We refunded the 2026 deposit of somebody else.", None),  # more than was paid here
    ],
)
def test_a_refund_said_as_one_speaks(text: str, amount: str | None) -> None:
    order = letter(
        "merchant",
        "2026-03-02",
        ["order_confirmation"],
        "Thanks! Order ZX-90012, total £64.00.",
        in_reply_to="",
    )
    facts = best(settled(order, letter("merchant", "2026-03-09", ["confirm_refund"], text)))
    assert facts.get("refund.amount") == amount
