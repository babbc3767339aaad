"""What is wrong: all that the shopper says counts, the first complaint most; what is left to solve outweighs how it began."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.test_facts import letter, settled

from recours.casefile.vocabulary import vocabulary
from recours.reading.problem_words import NONE, likely, model, told
from recours.reading.types import Finding
from recours.text import same_length_fold

KINDS = yaml.safe_load(Path(__file__).with_name("problem_kinds.yaml").read_text(encoding="utf-8"))


def kinds(*mails: dict[str, Any]) -> list[Finding]:
    return [f for f in settled(*mails) if f.name == "problem.kind"]


@pytest.mark.parametrize(("kind", "line"), [(k, line) for k, lines in KINDS.items() for line in lines])
def test_one_complaint_in_everyday_words(kind: str, line: str) -> None:
    found = kinds(letter("consumer", "2025-05-01", ["complain"], line))
    assert found[0].value == kind


def test_the_model_knows_the_kinds_of_the_vocabulary_and_none() -> None:
    assert set(model().labels) == {*vocabulary()["problem.kind"].choices, NONE}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_said_the_probabilities_are_a_whole(words: str) -> None:
    shares = likely(same_length_fold(words), model())
    assert sum(shares.values()) == pytest.approx(1.0) and min(shares.values()) >= 0.0


def test_what_is_told_in_passing_does_not_outweigh_what_the_dispute_is_about() -> None:
    passing = letter(
        "consumer",
        "2025-05-20",
        ["complain"],
        "By the way the box was a bit scratched. But again: you charged me twice for one order, and I want the second payment back.",
    )
    found = kinds(
        letter("consumer", "2025-05-01", ["complain"], "I was charged twice for one order."),
        letter("merchant", "2025-05-02", ["acknowledge"], "Thank you for your message."),
        passing,
    )
    assert [f.value for f in found] == ["duplicate_charge"]


def test_two_kinds_about_as_likely_are_both_told_and_neither_is_shown_as_true() -> None:
    found = kinds(
        letter("consumer", "2025-05-01", ["complain"], "The lamp is broken. It is also the wrong model.")
    )
    assert Counter(f.value for f in found) == Counter(["defective", "wrong_item"])
    assert len({f.confidence for f in found}) == 1


def brought_in(*said: str) -> tuple[Finding, ...]:
    """The mixer goes back after the shop has said this, and the money is asked for later."""
    return settled(
        letter("consumer", "2025-05-01", ["complain"], "The mixer leaks oil."),
        letter("merchant", "2025-05-02", ["request_return", *said], "Please bring it in."),
        letter("consumer", "2025-05-05", ["confirm_return"], "I left it at your counter this morning."),
        letter("consumer", "2025-05-14", ["complain"], "It leaks still."),
        letter("consumer", "2025-05-20", ["demand_refund"], "I want my money back now."),
    )


def test_goods_that_went_to_be_mended_are_not_goods_sent_back() -> None:
    def after(*said: str) -> Finding:
        return next(f for f in brought_in(*said) if f.name == "problem.kind")

    assert after("offer_refund").value == "returned_not_refunded"
    assert after("offer_repair").value == after().value == "defective"
    assert after("offer_repair").confidence > after().confidence


@pytest.mark.parametrize(("said", "day"), [("offer_refund", True), ("offer_repair", False)])
def test_no_day_of_return_for_goods_that_went_to_be_mended(said: str, day: bool) -> None:
    assert ("goods.returned_on" in {f.name for f in brought_in(said)}) is day


def test_what_the_shop_says_is_no_complaint() -> None:
    assert not kinds(
        letter("merchant", "2025-05-01", ["blame_consumer"], "The lamp is broken because you dropped it.")
    )


def test_the_table_needs_no_classifier() -> None:
    assert told(same_length_fold("Je n'ai jamais reçu mon colis.")) == "not_received"
    assert told(same_length_fold("Thank you for your quick answer.")) == ""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("It has not been warm one day since it got here, the heater throws the breaker.", "defective"),
        ("It never arrived, whatever your carrier says.", "not_received"),
    ],
)
def test_what_was_delivered_before_anybody_complained_is_missing_only_in_plain_words(
    words: str, kind: str
) -> None:
    found = kinds(
        letter("merchant", "2025-05-01", ["delivery_notice"], "Your heater was delivered today."),
        letter("consumer", "2025-05-20", ["complain"], words),
    )
    assert found[0].value == kind
