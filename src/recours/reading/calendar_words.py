"""Names of months and weekdays in French and English, folded, and how a regular expression asks for one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MONTHS = {
    1: "january janvier janv jan",
    2: "february fevrier fevr fev feb",
    3: "march mars mar",
    4: "april avril apr avr",
    5: "may mai",
    6: "june juin jun",
    7: "july juillet juil jul",
    8: "august aout aug",
    9: "september septembre sept sep",
    10: "october octobre oct",
    11: "november novembre nov",
    12: "december decembre dec",
}
_WEEKDAYS = {
    0: "monday lundi",
    1: "tuesday mardi",
    2: "wednesday mercredi",
    3: "thursday jeudi",
    4: "friday vendredi",
    5: "saturday samedi",
    6: "sunday dimanche",
}
MONTH_OF = {name: n for n, names in _MONTHS.items() for name in names.split()}
DAY_OF = {name: n for n, names in _WEEKDAYS.items() for name in names.split()}


def either(names: Iterable[str]) -> str:
    """An alternative of the names, the longest first; a space is any white space."""
    return "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))
