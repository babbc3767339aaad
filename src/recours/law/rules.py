"""Packs of law as a lawyer writes them -> frozen rules, every error told by file, rule and field.

A pack is a folder under packs/ with ``pack.yaml`` (the place, what it applies to, its terms, its calendar, its examples)
and any number of other YAML files, each a list of rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
import yaml

from recours.errors import RecoursError
from recours.law.tree import AllNode, CompareNode, ConstantNode, FactNode, Node, NotNode, Term
from recours.law.types import Cite, Truth, Words

T = TypeVar("T")
Kind = Literal["right", "remedy", "duty", "prohibition", "note", "step"]
Unit = Literal["days", "business_days", "months", "years", "statement_periods"]
Who = Literal["consumer", "merchant", "issuer"]
Moves = Literal["saturday", "sunday", "holiday"]


class PackError(RecoursError):
    """A pack cannot be used.  where: file, rule and field."""

    def __init__(self, why: str, where: str, todo: str = "") -> None:
        super().__init__(
            {"en": f"A law pack cannot be used: {why}", "fr": f"Un lot de règles est inutilisable : {why}"},
            where=where,
            todo={
                "en": todo or "Correct that line, then run: recours law test",
                "fr": todo or "Corrigez cette ligne, puis : recours law test",
            },
        )


class InForce(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"from_": "from"},
):
    """Contracts made on these days, both ends included; None is open."""

    from_: date | None = None
    to: date | None = None


class Cap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A second limit, from another start: the earlier of the two counts."""

    number: int
    unit: Unit
    start: str


class DeadlineRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a day is counted.

    start: a date expression, or several: the first that is known (prefer: latest takes the latest of those known);
    after: id of another deadline, counted from the day on which it is over; margin: days that the consumer should
    keep in hand; moved_on: on which days the last day moves, when not as the pack's calendar says ([]: never);
    closes: the date of one card statement, which unit statement_periods needs.
    """

    id: str
    who: Who
    says: Words
    number: int = 0
    unit: Unit = "days"
    start: str | tuple[str, ...] = ()
    prefer: Literal["first", "latest"] = "first"
    after: str = ""
    cap: Cap | None = None
    kind: Literal["last_day", "first_day"] = "last_day"
    margin: int = 0
    moved_on: tuple[Moves, ...] | None = None
    closes: str = ""


class InterestRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Simple interest on what is owed.  percent: a year; start: a date expression, the day it starts from."""

    percent: Decimal
    start: str


class Requirement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What must hold before a step: else it is refused, with the reason and what comes first."""

    when: str
    refused_because: Words
    first: str = ""


class PieceRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of evidence that a step asks for.  facts: the case has it when all of these are known ("" for none)."""

    says: Words
    facts: tuple[str, ...] = ()


class StepRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """step: what is done; needs: facts that must be known; earliest, latest: ids of deadlines.

    evidence: what the other side will look for; answered_by: what the merchant may answer; closes: what this step
    shuts or makes useless.
    """

    step: str
    order: int
    needs: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    earliest: tuple[str, ...] = ()
    latest: str = ""
    requires: tuple[Requirement, ...] = ()
    cost: Words
    yields: Words
    unilateral: bool = True
    evidence: tuple[PieceRule, ...] = ()
    answered_by: Words = {}
    closes: Words = {}


