"""Lines that tell a notice without its words."""

from __future__ import annotations

import pytest

from recours.reading.layout import has_order_line, has_price_list, has_total_line, has_tracking_line
from recours.text import same_length_fold


@pytest.mark.parametrize(
    ("line", "order", "total", "tracking"),
    [
        ("Order GJ4-882-107", True, False, False),
        ("  Votre commande n° 5527-C", True, False, False),
        ("Contrat n° FZ-74-22618", True, False, False),
        ("Bon de travail   BT-7730", True, False, False),
        ("Docket LB-5520", True, False, False),
        ("I placed order 4471 with you", False, False, False),
        ("Grand total 793,30 $ CAD", False, True, False),
        ("TOTAL: $41.20", False, True, False),
        ("Subtotal $41.20", False, False, False),
        ("Sous-total 41,20 $", False, False, False),
        ("in total we waited 3 hours", False, False, False),
        ("Suivi : CLP-4471-90226", False, False, True),
        ("Your tracking number is 1Z 999 AA1", False, False, True),
        ("tracking shows nothing", False, False, False),
        ("", False, False, False),
    ],
)
def test_lines_of_a_notice(line: str, order: bool, total: bool, tracking: bool) -> None:
    folded = same_length_fold(f"Hello,\n{line}\nBye")
    assert (has_order_line(folded), has_total_line(folded), has_tracking_line(folded)) == (
        order,
        total,
        tracking,
    )


@pytest.mark.parametrize(
    ("lines", "listed"),
    [
        ("Roller blind, sand   €203.00\nCarriage   €9.00", True),
        ("Thermostat   160,00 $\nTaxes   37,44 $", True),
        ("Thermostat   160,00 $", False),
        ("You paid $45.00 and we are looking into it.\nThe other $30.00 is for later.", False),
    ],
)
def test_two_lines_that_end_in_a_sum_list_prices(lines: str, listed: bool) -> None:
    assert has_price_list(same_length_fold(f"Hello,\n{lines}\nBye")) is listed
