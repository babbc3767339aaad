"""The quick ways to count words and find numbers give what their plain regular expressions give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.intake.from_mbox import Mailbox
from recours.reading import dispute_terms as terms
from recours.reading.dispute_terms import Kind, counted, numbers
from recours.reading.mime import triage
from recours.text import fold

KINDS: tuple[Kind, ...] = tuple(terms._words())  # type: ignore[arg-type]  # the table's keys are the kinds; the table itself says so
PLAIN = {
    kind: re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)")
    for kind, patterns in terms._words().items()
}
OWN = Path(__file__).parents[1]


def plainly(text: str) -> tuple[int, ...]:
    return tuple(len({m.group() for m in PLAIN[kind].finditer(text)}) for kind in KINDS)


def orders_plainly(text: str) -> list[str]:
    return [m[1] for m in terms._ORDER.finditer(text)]


def orders_of(text: str) -> frozenset[str]:
    found = (n.upper().strip("-/_") for n in orders_plainly(text))
    return frozenset(
        n for n in found if sum(c.isdigit() for c in n) >= 3 and not terms.PHONE_OR_DATE.match(n)
    )


def identifiers_plainly(text: str) -> frozenset[str]:
    found = terms._IDENTIFIER.findall(text.upper())
    found += ["".join(match.split()) for match in terms._SPACED.findall(text.upper())]
    return frozenset(n for n in found if len(n) >= 6 and not terms.PHONE_OR_DATE.match(n))


def same(text: str) -> None:
    folded = fold(text)
    assert counted(KINDS, folded) == plainly(folded), text
    assert [m[1] for m in terms._orders(text)] == orders_plainly(text), text
    assert numbers(text).orders == orders_of(text), text
    assert numbers(text).identifiers == identifiers_plainly(text), text


@pytest.mark.parametrize("file", sorted((OWN / "cases").glob("*/mailbox.mbox")), ids=lambda f: f.parent.name)
def test_the_same_in_every_mail_of_our_mailboxes(file: Path) -> None:
    for mail in Mailbox(file):
        line = triage(mail.content, mail.place)
        same(f"{line.subject}\n{line.body}")


WORDS = st.sampled_from(
    [
        "commande",
        "order",
        "ORDERS",
        "ſubscription",
        "Référence",
        "REFERENCE",
        "n°",
        "no",
        "#",
        "12-34/56",
        "AB-1234-9",
        "ab1234",
        "2026-01-02",
        "ne",
        "fonctionne",
        "pas",
        "pas",
        "recu",
        "jamais",
        "livré",
        "won't",
        "work",
        "isn't",
        "working",
        "l'article",
        "$5",
        "€12",
        "5$3",
        "£",
        "1",
        "200,50",
        "$",
        "40",
        "%",
        "de",
        "rabais",
        "10%",
        "off",
        "suivi",
        "TRACKING",
        "LVX",
        "7719",
        "0420",
        "55",
        "pro",
        "colis",
        "number",
        "is",
        "-",
        "_",
        "'",
        '"',
        ".",
        ",",
        "(",
        ")",
        "\n",
        "٣٤٥",
        "İ",
        "K",
        "ß",
    ]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=14), st.sampled_from(["", " ", "  ", "\n"]))
def test_the_same_in_any_text(words: list[str], between: str) -> None:
    same(between.join(words))


@pytest.mark.parametrize("kind", KINDS)
def test_each_pattern_counts_what_it_matches(kind: Kind) -> None:
    for pattern in terms._words()[kind]:
        for choice in terms._choices(pattern):
            begun = set(terms._beginnings(choice))
            assert begun, choice
            assert all(len(b) <= terms._BEGINNING for b in begun)


@pytest.mark.parametrize(
    ("pattern", "begun"),
    [
        ("colis|livree?s?", {"colis", "livre"}),
        ("(?:pas|jamais) recu", {"pas", "jamai"}),
        ("(?:un )?(?:ab|cd)e", {"un ", "ab", "cd"}),
        ("[$€]\\d", {"$", "€"}),
        (r"\d+ ?%", {"0"}),
        ("e?mail", None),
        (r".x", None),
    ],
)
def test_how_a_pattern_begins(pattern: str, begun: set[str] | None) -> None:
    if begun is None:
        with pytest.raises(ValueError, match=r"mail|x"):
            set(terms._beginnings(pattern))
    else:
        assert set(terms._beginnings(pattern)) == begun


def test_joined_numbers_hold_three_digits() -> None:
    assert numbers("voir KV-20931-2, 12/99 et A-1").joined == {"KV-20931-2", "12/99"}


@given(st.text())
def test_folding_takes_away_every_accent_and_nothing_else(text: str) -> None:
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).replace("’", "'").replace("‘", "'")
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    assert fold(text) == " ".join(plain.split()).casefold()
