"""The measures of the exchange, by hand and on the labelled cases."""

from __future__ import annotations

import json
import mailbox
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec
import pytest

from recours.casefile.contradictions import rules, wording
from recours.casefile.loops import things
from recours.casefile.measures import measure
from recours.casefile.types import Entry, Measures
from recours.intake.types import Item, Place
from recours.reading.quotes import new_text, spans
from recours.reading.types import Act, Address, Attachment, Membership, Message, Side
from recours.text import Quote

CASES = Path(__file__).parents[2].parent / "shared" / "reading" / "cases"
START = datetime(2025, 6, 1, 12, tzinfo=ZoneInfo("America/Toronto"))
CONSUMER = {"complain", "ask_status", "provide_evidence", "demand_refund", "reject_offer"}


def entry(day: float, direction: Literal["sent", "received"], text: str, *acts: str, **more: Any) -> Entry:
    """One mail of a dispute, ``day`` days after the first of June; each act quotes the whole text."""
    number = f"{day}-{direction}-{abs(hash(text)) % 1000}@x.example"
    sender = "me@home.example" if direction == "sent" else "help@shop.example"
    fields: dict[str, Any] = {"kind": "mail", "sender": Address("", sender), "automatic": False} | more
    message = Message(
        id=number, place=Place(file="box"), sha256="", date=START + timedelta(days=day), text=text, **fields
    )
    quote = Quote(message=number, start=0, end=len(text), text=text)
    return Entry(
        message=message,
        membership=Membership(message=number, in_dispute=True, why="", direction=direction),
        spans=spans(message),
        new_text=text,
        acts=tuple(Act(act=a, by=_side(a), quote=quote) for a in acts),
    )


def _side(act: str) -> Side:
    return "consumer" if act in CONSUMER else "merchant"


def test_nothing_measures_nothing() -> None:
    assert measure(()) == Measures()


def test_mails_days_and_calls_are_counted_once_and_only_in_the_dispute() -> None:
    order = entry(-9, "received", "Thanks for your order.", "order_confirmation")
    first = entry(0, "sent", "It is broken.", "complain")
    delivered = entry(1, "received", "Your parcel was delivered.", "delivery_notice")
    answer = entry(4, "received", "We are looking into it.", "stall")
    call = entry(6, "received", "I called. They hung up.", "ask_status", kind="call")
    other = msgspec.structs.replace(answer, membership=Membership(message="n", in_dispute="unsure", why=""))
    other = msgspec.structs.replace(other, message=msgspec.structs.replace(other.message, id="n"))
    m = measure((order, first, first, delivered, answer, call, other))
    assert (m.emails_sent, m.emails_received, m.calls, m.days) == (1, 3, 1, 6)
    assert (m.emails_sent_since_complaint, m.emails_received_since_complaint) == (1, 1)


def test_automatic_answers_end_no_wait_and_reminders_do_not_restart_it() -> None:
    m = measure(
        (
            entry(0, "sent", "It is broken.", "complain"),
            entry(0.1, "received", "We received your message.", "acknowledge", automatic=True),
            entry(5, "sent", "Any news?", "ask_status"),
            entry(5.1, "received", "Received.", "acknowledge"),
            entry(9, "received", "We are looking into it.", "stall"),
            entry(12, "sent", "Any news?", "ask_status"),
        )
    )
    assert (m.longest_wait_for_merchant_days, m.longest_wait_for_consumer_days) == (9, 3)


def test_days_are_those_of_the_consumer_s_calendar() -> None:
    first = entry(0, "sent", "It is broken.", "complain")
    late = entry(0, "received", "No.", "refuse")
    late = msgspec.structs.replace(
        late, message=msgspec.structs.replace(late.message, date=datetime(2025, 6, 3, 2, tzinfo=UTC))
    )
    assert measure((first, late)).days == 1  # 2 June, 22 h in Toronto


def test_a_first_request_is_not_a_loop() -> None:
    dispute = (
        entry(0, "sent", "It is broken.", "complain"),
        entry(1, "received", "Please send photos and the receipt.", "request_photos", "request_documents"),
        entry(2, "sent", "Here are the photos and the receipt.", "provide_evidence"),
    )
    assert measure(dispute).loops == ()


def test_a_new_kind_of_request_is_not_a_loop() -> None:
    dispute = (
        entry(0, "sent", "It is broken, the invoice is attached.", "complain", "provide_evidence"),
        entry(1, "received", "Please send the serial number.", "request_documents"),
        entry(2, "sent", "Here is the serial number.", "provide_evidence"),
        entry(3, "received", "Veuillez envoyer une pièce d'identité.", "request_documents"),
        entry(4, "received", "Please send photos.", "request_photos"),
        entry(5, "received", "Please send the usual papers.", "request_documents"),
    )
    assert measure(dispute).loops == ()


