"""Papers say days, amounts, courts and public bodies as the buyer's place does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.papers.cases import lamp
from tests.papers.test_letters import sentences, text_of

from recours.app.answer import answer
from recours.app.write_paper import write_paper
from recours.law.rules import load_packs
from recours.money import Money
from recours.papers.formats import day_text, moment_text, money_text
from recours.papers.typography import NBSP
from recours.papers.wording import has
from recours.words import Language

GENERAL = {"nb.court", "nt.court", "nu.court", "pe.court", "yt.court"}  # their packs do not name the court


@pytest.mark.parametrize(
    ("language", "place", "day", "amount"),
    [
        ("fr", "CA", "1er juin 2026", f"1{chr(0x202F)}412,50{NBSP}$"),
        ("fr", "FR", "1er juin 2026", f"1{chr(0x202F)}412,50{NBSP}$CA"),
        ("en", "CA", "June 1, 2026", "$1,412.50"),
        ("en", "US", "June 1, 2026", "CA$1,412.50"),
        ("en", "GB", "1 June 2026", "CA$1,412.50"),
        ("en", "AU", "1 June 2026", "CAD1,412.50"),
        ("en", "DE", "June 1, 2026", "$1,412.50"),  # no forms of its own in the table
    ],
)
def test_a_day_and_an_amount_as_the_place_writes_them(
    language: Language, place: str, day: str, amount: str
) -> None:
    assert day_text(date(2026, 6, 1), language, place) == day
    assert money_text(Money(Decimal("1412.5"), "CAD"), language, place) == amount


@pytest.mark.parametrize(
    ("place", "currency", "amount"),
    [("US", "USD", "$20.00"), ("GB", "GBP", "£20.00"), ("CA", "USD", "US$20.00")],
)
def test_dollars_are_the_place_s_own(place: str, currency: str, amount: str) -> None:
    assert money_text(Money(Decimal(20), currency), "en", place) == amount


def test_a_photo_s_moment_is_said_in_words() -> None:
    assert moment_text("2026-08-08T12:04:00", "fr") == f"8 août 2026, 12{NBSP}h{NBSP}04"
    assert moment_text("2026-08-08T12:04:00-04:00", "en") == "August 8, 2026, 12:04"


def test_a_letter_from_london_has_london_s_dates(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["consumer.country=GB"])
    page = text_of(write_paper(desk, case, "timeline", "en"))[0]
    assert "8 June 2026" in page and "June 8, 2026" not in page


def test_what_the_packs_say_is_set_as_french(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    for paper in ("demand", "chargeback", "regulator", "small_claims"):
        for sentence in sentences(write_paper(desk, case, paper, "fr")):
            for sign in ";:?!":
                before = sentence["text"].split("«")[0].replace("://", "").split(f"{sign} ")[:-1]
                assert all(part[-1:] in (NBSP, chr(0x202F)) for part in before), sentence["text"]


@pytest.mark.parametrize(
    ("region", "court", "side", "public"),
    [
        (
            "CA-QC",
            "Court of Québec, Small Claims Division",
            "Plaintiff",
            "Office de la protection du consommateur",
        ),
        ("CA-ON", "Small Claims Court (Ontario)", "Plaintiff", "Consumer Protection Ontario"),
        ("CA-BC", "Civil Resolution Tribunal (British Columbia)", "Applicant", "Consumer Protection BC"),
        ("CA-YT", "The competent court", "Plaintiff", "Public body for consumer protection"),
    ],
)
def test_the_court_and_the_public_body_of_the_place_are_named(
    tmp_path: Path, region: str, court: str, side: str, public: str
) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, [f"consumer.region={region}", "seller.is_business=yes", "contract.excluded=no"])
    claim = write_paper(desk, case, "small_claims", "en")
    assert claim.model["recipient"] == (court,)
    assert claim.model["sections"][0]["rows"][0]["label"] == side
    told = " ".join(text_of(claim))
    assert ("Civil Resolution Tribunal" in told) == (region == "CA-BC")
    assert ("defendant" in told.lower()) != (region == "CA-BC")
    assert write_paper(desk, case, "regulator", "en").model["recipient"] == (public,)


def test_every_court_and_body_that_the_packs_name_has_its_name_here() -> None:
    rules = [
        rule
        for rule in load_packs().by_id.values()
        if rule.step and rule.step.step in ("small_claims", "regulator", "opc_complaint")
    ]
    nameless = {rule.id for rule in rules if not has(f"body.{rule.id.replace('.', '_')}")}
    assert len(rules) >= 19 and nameless == GENERAL
    assert all(rule.step and rule.step.papers for rule in rules)
