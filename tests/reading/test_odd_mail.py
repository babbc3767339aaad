"""Mail that is no letter in French or English: a third language, no words, other scripts, broken or huge text."""

from __future__ import annotations

import pytest

from recours.intake.types import Place
from recours.reading.acts import acts_of
from recours.reading.language import is_foreign, language_of
from recours.reading.quotes import new_text, spans
from recours.reading.types import Address, Message

OTHERS = {
    "de": "Guten Tag, die Lampe ist immer noch nicht da. Bitte erstatten Sie mir den Preis, ich habe lange gewartet.",
    "es": "Hola, la lámpara no ha llegado todavía y quiero que me devuelvan el dinero por este pedido. Gracias",
    "it": "Buongiorno, la lampada non è ancora arrivata e vorrei il rimborso. Non posso aspettare ancora. Grazie",
    "pt": "Olá, a encomenda ainda não chegou e eu quero o reembolso. O produto não foi o que eu comprei.",
    "nl": "Goedendag, ik heb de lamp nog niet ontvangen. Graag mijn geld terug, ik wacht niet langer op het pakket.",
    "ar": "مرحبا، لم يصل طلبي بعد وأريد استرداد أموالي",
    "he": "שלום, ההזמנה לא הגיעה ואני רוצה החזר",
    "zh": "你好,我的订单还没有到,请退款。",
    "ru": "Здравствуйте, заказ не пришел, верните деньги",
}


def mail(text: str, id: str = "m@x.example") -> Message:
    return Message(
        id=id,
        kind="mail",
        place=Place(file="box"),
        sha256="",
        date=None,
        sender=Address("", "a@x.example"),
        text=text,
    )


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_a_third_language_is_kept_marked_and_not_guessed(text: str) -> None:
    message = mail(text)
    parts = spans(message, ())
    assert new_text(message, parts).strip() == text
    assert language_of(text) == "" and is_foreign(text)
    assert acts_of(message, parts, "consumer") == acts_of(message, parts, "merchant") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lamp is broken and I want a refund. Gracias, Carlos de la Cruz", "en"),
        ("Je veux être remboursée, la lampe est cassée. Danke, Ilse von der Leyde", "fr"),
        ("C'est non.", "fr"),
        ("Any news?", "en"),
        ("My order from El Corte y Los Muebles has not arrived.", "en"),
    ],
)
def test_a_name_or_a_greeting_makes_no_text_foreign(text: str, language: str) -> None:
    assert language_of(text) == language and not is_foreign(text)


@pytest.mark.parametrize("text", ["", " \n\n ", "😡😡 👎", "...", "\u200b\ufeff", "[image: photo.jpg]", "?"])
def test_no_words_no_acts(text: str) -> None:
    message = mail(text)
    parts = spans(message, ())
    assert "".join(text[s.start : s.end] for s in parts) == text
    assert not is_foreign(text)
    assert {a.act for a in acts_of(message, parts, "consumer")} <= {"ask_status"}


def test_emoji_and_right_to_left_around_the_words_keep_the_places() -> None:
    text = "\u202bשלום\u202c 😡 The lamp is broken, I want a refund 👎"
    message = mail(text)
    found = acts_of(message, spans(message, ()), "consumer")
    assert {"demand_refund", "complain"} <= {a.act for a in found}
    for act in found:
        assert text[act.quote.start : act.quote.end] == act.quote.text


def test_mojibake_is_read_as_far_as_it_goes_and_quoted_as_it_stands() -> None:
    text = "Je n'ai pas reÃ§u ma commande et je veux Ãªtre remboursÃ©e."
    message = mail(text)
    found = acts_of(message, spans(message, ()), "consumer")
    assert "demand_refund" in {a.act for a in found}
    assert all(a.quote.text in text for a in found)


def test_a_megabyte_of_quoted_text_leaves_the_two_new_words() -> None:
    old = "> the order never came and the answer was the same as before, again and again\n" * 13_000
    text = "Any news?\n\nOn Tue, Jun 3, 2025 at 2:02 PM Tom <help@x.example> wrote:\n\n" + old
    message = mail(text)
    parts = spans(message, ())
    assert new_text(message, parts).strip() == "Any news?"
    assert "".join(text[s.start : s.end] for s in parts) == text
    assert {a.act for a in acts_of(message, parts, "consumer")} == {"ask_status"}
