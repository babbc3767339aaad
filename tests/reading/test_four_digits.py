"""Four digits and a town, in Belgium and in Switzerland."""

from __future__ import annotations

import pytest

from recours.intake.types import Place
from recours.reading.four_digits import swiss_or_belgian
from recours.reading.places import find_addresses
from recours.reading.types import Address, Finding, Message, Read
from recours.text import Quote


def read(text: str, sender: str = "info@laine.example") -> Read:
    message = Message(
        id="m@x.example",
        kind="mail",
        place=Place(file="a.mbox"),
        sha256="0" * 64,
        date=None,
        sender=Address("", sender),
        text=text,
    )
    return Read(message=message, spans=(), new_text=text, acts=(), language="fr")


def country(words: str) -> Finding:
    quote = Quote(message="m@x.example", start=0, end=len(words), text=words)
    return Finding(name="merchant.country", value="BE", quote=quote, by="people.merchant", confidence=0.8)


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("rue du Rhône 4, 1204 Genève", "Total CHF 129.00", "CH"),
        ("rue du Rhône 4, 1204 Genève", "Tél. +41 22 555 01 42", "CH"),
        ("Rue Haute 4, 1000 Bruxelles", "Total 129,00 €", "BE"),
        ("Rue Haute 4, 1000 Bruxelles", "nothing that tells", "BE"),
        ("Rue Haute 4, 1000 Bruxelles, Belgique", "paid in CHF", "BE"),
        ("Rue Haute 4, 1000 Bruxelles", "CHF 20, soit 21 €", "BE"),
    ],
)
def test_the_rest_of_the_dispute_tells(words: str, text: str, expected: str) -> None:
    (found,) = swiss_or_belgian([country(words)], [read(text)])
    assert found.value == expected


def test_a_written_mark_needs_nobody() -> None:
    (one,) = find_addresses("Laine SA\nrue du Lac 12\nCH-1003 Lausanne")
    assert (one.place.country, one.place.sure) == ("CH", True)
