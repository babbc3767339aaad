"""What a language model proposes about a case: questions to the person, nothing more.

Off unless the person gives an address.  Nothing that a model says enters the case: a proposal whose words are
really there becomes a question, and only the person's yes is kept, as the person's statement, with its origin.
"""

from __future__ import annotations

import msgspec

from recours.app.answer import answer
from recours.app.correct import correct
from recours.app.desk import Desk
from recours.casefile.types import CaseFile, Entry
from recours.casefile.vocabulary import parse_value, vocabulary
from recours.errors import RecoursError
from recours.reading.model import Ask, Dropped, Model, Proposal, Subject, checked, side_of
from recours.reading.types import Side

_SIDE: dict[str, Side] = {"sent": "consumer", "received": "merchant"}
# What is kept of a model's name in a reason: marks its origin for whoever reads the journal.
_ORIGIN = "proposed by the model {name}, confirmed by a person: “{words}”"


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """model: its name; asked: messages sent; questions: what a person may confirm; dropped: what was not shown, why;
    known: how many proposals only repeat what the case already holds."""

    model: str
    asked: int
    questions: tuple[Proposal, ...]
    dropped: tuple[Dropped, ...]
    known: int


def asks(case: CaseFile) -> tuple[Ask, ...]:
    """All that would be sent: the new text of the dispute's messages, oldest first; no quoted text, no attachment."""
    return tuple(
        Ask(
            message=e.message.id,
            side=_SIDE.get(e.membership.direction),
            day=e.message.date.date().isoformat() if e.message.date else "",
            text=e.new_text,
        )
        for e in _inside(case)
    )


def facts_to_ask() -> dict[str, str]:
    """The facts that a model may propose, and their types; yes-or-no facts are the person's own."""
    return {n: k.type for n, k in vocabulary().items() if k.type != "bool" and not k.same_as}


def propose(case: CaseFile, model: Model) -> Proposed:
    """Ask the model about every message of the dispute.  Changes nothing.  Raises the model's RecoursError."""
    sent = asks(case)
    subjects = {
        e.message.id: Subject(e.message, e.spans, _SIDE.get(e.membership.direction)) for e in _inside(case)
    }
    kept, dropped = checked(model.propose(sent), subjects, facts_to_ask())
    unreadable = [p for p in kept if p.kind == "fact" and not _is_value(p)]
    good = [p for p in kept if p not in unreadable]
    new = [p for p in good if not _known(p, case)]
    return Proposed(
        model=model.name,
        asked=len(sent),
        questions=tuple(new),
        dropped=(*dropped, *(Dropped(p, "value") for p in unreadable)),
        known=len(good) - len(new),
    )


def accept(desk: Desk, case: str, proposal: Proposal, model: str) -> None:
    """The person says yes: kept as their own statement or correction, whose reason names the model and the words."""
    reason = _ORIGIN.format(name=model, words=proposal.words)
    if proposal.kind == "fact":
        answer(desk, case, [f"{proposal.name}={proposal.value}"], reason)
        return
    side = side_of(proposal.name)
    assert side  # ``checked`` let it through
    correct(desk, case, proposal.message, add=[(proposal.name, side, proposal.words)], reason=reason)


def _inside(case: CaseFile) -> list[Entry]:
    return [e for e in case.entries if e.membership.in_dispute is True and e.new_text.strip()]


def _is_value(proposal: Proposal) -> bool:
    try:
        return parse_value(proposal.name, proposal.value) is not None
    except RecoursError:
        return False


def _known(proposal: Proposal, case: CaseFile) -> bool:
    if proposal.kind == "act":
        entry = next(e for e in case.entries if e.message.id == proposal.message)
        return any(a.act == proposal.name for a in entry.acts)
    fact = case.facts.get(proposal.name)
    return fact is not None and fact.value == parse_value(proposal.name, proposal.value)
