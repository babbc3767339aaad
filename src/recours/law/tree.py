"""The engine's own tree for a condition: small frozen nodes, nothing that SQL lacks.

A node is a fact, a constant, a comparison, a membership, or and/or/not over nodes.  The same tree can be walked
to give a Kleene truth (``value.py``) or, one day, to give a column expression.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from recours.money import Money

Type = Literal["bool", "text", "choice", "money", "date", "integer", "country", "region", "days"]
Operator = Literal["==", "!=", "<", "<=", ">", ">="]
TODAY, CONTRACT_DATE = "today", "contract_date"


class FactNode(msgspec.Struct, frozen=True):
    """The value of a fact, or of ``today`` and ``contract_date``."""

    name: str
    type: Type


class ConstantNode(msgspec.Struct, frozen=True):
    """A value written in the rule.  days: a number of calendar days."""

    value: bool | int | str | date | Money
    type: Type


class ShiftNode(msgspec.Struct, frozen=True):
    """A date moved by a number of calendar days, forward when positive."""

    day: FactNode | ConstantNode | ShiftNode
    days: int


class CompareNode(msgspec.Struct, frozen=True):
    """left operator right; both of one type."""

    operator: Operator
    left: FactNode | ConstantNode | ShiftNode
    right: FactNode | ConstantNode | ShiftNode


class InNode(msgspec.Struct, frozen=True):
    """The fact is one of the constants."""

    fact: FactNode
    values: tuple[str | int, ...]


class KnownNode(msgspec.Struct, frozen=True):
    """Whether a fact has a value.  Never unknown: only for what a step requires, not for rights."""

    fact: str


class NotNode(msgspec.Struct, frozen=True):
    item: Node


class AllNode(msgspec.Struct, frozen=True):
    items: tuple[Node, ...]


class AnyNode(msgspec.Struct, frozen=True):
    items: tuple[Node, ...]


Term = FactNode | ConstantNode | ShiftNode
Node = FactNode | CompareNode | InNode | KnownNode | NotNode | AllNode | AnyNode | ConstantNode


def facts_in(node: Node | ShiftNode) -> Iterator[str]:
    """Names of the facts that a condition looks at (``today`` and ``contract_date`` among them)."""
    match node:
        case FactNode(name):
            yield name
        case KnownNode(fact):
            yield fact
        case ShiftNode(day):
            yield from facts_in(day)
        case CompareNode(_, left, right):
            yield from facts_in(left)
            yield from facts_in(right)
        case InNode(fact):
            yield fact.name
        case NotNode(item):
            yield from facts_in(item)
        case AllNode(items) | AnyNode(items):
            for item in items:
                yield from facts_in(item)
        case ConstantNode():
            return


def has_known(node: Node) -> bool:
    """Whether ``known(...)`` stands anywhere in it."""
    match node:
        case KnownNode():
            return True
        case NotNode(item):
            return has_known(item)
        case AllNode(items) | AnyNode(items):
            return any(has_known(item) for item in items)
        case _:
            return False
