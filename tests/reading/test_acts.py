"""Every act, in both languages: sentences that perform it and sentences that do not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.intake.types import Place
from recours.reading.acts import acts_of
from recours.reading.acts.before import Before
from recours.reading.acts.tables import tables
from recours.reading.types import Address, Message, MessageKind, Side, Span
from recours.text import same_length_fold

HERE = Path(__file__).parent
TABLES: dict[Side, dict[str, dict[str, dict[str, list[str]]]]] = {
    "consumer": yaml.safe_load((HERE / "acts_consumer.yaml").read_text("utf-8")),
    "merchant": yaml.safe_load((HERE / "acts_merchant.yaml").read_text("utf-8")),
}
CASES = [
    pytest.param(side, act, language, answer, sentence, id=f"{act}-{language}-{answer}-{n}")
    for side, acts in TABLES.items()
    for act, languages in acts.items()
    for language, answers in languages.items()
    for answer, lines in answers.items()
    for n, sentence in enumerate(lines)
]


def message(
    text: str, kind: MessageKind = "mail", *, automatic: bool = False, bulk: bool = False, name: str = ""
) -> Message:
    return Message(
        id="m@x.example",
        kind=kind,
        place=Place(file="a.mbox"),
        sha256="0" * 64,
        date=None,
        sender=Address(name, "a@x.example"),
        text=text,
        automatic=automatic,
        bulk=bulk,
    )


def amidst(side: Side | None, *, complained: bool = False) -> Before:
    """In the middle of an exchange: the other side wrote last."""
    return Before(complained=complained, wrote=True, last="merchant" if side == "consumer" else "consumer")


def acts(
    text: str, side: Side | None, kind: MessageKind = "mail", *, automatic: bool = False, seen: bool = False
) -> set[str]:
    mail = message(text, kind, automatic=automatic)
    found = acts_of(mail, (Span(0, len(text), "authored"),), side, amidst(side, complained=seen))
    for act in found:
        assert text[act.quote.start : act.quote.end] == act.quote.text != ""
    return {a.act for a in found}


@pytest.mark.parametrize(("side", "act", "language", "answer", "sentence"), CASES)
def test_a_sentence_performs_its_act(side: Side, act: str, language: str, answer: str, sentence: str) -> None:
    found = acts(sentence, side)
    assert (act in found) == (answer == "yes"), found


def test_every_act_has_its_sentences() -> None:
    shipped = Path(acts_of.__code__.co_filename).parent / "tables"
    names = {p.stem for p in shipped.glob("*.yaml")} - {"words"}
    assert names == {act for side in TABLES.values() for act in side}
    for table in TABLES.values():
        for act, languages in table.items():
            assert set(languages) == {"fr", "en"}, act
            for answers in languages.values():
                assert len(answers["yes"]) >= 6 and len(answers["no"]) >= 4, act


@pytest.mark.parametrize(
    ("text", "side", "expected", "never"),
    [
        ("We cannot refund you.", "merchant", "refuse", "offer_refund"),
        ("If we refund you the parcel must come back first.", "merchant", "", "offer_refund"),
        ("I will not accept the voucher.", "consumer", "reject_offer", "accept_offer"),
        ("Nous ne remboursons pas les articles ouverts.", "merchant", "refuse", "offer_refund"),
        ("Je n'accepte pas votre avoir.", "consumer", "reject_offer", "accept_offer"),
        ("S'il vous plaît, remboursez-moi.", "consumer", "demand_refund", ""),
        ("You say that the screen is cracked because of me.", "consumer", "", "complain"),
        ("Vous dites que l'écran est cassé par ma faute.", "consumer", "", "complain"),
        ("All sales are final.", "merchant", "cite_policy", "refuse"),
        ("And my refund?", "consumer", "ask_status", "demand_refund"),
        ("Thank you for your patience.", "merchant", "", "stall"),
    ],
)
def test_negation_condition_and_hearsay_turn_the_meaning(
    text: str, side: Side, expected: str, never: str
) -> None:
    found = acts(text, side)
    assert (not expected or expected in found) and never not in found, found


def test_quoted_text_performs_nothing() -> None:
    text = "Thanks.\n\n> We cannot refund your order.\n"
    spans = (Span(0, 9, "authored"), Span(9, len(text), "quoted"))
    assert acts_of(message(text), spans, "merchant") == ()


def test_a_call_note_tells_both_sides() -> None:
    text = "I asked for a refund. She said they cannot refund opened items and that a supervisor would call me back by Friday."
    found = acts_of(message(text, "call"), (Span(0, len(text), "authored"),), None)
    assert {(a.act, a.by) for a in found} >= {
        ("demand_refund", "consumer"),
        ("refuse", "merchant"),
        ("promise_by_date", "merchant"),
    }


def test_an_appel_tells_both_sides() -> None:
    text = "J'ai demandé le remboursement. Il m'a dit qu'ils ne remboursent pas et qu'il va en parler à son gérant."
    found = acts_of(message(text, "call"), (Span(0, len(text), "authored"),), None)
    assert ("demand_refund", "consumer") in {(a.act, a.by) for a in found}
    assert ("refuse", "merchant") in {(a.act, a.by) for a in found}


def test_a_transcript_names_its_speakers() -> None:
    text = (
        "Agent (Kim): We cannot refund sale items.\nMe: I want my money back.\nAgent (Kim): Sorry about that."
    )
    found = {(a.act, a.by) for a in acts_of(message(text), (Span(0, len(text), "authored"),), "consumer")}
    assert {("refuse", "merchant"), ("demand_refund", "consumer"), ("apologise", "merchant")} <= found


def test_a_newsletter_is_only_marketing() -> None:
    text = "Spring sale: save up to 40%.\n\nShop now. All sales final."
    found = acts_of(message(text, bulk=True), (Span(0, len(text), "authored"),), "merchant")
    assert [a.act for a in found] == ["marketing"]


def test_a_decision_is_no_stall() -> None:
    assert "stall" not in acts(
        "I checked with my manager and will look again. We cannot refund your order.", "merchant"
    )


def test_thanks_for_writing_acknowledges_only_when_nothing_else_is_said() -> None:
    assert "acknowledge" in acts("Thank you for contacting us.", "merchant")
    assert "acknowledge" not in acts(
        "Thank you for contacting us. Please send us photos of the item.", "merchant"
    )


def test_an_automatic_mails_subject_names_the_notice() -> None:
    text = "Hello Lena,\n\nsee the details below."
    mail = msgspec.structs.replace(message(text, automatic=True), subject="Your order has shipped")
    (act,) = acts_of(mail, (Span(0, len(text), "authored"),), "merchant")
    assert act.act == "shipping_notice"
    assert (act.quote.part, act.quote.text) == ("subject", "Your order has shipped")


def test_whole_mails_are_read() -> None:
    right = wrong = missed = 0
    for mail in yaml.safe_load((HERE / "acts_mails.yaml").read_text("utf-8")):
        text = mail["text"]
        one = message(text, automatic=mail.get("automatic", False), bulk=mail.get("bulk", False))
        found = {a.act for a in acts_of(one, (Span(0, len(text), "authored"),), mail["side"])}
        wanted, ignored = set(mail["acts"]), set(mail.get("also", [])) | set(mail.get("optional", []))
        right += len(found & wanted)
        wrong += len(found - wanted - ignored)
        missed += len(wanted - found - ignored)
    assert 2 * right / (2 * right + wrong + missed) >= 0.92


WORDS = st.sampled_from(
    [
        "refund",
        "rembourser",
        "we",
        "nous",
        "cannot",
        "ne",
        "pas",
        "please",
        "broken",
        "cassé",
        "le",
        "3",
        "mars",
        "$40",
        ",",
        ".",
        "?",
        "\n",
        "\n\n",
        "photo",
        "M.",
        "étiquette",
        "«",
        "non",
        "»",
        "if",
        "si",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from([*get_args(Side), None]), st.booleans())
def test_quotes_read_again_exactly(words: list[str], side: Side | None, seen: bool) -> None:
    text = " ".join(words)
    cut = len(text) // 2
    spans = (Span(0, cut, "authored"), Span(cut, len(text), "quoted"))
    for act in acts_of(message(text), spans, side, amidst(side, complained=seen)):
        assert text[act.quote.start : act.quote.end] == act.quote.text != ""
        assert act.quote.end <= cut and 0 < act.confidence <= 1
        assert side in (None, act.by) or ":" in text


def test_kinds_of_words_that_were_once_missed() -> None:
    """Every row of the table does what it says, and no more (``also`` may be there or not)."""
    faults = []
    for kind in yaml.safe_load((HERE / "acts_kinds.yaml").read_text("utf-8")):
        for side in ("merchant", "consumer"):
            for row in kind.get(side, ()):
                text = row["text"]
                found = {
                    a.act
                    for a in acts_of(message(text), (Span(0, len(text), "authored"),), side, amidst(side))
                }
                wanted, also = set(row["acts"]), set(row.get("also", ()))
                if not wanted <= found or found - wanted - also:
                    faults.append((text, sorted(wanted), sorted(found)))
    assert faults == []


@pytest.mark.parametrize(
    "text",
    [
        "Accounts will put €120.00 back on your card, you'll see it by the 20th.",
        "I'll put the €40 back on your card.",
        "It can only be refunded to your card.",
        "Allow 5 days for it to be returned to your card.",
        "We can have it refunded to your Visa by Friday.",
        "Votre mari a fait un virement de 300 $.",
        "Les 300 $ sont partis dans les pièces.",
        "L'argent sera sur votre compte lundi.",
    ],
)
def test_money_that_is_to_come_has_not_come(text: str) -> None:
    """Old bug: a demand told that the refund had been announced as made, of money that "will" be put back on the card."""
    found = acts_of(message(text), (Span(0, len(text), "authored"),), "merchant", amidst("merchant"))
    assert not [act for act in found if act.act == "confirm_refund" and act.firm]


@pytest.mark.parametrize(
    ("sender", "subject", "text", "found"),
    [
        (Address("Bitterroot Freight", "u@b.example"), "PRO 4471 is moving", "Picked up from BIG CREEK.", True),
        (Address("Relais Nord", "suivi@r.example"), "Un colis s'en vient", "LIMPID LENS nous a remis un colis.", True),
        (Address("Bitterroot Freight", "u@b.example"), "Delivery appointment", "We come on Tuesday.", False),
        (Address("Bitterroot Freight", "u@b.example"), "Re: PRO 4471", "It is in Boise, I think.", False),
        (Address("Ardenne Colis", "i@a.example"), "Votre colis est livré", "Livré à 10 h 12.", False),
        (Address("Big Creek Tool", "sales@b.example"), "Hello", "Picked up any deals lately?", False),
    ],
)  # fmt: skip
def test_a_carrier_that_writes_of_itself_has_the_parcel(
    sender: Address, subject: str, text: str, found: bool
) -> None:
    """Old miss: six of seven such notices, each in words of its carrier's own ("your dinner is rolling")."""
    mail = msgspec.structs.replace(message(text), sender=sender, subject=subject)
    told = acts_of(mail, (Span(0, len(text), "authored"),), "merchant")
    assert ("shipping_notice" in {a.act for a in told}) is found
    assert not any(a.firm for a in told if a.act == "shipping_notice")


def test_the_words_that_a_phrase_needs_lose_no_match() -> None:
    """What is looked for before a phrase is compiled stands in every sentence that the phrase matches."""
    said = [
        same_length_fold(line)
        for acts in TABLES.values()
        for languages in acts.values()
        for answers in languages.values()
        for line in answers["yes"]
    ]
    lost = [
        (table.act, phrase.expression)
        for table in tables()
        for tongue in ("fr", "en")
        for phrase in (*table.phrases[tongue], *table.against[tongue])
        for line in said
        if phrase.search(line) is None and re.search(phrase.expression, line)
    ]
    assert lost == []
