"""Amounts as French and English write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given, settings
from hypothesis import strategies as st

from recours.reading.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "words", "amount", "currency"),
    [
        ("au prix de 1 234,56 $ taxes incluses", "1 234,56 $", "1234.56", "$"),
        ("C$400", "C$400", "400", "CAD"),
        ("399.99 CAD", "399.99 CAD", "399.99", "CAD"),
        ("Total: $2,936.87 CAD", "$2,936.87 CAD", "2936.87", "CAD"),
        ("EUR 49,-", "EUR 49,-", "49", "EUR"),
        ("150,40 €.", "150,40 €", "150.40", "EUR"),
        ("1\u202f234,56\u00a0$\u00a0CA", "1\u202f234,56\u00a0$\u00a0CA", "1234.56", "CAD"),
        ("fee: -$35.80", "-$35.80", "-35.80", "$"),
        ("-45,00 $", "-45,00 $", "-45.00", "$"),
        ("($35.80)", "($35.80)", "-35.80", "$"),
        ("12 x 45,99 $", "45,99 $", "45.99", "$"),
        ("1’234.50 CHF", "1’234.50 CHF", "1234.50", "CHF"),
        ("49€90", "49€90", "49.90", "EUR"),
        ("la somme de 425,40\n$ dans", "425,40\n$", "425.40", "$"),
        ("un HX-7 425,40 $", "425,40 $", "425.40", "$"),
        ("1\n$352.00", "$352.00", "352.00", "$"),
        ("qty 12 $45.00", "$45.00", "45.00", "$"),
        ("1.207,23 €", "1.207,23 €", "1207.23", "EUR"),
        ("£64.50", "£64.50", "64.50", "GBP"),
        ("1,299 USD", "1,299 USD", "1299", "USD"),
        ("60 euros", "60 euros", "60", "EUR"),
        ("(commande 12, 425,40 $)", "425,40 $", "425.40", "$"),
        ("la somme de deux cent quarante euros", "deux cent quarante euros", "240", "EUR"),
        ("mille deux cents dollars canadiens en tout", "mille deux cents dollars canadiens", "1200", "CAD"),
        (
            "Quatre-vingt-dix-neuf euros et cinquante centimes",
            "Quatre-vingt-dix-neuf euros et cinquante centimes",
            "99.50",
            "EUR",
        ),
        ("four hundred and twenty dollars, please", "four hundred and twenty dollars", "420", "$"),
        ("Sixty-five pounds is not much", "Sixty-five pounds", "65", "GBP"),
        ("one thousand two hundred US dollars", "one thousand two hundred US dollars", "1200", "USD"),
        ("45 dollars and 50 cents", "45 dollars and 50 cents", "45.50", "$"),
        ("45 euros et 5 centimes", "45 euros et 5 centimes", "45.05", "EUR"),
        ("80 quid", "80 quid", "80", "GBP"),
        ("150 francs", "150 francs", "150", "CHF"),
        ("ça m'a coûté 400 piastres", "400 piastres", "400", "CAD"),
        ("deux cents piasses pour ça", "deux cents piasses", "200", "CAD"),
        ("forty quid", "forty quid", "40", "GBP"),
        # old bugs: a number after the currency's word was taken for the sum ("50", "2", "20", "12")
        ("j'ai payé 12 euros 50 pour ça", "12 euros 50", "12.50", "EUR"),
        ("ça m'a coûté 12 € 50.", "12 € 50", "12.50", "EUR"),
        ("trois cents euros cinquante, pas un de plus", "trois cents euros cinquante", "300.50", "EUR"),
        (
            "eight hundred and seventy-one pounds twenty in all",
            "eight hundred and seventy-one pounds twenty",
            "871.20",
            "GBP",
        ),
        ("payé 30 euros 2 fois", "30 euros", "30", "EUR"),
        ("cent euros dix jours plus tard", "cent euros", "100", "EUR"),
        ("in 5 pounds 20 boxes", "5 pounds", "5", "GBP"),
        ("two hundred dollars twenty days later", "two hundred dollars", "200", "$"),
        ("Total 45 EUR 12/10/2026", "45 EUR", "45", "EUR"),
        ("45 $ 10h32", "45 $", "45", "$"),
        ("2 EUR 49.90", "EUR 49.90", "49.90", "EUR"),
    ],
)
def test_an_amount_is_read_with_its_words(text: str, words: str, amount: str, currency: str) -> None:
    (found,) = find_amounts(text)
    assert (text[found.start : found.end], found.amount, found.currency) == (words, Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    [
        "3 cadeaux",
        "2025",
        "50 %",
        "de $",
        "12 cadres",
        "two three dollars",
        "cent fois",
        "un dollar store à côté",
        "a hundred times",
        "4471",
        "page 6",
    ],
)
def test_a_number_without_currency_is_no_amount(text: str) -> None:
    assert find_amounts(text) == ()


def test_the_place_names_a_bare_dollar() -> None:
    assert [a.currency for a in find_amounts("$5 and US$6", dollar="CAD")] == ["CAD", "USD"]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,'’ -()+$€£CADUSEURcadeuros\u00a0\u202f\n", max_size=40))
def test_it_never_raises_and_its_offsets_hold(text: str) -> None:
    end = 0
    for found in find_amounts(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@settings(max_examples=150, deadline=None)
@given(
    st.decimals(Decimal("0.01"), Decimal(999999), places=2),
    st.sampled_from(["CAD", "USD", "EUR", "GBP"]),
    st.sampled_from(["fr_CA", "fr_FR", "en_CA", "en_US", "en_GB", "fr_BE"]),
)
def test_what_a_place_writes_is_read_back(amount: Decimal, currency: str, locale: str) -> None:
    (found,) = find_amounts(format_currency(amount, currency, locale=locale))
    assert found.amount == amount
    assert found.currency in (currency, "$")
