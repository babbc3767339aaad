"""What the terminal shows, at 80 columns and fewer."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from recours.cli.screen import Screen, wrapped


@pytest.mark.parametrize("width", range(30, 81))
def test_a_sum_is_not_torn_at_the_end_of_a_line(width: int) -> None:
    """Old bug: "la commande était de 5" at the end of a line, "978,70 $" on the next."""
    sum_ = "5\u00a0978,70\u00a0$"
    text = f"Pourquoi : Vos messages demandent 1\u00a0850,00\u00a0$, et la commande était de {sum_}. La lettre demandera la somme."
    out = io.StringIO()
    Screen("fr", Console(file=out, width=width, highlight=False)).line(text)
    lines = out.getvalue().splitlines()
    assert any(sum_ in line for line in lines)
    assert all(len(line) <= width for line in lines)
    assert " ".join(out.getvalue().split(" ")).split() == text.split()


def test_paragraphs_and_indents_stay() -> None:
    assert wrapped("    cost: free\n\nnext", 40) == "    cost: free\n\nnext"


def test_what_goes_on_stands_under_its_beginning() -> None:
    assert wrapped("• a letter by registered mail", 16) == "• a letter by\n  registered\n  mail"
    assert wrapped("    why: it is asked", 14) == "    why: it is\n    asked"
