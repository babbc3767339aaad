"""What is wrong with the packs as a whole: exceptions that lead nowhere, missing words, missing tests, contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recours.casefile.statements import statements
from recours.casefile.vocabulary import vocabulary
from recours.law.rules import Packs, Rule
from recours.law.tree import has_known
from recours.law.types import Truth, Words

NEEDED: frozenset[Truth] = frozenset({"yes", "no", "unknown"})
ACTS = frozenset(
    [
        "deny_responsibility",
        "cite_policy",
        "blame_consumer",
        "refuse",
        "refer_elsewhere",
        "stall",
        "offer_partial_refund",
        "offer_store_credit",
        "offer_repair",
        "offer_replacement",
        "request_return",
        "request_documents",
        "request_photos",
    ]
)


def check(packs: Packs) -> list[str]:
    """One line for each fault, with the pack and the rule; empty when all is well."""
    return [f"{packs.pack_of[rule.id].folder}: {rule.id}: {fault}" for rule, fault in _faults(packs)]


def _faults(packs: Packs) -> Iterator[tuple[Rule, str]]:
    first_steps = set(packs.by_id)
    for rule in packs.by_id.values():
        for other in rule.unless:
            if other not in packs.by_id:
                yield rule, f"unless: there is no rule {other}"
        if _loops(packs.by_id, rule.id, ()):
            yield rule, "unless: the exceptions turn in a circle"
        for field, words in _words(rule):
            if {"fr", "en"} - {k for k, v in words.items() if v.strip()}:
                yield rule, f"{field}: French or English is missing"
        missing = NEEDED - {t.truth for t in rule.tests}
        if missing:
            yield rule, f"tests: none expects {', '.join(sorted(missing))}"
        if has_known(packs.compiled[rule.id].condition):
            yield (
                rule,
                "when: known(...) belongs in step.requires; a right must not hang on what nobody has said yet",
            )
        for act in rule.answers:
            if act not in ACTS and act not in statements():
                yield rule, f"answers: {act} is neither an act nor a claim of the other side"
        if rule.cite.mark != "recall" and not rule.cite.url.startswith("http"):
            yield rule, "cite.url: a rule that may be cited needs an address"
        if rule.in_force.from_ and rule.in_force.to and rule.in_force.from_ > rule.in_force.to:
            yield rule, "in_force: it ends before it begins"
        yield from ((rule, fault) for fault in _deadline_faults(rule))
        if rule.step:
            yield from ((rule, f) for f in _step_faults(rule, first_steps))
    yield from _contradictions(packs)


def _words(rule: Rule) -> Iterator[tuple[str, Words]]:
    yield "says", rule.says
    yield "cite.short", rule.cite.short
    for deadline in rule.deadlines:
        yield f"deadlines.{deadline.id}.says", deadline.says
    if rule.step:
        yield "step.cost", rule.step.cost
        yield "step.yields", rule.step.yields
        for requirement in rule.step.requires:
            yield "step.requires.refused_because", requirement.refused_because


def _deadline_faults(rule: Rule) -> Iterator[str]:
    ids = [d.id for d in rule.deadlines]
    for position, deadline in enumerate(rule.deadlines):
        if bool(deadline.start) == bool(deadline.after):
            yield f"deadlines.{deadline.id}: give either start or after"
        if bool(deadline.closes) != (deadline.unit == "statement_periods"):
            yield f"deadlines.{deadline.id}: closes goes with unit statement_periods"
        if deadline.id in ids[:position]:
            yield f"deadlines.{deadline.id}: two deadlines have this name"
        if deadline.after and deadline.after not in ids:
            yield f"deadlines.{deadline.id}.after: there is no deadline {deadline.after} in this rule"
        elif deadline.after and deadline.after not in ids[:position]:
            yield f"deadlines.{deadline.id}.after: write {deadline.after} before it"


def _step_faults(rule: Rule, ids: set[str]) -> Iterator[str]:
    assert rule.step is not None
    own = {d.id for d in rule.deadlines}
    for id_ in (*rule.step.earliest, *((rule.step.latest,) if rule.step.latest else ())):
        if id_ not in own:
            yield f"step: there is no deadline {id_} in this rule"
    for name in rule.step.needs:
        if name not in vocabulary():
            yield f"step.needs: there is no fact {name}"
    for requirement in rule.step.requires:
        if requirement.first and requirement.first not in ids:
            yield f"step.requires.first: there is no rule {requirement.first}"


def _loops(rules: Mapping[str, Rule], id_: str, seen: tuple[str, ...]) -> bool:
    if id_ in seen:
        return True
    return id_ in rules and any(_loops(rules, other, (*seen, id_)) for other in rules[id_].unless)


def _contradictions(packs: Packs) -> Iterator[tuple[Rule, str]]:
    """Two rules of one pack that answer one question in opposite ways, neither the other's exception, at one time."""
    rules = [r for r in packs.by_id.values() if r.about]
    for i, one in enumerate(rules):
        for other in rules[i + 1 :]:
            same = one.about == other.about and packs.pack_of[one.id] is packs.pack_of[other.id]
            ranked = other.id in one.unless or one.id in other.unless
            if same and one.holds != other.holds and not ranked and _at_one_time(one, other):
                yield one, f"contradicts {other.id} on {one.about}; name one in the other's unless"


def _at_one_time(one: Rule, other: Rule) -> bool:
    a, b = one.in_force, other.in_force
    return not ((a.to and b.from_ and a.to < b.from_) or (b.to and a.from_ and b.to < a.from_))
