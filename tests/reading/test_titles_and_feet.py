"""The title in which a desk or a relay says who writes, and what it sets under every message: never new text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from recours.intake.types import Place
from recours.reading.quotes.spans import new_text, spans
from recours.reading.types import Address, Message

ENGLISH = "Hi Maya,\n\nWe looked into your order and the parcel is with the courier."
FRENCH = "Bonjour Maya,\n\nNous avons vérifié votre commande et le colis est chez le transporteur."
TITLES_EN = (
    "Tom at Brightly replied:",
    "Message from Brightly Outdoor:",
    "Brightly Support sent you a message",
    "--------------------------------\nTom (Customer Care) wrote:",
    "================================\nNew message from seller brightly_outdoor\n================================",
    "You have a new message from Brightly about order 4411",
    "Reply from Tom H. · Customer Happiness",
    "Tom H., Brightly Support | 14 May 2026",
    "________________\nA message from your seller",
    "Brightly says:",
    "The seller has answered your question:",
    "[Brightly Help] Tom wrote",
    "Agent: Tom",
    "Your host Brightly has written to you:",
    "* * * * *\nTom from Brightly has responded to your request\n* * * * *",
    "Answer by Tom (Level 2)",
)
TITLES_FR = (
    "Tom de Brightly a répondu :",
    "Message de Brightly Outdoor :",
    "Le service client Brightly vous a envoyé un message",
    "--------------------------------\nTom (Service clients) a écrit :",
    "================================\nNouveau message du vendeur brightly_outdoor\n================================",
    "Vous avez reçu un nouveau message de Brightly au sujet de la commande 4411",
    "Réponse de Tom H. · Relation clients",
    "Tom H., Service Brightly | 14 mai 2026",
    "________________\nUn message de votre vendeur",
    "Brightly vous dit :",
    "Le vendeur a répondu à votre question :",
    "[Aide Brightly] Tom a écrit",
    "Agent : Tom",
    "Votre hôte Brightly vous a écrit :",
    "* * * * *\nTom de Brightly a répondu à votre demande\n* * * * *",
    "Réponse apportée par Tom (niveau 2)",
)
FEET_EN = (
    "--------\nAnswer through your message centre so that we can protect you.",
    "Never pay outside of the Marketo platform.\nThis conversation is monitored for your safety.",
    "Please reply to this e-mail to answer the seller. Do not share your personal data.",
    "You receive this message because you bought an item on Marketo.\nManage your notifications",
    "________________\nTicket 4411 | Brightly Help Desk | Rate our answer: good / bad",
    "To protect your privacy we hide e-mail addresses. Marketo Messaging",
)
FEET_FR = (
    "--------\nRépondez par votre messagerie afin que nous puissions vous protéger.",
    "Ne payez jamais en dehors de la plateforme Marketo.\nCette conversation est surveillée pour votre sécurité.",
    "Répondez à ce courriel pour répondre au vendeur. Ne communiquez pas vos données personnelles.",
    "Vous recevez ce message parce que vous avez acheté un article sur Marketo.\nGérer vos notifications",
    "________________\nDossier 4411 | Aide Brightly | Notez notre réponse : bien / mal",
    "Pour protéger votre vie privée, nous masquons les adresses. Messagerie Marketo",
)
# What people themselves write above or below, and which must stay.
OWN = (
    "Order 4411\n\nHi, the lamp you sent is broken.",
    'Hi,\n\nYour colleague Tom replied:\n\n"we cannot help"\n\nIs that your last word?',
    "The seller told me:\n\nno refunds. I do not agree.",
    "Hello,\n\nthe lamp is broken.\n\nDo not send me another one before I have my money back.",
    "Bonjour,\n\nla lampe est brisée.\n\nNe m'envoyez pas un autre modèle avant ma réponse.",
    "Votre vendeur m'a écrit :\n\n« rien à faire ». Qu'en dites-vous?",
    "Maya Roy\n12 High Street\n\nDear Sir,\n\nThe lamp is broken.",
)


def read(text: str) -> str:
    message = Message(
        id="a@x",
        kind="mail",
        sha256="0" * 64,
        place=Place(file="m", position=1),
        date=datetime(2026, 5, 14, tzinfo=UTC),
        sender=Address(name="Brightly", email="help@brightly.example"),
        to=(Address(name="Maya", email="maya@home.example"),),
        subject="Re: order",
        text=text,
    )
    return new_text(message, spans(message))


@pytest.mark.parametrize("title", TITLES_EN)
def test_an_english_title_is_a_frame(title: str) -> None:
    assert read(f"{title}\n\n{ENGLISH}\n\nBest,\nTom") == ENGLISH


@pytest.mark.parametrize("title", TITLES_FR)
def test_a_french_title_is_a_frame(title: str) -> None:
    assert read(f"{title}\n\n{FRENCH}\n\nCordialement,\nTom") == FRENCH


@pytest.mark.parametrize("foot", FEET_EN)
def test_an_english_foot_is_a_frame(foot: str) -> None:
    assert read(f"{ENGLISH}\n\nBest,\nTom\n\n{foot}") == ENGLISH


@pytest.mark.parametrize("foot", FEET_FR)
def test_a_french_foot_is_a_frame(foot: str) -> None:
    assert read(f"{FRENCH}\n\nCordialement,\nTom\n\n{foot}") == FRENCH


@pytest.mark.parametrize("text", OWN)
def test_what_a_person_wrote_stays(text: str) -> None:
    assert read(text) == text
