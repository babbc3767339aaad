"""The words of a rule's condition -> the engine's tree, every name and type checked once.

The grammar is a whitelisted part of Python's own, so that a lawyer can read it and no second parser is needed:

    and, or, not, (...)      ==  !=  <  <=  >  >=      x in {"a", "b"}      x not in {...}
    a date + days(30)        money(50, "CAD")          day("2026-10-05")    known(x)
    today, contract_date     True, False, whole numbers, "texts"            names of the pack's own terms
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from recours.casefile.vocabulary import COUNTRY, REGION, canonical, nearest, vocabulary
from recours.errors import RecoursError
from recours.law.tree import (
    CONTRACT_DATE,
    TODAY,
    AllNode,
    AnyNode,
    CompareNode,
    ConstantNode,
    FactNode,
    InNode,
    KnownNode,
    Node,
    NotNode,
    Operator,
    ShiftNode,
    Term,
    Type,
)
from recours.money import Money

OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
# a fact may begin with a word that Python keeps for itself (return.offered): it is parsed as return_.offered
RESERVED = re.compile(rf"\b({'|'.join(keyword.kwlist)})\.(?=[a-z])")
PUT_IN = re.compile(rf"\b({'|'.join(keyword.kwlist)})_\.")
PARSED_AS = re.compile(rf"^({'|'.join(keyword.kwlist)})_\.")
ORDERED: frozenset[Type] = frozenset({"money", "date", "integer"})
CODES: dict[Type, re.Pattern[str]] = {"country": COUNTRY, "region": REGION}
CURRENCY = re.compile(r"[A-Z]{3}")
WORDS: frozenset[Type] = frozenset({"text", "choice", "country", "region"})


class ExpressionError(RecoursError):
    """A condition of a pack cannot be used; says what, at which column, and what is meant instead."""

    def __init__(self, text: str, why: str, *, column: int = 0, where: str = "", todo: str = "") -> None:
        shown = " ".join(text.split())
        super().__init__(
            {
                "en": f"The condition {shown!r} cannot be used: {why}",
                "fr": f"La condition {shown!r} est inutilisable : {why}",
            },
            where=f"{where}, column {column + 1}" if where else f"column {column + 1}",
            todo={"en": todo, "fr": todo} if todo else "",
        )


def parse(text: str, where: str = "", terms: Mapping[str, Node] | None = None) -> Node:
    """A condition -> its tree.  terms: the pack's named conditions.  Raises ExpressionError."""
    parser = _Parser(text, where, terms or {})
    return parser.condition(parser.root())


def parse_date_term(text: str, where: str = "") -> Term:
    """A day (``delivery.promised_on + days(30)``) -> its tree.  Raises ExpressionError."""
    parser = _Parser(text, where, {})
    root = parser.root()
    term = parser.term(root)
    if type_of(term) != "date":
        raise parser.error(root, "a date is needed here")
    return term


def type_of(term: Term) -> Type:
    """The type of a value's node."""
    return "date" if isinstance(term, ShiftNode) else term.type


