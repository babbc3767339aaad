"""Which column of a CSV statement is what: the shipped table, a person's own file, or the names of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal

import msgspec
import yaml

from recours.errors import RecoursError
from recours.outbox.statements.days import Order
from recours.text import fold

Column = str | int


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"into": "in"}):
    """column: that says which way the money went; into: its words for money that came in."""

    column: Column
    into: tuple[str, ...]


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"into": "in"}):
    """One export format; see banks.yaml.  A column is its name, or its number from 1."""

    name: str
    date: Column
    words: tuple[Column, ...]
    header: tuple[str, ...] = ()
    columns: int = 0
    dates: Order | None = None
    amount: Column | None = None
    amounts: dict[str, Column] = {}
    out: Column | None = None
    into: Column | None = None
    positive: Literal["in", "out", "unknown"] = "unknown"
    way: Way | None = None
    currency: Column | None = None
    account: Column | None = None
    reference: Column | None = None
    fixed: str = ""


class BadMappingError(RecoursError):
    """The person's mapping is not of the shape of banks.yaml."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(
            {"en": f"{file} is no mapping: {why}", "fr": f"{file} n'est pas une table de colonnes : {why}"},
            todo={
                "en": "Write YAML, for example: {name: My bank, header: [Date, Text, Amount], date: Date,"
                " words: [Text], amount: Amount, positive: in}",
                "fr": "Écrivez du YAML, par exemple : {name: Ma banque, header: [Date, Texte, Montant], date: Date,"
                " words: [Texte], amount: Montant, positive: in}",
            },
        )


@cache
def banks() -> tuple[Mapping, ...]:
    """The shipped table, in its order."""
    text = resources.files(__package__).joinpath("banks.yaml").read_text(encoding="utf-8")
    return msgspec.yaml.decode(text, type=tuple[Mapping, ...])


def own_mapping(text: str, file: str) -> Mapping:
    """A person's mapping.  Raises BadMappingError."""
    try:
        content: Any = yaml.safe_load(text)
        found = msgspec.convert(content, Mapping)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise BadMappingError(file, str(error)) from None
    if not (found.amount or found.amounts or found.out or found.into):
        raise BadMappingError(file, "amount, amounts, out/in")
    return found


_NAMES: dict[str, frozenset[str]] = {
    "date": frozenset(
        {
            "date",
            "transaction date",
            "date de transaction",
            "date de l'operation",
            "posted date",
            "date posted",
            "posting date",
            "transfer date",
            "date de transfert",
        }
    ),
    "words": frozenset(
        {
            "description",
            "details",
            "transaction details",
            "payee",
            "name",
            "merchant",
            "libelle",
            "beneficiaire",
            "memo",
            "text",
            "commercant",
            "merchant name",
        }
    ),
    "amount": frozenset({"amount", "montant", "transaction amount", "amount (cad)", "montant (cad)"}),
    "out": frozenset(
        {
            "debit",
            "debits",
            "withdrawal",
            "withdrawals",
            "retrait",
            "retraits",
            "funds out",
            "money out",
            "sortie",
        }
    ),
    "in": frozenset(
        {"credit", "credits", "deposit", "deposits", "depot", "depots", "funds in", "money in", "entree"}
    ),
    "currency": frozenset({"currency", "devise", "monnaie"}),
    "reference": frozenset({"transaction id", "reference", "reference number", "numero de reference"}),
}


def by_names(header: Sequence[str]) -> Mapping | None:
    """A mapping from what the columns are called; None when day, words or amount is not among them."""
    found: dict[str, list[str]] = {key: [] for key in _NAMES}
    for name in header:
        for key, names in _NAMES.items():
            if fold(name) in names:
                found[key].append(name)
    one = {key: names[0] if names else None for key, names in found.items()}
    if not one["date"] or not found["words"] or not (one["amount"] or (one["out"] and one["in"])):
        return None
    return Mapping(
        name="CSV",
        header=tuple(header),
        date=one["date"],
        words=tuple(found["words"]),
        amount=None if one["out"] and one["in"] else one["amount"],
        out=one["out"] if one["in"] else None,
        into=one["in"] if one["out"] else None,
        currency=one["currency"],
        reference=one["reference"],
    )


def place_of(column: Column | None, header: Sequence[str]) -> int | None:
    """Where the column stands, from 0; None when it is not there."""
    if column is None:
        return None
    if isinstance(column, int):
        return column - 1
    wanted = fold(column)
    return next((n for n, name in enumerate(header) if fold(name) == wanted), None)
