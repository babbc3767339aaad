"""Which articles a letter to the merchant cites, and which next steps it may announce."""

from __future__ import annotations

from recours.law.types import Right
from recours.papers.types import Sentence
from recours.papers.writer import Writer

ARTICLES = 4
_KINDS = frozenset({"right", "remedy", "duty", "prohibition"})
# Steps that a letter may announce, in the order in which it says them; the first two, so that it is no list of threats.
ANNOUNCED = 2
_ANNOUNCED = ("statutory_chargeback", "chargeback", "small_claims", "opc_complaint", "regulator")
_OPEN = frozenset({"yes"})


def articles(
    writer: Writer, *, against: str = "merchant", kinds: frozenset[str] = _KINDS
) -> tuple[Sentence, ...]:
    """The rights that hold and may be cited: those of the consumer's place first (rule ids begin with it), and among
    them those that answer what the merchant said; one sentence each."""
    said = {a.act for e in writer.case.dispute for a in e.firm_acts if a.by == "merchant"}
    holding = [
        r
        for r in writer.brief.decision.rights
        if r.citable and r.kind in kinds and against in (r.against, *r.also_against)
    ]
    home = str(writer.facts.get("consumer.region") or "").rpartition("-")[2].lower() + "."
    ordered = sorted(holding, key=lambda r: (not r.rule.startswith(home), not said.intersection(r.answers)))
    # A prohibition that answers nothing that was said is beside the point.
    ordered = [r for r in ordered if r.kind != "prohibition" or said.intersection(r.answers)]
    chosen = ordered[:ARTICLES]
    remedy = next((r for r in ordered if r.kind == "remedy"), None)
    if remedy and remedy not in chosen:  # a letter that asks for something says what gives it
        chosen = [*chosen[: ARTICLES - 1], remedy]
    return tuple(_article(writer, r) for r in chosen)


def _article(writer: Writer, right: Right) -> Sentence:
    return writer.sentence(
        "demand.article",
        rules=(right.rule,),
        says=writer.law(right.says),
        cite=writer.law(right.cite.short),
    )


def announced(writer: Writer) -> Sentence | None:
    """What the person may lawfully do when nothing comes; None when the packs offer no such step."""
    steps = {s.step: s for s in writer.brief.decision.steps if s.truth in _OPEN}
    chosen = [steps[name] for name in _ANNOUNCED if name in steps and not _closed(writer, steps[name].latest)]
    if any(s.step == "statutory_chargeback" and not s.refused_because for s in chosen):
        chosen = [s for s in chosen if s.step != "chargeback"]
    else:
        chosen = [s for s in chosen if s.step != "statutory_chargeback"]
    if not chosen:
        return None
    chosen = chosen[:ANNOUNCED]
    words = list(dict.fromkeys(writer.say(f"demand.steps.{s.step}") for s in chosen))
    told = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {writer.say('either')} {words[-1]}"
    return writer.sentence("demand.else", rules=tuple(s.rule for s in chosen), steps=told)


def _closed(writer: Writer, latest: object) -> bool:
    return latest is not None and str(latest) < writer.brief.today.isoformat()