class RuleTest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """given: name of an example of the pack; but: facts changed; without: facts taken away."""

    case: str
    expect: bool | Literal["unknown"]
    given: str = ""
    but: dict[str, Any] = {}
    without: tuple[str, ...] = ()
    today: date | None = None
    contract: date | None = None
    citable: bool | None = None
    deadlines: dict[str, date] = {}
    refused: bool | None = None

    @property
    def truth(self) -> Truth:
        """YAML reads a bare yes as true."""
        return "unknown" if self.expect == "unknown" else "yes" if self.expect is True else "no"


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One rule of law, or of a payment rail.

    also_against: who else is bound by it; topics: views that show it; answers: acts and claims of the other side to which it is the answer; about, holds: rules that answer one question in
    opposite ways must name each other in ``unless``.
    """

    id: str
    kind: Kind
    says: Words
    cite: Cite
    when: str
    tests: tuple[RuleTest, ...]
    against: Literal["merchant", "issuer", "manufacturer", ""] = ""
    in_force: InForce = InForce()
    unless: tuple[str, ...] = ()
    deadlines: tuple[DeadlineRule, ...] = ()
    step: StepRule | None = None
    also_against: tuple[Literal["manufacturer"], ...] = ()
    topics: tuple[Literal["return"], ...] = ()
    answers: tuple[str, ...] = ()
    interest: InterestRule | None = None
    about: str = ""
    holds: bool = True


class Feast(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A yearly holiday: a date, a distance from Easter Sunday, or the n-th weekday (n < 0: from the end).

    before, weekday: the last such weekday before month-day.  if_sunday: where it goes when the date is a Sunday.
    only_on: the date is a holiday only on these weekdays (0: Monday); year: the one year of a proclaimed day.
    """

    says: Words
    month: int = 0
    day: int = 0
    easter: int | None = None
    weekday: int | None = None
    nth: int = 0
    before: bool = False
    if_sunday: Literal["stays", "next_day"] = "stays"
    only_on: tuple[int, ...] = ()
    year: int = 0


class CalendarRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """country, subdivision: of the holidays library (its legal days only, no observed ones), corrected by drop and add.

    drop: feasts that the statute does not hold; moved_on: on which days a limit moves to the next open day.
    """

    country: str = ""
    subdivision: str = ""
    add: tuple[Feast, ...] = ()
    drop: tuple[Feast, ...] = ()
    moved_on: tuple[Moves, ...] = ()


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A set of facts that tests start from."""

    today: date
    facts: dict[str, Any]
    contract: date | None = None


class PackHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """pack.yaml.  terms: conditions with a name, which rules may use."""

    id: str
    says: Words
    applies: str
    terms: dict[str, str] = {}
    calendar: CalendarRule = CalendarRule()
    examples: dict[str, Example] = {}


class Compiled(msgspec.Struct, frozen=True):
    """A rule's trees.  condition: pack, dates and ``when`` together; the exceptions stand apart."""

    condition: Node
    requires: tuple[Node, ...]
    starts: dict[str, tuple[Term, ...]]
    caps: dict[str, Term]
    closes: dict[str, Term]
    interest: Term | None


class Pack(msgspec.Struct, frozen=True):
    """A place's or a rail's rules.  folder: its name under packs/."""

    head: PackHead
    folder: str
    applies: Node
    rules: tuple[Rule, ...]


class Packs(msgspec.Struct, frozen=True):
    """All packs.  by_id: rules; compiled: their trees by id; pack_of: the rule's pack."""

    packs: tuple[Pack, ...]
    by_id: dict[str, Rule]
    compiled: dict[str, Compiled]
    pack_of: dict[str, Pack]


def load_packs(folder: Path | None = None) -> Packs:
    """Every pack under a folder (by default those shipped).  Raises PackError, ExpressionError."""
    if folder is not None:
        return _load(folder)
    with resources.as_file(resources.files("recours.law").joinpath("packs")) as shipped:
        return _load(shipped)


def _load(folder: Path) -> Packs:
    heads = sorted(folder.rglob("pack.yaml"))
    if not heads:
        raise PackError("there is no pack.yaml", str(folder), "Point at the folder that holds the packs.")
    return join(_read_pack(head, folder) for head in heads)


