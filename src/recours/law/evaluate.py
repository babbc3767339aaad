"""Facts, a day and packs -> what holds, what may be done by when, and what to ask next.

Rules are looked at one by one; none depends on another but through the exceptions that it names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from recours.casefile.types import FactValue
from recours.law.calendars import Calendar
from recours.law.deadlines import deadlines_of
from recours.law.questions import questions_of
from recours.law.rules import Packs, PieceRule, Rule
from recours.law.tree import CONTRACT_DATE
from recours.law.truth import all_, not_
from recours.law.types import Because, Deadline, Decision, Interest, Piece, Right, StepVerdict, Truth, Words
from recours.law.value import Situation

STALE_AFTER_YEARS = 1
EXCEPTION: dict[Truth, Words] = {
    "yes": {"fr": "exception qui ne s'applique pas", "en": "exception that does not apply"},
    "no": {"fr": "exception qui s'applique", "en": "exception that applies"},
    "unknown": {"fr": "exception encore ouverte", "en": "exception still open"},
}


def decide(
    facts: Mapping[str, FactValue | None],
    today: date,
    contract_date: date | None,
    packs: Packs,
    confirmed: Collection[str] = (),
) -> Decision:
    """Everything that the packs say.

    facts: by name of the vocabulary, a missing one is unknown; today: the day looked at; contract_date: the day that
    decides which version of the law holds; confirmed: ids of ``recall`` rules that a person has read at their address.
    Rules of a pack that certainly does not apply are left out.
    """
    return Decider(packs, Situation.of(facts, today, contract_date), confirmed).decision()


class Decider:
    """One evaluation; truths are kept while it runs."""

    def __init__(self, packs: Packs, situation: Situation, confirmed: Collection[str] = ()) -> None:
        self.packs, self.situation, self.confirmed = packs, situation, frozenset(confirmed)
        self._truths: dict[str, Truth] = {}
        self._calendars: dict[str, Calendar] = {}

    def truth(self, id_: str) -> Truth:
        """The rule's truth, its dates, its pack and its exceptions counted in."""
        if id_ not in self._truths:
            rule, compiled = self.packs.by_id[id_], self.packs.compiled[id_]
            own = self.situation.truth(compiled.condition)
            self._truths[id_] = (
                all_((own, *(not_(self.truth(other)) for other in rule.unless))) if own != "no" else "no"
            )
        return self._truths[id_]

    def decision(self) -> Decision:
        rights: list[Right] = []
        deadlines: list[Deadline] = []
        steps: list[StepVerdict] = []
        asked: dict[str, frozenset[str]] = {}
        applying = []
        home = str(self.situation.value("consumer.region") or "").lower()
        for pack in sorted(self.packs.packs, key=lambda p: p.head.id != home):  # the consumer's own law first
            applies = self.situation.truth(pack.applies)
            if applies == "no":
                continue
            if applies == "yes":
                applying.append(pack.head.id)
            for rule in pack.rules:
                found = self.deadlines(rule)
                rights.append(self.right(rule))
                if self.truth(rule.id) == "yes":
                    deadlines += found.values()
                if rule.step:
                    steps.append(self.step(rule, found))
                asked[rule.id] = self.open_facts(rule)
        return Decision(
            rights=tuple(rights),
            deadlines=_different(deadlines),
            steps=tuple(sorted(steps, key=lambda s: (s.order, s.id))),
            questions=questions_of(asked, self.packs),
            packs=tuple(applying),
        )

    def right(self, rule: Rule) -> Right:
        """The rule's conclusion with its proof."""
        truth = self.truth(rule.id)
        return Right(
            rule=rule.id,
            kind=rule.kind,
            against=rule.against,
            says=rule.says,
            cite=rule.cite,
            truth=truth,
            because=_once(self._proof(rule)),
            citable=truth == "yes" and (rule.cite.mark != "recall" or rule.id in self.confirmed),
            stale=is_stale(rule.cite.checked_on, self.situation.today),
            also_against=rule.also_against,
            topics=rule.topics,
            answers=rule.answers,
            interest=self._interest(rule) if truth == "yes" else None,
        )

    def _interest(self, rule: Rule) -> Interest | None:
        term = self.packs.compiled[rule.id].interest
        since = self.situation.term(term) if term else None
        return Interest(rule.interest.percent, since) if rule.interest and isinstance(since, date) else None

    def deadlines(self, rule: Rule) -> dict[str, Deadline]:
        """The rule's deadlines whose start is known, whatever its truth, by id; none when it does not hold."""
        if self.truth(rule.id) == "no":
            return {}
        head = self.packs.pack_of[rule.id].head
        days = self._calendars.setdefault(head.id, Calendar(head.calendar))
        return deadlines_of(rule, self.packs.compiled[rule.id], self.situation, days)

    def step(self, rule: Rule, found: Mapping[str, Deadline]) -> StepVerdict:
        """Whether the rule's step may be taken, from when, until when, and why not."""
        step, compiled = rule.step, self.packs.compiled[rule.id]
        assert step is not None
        situation = self.situation
        refused = [
            requirement
            for requirement, tree in zip(step.requires, compiled.requires, strict=True)
            if situation.truth(tree) == "no"
        ]
        missing = [name for name in step.needs if situation.value(name) is None]
        for tree in compiled.requires:
            missing += sorted(situation.open_facts(tree))
        earliest = [found[id_].safe for id_ in step.earliest if id_ in found]
        return StepVerdict(
            id=rule.id,
            rule=rule.id,
            step=step.step,
            says=rule.says,
            truth=self.truth(rule.id),
            order=step.order,
            papers=step.papers,
            earliest=max(earliest, default=None),
            latest=found[step.latest].last if step.latest in found else None,
            missing=tuple(dict.fromkeys(missing)),
            refused_because=tuple(r.refused_because for r in refused),
            first=next((r.first for r in refused if r.first), ""),
            unilateral=step.unilateral,
            cost=step.cost,
            yields=step.yields,
            evidence=tuple(Piece(piece.says, self._have(piece)) for piece in step.evidence),
            answered_by=step.answered_by,
            closes=step.closes,
        )

    def _have(self, piece: PieceRule) -> Truth:
        """Whether the case knows what a piece shows; a piece that no fact stands for must be looked for."""
        if not piece.facts:
            return "unknown"
        return "yes" if all(self.situation.value(name) is not None for name in piece.facts) else "no"

    def open_facts(self, rule: Rule) -> frozenset[str]:
        """Facts that would settle the rule, or start its deadlines when it holds."""
        truth = self.truth(rule.id)
        if truth == "no":
            return frozenset()
        compiled, situation = self.packs.compiled[rule.id], self.situation
        names = set(situation.open_facts(compiled.condition))
        for other in rule.unless:
            if self.truth(other) == "unknown":
                names |= self.open_facts(self.packs.by_id[other])
        if rule.step and truth == "yes":
            names |= {n for tree in compiled.requires for n in situation.open_facts(tree)}
            names |= {n for n in rule.step.needs if situation.value(n) is None}
        return frozenset("order.date" if name == CONTRACT_DATE else name for name in names)

    def _proof(self, rule: Rule) -> Iterator[Because]:
        yield from self.situation.proof(self.packs.compiled[rule.id].condition)
        for other in rule.unless:
            truth = not_(self.truth(other))
            says = self.packs.by_id[other].says
            yield Because(
                says={k: f"{EXCEPTION[truth][k]} ({other}): {says[k]}" for k in ("fr", "en")}, truth=truth
            )


def is_stale(checked_on: date, today: date) -> bool:
    """Read more than twelve months ago."""
    limit = checked_on.replace(
        year=checked_on.year + STALE_AFTER_YEARS,
        day=28 if (checked_on.month, checked_on.day) == (2, 29) else checked_on.day,
    )
    return today > limit


def _once(lines: Iterator[Because]) -> tuple[Because, ...]:
    """Each line of a proof once, in order."""
    seen: dict[str, Because] = {}
    for line in lines:
        seen.setdefault(line.says["en"], line)
    return tuple(seen.values())


def _different(deadlines: list[Deadline]) -> tuple[Deadline, ...]:
    """By day; the same count that two rules need is told once, by the first."""
    seen: dict[tuple[object, ...], Deadline] = {}
    for d in deadlines:
        seen.setdefault((d.who, d.kind, d.start, d.raw, d.safe), d)
    return tuple(sorted(seen.values(), key=lambda d: (d.safe, d.id)))