class _Parser:
    def __init__(self, text: str, where: str, terms: Mapping[str, Node]) -> None:
        self.text, self.where, self.terms = text, where, terms
        self.parsed = RESERVED.sub(r"\1_.", " ".join(text.split()))

    def error(self, at: ast.AST, why: str, todo: str = "") -> ExpressionError:
        before = self.parsed.encode()[: getattr(at, "col_offset", 0)].decode()
        column = len(before) - len(PUT_IN.findall(before))
        return ExpressionError(self.text, why, column=column, where=self.where, todo=todo)

    def root(self) -> ast.expr:
        try:
            return ast.parse(self.parsed, mode="eval").body
        except SyntaxError as error:
            raise ExpressionError(
                self.text, error.msg, column=max((error.offset or 1) - 1, 0), where=self.where
            ) from None
        except ValueError as error:  # a null character
            raise ExpressionError(self.text, str(error), where=self.where) from None

    def condition(self, at: ast.expr) -> Node:
        match at:
            case ast.BoolOp(op=ast.And(), values=values):
                return AllNode(tuple(self.condition(v) for v in values))
            case ast.BoolOp(op=ast.Or(), values=values):
                return AnyNode(tuple(self.condition(v) for v in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return NotNode(self.condition(operand))
            case ast.Compare():
                return self._comparisons(at)
            case ast.Call(func=ast.Name(id="known"), args=[argument], keywords=[]):
                return KnownNode(self._fact(argument).name)
            case ast.Name(id=name) if name in self.terms:
                return self.terms[name]
            case ast.Constant(value=bool(value)):
                return ConstantNode(value, "bool")
            case ast.Name() | ast.Attribute():
                fact = self._fact(at)
                if fact.type != "bool":
                    raise self.error(
                        at, f"{fact.name} is a {fact.type}, not a yes-or-no", "Compare it with something."
                    )
                return fact
        raise self.error(at, f"{ast.unparse(at)!r} is not part of the grammar")

    def _comparisons(self, at: ast.Compare) -> Node:
        sides = [at.left, *at.comparators]
        found = [
            self._comparison(left, op, right)
            for left, op, right in zip(sides, at.ops, sides[1:], strict=False)
        ]
        return found[0] if len(found) == 1 else AllNode(tuple(found))

    def _comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        if isinstance(op, ast.In | ast.NotIn):
            inside = self._membership(left, right)
            return NotNode(inside) if isinstance(op, ast.NotIn) else inside
        operator = OPERATORS.get(type(op))
        if operator is None:
            raise self.error(left, f"the operator {type(op).__name__!r} is not part of the grammar")
        a, b = self.term(left), self.term(right)
        kinds = {type_of(a), type_of(b)}
        if not (len(kinds) == 1 or kinds <= WORDS):
            raise self.error(left, f"a {type_of(a)} cannot be compared with a {type_of(b)}")
        if operator not in {"==", "!="} and not kinds <= ORDERED:
            raise self.error(left, f"a {type_of(a)} has no order")
        for fact, other, place in ((a, b, right), (b, a, left)):
            if isinstance(fact, FactNode) and isinstance(other, ConstantNode):
                self._check_choice(fact, other.value, place)
        return CompareNode(operator, a, b)

    def _membership(self, left: ast.expr, right: ast.expr) -> InNode:
        fact = self._fact(left)
        if not isinstance(right, ast.Set | ast.Tuple | ast.List):
            raise self.error(right, "``in`` needs a list in braces", 'Write: x in {"a", "b"}')
        values: list[str | int] = []
        for item in right.elts:
            value = item.value if isinstance(item, ast.Constant) else None
            if isinstance(value, bool) or not isinstance(value, str | int):
                raise self.error(item, "only texts and whole numbers may stand in braces")
            kind = type_of(self.term(item))
            if kind != fact.type and not {kind, fact.type} <= WORDS:
                raise self.error(item, f"{fact.name} is a {fact.type}, never a {kind}")
            self._check_choice(fact, value, item)
            values.append(value)
        return InNode(fact, tuple(values))

    def _check_choice(self, fact: FactNode, value: object, at: ast.AST) -> None:
        code = CODES.get(fact.type)
        if code and not code.fullmatch(str(value)):
            raise self.error(at, f"{value!r} is not a code of ISO 3166", 'Write "CA" or "CA-QC".')
        if fact.type != "choice":
            return
        allowed = vocabulary()[fact.name].choices
        if value not in allowed:
            near = nearest(str(value), allowed)
            raise self.error(
                at,
                f"{fact.name} is never {value!r}",
                f"Did you mean {near!r}?" if near else ", ".join(allowed),
            )

    def term(self, at: ast.expr) -> Term:
        match at:
            case ast.Name() | ast.Attribute():
                return self._fact(at)
            case ast.Constant(value=bool(value)):
                return ConstantNode(value, "bool")
            case ast.Constant(value=int(number)):
                return ConstantNode(number, "integer")
            case ast.Constant(value=str(word)):
                return ConstantNode(word, "text")
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
                return self._shift(left, right, -1 if isinstance(sign, ast.Sub) else 1)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(at, name, args)
        raise self.error(at, f"{ast.unparse(at)!r} is not a value of the grammar")

    def _shift(self, left: ast.expr, right: ast.expr, sign: int) -> ShiftNode:
        day, by = self.term(left), self.term(right)
        if type_of(day) != "date" or not isinstance(by, ConstantNode) or by.type != "days":
            raise self.error(left, "only days(n) can be added to a date", "Write: a.date + days(30)")
        assert isinstance(by.value, int)
        return ShiftNode(day, sign * by.value)

    def _call(self, at: ast.Call, name: str, args: list[ast.expr]) -> ConstantNode:
        values = [a.value if isinstance(a, ast.Constant) else None for a in args]
        match name, values:
            case _, [bool(), *_]:
                pass
            case "days", [int(number)]:
                return ConstantNode(number, "days")
            case "money", [int() | float() as amount, str(currency)] if CURRENCY.fullmatch(currency):
                return ConstantNode(Money(Decimal(str(amount)), currency), "money")
            case "day", [str(text)]:
                try:
                    return ConstantNode(date.fromisoformat(text), "date")
                except ValueError:
                    raise self.error(at, f"{text!r} is not a day") from None
        raise self.error(
            at,
            f"{ast.unparse(at)!r} is not known",
            'Known: days(30), money(50, "CAD"), day("2026-10-05"), known(x)',
        )

    def _fact(self, at: ast.expr) -> FactNode:
        name = PARSED_AS.sub(r"\1.", ast.unparse(at))
        if name in {TODAY, CONTRACT_DATE}:
            return FactNode(name, "date")
        if not isinstance(at, ast.Name | ast.Attribute):
            raise self.error(at, f"{name!r} is not the name of a fact")
        found = vocabulary().get(name)
        if found is None:
            near = nearest(name, [*vocabulary(), *self.terms, TODAY, CONTRACT_DATE])
            raise self.error(at, f"there is no fact named {name!r}", f"Did you mean {near}?" if near else "")
        return FactNode(canonical(name), found.type)
