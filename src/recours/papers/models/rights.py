"""Which articles a letter to the merchant cites, and which next steps it may announce."""

from __future__ import annotations

from datetime import timedelta

from recours.law.types import Right
from recours.papers.models.said import said_by_merchant
from recours.papers.types import Sentence
from recours.papers.writer import Writer

ARTICLES = 4
_KINDS = frozenset({"right", "remedy", "duty", "prohibition"})
# Steps that a letter may announce, in the order in which it says them; the first two, so that it is no list of threats.
ANNOUNCED = 2
_ANNOUNCED = ("statutory_chargeback", "chargeback", "small_claims", "opc_complaint", "regulator")
_OPEN = frozenset({"yes"})
_REACH = frozenset({"refer_elsewhere", "foreign_law"})  # what is said of whom the law binds


def articles(
    writer: Writer, *, against: str = "merchant", kinds: frozenset[str] = _KINDS
) -> tuple[Sentence, ...]:
    """The rights that hold and may be cited: those of the consumer's place first (rule ids begin with it), and among
    them those that answer what the merchant said; one sentence each."""
    said = frozenset(said_by_merchant(writer))
    holding = [
        r
        for r in writer.brief.decision.rights
        if r.citable and r.kind in kinds and against in (r.against, *r.also_against)
    ]
    ordered = sorted(
        holding, key=lambda r: (not r.rule.startswith(writer.home), not said.intersection(r.answers))
    )
    ordered = [r for r in ordered if said.intersection(r.answers) or not _only_answers(r)]
    chosen = ordered[:ARTICLES]
    remedy = next((r for r in ordered if r.kind == "remedy"), None)
    if remedy and remedy not in chosen:  # a letter that asks for something says what gives it
        chosen = [*chosen[: ARTICLES - 1], remedy]
    return tuple(_article(writer, r) for r in chosen)


def _only_answers(right: Right) -> bool:
    """It is beside the point unless it answers what was said: a prohibition, or a rule of how far the law reaches."""
    return right.kind == "prohibition" or (bool(right.answers) and _REACH.issuperset(right.answers))


def _article(writer: Writer, right: Right) -> Sentence:
    return writer.sentence(
        "demand.article",
        rules=(right.rule,),
        says=writer.law(right.says),
        cite=writer.law(right.cite.short),
    )


def announced(writer: Writer, days: int) -> Sentence | None:
    """What the person may lawfully do when nothing comes within the days given; None when the packs offer no such step.
    Neither a step that another must open first is announced, nor one that is over by then."""
    then = (writer.brief.today + timedelta(days=days)).isoformat()
    open_ = [
        s
        for s in writer.brief.decision.steps
        if s.truth in _OPEN and not s.refused_because and not (s.latest and s.latest.isoformat() < then)
    ]
    steps = {s.step: s for s in open_}
    chosen = [steps[name] for name in _ANNOUNCED if name in steps]
    if "statutory_chargeback" in steps:
        chosen = [s for s in chosen if s.step != "chargeback"]
    if not chosen:
        return None
    chosen = chosen[:ANNOUNCED]
    words = list(dict.fromkeys(writer.say(f"demand.steps.{s.step}") for s in chosen))
    told = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {writer.say('either')} {words[-1]}"
    return writer.sentence("demand.else", rules=tuple(s.rule for s in chosen), steps=told)
