"""Finding the dispute: the right one first, every message of it, nothing of the noise, each with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.mailboxes import ME, SHOP, Box, lamp_dispute, quiet

from recours.intake.from_mbox import Mailbox
from recours.reading.dispute import find
from recours.reading.dispute_case import Index
from recours.reading.dispute_look import Seen, seen
from recours.reading.mime import triage
from recours.reading.organisations import organisation, owners
from recours.reading.threads import subject_base
from recours.reading.types import Candidate

SHARED = Path(__file__).parents[2].parent / "shared" / "reading" / "cases"


def look(box: Box, tmp_path: Path) -> list[Seen]:
    return [seen(triage(m.content, m.place)) for m in Mailbox(box.write(tmp_path / "box.mbox"))]


def inside(candidate: Candidate) -> set[str]:
    return {m.message for m in candidate.members if m.in_dispute is True}


def reason(candidate: Candidate, message: str) -> str:
    return next((m.why for m in candidate.members if m.message == message), "")


@pytest.mark.parametrize(
    ("subject", "base"),
    [
        ("Re: Commande 12", "commande 12"),
        ("RE : RE: Commande 12", "commande 12"),
        ("TR: Commande 12", "commande 12"),
        ("Fwd: Re: [ref:00091177] Order 12", "order 12"),
        ("Automatic reply: Order 12", "order 12"),
        ("Réponse automatique : Commande 12", "commande 12"),
        ("Reparation", "reparation"),
    ],
)
def test_one_conversation_has_one_subject(subject: str, base: str) -> None:
    assert subject_base(subject) == base


@pytest.mark.parametrize(
    ("email", "who"),
    [
        ("a@shop.example", "shop.example"),
        ("a@mail.shop.example", "shop.example"),
        ("a@shop.co.uk", "shop.co.uk"),
        ("a@x.shop.co.uk", "shop.co.uk"),
        ("ana@gmail.com", "ana@gmail.com"),
        ("support@lumen.zendesk.com", "lumen.zendesk.com"),
        ("root@localhost", "localhost"),
        ("@", "@"),
    ],
)
def test_the_organisation_behind_an_address(email: str, who: str) -> None:
    assert organisation(email) == who


def test_the_owner_is_who_the_mail_is_for(tmp_path: Path) -> None:
    assert owners([one.line for one in look(lamp_dispute(), tmp_path)]) == {"jo.tremblay@maison.example"}


def test_the_dispute_is_found_without_being_told(tmp_path: Path) -> None:
    found = find(look(lamp_dispute(), tmp_path))
    assert found[0].title == "Atelier Lumen, AL-20417"
    assert len(inside(found[0])) == 6
    assert {m.direction for m in found[0].members} == {"sent", "received"}


def test_no_dispute_is_none(tmp_path: Path) -> None:
    assert find(look(quiet(), tmp_path)) == ()


def test_noise_around_the_dispute_stays_out_with_a_reason(tmp_path: Path) -> None:
    box = lamp_dispute()
    advert = box.mail(
        SHOP, ME, "Nouveautés : -30 % de rabais", "Profitez-en.\nSe désabonner\n", day="2026-06-14"
    )
    other = box.mail(
        SHOP,
        ME,
        "Votre commande AL-19002",
        "Merci pour votre commande AL-19002. Total 20 $\n",
        day="2026-01-14",
    )
    bank = box.mail(
        "Banque <alertes@banque.example>",
        ME,
        "Alerte : achat par carte",
        "Votre carte : achat de 217,30 $ chez Atelier Lumen\n",
        day="2026-06-02",
    )
    family = box.mail(
        ME,
        "Ana <ana@amis.example>",
        "ma lampe",
        "Atelier Lumen ne veut pas me rembourser ma lampe !\n",
        day="2026-06-19",
    )
    (best, *_) = find(look(box, tmp_path))
    assert len(inside(best)) == 6
    assert "advertising" in reason(best, advert)
    assert "another order" in reason(best, other)
    assert "bank" in reason(best, bank)
    assert family not in inside(best)


def test_carrier_help_desk_changed_subject_and_lost_references(tmp_path: Path) -> None:
    box = lamp_dispute()
    shipped = box.mail(
        SHOP,
        ME,
        "Votre commande AL-20417 est en route",
        "Colis XP445566778 remis à Transporteur.\n",
        day="2026-06-04",
    )
    carrier = box.mail(
        "Transporteur <avis@colis.example>",
        ME,
        "Livré : XP445566778",
        "Votre colis XP445566778 a été livré.\n",
        day="2026-06-08",
        message_id="c1@colis.example",
    )
    desk = box.mail(
        "Atelier Lumen <support@atelierlumen.zendesk.com>",
        ME,
        "[Ticket 5521] Votre question",
        "Bonjour, nous avons fermé votre dossier.\n",
        day="2026-06-22",
    )
    renamed = box.mail(
        ME,
        "service@atelierlumen.example",
        "Toujours rien",
        "J'attends toujours le remboursement de ma lampe.\n",
        day="2026-06-25",
    )
    (best, *_) = find(look(box, tmp_path))
    assert {shipped, carrier, desk, renamed} <= inside(best)


def test_two_disputes_are_both_offered_and_words_choose(tmp_path: Path) -> None:
    box = lamp_dispute()
    order = box.mail(
        "Vélo Nord <info@velonord.example>",
        ME,
        "Commande VN-7731",
        "Merci pour votre commande VN-7731. Total 90,00 $\n",
        day="2026-05-02",
    )
    box.mail(
        ME,
        "info@velonord.example",
        "Re: Commande VN-7731",
        "Je n'ai jamais reçu ma commande. Remboursez-moi.\n",
        reply_to=order,
        day="2026-05-20",
    )
    lines = look(box, tmp_path)
    assert [c.title for c in find(lines)] == ["Atelier Lumen, AL-20417", "Vélo Nord, VN-7731"]
    for words in ("Vélo Nord", "velonord", "VN-7731"):
        assert [c.title for c in find(lines, words)] == ["Vélo Nord, VN-7731"]


def test_copies_count_once(tmp_path: Path) -> None:
    box = lamp_dispute()
    box.mails.append(box.mails[2])
    (best, *_) = find(look(box, tmp_path))
    assert len(inside(best)) == 6
    assert len(best.members) == len({m.message for m in best.members})


def test_an_english_marketplace_mail_list_is_no_dispute(tmp_path: Path) -> None:
    box = Box()
    for n in range(4):
        post = f"From: Dev{n} <dev{n}@lists.example>\nTo: jo.tremblay@maison.example\nList-Id: <dev.lists.example>\nSubject: patch broken\nDate: Mon, 1 Jun 2026 1{n}:00:00 -0400\nMessage-ID: <l{n}@lists.example>\n\nThe patch is broken and does not work. Refused.\n"
        box.raw(post.encode())
    assert find(look(box, tmp_path)) == ()


@pytest.mark.parametrize(
    "name",
    [
        "composant-pour-mon-frere",
        "concert-annule-bon-d-achat",
        "sectional-never-came",
        "wrong-keyboard-returned",
    ],
)
def test_the_shared_cases(name: str) -> None:
    if not SHARED.exists():
        pytest.skip("needs ../shared")
    truth = json.loads((SHARED / name / "truth.json").read_text(encoding="utf-8"))
    lines = [seen(triage(m.content, m.place)) for m in Mailbox(SHARED / name / "mailbox.mbox")]
    position = {one.line.id: one.line.place.position for one in lines}
    found = {f"mbox:{position[i]}" if i.startswith("sha256:") else i for i in inside(find(lines)[0])}
    assert found - set(truth["either_way_message_ids"]) == set(truth["dispute_message_ids"])


COURSE = "Atelier Papier <info@atelierpapier.example>"


def course() -> Box:
    """A course that was never given: nobody says "order"; its number stands in the subjects."""
    box = Box()
    box.mail(
        COURSE,
        ME,
        "Bienvenue à l'atelier",
        "Bonjour Jo, votre compte est créé. Paiement par Visa, 340,00 $ à venir.\n",
        day="2026-03-01",
    )
    box.mail(
        COURSE,
        ME,
        "Inscription confirmée",
        "Inscription no AP-2608-117\nReliure, 6 soirées 340,00 $\n",
        day="2026-05-02",
    )
    asked = box.mail(
        ME,
        COURSE,
        "Annulation AP-2608-117",
        "Aucun cours n'a été donné. Remboursez-moi 340 $.\n",
        day="2026-06-20",
    )
    box.mail(COURSE, ME, "Re: Annulation AP-2608-117", "Laissez-moi voir avec mon associé.\n", reply_to=asked)
    box.mail(ME, COURSE, "AP-2608-117, rien reçu", "Je n'ai rien reçu.\n", day="2026-07-05")
    return box


def test_a_purchase_that_nobody_calls_an_order_is_found_with_all_its_notices(tmp_path: Path) -> None:
    found = find(look(course(), tmp_path))
    assert found[0].order_numbers == ("AP-2608-117",)
    assert len(inside(found[0])) == 5


@pytest.mark.parametrize("written", ["LVX 7719 0420 55", "LVX7719042055"])
def test_a_parcel_number_in_groups_ties_the_carrier_to_the_purchase(tmp_path: Path, written: str) -> None:
    box = lamp_dispute()
    box.mail(
        SHOP,
        ME,
        "Commande AL-20417 expédiée",
        "Commande AL-20417, n° de suivi : LVX 7719 0420 55\n",
        day="2026-06-04",
    )
    carrier = box.mail(
        "Livrexel <noreply@livrexel.example>",
        ME,
        "Livraison effectuée",
        f"Votre colis n° {written} a été livré.\n",
        day="2026-06-08",
    )
    (best, *_) = find(look(box, tmp_path))
    assert carrier in inside(best)


@pytest.mark.parametrize(
    ("firm", "verdict"), [("Brume <help@brume.example>", "unsure"), ("Orion <help@orion.example>", True)]
)
def test_a_complaint_to_another_firm_about_the_order(tmp_path: Path, firm: str, verdict: object) -> None:
    """Asked about, unless the shop's own mails name the firm.  Its answer goes with it, and is not the shop's word."""
    box = lamp_dispute()
    complaint = box.mail(
        ME,
        firm,
        "Lampe cassée",
        "La lampe de la commande AL-20417 est cassée, remboursez-moi.\n",
        day="2026-06-15",
    )
    answer = box.mail(
        firm,
        ME,
        "Re: Lampe cassée",
        "Nous ne pouvons pas vous rembourser.\n",
        day="2026-06-16",
        reply_to=complaint,
    )
    (best, *_) = find(look(box, tmp_path))
    state = {m.message: (m.in_dispute, m.direction) for m in best.members}
    assert state[complaint] == (verdict, "sent")
    assert state[answer] == (verdict, "other")


def test_looking_only_at_what_may_belong_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for box in (lamp_dispute(), course()):
        lines = look(box, tmp_path)
        near = find(lines)
        monkeypatch.setattr(Index, "near", lambda self, _case: list(self._looks))
        assert find(lines) == near
        monkeypatch.undo()


def test_a_branch_that_names_the_order_belongs_to_the_purchase_however_long_ago(tmp_path: Path) -> None:
    box = lamp_dispute()
    branch = box.mail(
        "Lumen Sherbrooke <bonjour@atelierlumen-sherbrooke.example>",
        ME,
        "Bienvenue",
        "Votre contrat de commande AL-20417 est ouvert.\n",
        day="2025-06-20",
    )
    stranger = box.mail(
        "Autre <bonjour@autrelumen.example>", ME, "Bonjour", "On parle de AL-20417.\n", day="2025-06-21"
    )
    (best, *_) = find(look(box, tmp_path))
    assert branch in inside(best)
    assert stranger not in inside(best)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Remboursement de Atelier Lumen", "ATELIER LUMEN\nRemboursé   117,30 $\nVisa **** 4417\n"),
        ("Refund from Atelier Lumen: $117.30", "ATELIER LUMEN\nRefunded   $117.30\nVisa **** 4417\n"),
    ],
)
def test_a_till_s_notice_of_a_refund_names_the_shop_and_no_order(
    tmp_path: Path, subject: str, text: str
) -> None:
    box = lamp_dispute()
    refund = box.mail("Paiement Vif <recus@paiementvif.example>", ME, subject, text, day="2026-06-28")
    alert = box.mail(
        "Banque du Parc <alertes@banqueduparc.example>", ME, "Alerte : " + subject, text, day="2026-06-29"
    )
    (best, *_) = find(look(box, tmp_path))
    assert refund in inside(best) and alert not in inside(best)
    assert reason(best, refund) == "a carrier's or payment service's notice that names the shop"


def test_what_was_talked_of_before_the_order_belongs_to_it_though_another_came_later(tmp_path: Path) -> None:
    box = lamp_dispute()
    plan = box.mail(
        SHOP, ME, "Votre projet", "Bonjour, le prix de la lampe comprend la livraison.", day="2026-05-15"
    )
    later = box.mail(
        SHOP, ME, "Votre achat boutique B26-1177", "Merci ! 1 abat-jour. Total 20,00 $", day="2026-06-16"
    )
    after = box.mail(
        SHOP,
        ME,
        "Merci",
        "Bonjour, merci de votre visite en boutique, votre commande est prête.",
        day="2026-06-17",
    )
    (best, *_) = find(look(box, tmp_path))
    assert plan in inside(best)
    assert reason(best, later) == "another order of the same shop"
    assert after not in inside(best) or reason(best, after) != "from the shop, where nothing else was bought"
