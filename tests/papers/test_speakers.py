"""Who said it: a letter never puts a carrier's or a platform's words into the merchant's mouth."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.mailboxes import ME, SHOP, Box, lamp_dispute
from tests.papers.cases import desk_on
from tests.papers.test_letters import sentences

from recours.app.add import add
from recours.app.answer import answer
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.write_paper import write_paper
from recours.intake.types import Place
from recours.papers.errors import NotReadyError
from recours.papers.speakers import Speakers
from recours.reading.types import Address, Message
from recours.words import Language

HOUSE = "Bazarro <no-reply@bazarro.example>"
SELLER = "prairie_audio_deals (via Bazarro) <m-7f3k@messages.bazarro.example>"
CARRIER = "Colibelle Livraison <avis@colibelle.example>"


def _mail(name: str, email: str, *to: str) -> Message:
    return Message(
        id=f"{name}{email}",
        kind="mail",
        place=Place(file="", position=1),
        sha256="",
        date=None,
        sender=Address(name, email),
        to=tuple(Address("", address) for address in to),
    )


@pytest.mark.parametrize(
    ("sender", "email", "other"),
    [
        ("Kootenay Volt Help", "help@kootenayvolt.example", ""),
        ("Brent", "help@kootenayvolt.example", ""),  # only a first name, at home
        ("Kootenay Volt Supply via Caissio", "receipts@caissio.example", ""),  # its name, elsewhere
        ("Brent", "brent@support.kootenayvolt.example", ""),
        ("Pacilivre", "avis@pacilivre.example", "Pacilivre"),
        ("", "avis@pacilivre.example", "avis@pacilivre.example"),
        ("Kootenay Transport", "info@kt.example", "Kootenay Transport"),  # shares a town
    ],
)
def test_one_sender_a_line(sender: str, email: str, other: str) -> None:
    message = _mail(sender, email)
    speakers = Speakers("Kootenay Volt Supply", ["kootenayvolt.example"], [message])
    assert speakers.other(message) == other


def test_a_shop_that_writes_through_a_marketplace_is_not_the_marketplace() -> None:
    shop = _mail("prairie_audio (via Bazarro)", "m-7f@messages.bazarro.example")
    house = _mail("Bazarro Resolution Team", "resolution@bazarro.example")
    mine = _mail("Jo", "jo@maison.example", "resolution@bazarro.example")
    speakers = Speakers("prairie_audio", ["bazarro.example"], [shop, house, mine])
    assert speakers.other(shop) == ""
    assert speakers.other(house) == "Bazarro Resolution Team"
    assert speakers.told(mine) == "Bazarro Resolution Team"


def test_a_shop_known_by_another_name_than_its_domains_speaks_for_itself() -> None:
    message = _mail("RP Support", "rp@rpmeubles.example")
    assert Speakers("Rideau et fils", ["rpmeubles.example"], [message]).other(message) == ""
    assert Speakers("Rideau et fils", [], [message]).other(message) == ""  # no domain is known


def _through_a_carrier(folder: Path) -> tuple[Desk, str]:
    box = lamp_dispute()
    asked = box.mail(
        ME,
        f"{CARRIER}, {SHOP}",
        "Re: Commande AL-20417 : lampe défectueuse",
        "Bonjour,\n\nLa lampe de la commande AL-20417 a-t-elle été abîmée en route ?\n\nJo\n",
    )
    box.mail(
        CARRIER,
        ME,
        "Re: Commande AL-20417 : lampe défectueuse",
        "Bonjour,\n\nVeuillez vous adresser au vendeur.\n\nService Colibelle\n",
        day="2026-06-21",
        reply_to=asked,
    )
    desk = desk_on(folder, "2026-07-20")
    case = open_case(desk, box.write(folder / "m.mbox")).case.id
    answer(desk, case, ["consumer.is_consumer=yes", "contract.excluded=no"])
    return desk, case


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_carriers_answer_is_never_the_sellers(tmp_path: Path, language: Language) -> None:
    """Old bug: "vous avez répondu : « Veuillez vous adresser au vendeur »", said to the seller."""
    desk, case = _through_a_carrier(tmp_path)
    told = [s["text"] for s in sentences(write_paper(desk, case, "demand", language))]
    said = [text for text in told if "adresser au vendeur" in text]
    assert all("Colibelle Livraison" in text for text in said)
    assert not any("vous avez" in text or "you answered" in text for text in said)
    answered = next(e for e in desk.case(case).entries if "colibelle" in e.message.sender.email)
    assert answered.membership.in_dispute and not [act for act in answered.acts if act.by == "merchant"]


def test_a_demand_that_went_to_a_platform_was_not_sent_to_the_shop(tmp_path: Path) -> None:
    """Old bug: "I sent you a formal demand", of one that only the marketplace had."""
    mailbox = Path(__file__).parents[1] / "unseen" / "fake-earbuds" / "mailbox.mbox"
    desk = desk_on(tmp_path, "2026-11-23")
    case = open_case(desk, mailbox).case.id
    told = [s["text"] for s in sentences(write_paper(desk, case, "regulator", "fr"))]
    (demand,) = [text for text in told if "mise en demeure" in text]
    assert "à Bazarro Resolution Team" in demand


def test_what_is_remembered_of_a_call_is_not_given_as_a_record(tmp_path: Path) -> None:
    """Old bug: the words of a call's note stood in a letter like words of an e-mail."""
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, lamp_dispute().write(tmp_path / "m.mbox")).case.id
    note = tmp_path / "calls.md"
    note.write_text(
        "## 2026-07-02, 13:40\nAppelé Atelier Lumen. Ils ont refusé : ils ne remboursent pas la lampe.\n",
        encoding="utf-8",
    )
    add(desk, case, [note])
    answer(desk, case, ["consumer.is_consumer=yes", "contract.excluded=no"])
    told = [s["text"] for s in sentences(write_paper(desk, case, "demand", "fr"))]
    called = [text for text in told if text.startswith("Le 2 juillet 2026")]
    assert called and all(", au téléphone, d'après ma note, vous avez" in text for text in called)


