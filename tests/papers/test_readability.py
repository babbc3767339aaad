"""How plain the words are: syllables, the two formulas, and letters that hold their own goal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.papers.cases import lamp
from tools.pictures import Setting, cased, settings

from recours.app.write_paper import write_as
from recours.cli import main
from recours.papers.readability import Ease, ease, syllables
from recours.words import Language

EN = {
    "the": 1, "money": 2, "refund": 2, "table": 2, "idea": 3, "people": 2, "merchant": 2, "delivered": 3,
    "date": 1, "services": 3, "account": 2, "cancellation": 4, "year": 1, "does": 1, "little": 2, "handled": 2,
    "used": 1, "wanted": 2, "asked": 1, "reason": 2, "you": 1, "beyond": 2, "actual": 3, "period": 3,
}  # fmt: skip
FR = {
    "le": 1, "commerçant": 3, "remboursement": 4, "réponse": 2, "mise": 1, "demeure": 2, "loi": 1, "garantie": 3,
    "payé": 2, "journée": 2, "créance": 2, "envoyée": 3, "pièces": 1, "maïs": 2, "livraison": 3, "aujourd'hui": 3,
    "l'article": 2, "défectueux": 4, "dix": 1, "réception": 3,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), EN.items())
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize(("word", "count"), FR.items())
def test_french_syllables(word: str, count: int) -> None:
    assert syllables(word, "fr") == count


def test_the_formulas_by_hand() -> None:
    """Six words, seven syllables: 0.39 x 6 + 11.8 x 7/6 - 15.59; seven words, ten syllables in French."""
    found = ease(["You sold me a broken lamp."], "en")
    assert found is not None
    assert (found.words, found.sentences, found.value, found.good) == (6, 1, 0.5, True)
    found = ease(["Vous m'avez vendu une lampe brisée hier."], "fr")
    assert found is not None
    assert found.value == round(207 - 1.015 * 7 - 73.6 * 10 / 7, 1)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_others_said_and_what_is_cited_is_not_counted(language: Language) -> None:
    bare = ease(["Vous avez dit non."], language)
    told = ease(
        ["Vous avez dit non « unquestionably irresponsible » (Loi (RLRQ, c. P-40.1), art. 37)."], language
    )
    assert bare is not None and told is not None
    assert told.words == bare.words
    assert ease(["« rien »", "(P-1)"], language) is None


def grade(paper: str, setting: Setting) -> Ease | None:
    with cased(setting) as (desk, case):
        return write_as(desk, case, paper, "pdf", "en").ease


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_demand_is_in_plain_words(tmp_path: Path, language: Language) -> None:
    desk, case = lamp(tmp_path)
    found = write_as(desk, case, "demand", "pdf", language).ease
    assert found is not None and found.words > 80
    assert found.good


@pytest.mark.parametrize(
    "paper",
    [
        "cancellation",
        "first_complaint",
        "issuer_demand",
        "mandate",
        "manufacturer_demand",
        "regulator",
        "repeat_answer",
    ],
)
def test_the_letters_with_the_longest_sentences_reach_the_goal(paper: str) -> None:
    found = grade(paper, settings()[paper])
    assert found is not None and found.good, found


def test_sentences_that_are_one_line_of_the_letter_are_counted_apart() -> None:
    """Old bug: three short sentences about one request were measured as a long one."""
    found = ease(["You asked for photos (P-1). I sent them on May 3. You asked again."], "en")
    assert found is not None and found.sentences == 3


def test_the_figure_is_told(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    said = ["--store", str(tmp_path / "cases.recours"), "--screen", "en", "--today", str(desk.today)]
    out = CliRunner().invoke(
        main, [*said, "write", case, "demand", "-o", str(tmp_path / "d.pdf"), "--lang", "en"]
    )
    assert "Plain words: school grade" in out.output, out.output