def join(packs: Iterable[tuple[Pack, dict[str, Compiled]]]) -> Packs:
    """Packs together.  Raises PackError when two rules share an id."""
    found: list[Pack] = []
    by_id: dict[str, Rule] = {}
    compiled: dict[str, Compiled] = {}
    pack_of: dict[str, Pack] = {}
    for pack, trees in packs:
        found.append(pack)
        compiled |= trees
        for rule in pack.rules:
            if rule.id in by_id:
                raise PackError(
                    f"two rules are named {rule.id}", f"{pack_of[rule.id].folder} and {pack.folder}"
                )
            by_id[rule.id], pack_of[rule.id] = rule, pack
    return Packs(tuple(found), by_id, compiled, pack_of)


def _read_pack(file: Path, root: Path) -> tuple[Pack, dict[str, Compiled]]:
    from recours.law.expression import parse

    folder = file.parent.relative_to(root).as_posix()
    head = _convert(_yaml(file), PackHead, f"{folder}/pack.yaml")
    applies = parse(head.applies, f"{folder}/pack.yaml, applies")
    terms: dict[str, Node] = {}
    for name, text in head.terms.items():
        terms[name] = parse(text, f"{folder}/pack.yaml, terms.{name}", terms)
    rules, trees = [], {}
    for rule, place in _read_rules(file.parent, folder):
        rules.append(rule)
        trees[rule.id] = _compile(rule, applies, terms, place)
    return Pack(head, folder, applies, tuple(rules)), trees


def _read_rules(folder: Path, name: str) -> Iterator[tuple[Rule, str]]:
    for file in sorted(folder.glob("*.yaml")):
        if file.name == "pack.yaml":
            continue
        place = f"{name}/{file.name}"
        content = _yaml(file)
        if not isinstance(content, list):
            raise PackError("a file of rules is a list of rules", place)
        for position, item in enumerate(content, 1):
            id_ = item.get("id", f"rule {position}") if isinstance(item, dict) else f"rule {position}"
            where = f"{place}, {id_}"
            yield _convert(item, Rule, where), where


def _compile(rule: Rule, applies: Node, terms: dict[str, Node], place: str) -> Compiled:
    from recours.law.expression import parse, parse_date_term

    return Compiled(
        condition=AllNode((applies, *_dates(rule.in_force), parse(rule.when, f"{place}, when", terms))),
        requires=tuple(
            parse(r.when, f"{place}, step.requires", terms) for r in (rule.step.requires if rule.step else ())
        ),
        starts={
            d.id: tuple(parse_date_term(s, f"{place}, deadlines.{d.id}.start") for s in starts_of(d))
            for d in rule.deadlines
        },
        caps={
            d.id: parse_date_term(d.cap.start, f"{place}, deadlines.{d.id}.cap.start")
            for d in rule.deadlines
            if d.cap
        },
        closes={
            d.id: parse_date_term(d.closes, f"{place}, deadlines.{d.id}.closes")
            for d in rule.deadlines
            if d.closes
        },
        interest=parse_date_term(rule.interest.start, f"{place}, interest.start") if rule.interest else None,
    )


def starts_of(deadline: DeadlineRule) -> tuple[str, ...]:
    """The start expressions, one or several."""
    return (deadline.start,) if isinstance(deadline.start, str) else deadline.start


def _dates(force: InForce) -> Iterator[Node]:
    """The contract's day within the rule's days.  A rule still to come cannot cover a contract made by now."""
    contract, today = FactNode("contract_date", "date"), FactNode("today", "date")
    if force.from_:
        first = ConstantNode(force.from_, "date")
        yield CompareNode(">=", contract, first)
        yield CompareNode(">=", today, first)
    if force.to:
        yield NotNode(CompareNode(">", contract, ConstantNode(force.to, "date")))


def _yaml(file: Path) -> Any:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        raise PackError(" ".join(str(error).split()), str(file)) from None


def _convert(content: Any, type_: type[T], where: str) -> T:
    try:
        return msgspec.convert(content, type_)
    except msgspec.ValidationError as error:
        why, _, field = str(error).partition(" - at `$")
        raise PackError(why, where + (f", {field.strip('.`')}" if field else "")) from None
