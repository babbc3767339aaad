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


def mail(number: int, sender: str, text: str, day: int) -> Message:
    return Message(
        id=f"{number}@x",
        kind="mail",
        sha256=f"{number:064d}",
        place=Place(file="m", position=number),
        date=datetime(2026, 5, day, tzinfo=UTC),
        sender=Address(name="", email=sender),
        to=(Address(name="", email="other@x.example"),),
        subject="Re: order",
        text=text,
    )


SHOP, MAYA = "help@brightly.example", "maya@home.example"


@pytest.mark.parametrize(
    "line",
    ["(write anywhere over this note and Ruth gets it)", "Noémie, relation clients | Dossier REC#661204"],
)
def test_a_line_with_which_a_desk_opens_every_mail_is_a_frame(line: str) -> None:
    texts = [f"{line}\n\nBonjour,\n\n{said}" for said in ("un, deux, trois.", "quatre.", "cinq, six.")]
    mails = [mail(n, SHOP, text, n + 1) for n, text in enumerate(texts)]
    assert new_text(mails[1], spans(mails[1], mails[:1], mails)) == "Bonjour,\n\nquatre."
    alone = mails[:1]
    assert line in new_text(mails[0], spans(mails[0], (), alone))  # once, it may be the author's


def test_a_sentence_said_again_stays_the_authors() -> None:
    texts = [f"Still no answer about my broken lamp\n\nOn 1 May 2026 Shop wrote:\n> {n}" for n in range(3)]
    again = "Nobody has answered me about the lamp since then."
    mails = [mail(n, MAYA, f"{again}\n\nPlease do. {text}", n + 1) for n, text in enumerate(texts)]
    assert again in new_text(mails[2], spans(mails[2], mails[:2], mails))


def test_a_desks_list_of_what_was_said_is_history() -> None:
    asked = mail(1, MAYA, "Good evening, two weeks have gone by and nobody answers the phone.", 1)
    answer = mail(
        2,
        SHOP,
        "Hello,\n\nplease send me the signed form.\n\nTom\n\nHistory of your request\n"
        "01/05/2026 22:10 Maya Roy: Good evening, two weeks have gone by and nobody answers the phone.",
        2,
    )
    assert (
        new_text(answer, spans(answer, [asked], [asked, answer]))
        == "Hello,\n\nplease send me the signed form."
    )


def test_answers_between_marked_lines_below_a_copied_header_are_the_authors() -> None:
    """Old bug: all of them but the last were taken for history, and the author's words were lost."""
    asked = mail(1, SHOP, "1. Date and place of the event:\n\n2. What is missing:", 1)
    answer = mail(
        2,
        MAYA,
        f"From: Brightly <{SHOP}>\nSent: Friday, May 1, 2026 10:05\nTo: {MAYA}\nSubject: RE: order\n\n"
        "Hi Derek, filled in below.\n\n> 1. Date and place of the event:\n\nJune 20, Red Deer\n\n"
        "> 2. What is missing:\n\nThe speeches and the first dance",
        2,
    )
    got = new_text(answer, spans(answer, [asked], [asked, answer]))
    assert [line for line in got.splitlines() if line] == [
        "Hi Derek, filled in below.",
        "June 20, Red Deer",
        "The speeches and the first dance",
    ]


def test_a_formula_and_the_senders_name_need_no_comma() -> None:
    message = mail(
        1, "brooke@juniper.example", "You are next in line.\n\nxo Brooke\nJuniper | love stories", 1
    )
    assert new_text(message, spans(message)) == "You are next in line."


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (
            "=== New message from Prairie Motors ===\n(Your address stays hidden.)",
            "=== End of message. Never pay elsewhere. ===",
        ),
        ("*** Nouvelle réponse de Moteurs Yamaska ***", "*** Fin de la réponse ***"),
    ],
)
def test_ornaments_around_what_a_relay_carries_are_frames(above: str, below: str) -> None:
    message = mail(1, "v-5@relay.example", f"{above}\n\ndo what you want, no cent from me\n\n{below}", 1)
    assert new_text(message, spans(message)) == "do what you want, no cent from me"


def test_what_was_said_below_a_line_with_who_and_when_is_history() -> None:
    asked = mail(1, MAYA, "Hi there,\nI have had the bike for six weeks and the motor drops out.", 1)
    answer = mail(
        2,
        SHOP,
        "Hiya,\n\ncan you film it?\n\nJess\n\n[Maya Roy, 1 May, 21:05]\nHi there,\n"
        "I have had the bike for six weeks and the motor drops out.",
        2,
    )
    assert new_text(answer, spans(answer, [asked], [asked, answer])) == "Hiya,\n\ncan you film it?"