def test_asking_again_before_anything_was_supplied_is_not_a_loop() -> None:
    dispute = (
        entry(0, "sent", "It is broken.", "complain"),
        entry(1, "received", "Please send photos.", "request_photos"),
        entry(2, "sent", "When will you answer?", "ask_status"),
        entry(3, "received", "We still need the photos.", "request_photos"),
    )
    assert measure(dispute).loops == ()


def test_asked_supplied_asked_again_is_a_loop_with_its_three_quotations() -> None:
    asked = entry(1, "received", "Envoyez-nous des photos.", "request_photos")
    supplied = entry(2, "sent", "Voici les photos.", "provide_evidence")
    again = entry(3, "received", "D'autres angles s'il vous plaît.", "request_photos")
    more = entry(5, "received", "Nous n'avons pas les photos.", "request_photos")
    automatic = entry(6, "received", "Please attach photos.", "request_photos", automatic=True)
    (loop,) = measure((entry(0, "sent", "Cassé.", "complain"), asked, supplied, again, more, automatic)).loops
    assert loop.act == "request_photos"
    assert (loop.asked.message, loop.supplied.message) == (asked.message.id, supplied.message.id)
    assert [q.message for q in loop.again] == [again.message.id, more.message.id]


def test_what_came_with_the_complaint_was_supplied_by_an_attachment_too() -> None:
    photo = Attachment(name="IMG_1.jpg", media_type="image/jpeg", sha256="", size=400_000)
    logo = msgspec.structs.replace(photo, size=900)
    ask = entry(1, "received", "Send us pictures.", "request_photos")
    for attachment, count in ((photo, 1), (logo, 0)):
        first = entry(0, "sent", "See attached.", "complain", "provide_evidence", attachments=(attachment,))
        assert sum(len(x.again) for x in measure((first, ask)).loops) == count


def test_two_things_asked_again_in_one_message_are_one_request() -> None:
    dispute = (
        entry(
            0,
            "sent",
            "Broken. Invoice attached, the serial number is AB-1234.",
            "complain",
            "provide_evidence",
        ),
        entry(3, "received", "Please send the serial number and the invoice.", "request_documents"),
    )
    assert sum(len(x.again) for x in measure(dispute).loops) == 1


PAIRS = [
    (
        "blame_then_elsewhere",
        ("You broke it.", "blame_consumer"),
        ("Contact the manufacturer.", "refer_elsewhere"),
    ),
    (
        "full_refund_then_less",
        ("We will refund you in full.", "offer_refund"),
        ("A 15% fee applies.", "cite_policy"),
    ),
    (
        "full_refund_then_less",
        ("Nous vous rembourserons intégralement.", "offer_refund"),
        ("Des frais de 15 % seront retenus.", "offer_partial_refund"),
    ),
    ("refund_then_refused", ("We will refund you.", "offer_refund"), ("No refund is possible.", "refuse")),
    (
        "replacement_then_refused",
        ("Un nouveau part demain.", "offer_replacement"),
        ("Aucun échange.", "refuse"),
    ),
    ("return_then_not_returnable", ("Send it back.", "request_return"), ("It cannot be returned.", "refuse")),
    (
        "return_then_not_returnable",
        ("Retournez-le.", "request_return"),
        ("Cet article n'est pas retournable.", "cite_policy"),
    ),
    (
        "window_then_final_sale",
        ("Only within 30 days.", "cite_policy"),
        ("All sales are final.", "cite_policy"),
    ),
    ("window_then_final_sale", ("Vente finale.", "cite_policy"), ("Retour sous 14 jours.", "cite_policy")),
    (
        "photos_seen_then_missing",
        ("Merci pour les photos, nous étudions.", "stall"),
        ("Nous n'avons jamais reçu les photos.", "request_photos"),
    ),
]


