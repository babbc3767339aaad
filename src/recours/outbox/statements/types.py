"""Lines of a statement, and what can be wrong with one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from recours.errors import RecoursError

Both = dict[str, str]


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """One movement.  place: line of the file, from 1; amount: above zero came in, below zero went out; currency:
    "" when the file does not say it; words: the description; reference: the bank's own number, "" when none;
    account: "" when unsaid; id: the same for the same movement in every statement that shows it."""

    place: int
    day: date
    amount: Decimal
    words: str
    currency: str = ""
    reference: str = ""
    account: str = ""
    id: str = ""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """format: OFX, QIF, or the mapping's name for CSV; lines in the file's order; left_out: places of lines that are
    no movement, with why; signs_known: False when the file has one column of amounts without saying which way."""

    format: str
    lines: tuple[StatementLine, ...]
    left_out: tuple[tuple[int, str], ...] = ()
    signs_known: bool = True


class UnreadableStatementError(RecoursError):
    """The file is no statement, or not one that can be read."""

    def __init__(self, name: str, why: Both, place: str = "") -> None:
        super().__init__(
            {
                "en": f"{name} cannot be read as a statement: {why['en']}",
                "fr": f"{name} ne peut pas être lu comme un relevé : {why['fr']}",
            },
            where=place,
            todo={
                "en": "Export the statement from the bank's site as OFX (QFX, Money), QIF or CSV; or enter the credit by"
                " hand: recours money CASE AMOUNT --on DATE.",
                "fr": "Exportez le relevé du site de la banque en OFX (QFX, Money), QIF ou CSV ; ou inscrivez le crédit à"
                " la main : recours money DOSSIER MONTANT --on DATE.",
            },
        )


class AmbiguousStatementError(RecoursError):
    """The file can be read in two ways, and the difference matters.  option: what decides it."""

    def __init__(self, name: str, why: Both, option: str) -> None:
        super().__init__(
            {"en": f"{name}: {why['en']}", "fr": f"{name} : {why['fr']}"},
            todo={
                "en": f"Look at one line that you remember, then say it with {option}.",
                "fr": f"Regardez une ligne dont vous vous souvenez, puis dites-le avec {option}.",
            },
        )


def identified(lines: Sequence[StatementLine]) -> tuple[StatementLine, ...]:
    """The lines with their ids: the bank's own number where there is one, else what is written and how often before."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        amount = f"{line.amount.normalize():f}"
        base = (
            f"{line.account}|{line.day}|{amount}|{line.reference or ' '.join(line.words.split()).casefold()}"
        )
        seen[base] += 1
        key = base if line.reference else f"{base}|{seen[base]}"
        found.append(msgspec.structs.replace(line, id=hashlib.sha256(key.encode()).hexdigest()[:32]))
    return tuple(found)
