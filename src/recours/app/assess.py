"""A case and a day -> what the law and the rails say of it, and the ladder of steps."""

from __future__ import annotations

from datetime import date
from functools import cache

import msgspec

from recours.app.desk import Desk
from recours.casefile.types import CaseFile
from recours.law.evaluate import decide
from recours.law.facts import contract_date_of, facts_of, sent_fact
from recours.law.questions import question
from recours.law.rules import Packs, load_packs
from recours.law.types import Decision, Question
from recours.money import Money
from recours.papers.formats import money_text
from recours.plan.ladder import ladder
from recours.plan.types import Step
from recours.words import Language, say


class Assessment(msgspec.Struct, frozen=True):
    """Derived, never kept: answers change, and everything after them with it.  day: on which it holds."""

    case: CaseFile
    decision: Decision
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    day: date


@cache
def packs() -> Packs:
    """Every pack that is shipped."""
    return load_packs()


def assess(desk: Desk, case: CaseFile) -> Assessment:
    """What holds for the case today.  Facts that the person does not know are not asked again; before all others, what
    no letter can be written without: what came of a refund that the merchant says it made, and the sum asked back where
    it is not the price."""
    facts = facts_of(case)
    decision = decide(facts, desk.today, contract_date_of(facts), packs(), case.confirmed_rules)
    needed = {"refund.received_amount": case.refund_not_seen, "claim.amount": case.claim_not_said}
    first = tuple(_explained(case, question(name)) for name, missing in needed.items() if missing)
    asked = (*first, *(q for q in decision.questions if q.fact not in {r.fact for r in first}))
    questions = tuple(q for q in asked if q.fact not in case.dont_know)
    return Assessment(case, decision, ladder(case, decision, desk.today), questions, desk.today)


_OTHER_SUM = {"claim.demanded": "ask.demanded", "refund.amount": "ask.refunded"}


def _explained(case: CaseFile, asked: Question) -> Question:
    """The sum asked back is asked beside the one that the person demanded, or that the merchant announced."""
    other, price = case.other_sum, case.value("order.total")
    if (
        asked.fact != "claim.amount"
        or other is None
        or not isinstance(other.value, Money)
        or not isinstance(price, Money)
    ):
        return asked
    languages: tuple[Language, ...] = ("fr", "en")
    why = {
        language: say(
            language,
            _OTHER_SUM[other.name],
            sum=money_text(other.value, language),
            price=money_text(price, language),
        )
        for language in languages
    }
    return msgspec.structs.replace(asked, why=why)


def once_sent(desk: Desk, case: CaseFile, paper: str, step: str = "") -> Decision:
    """What holds once the paper is sent today: the times that its sending starts, the duties that it brings.
    step: kind of the step that it takes."""
    facts = facts_of(case)
    sent = sent_fact(paper, step)
    supposed = {sent: facts.get(sent, desk.today)} if sent else {}
    return decide({**facts, **supposed}, desk.today, contract_date_of(facts), packs(), case.confirmed_rules)
