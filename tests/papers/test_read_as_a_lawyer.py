"""What a lawyer and a designer struck out when they read the papers of three mailboxes never seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.test_ladder import CANCELLED
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import desk_on, own

from recours.app.answer import answer
from recours.app.open_case import open_case
from recours.app.write_paper import write_paper
from recours.papers.types import Paper


def told(paper: Paper) -> list[str]:
    return [s["text"] for section in paper.model["sections"] for s in section["sentences"]]


def place(found: list[str], words: str) -> int:
    (where,) = [n for n, text in enumerate(found) if words in text]
    return where


@pytest.mark.parametrize(("day", "first"), [("2026-06-01", "cancelled"), ("2026-06-21", "complained")])
def test_facts_stand_in_order_of_time(tmp_path: Path, day: str, first: str) -> None:
    """Old bug: the first complaint stood before a cancellation that was a month older.  On one day it stands first."""
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, lamp_dispute().write(tmp_path / "mail.mbox")).case.id
    answer(desk, case, ["consumer.is_consumer=oui", f"cancellation.sent_on={day}"])
    found = told(write_paper(desk, case, "small_claims", "fr"))
    cancelled, complained = place(found, "j'ai annulé le contrat"), place(found, "j'ai signalé le problème")
    assert (cancelled < complained) == (first == "cancelled"), found


def test_what_was_asked_of_the_issuer_stands_in_order_of_time(tmp_path: Path) -> None:
    """Old bug: it stood behind all that the merchant did later."""
    desk, case = own(tmp_path, "never-came", "2026-11-23", *CANCELLED, "issuer.asked_on=2026-10-01")
    found = told(write_paper(desk, case, "bank_complaint", "fr"))
    assert place(found, "j'ai demandé à l'émetteur") < place(found, "j'ai annulé le contrat")
    assert place(found, "aucun crédit") > place(found, "le commerçant a refusé")


@pytest.mark.parametrize(
    ("kind", "times"), [("not_received", 1), ("service_not_provided", 1), ("defective", 1)]
)
def test_what_is_wrong_is_said_once_to_the_public_body(tmp_path: Path, kind: str, times: int) -> None:
    """Old bug: "the service was not provided" was both the first fact and the fourth."""
    desk, case = own(tmp_path, "never-came", "2026-11-23", *CANCELLED, f"problem.kind={kind}")
    found = told(write_paper(desk, case, "regulator", "fr"))
    assert (
        sum(any(w in t for w in ("n'a été livré", "n'a pas été rendu", "défectueux")) for t in found) == times
    ), found


def test_no_word_stands_before_a_name_that_french_would_cut_short(tmp_path: Path) -> None:
    """Old bug: "j'ai acheté de Électro Garonne"."""
    desk, case = own(tmp_path, "never-came", "2026-11-23", *CANCELLED, "merchant.name=Électro Garonne")
    for paper in ("chargeback", "small_claims", "regulator"):
        text = " ".join(told(write_paper(desk, case, paper, "fr")))
        assert "j'ai acheté chez Électro Garonne" in text and "de Électro" not in text
    assert "je vous ai acheté" in " ".join(told(write_paper(desk, case, "demand", "fr")))


@pytest.mark.parametrize(("received", "said"), [("0 CAD", "no refund to"), ("100 CAD", "no full refund to")])
def test_a_court_is_told_of_a_part_only_when_a_part_came(tmp_path: Path, received: str, said: str) -> None:
    """Old bug: "no full refund" let the court suppose that some money had come."""
    desk, case = own(tmp_path, "never-came", "2026-11-23", *CANCELLED, f"refund.received_amount={received}")
    assert any(said in text for text in told(write_paper(desk, case, "small_claims", "en")))


def test_what_the_law_answers_is_announced_only_when_it_answers(tmp_path: Path) -> None:
    """Old bug: "and what the file shows" stood over the merchant's words alone."""
    desk, case = own(
        tmp_path, "never-came", "2026-11-23", "issuer.asked_on=2026-11-01", "payment.method=debit_card"
    )
    paper = write_paper(desk, case, "second_round", "en")
    head = next(s["head"] for s in paper.model["sections"] if s["head"].startswith("What the merchant says"))
    answered = any(text.startswith("The rule:") for text in told(paper))
    assert head == (
        "What the merchant says, and what the law answers" if answered else "What the merchant says"
    )


OFFER = "Nous pouvons réparer la lampe pour 89,00 $."


@pytest.mark.parametrize(
    ("offer", "reply", "said"),
    [
        (OFFER, "", "comme vous l'avez écrite et sans autres frais pour moi"),
        ("Nous vous offrons de réparer la lampe.", "", "exécutée au complet, sans frais pour moi"),
        (
            OFFER,
            "Je refuse votre offre.",
            "J'ai refusé cette offre le 10 juillet 2026. Si vous la maintenez, je l'accepte",
        ),
    ],
)
def test_what_is_accepted_is_what_was_offered(tmp_path: Path, offer: str, reply: str, said: str) -> None:
    """Old bug: a repair offered at 89 $ was accepted "at no cost to me", and an offer that was turned down as if it stood."""
    box = lamp_dispute()
    box.mail(
        SHOP, ME, "Re: Commande AL-20417 : lampe brisée", f"Bonjour,\n\n{offer}\n\nAtelier", day="2026-07-09"
    )
    if reply:
        box.mail(
            ME, SHOP, "Re: Commande AL-20417 : lampe brisée", f"Bonjour,\n\n{reply}\n\nJo", day="2026-07-10"
        )
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "mail.mbox")).case.id
    text = " ".join(told(write_paper(desk, case, "accept_offer", "fr"))).replace("\N{NO-BREAK SPACE}", " ")
    assert said in text, text
