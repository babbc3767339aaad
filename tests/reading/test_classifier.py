"""The classifier of acts: what it sees, how it adds up, what came before, and what it may add or doubt."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.intake.types import Place
from recours.reading.acts import acts_of, classifier
from recours.reading.acts.before import Before, after, circumstances
from recours.reading.acts.classifier import Model, bounded, model, weigh
from recours.reading.acts.tables import tables
from recours.reading.linear.features import LETTERS, MEANINGS, features, meanings, words
from recours.reading.linear.words import Words, logits
from recours.reading.types import Address, Attachment, Message, Side, Span
from recours.text import same_length_fold

DAY = datetime(2026, 5, 4, 12, tzinfo=UTC)


def mail(text: str = "", *, at: datetime = DAY, reply: bool = True, attached: bool = False) -> Message:
    photo = Attachment(name="a.jpg", media_type="image/jpeg", sha256="1" * 64, size=9)
    return Message(
        id="m@x.example",
        kind="mail",
        place=Place(file="a.mbox"),
        sha256="0" * 64,
        date=at,
        sender=Address("", "a@x.example"),
        in_reply_to="n@x.example" if reply else "",
        text=text,
        attachments=(photo,) if attached else (),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We took $41.20 within 5 business days", "we took MONEY within SPAN"),
        ("Nous rendons 1 204,50 € d'ici le 3 mai 2026", "nous rendons MONEY d' ici le DAY"),
        ("20 % off until Friday", "PERCENT off until WEEKDAY"),
        ("order AB-4471 at 14:07?", "order NUMBER at CLOCK ?"),
        ("l'article qu'il m'a envoyé", "l' article qu' il m' a envoye"),
        ("I don't", "i don't"),
        ("", ""),
    ],
)
def test_numbers_become_their_kind_and_elisions_come_apart(text: str, expected: str) -> None:
    assert " ".join(words(same_length_fold(text))) == expected


@given(st.text(max_size=200))
def test_any_text_has_features(text: str) -> None:
    found = features(same_length_fold(text))
    assert "< >" in found or any(f.startswith("< ") for f in found)
    assert all(f.startswith(":") and 4 <= len(f) <= 6 for f, counts in found.items() if counts == LETTERS)
    assert all(f.startswith("~") for f, counts in found.items() if counts == MEANINGS)


def test_words_of_one_meaning_share_it_in_both_languages() -> None:
    assert "~refund" in meanings("rembourser") and "~refund" in meanings("reimbursed")
    french, english = features("on vous rembourse"), features("we refund you")
    assert {"~we", "~you", "~refund"} <= french.keys() & english.keys()
    assert features("we refund you")["~we~refund"] == MEANINGS
    assert meanings("xylophone") == ()


def test_weights_are_summed_and_divided_by_the_root_of_the_sentence_s_length() -> None:
    one = Words(("a", "b"), (0.5, -1.0), 0.1, {"sofa": bytes([0, 20, 1, 256 - 30]), ":sofa": b""})
    length = math.sqrt(math.sqrt(1 + LETTERS**2))  # "sofa", and the run of letters that weighs nothing
    assert logits("sofa", one) == pytest.approx({"a": 0.5 + 2.0 / length, "b": -1.0 - 3.0 / length})
    assert logits("no", one) == {"a": 0.5, "b": -1.0}


def test_the_shipped_model_knows_the_acts_of_the_tables_and_no_others() -> None:
    by = {table.act: table.by for table in tables()}
    for side, known in model().words.items():
        assert {act for act, whose in by.items() if whose == side} == set(known.labels)
        assert all(len(pairs) % 2 == 0 for pairs in known.weights.values())
    assert set(model().weighing) <= set(by)
    assert model().table > model().no_table


def test_what_a_table_found_is_likelier() -> None:
    for act in model().weighing:
        best = dict.fromkeys(model().weighing[act].words, 0.0)
        assert weigh(act, best, frozenset(), in_table=True) > weigh(act, best, frozenset(), in_table=False)


@given(st.floats(allow_nan=False))
def test_no_sentence_is_surer_than_a_thousand_to_one(logit: float) -> None:
    assert -7.0 <= bounded(logit) <= 7.0


STEPS: list[tuple[Side | None, list[str], dict[str, bool]]] = [
    ("merchant", ["order_confirmation"], {}),
    ("consumer", ["complain"], {"complained": True, "wrote": True}),
    ("merchant", ["request_photos"], {"complained": True, "wrote": True, "asked": True}),
    ("merchant", ["offer_repair"], {"complained": True, "wrote": True, "asked": True, "offered": True}),
    (None, ["refuse"], {"complained": True, "wrote": True, "asked": True, "offered": True}),
    ("consumer", [], {"complained": True, "wrote": True}),
    (
        "merchant",
        ["refuse", "return_label"],
        {"complained": True, "wrote": True, "refused": True, "wants_goods": True},
    ),
]


def test_what_came_before_grows_message_by_message() -> None:
    before = Before()
    for side, acts, expected in STEPS:
        before = after(before, mail(), side, acts)
        assert before == Before(last=side, at=DAY, **expected), (side, acts)


def test_a_message_without_a_date_leaves_the_last_day_known() -> None:
    undated = msgspec.structs.replace(mail(), date=None)
    assert after(Before(at=DAY), undated, "consumer", ()).at == DAY


@pytest.mark.parametrize(
    ("side", "message", "before", "characters", "expected"),
    [
        ("consumer", mail(), Before(), 300, {"first"}),
        ("consumer", mail(attached=True), Before(wrote=True, asked=True), 20, {"asked", "attachment", "short"}),
        ("consumer", mail(at=DAY + timedelta(days=4)), Before(wrote=True, last="consumer", at=DAY), 300, {"again", "waited"}),
        ("merchant", mail(reply=False), Before(), 900, {"unasked", "before_all", "uncomplained", "long"}),
        ("merchant", mail(), Before(wrote=True, complained=True, last="consumer"), 300, {"answers"}),
    ],
)  # fmt: skip
def test_circumstances(
    side: Side, message: Message, before: Before, characters: int, expected: set[str]
) -> None:
    assert circumstances(message, side, before, characters) == expected


def read(text: str, side: Side, before: Before) -> set[str]:
    spans = (Span(0, len(text), "authored"),)
    found = acts_of(mail(text), spans, side, before)
    assert all(text[a.quote.start : a.quote.end] == a.quote.text != "" for a in found)
    return {a.act for a in found}


def test_the_same_words_do_another_thing_after_an_offer() -> None:
    text = "No, that is of no use to us."
    offered = Before(wrote=True, last="merchant", offered=True)
    assert "reject_offer" in read(text, "consumer", offered)


def _only(act: str, logit: float) -> Model:
    """A model that gives every sentence this logit for one merchant's act, and knows no other."""
    nothing = Words((), (), 1.0, {})
    return Model({"consumer": nothing, "merchant": Words((act,), (logit,), 1.0, {})}, {}, 3.0, 0.0)


@pytest.mark.parametrize(
    ("act", "logit", "added"),
    [
        ("refuse", 1.5, False),  # four in five: not enough to accuse
        ("refuse", 3.0, True),
        ("stall", 0.5, True),
        ("stall", -0.5, False),
    ],
)
def test_what_accuses_and_no_table_found_must_be_surer(
    monkeypatch: pytest.MonkeyPatch, act: str, logit: float, added: bool
) -> None:
    monkeypatch.setattr(classifier, "model", lambda: _only(act, logit))
    monkeypatch.setattr("recours.reading.acts.weigh.model", lambda: _only(act, logit))
    assert (act in read("The blue one has a lid.", "merchant", Before(wrote=True))) is added


@pytest.mark.parametrize(("logit", "stands"), [(-7.0, False), (-3.0, True)])
def test_a_hit_of_the_tables_stands_unless_it_is_improbable(
    monkeypatch: pytest.MonkeyPatch, logit: float, stands: bool
) -> None:
    monkeypatch.setattr(classifier, "model", lambda: _only("refuse", logit))
    monkeypatch.setattr("recours.reading.acts.weigh.model", lambda: _only("refuse", logit))
    assert ("refuse" in read("We cannot refund you.", "merchant", Before(wrote=True))) is stands
