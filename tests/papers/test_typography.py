"""French typography, one line a rule; and the whole wording holds to it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from tests.papers.cases import lamp
from tests.papers.test_letters import sentences

from recours.app.write_paper import write_paper
from recours.money import Money
from recours.papers.formats import money_text
from recours.papers.letter import Letter
from recours.papers.typesetting import typeset
from recours.papers.typography import NBSP, THIN, curled, french, held
from recours.papers.wording import phrase
from recours.words import Language, table


@pytest.mark.parametrize(
    ("plain", "right"),
    [
        ("Objet : plainte", f"Objet{NBSP}: plainte"),
        ("Objet: plainte", f"Objet{NBSP}: plainte"),
        ("« oui »", f"«{NBSP}oui{NBSP}»"),
        ("«oui»", f"«{NBSP}oui{NBSP}»"),
        ("reçu; rien", f"reçu{THIN}; rien"),
        ("reçu ; rien", f"reçu{THIN}; rien"),
        ("Quand ?", f"Quand{THIN}?"),
        ("Non!", f"Non{THIN}!"),
        ("({x}) ?", f"({{x}}){THIN}?"),
        ("« oui » ; non", f"«{NBSP}oui{NBSP}»{THIN}; non"),
        ("12 500 km", f"12{THIN}500 km"),
        ("1 234 567,50 $", f"1{THIN}234{THIN}567,50{NBSP}$"),
        ("{rate} % par an", f"{{rate}}{NBSP}% par an"),
        ("n° {n}", f"n°{NBSP}{{n}}"),
        ("A ce jour", "À ce jour"),
        ("Emetteur de la carte", "Émetteur de la carte"),
        ("A4", "A4"),
        ("à 12:30", "à 12:30"),
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("a@b.example ; oui", f"a@b.example{THIN}; oui"),
        ("1. 2. 3.", "1. 2. 3."),
        ("; nous avons parlé", f"{THIN}; nous avons parlé"),
        ("", ""),
    ],
)
def test_one_rule_a_line(plain: str, right: str) -> None:
    assert french(plain) == right
    assert french(right) == right


def test_the_whole_french_wording_is_set() -> None:
    for name in ("recours.papers.wording", "recours.papers.wording.letters"):
        for key in table("fr", name):
            values = dict.fromkeys(_fields(table("fr", name)[key]), "x")
            told = phrase("fr", key, **values)
            assert " :" not in told and " ;" not in told and " ?" not in told, key
            assert "« " not in told and " »" not in told, key


def _fields(text: str) -> list[str]:
    import string

    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def test_english_and_what_others_wrote_stay_as_they_are(tmp_path: Path) -> None:
    assert phrase("en", "demand.subject") == "Re:"
    desk, case = lamp(tmp_path)
    quoted = [s["text"] for s in sentences(write_paper(desk, case, "demand")) if "«" in s["text"]]
    said = " ".join(" ".join(e.message.text.split()) for e in desk.case(case).entries)
    assert quoted
    for text in quoted:
        assert text.split(f"«{NBSP}")[1].split(f"{NBSP}»")[0].rstrip("…") in said


def test_amounts_do_not_break() -> None:
    assert money_text(Money(Decimal("12345.6"), "CAD"), "fr") == f"12{THIN}345,60{NBSP}$"
    assert money_text(Money(Decimal("12345.6"), "CAD"), "en") == "$12,345.60"


@pytest.mark.parametrize(
    ("plain", "right"),
    [
        ("le 15 septembre 2026", f"le 15{NBSP}septembre 2026"),
        ("le 1er mars", f"le 1er{NBSP}mars"),
        ("On November 23, 2026", f"On November{NBSP}23, 2026"),
        ("on 23 November 2026", f"on 23{NBSP}November 2026"),
        ("(RLRQ, c. P-40.1), art. 272", f"(RLRQ, c.{NBSP}P-40.1), art.{NBSP}272"),
        ("ss. 261 and 262", f"ss.{NBSP}261 and 262"),
        ("Granby QC J2G 0A0", f"Granby QC J2G{NBSP}0A0"),
        ("Hexham NE46 0AA", f"Hexham NE46{NBSP}0AA"),
        ("you asked 5 times", f"you asked 5{NBSP}times"),
        ("parts. 2 of them", "parts. 2 of them"),
        ("KT 60 A", "KT 60 A"),
    ],
)
def test_what_is_read_as_one_is_held_on_one_line(plain: str, right: str) -> None:
    """Old bugs: "art." at the end of a line, a postal code on two."""
    assert held(plain) == right
    assert held(right) == right


_EMPTY = dict.fromkeys(
    [
        "author",
        "day",
        "delivery",
        "subject_head",
        "subject",
        "salutation",
        "closing",
        "signature",
        "exhibits_head",
        "exhibits_note",
        "page",
    ],
    "",
) | {
    "sender": (),
    "recipient": (),
    "sections": (),
    "cited": (),
    "exhibits_columns": ("", "", ""),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_a_title_takes_one_line(language: Language, paper: str) -> None:
    """Old bug: DEMANDE DE CONTESTATION D'UN / PAIEMENT."""
    names = ("recours.papers.wording", "recours.papers.wording.letters")
    titles = [text for n in names for key, text in table(language, n).items() if key.endswith(".title")]
    for title in [french(t) if language == "fr" else t for t in titles]:
        letter = Letter(name="demand", language=language, title=curled(title), paper=paper, **_EMPTY)  # type: ignore[arg-type]  # all empty
        pdf = typeset("letter.typ", msgspec.to_builtins(letter), language=language).pdf
        lines = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().splitlines()
        assert any(" ".join(curled(title).upper().split()) == " ".join(line.split()) for line in lines), title
