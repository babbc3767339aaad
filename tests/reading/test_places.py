"""Postal addresses, postal codes, telephone numbers of five countries."""

from __future__ import annotations

import pytest

from recours.reading.places import find_addresses, find_phones, find_places


@pytest.mark.parametrize(
    ("text", "name", "value", "country", "region"),
    [
        ("Livrer à\nLuce Roy\n88, rue des Ormes\nRimouski QC G5L 0A0\nCanada", "Luce Roy", "88, rue des Ormes, Rimouski QC G5L 0A0, Canada", "CA", "CA-QC"),
        ("Acme LLC, 77 Tannery Rd, Dayton, OH 45402", "Acme LLC", "77 Tannery Rd, Dayton, OH 45402", "US", "US-OH"),
        ("Unit 14, 2280 Sand Way, Richmond BC V6V 0A0", "", "Unit 14, 2280 Sand Way, Richmond BC V6V 0A0", "CA", "CA-BC"),
        ("Lune SAS - 12 rue des Lilas - 44000 Nantes", "Lune SAS", "12 rue des Lilas - 44000 Nantes", "FR", ""),
        ("Jean Petit\n4 bis, avenue Foch\n69006 Lyon\nFrance", "Jean Petit", "4 bis, avenue Foch, 69006 Lyon, France", "FR", ""),
        ("Anne Maes\nChaussée de Wavre 120\n1050 Bruxelles\nBelgique", "Anne Maes", "Chaussée de Wavre 120, 1050 Bruxelles, Belgique", "BE", ""),
        ("Ann Smith\nFlat 2, 19 High Street\nBristol\nBS1 5TR", "Ann Smith", "Flat 2, 19 High Street, Bristol, BS1 5TR", "GB", ""),
        ("12, rue du Fort, Lévis (Québec)  G6V 1A1", "", "12, rue du Fort, Lévis (Québec)  G6V 1A1", "CA", "CA-QC"),
    ],
)  # fmt: skip
def test_an_address_block(text: str, name: str, value: str, country: str, region: str) -> None:
    (found,) = find_addresses(text)
    assert (found.name, found.value) == (name, value)
    assert (found.place.country, found.place.region) == (country, region)
    assert text[found.name_start : found.name_start + len(name)] == name


@pytest.mark.parametrize(
    "text",
    ["En 2024 Paris était belle", "au capital de 10000 Euros", "les 1500 Pro Max", "2914 Cottonwood St"],
)
def test_numbers_and_capitals_are_not_places(text: str) -> None:
    assert find_places(text) == ()


@pytest.mark.parametrize(
    "number",
    [
        "604-555-0142",
        "(604) 555-0142",
        "+1 418 555-0199",
        "+33 1 99 00 12 34",
        "01 99 00 12 34",
        "+44 20 7946 0000",
        "020 7946 0000",
        "0470/12.34.56",
    ],
)
def test_telephone_numbers(number: str) -> None:
    text = f"Tél. : {number}, merci"
    assert [text[a:b] for a, b in find_phones(text)] == [number]