def test_the_same_words_stand_once_in_a_review(tmp_path: Path) -> None:
    """Old bug: a sentence that denies and refuses was quoted twice."""
    box = Box()
    box.mails += lamp_dispute().mails[:3]
    box.mail(
        SHOP,
        ME,
        "Re: Commande AL-20417 : lampe défectueuse",
        "Bonjour,\n\nNous ne sommes pas responsables des défauts et nous ne pouvons pas vous rembourser.\n\nLéa\n",
        day="2026-06-18",
    )
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "m.mbox")).case.id
    told = [s["text"] for s in sentences(write_paper(desk, case, "review", "fr"))]
    assert len(told) == len(set(told))
    assert any("Nous ne sommes pas responsables" in text for text in told)


def bazarro(tmp_path: Path, seller_at: str = "") -> tuple[Desk, str]:
    """Bought of a seller on a marketplace, whose own address stands at the foot of its notices.

    seller_at: the seller's address, beside its name, "" when nobody gives it.
    """
    box = Box()
    box.mail(
        HOUSE,
        ME,
        "Your order BZ-7710-44382 is confirmed",
        "Hi Jo, your order is confirmed!\n\nOrder number   BZ-7710-44382\nOrder date   June 2, 2026\n"
        f"Sold by   prairie_audio_deals\n{seller_at}\n\n1 x Aurasonic Pro 3 earbuds, new   CA $254.80\n"
        "Order total   CA $254.80\n\nPaid with   Visa ****0457\n\n"
        + ("" if seller_at else "Bazarro Marketplace Inc., 300 Granville Walk, Vancouver BC V6C 0A0\n"),
        day="2026-06-02",
    )
    box.mail(
        ME,
        SELLER,
        "Order BZ-7710-44382: fake",
        "Hello,\n\nThe earbuds are defective, they do not turn on. Please refund me.\n\nJo Tremblay\n",
        day="2026-06-10",
    )
    box.mail(
        SELLER,
        ME,
        "Re: Order BZ-7710-44382: fake",
        "Hello friend, sorry, no refund for open box product.\n\nprairie_audio_deals\n",
        day="2026-06-12",
    )
    desk = desk_on(tmp_path, "2026-07-20")
    case = open_case(desk, box.write(tmp_path / "mail.mbox")).case.id
    answer(desk, case, ["consumer.is_consumer=yes", "consumer.name=Jo Tremblay", "merchant.email=?"])
    return desk, case


def test_a_seller_s_demand_does_not_go_to_the_marketplace_s_address(tmp_path: Path) -> None:
    """Old bug: the address at the foot of the marketplace's notice stood under the seller's name."""
    desk, case = bazarro(tmp_path)
    assert "300 Granville Walk" in str(desk.case(case).value("merchant.address"))
    paper = write_paper(desk, case, "first_complaint", "en")
    assert paper.model["recipient"] == ("prairie_audio_deals", "m-7f3k@messages.bazarro.example")
    with pytest.raises(NotReadyError) as refused:  # a parcel needs a place
        write_paper(desk, case, "return_slip", "en")
    assert "stands in a mail that Bazarro wrote" in refused.value.what["en"]
    assert "que Bazarro a écrit" in refused.value.what["fr"]
    answer(desk, case, ["merchant.address=12 Prairie Road, Red Deer AB T4N 1A1"])
    paper = write_paper(desk, case, "first_complaint", "en")
    assert paper.model["recipient"][:2] == ("prairie_audio_deals", "12 Prairie Road, Red Deer AB T4N 1A1")


def test_who_says_that_the_address_is_the_seller_s_is_believed(tmp_path: Path) -> None:
    desk, case = bazarro(tmp_path)
    answer(desk, case, ["merchant.address=300 Granville Walk, Vancouver BC V6C 0A0"])
    paper = write_paper(desk, case, "first_complaint", "en")
    assert "300 Granville Walk, Vancouver BC V6C 0A0" in paper.model["recipient"]


def test_an_address_beside_the_seller_s_name_is_the_seller_s(tmp_path: Path) -> None:
    desk, case = bazarro(tmp_path, "12 Prairie Road, Red Deer AB T4N 1A1")
    paper = write_paper(desk, case, "first_complaint", "en")
    assert "12 Prairie Road, Red Deer AB T4N 1A1" in paper.model["recipient"]
