"""QIF: one letter a line, "^" ends a movement.  It knows no currency, and its days follow the person's settings."""

from __future__ import annotations

import re
from decimal import Decimal

from recours.outbox.statements.amounts import amount_of
from recours.outbox.statements.days import Order, day_of, orders_of
from recours.outbox.statements.types import (
    AmbiguousStatementError,
    StatementLine,
    UnreadableStatementError,
)

_MONEY = re.compile(r"!Type:(Bank|CCard|Cash|Oth A|Oth L)\s*$", re.IGNORECASE)


def is_qif(text: str) -> bool:
    return text.lstrip("\ufeff \r\n").startswith(("!Type:", "!Account", "!Option", "!type:"))


def read_qif(text: str, name: str, order: Order | None = None) -> tuple[StatementLine, ...]:
    """Movements of bank and card accounts.  Raises UnreadableStatementError, AmbiguousStatementError."""
    rows = _rows(text)
    days = [fields.get("D", "") for _, fields in rows]
    orders = orders_of(days, (order,) if order else ("mdy", "dmy", "ymd"))
    if rows and not orders:
        bad = next((p for p, f in rows if not orders_of([f.get("D", "")])), rows[0][0])
        why = {"en": "a movement has no day", "fr": "un mouvement n'a pas de jour"}
        raise UnreadableStatementError(name, why, f"{name}:{bad}")
    if len(orders) > 1:
        raise AmbiguousStatementError(name, AMBIGUOUS_DAYS, "--dates mdy, dmy, ymd")
    found = []
    for place, fields in rows:
        day, amount = day_of(fields["D"], orders[0]), _amount(fields)
        if day is None or amount is None:
            why = {"en": "a movement has no amount", "fr": "un mouvement n'a pas de montant"}
            raise UnreadableStatementError(name, why, f"{name}:{place}")
        words = " ".join(fields[k] for k in "PM" if fields.get(k))
        found.append(
            StatementLine(place=place, day=day, amount=amount, words=words, reference="", account="")
        )
    return tuple(found)


AMBIGUOUS_DAYS = {
    "en": "its days can be read as month/day or as day/month",
    "fr": "ses jours peuvent se lire mois/jour ou jour/mois",
}


def _amount(fields: dict[str, str]) -> Decimal | None:
    return amount_of(fields.get("T") or fields.get("U", ""))


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """(place of the first line, fields by letter) of each movement."""
    rows: list[tuple[int, dict[str, str]]] = []
    fields: dict[str, str] = {}
    start, inside = 0, False
    for place, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.startswith("!"):
            inside = bool(_MONEY.match(line))
        elif not inside:
            continue
        elif line.startswith("^"):
            if fields:
                rows.append((start, fields))
            fields = {}
        elif line.strip():
            start = start if fields else place
            fields.setdefault(line[0], line[1:].strip())
    if fields:
        rows.append((start, fields))
    return rows