@pytest.mark.parametrize(("what", "first", "second"), PAIRS, ids=[f"{p[0]}-{n}" for n, p in enumerate(PAIRS)])
def test_contradictions_with_both_quotations(
    what: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    dispute = (
        entry(0, "sent", "It is broken.", "complain"),
        entry(1, "received", *first),
        entry(2, "received", *second),
    )
    found = {c.what: c for c in measure(dispute).contradictions}
    assert what in found
    for quote, e in ((found[what].first, dispute[1]), (found[what].second, dispute[2])):
        assert quote.message == e.message.id
        assert e.message.text[quote.start : quote.end] == quote.text != ""


FAIR: list[Sequence[tuple[str, str]]] = [
    [("Contact the manufacturer.", "refer_elsewhere"), ("We will refund you.", "offer_refund")],
    [("No refund is possible.", "refuse"), ("We will refund you in full.", "offer_refund")],
    [("A 15% fee applies.", "cite_policy"), ("We will refund you in full.", "offer_refund")],
    [("We will refund you.", "offer_refund"), ("We cannot pay the postage.", "refuse")],
    [("We will refund you.", "offer_refund"), ("We cannot refund the shipping.", "refuse")],
    [("Nous vous remboursons.", "offer_refund"), ("Les frais de port ne sont pas remboursés.", "refuse")],
    [("Send it back.", "request_return"), ("We cannot replace it.", "refuse")],
    [("Delivered.", "delivery_notice"), ("The same model is out of stock.", "apologise")],
    [("Please send photos.", "request_photos"), ("Thanks for the photos.", "stall")],
    [("Returns within 30 days.", "cite_policy"), ("Returns within 30 days.", "cite_policy")],
]


@pytest.mark.parametrize("said", FAIR)
def test_no_false_reproach(said: Sequence[tuple[str, str]]) -> None:
    mails = [entry(n + 1, "received", text, act) for n, (text, act) in enumerate(said)]
    assert measure((entry(0, "sent", "It is broken.", "complain"), *mails)).contradictions == ()


def test_the_consumer_s_words_are_never_the_merchant_s() -> None:
    dispute = (
        entry(0, "sent", "It is broken. You got the photos.", "complain"),
        entry(1, "received", "Send it back.", "request_return"),
        entry(2, "sent", "So it cannot be returned? And no refund?", "ask_status"),
    )
    assert measure(dispute).contradictions == ()


def test_tables_speak_both_languages() -> None:
    for what in rules():
        assert wording(what, "fr") != wording(what, "en")
    assert {t.act for t in things().values()} == {"request_photos", "request_documents"}


@pytest.mark.parametrize(
    "case",
    [
        "composant-pour-mon-frere",
        "concert-annule-bon-d-achat",
        "sectional-never-came",
        "wrong-keyboard-returned",
    ],
)
def test_labelled_cases_with_the_labelled_acts(case: str) -> None:
    if not CASES.is_dir():
        pytest.skip("needs ../shared")
    truth = json.loads((CASES / case / "truth.json").read_text(encoding="utf-8"))
    found = measure(_labelled(CASES / case, truth))
    expected = truth["measures"]
    numbers = {k: v for k, v in expected.items() if isinstance(v, int)}
    assert {k: getattr(found, k) for k in numbers} == numbers
    again = {
        act: {q.message for x in found.loops if x.act == act for q in x.again}
        for act in {x.act for x in found.loops}
    }
    assert again == {act: set(v["message_ids"]) for act, v in expected["repeated_requests"].items()}
    pairs = {frozenset((c.first.message, c.second.message)) for c in found.contradictions}
    labelled = {frozenset((c["a"]["message_id"], c["b"]["message_id"])) for c in expected["contradictions"]}
    assert pairs == labelled


def _labelled(folder: Path, truth: dict[str, Any]) -> list[Entry]:
    from recours.reading.mime import read_mail
    from recours.reading.notes import calls

    kept: dict[str, Message] = {}
    box = mailbox.mbox(folder / "mailbox.mbox")
    for position, key in enumerate(box.iterkeys(), 1):
        raw = re.sub(rb"(?m)^>(>*From )", rb"\1", box.get_bytes(key))
        message = read_mail(raw, Place(file="mailbox.mbox", position=position)).message
        if message.id.startswith("sha256:"):
            message = msgspec.structs.replace(message, id=f"mbox:{position}")
        if message.id in truth["dispute_message_ids"]:
            kept.setdefault(message.id, message)
    messages = list(kept.values())
    if (notes := folder / "calls.md").exists():
        item = Item(
            sha256="", kind="call", name=notes.name, media_type="text/markdown", data=notes.read_bytes(), place=Place(file=notes.name)
        )  # fmt: skip
        messages += calls(item, ZoneInfo("America/Toronto"))
    messages.sort(key=lambda m: m.date or datetime.max.replace(tzinfo=UTC))
    consumer = truth["facts"]["consumer.email"]["value"]
    return [_entry(m, messages[:n], truth["acts"].get(m.id, []), consumer) for n, m in enumerate(messages)]


def _entry(m: Message, earlier: Sequence[Message], labels: list[dict[str, str]], consumer: str) -> Entry:
    acts = []
    for label in labels:
        at = max(m.text.find(label["quote"]), 0)
        quote = Quote(message=m.id, start=at, end=at + len(label["quote"]), text=label["quote"])
        by: Side = "consumer" if label["by"] == "consumer" else "merchant"
        acts.append(Act(act=label["act"], by=by, quote=quote))
    sent = m.sender.email == consumer or (bool(acts) and all(a.by == "consumer" for a in acts))
    found = spans(m, earlier)
    return Entry(
        message=m,
        membership=Membership(
            message=m.id, in_dispute=True, why="", direction="sent" if sent else "received"
        ),
        spans=found,
        new_text=new_text(m, found),
        acts=tuple(acts),
    )
