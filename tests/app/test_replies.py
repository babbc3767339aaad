"""What merchants say, in both languages, and the rules that answer it where the consumer lives."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from recours.app.replies import replies
from recours.casefile.statements import claims, statements
from recours.casefile.types import CaseFile, Claim, Entry, Fact
from recours.casefile.vocabulary import parse_value
from recours.intake.types import Place
from recours.law.evaluate import decide
from recours.law.rules import load_packs
from recours.law.types import Decision
from recours.reading.acts import acts_of
from recours.reading.acts.before import Before
from recours.reading.types import Act, Address, Membership, Message, Side, Span
from recours.text import Quote

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "statements.yaml").read_text("utf-8"))
PACKS = load_packs()
SAID = [(c, *next(iter(row.items()))) for c, rows in TABLE["said"].items() for row in rows]
REPHRASED: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "rephrased.yaml").read_text("utf-8")
)
ANSWERED = [(place, claim) for place, row in TABLE["answered"].items() for claim in row]


def message(text: str) -> Message:
    return Message(
        id="m@x.example",
        kind="mail",
        place=Place(file="a.mbox"),
        sha256="0" * 64,
        date=None,
        sender=Address("", "help@shop.example"),
        text=text,
    )


def act_of(name: str, text: str, by: Side = "merchant") -> Act:
    return Act(act=name, by=by, quote=Quote(message="m@x.example", start=0, end=len(text), text=text))


def facts_of(place: str) -> dict[str, Any]:
    given = TABLE["places"][place]["facts"]
    return {n: v if isinstance(v, bool | date) else parse_value(n, str(v)) for n, v in given.items()}


def decision_of(place: str) -> Decision:
    facts = facts_of(place)
    return decide(facts, TABLE["places"][place]["today"], facts["order.date"], PACKS)


def case_of(place: str, text: str, *acts: Act) -> CaseFile:
    nowhere = Quote(message="", start=0, end=0, text="")
    facts = {
        n: Fact(name=n, claim=Claim(value=v, quote=nowhere, by="me"), status="stated")
        for n, v in facts_of(place).items()
    }
    mail = message(text)
    entry = Entry(
        message=mail,
        membership=Membership(message=mail.id, in_dispute=True, why="", direction="received"),
        spans=(Span(0, len(text), "authored"),),
        new_text=text,
        acts=acts,
    )
    return CaseFile(id="1", title="", language="en", entries=(entry,), facts=facts)


@pytest.mark.parametrize(("claim", "act", "text"), SAID, ids=[f"{c}-{n}" for n, (c, _, _) in enumerate(SAID)])
def test_a_statement_claims_what_it_says(claim: str, act: str, text: str) -> None:
    assert claim in claims(act_of(act, text)), claims(act_of(act, text))


@pytest.mark.parametrize("claim", REPHRASED)
def test_a_statement_said_otherwise_claims_the_same(claim: str) -> None:
    said = [(act, text) for act, texts in REPHRASED[claim].items() for text in texts]
    assert [text for act, text in said if claim not in claims(act_of(act, text))] == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("We are not responsible for defective parts.", "no_liability"),
        ("Nous ne sommes pas responsables des pièces défectueuses.", "no_liability"),
        ("All sales are final.", "final_sale"),
        ("Toutes les ventes sont finales.", "final_sale"),
        ("Please go to the manufacturer.", "elsewhere"),
        ("Adressez-vous au fabricant.", "elsewhere"),
        ("Returns within 14 days only.", "return_window"),
        ("Retours sous 14 jours seulement.", "return_window"),
        ("We keep 20 % of the price.", "fee_kept"),
        ("Nous gardons 20 % du prix.", "fee_kept"),
    ],
)
def test_the_reader_finds_what_is_claimed(text: str, claim: str) -> None:
    """From a merchant's mail to the claim, through the acts; of all the rephrasings, more than half."""
    assert claim in {c for act in _read(text) for c in claims(act)}


def test_the_reader_finds_most_rephrasings() -> None:
    said = [(c, text) for c, acts in REPHRASED.items() for texts in acts.values() for text in texts]
    found = [text for claim, text in said if claim in {c for act in _read(text) for c in claims(act)}]
    assert len(found) / len(said) >= 0.6


def _read(text: str) -> tuple[Act, ...]:
    before = Before(complained=True, wrote=True, last="consumer")
    return acts_of(message(text), (Span(0, len(text), "authored"),), "merchant", before)


@pytest.mark.parametrize(("place", "claim"), ANSWERED, ids=[f"{p}-{c}" for p, c in ANSWERED])
def test_the_law_of_the_consumer_s_place_answers_it(place: str, claim: str) -> None:
    """Each wording that makes this claim alone gets the rules of the table first, marked as the table says."""
    expected = TABLE["answered"][place][claim]
    decision = decision_of(place)
    alone = [(a, t) for c, a, t in SAID if c == claim and claims(act_of(a, t)) == (claim,)]
    assert alone
    for act, text in alone:
        found = replies(case_of(place, text, act_of(act, text)), decision)
        rights = [r for reply in found for r in reply.rights]
        told = {r.rule: r.cite.mark for r in rights}
        assert list(told.items())[: len(expected)] == list(expected.items()), (text, told)
        assert bool(told) == bool(expected), (text, told)
        assert all(r.citable == (r.cite.mark != "recall") for r in rights)


@pytest.mark.parametrize("row", TABLE["nothing"], ids=lambda row: next(iter(row.values()))[:50])
def test_a_kindness_is_answered_by_nothing(row: dict[str, str]) -> None:
    ((act, text),) = row.items()
    said = act_of(act, text)
    assert claims(said) == ()
    if act == "cite_policy":
        assert replies(case_of("ca-qc", text, said), decision_of("ca-qc")) == ()


@pytest.mark.parametrize("row", TABLE["not_said"], ids=lambda row: row["text"][:50])
def test_a_question_and_the_consumer_s_words_are_answered_by_nothing(row: dict[str, str]) -> None:
    text, side = row["text"], "consumer" if row["by"] == "consumer" else "merchant"
    before = Before(complained=True, wrote=True, last="merchant" if side == "consumer" else "consumer")
    found = acts_of(message(text), (Span(0, len(text), "authored"),), side, before)  # type: ignore[arg-type]
    case = case_of("ca-qc", text, *found)
    assert replies(case, decision_of("ca-qc")) == ()


@pytest.mark.parametrize("place", ["ca-qc", "ca-on", "ca-bc"])
def test_two_policies_are_two_statements(place: str) -> None:
    first, second = "Returns within 14 days only.", "A restocking fee applies."
    case = case_of(place, f"{first} {second}", act_of("cite_policy", first), act_of("cite_policy", second))
    found = replies(case, decision_of(place))
    assert [r.claims for r in found] == [("return_window",), ("fee_kept",)]


def test_every_claim_is_answered_somewhere_and_has_its_wordings() -> None:
    answered = {a for rule in PACKS.by_id.values() for a in rule.answers}
    assert set(statements()) <= answered
    assert set(TABLE["said"]) == set(statements())
    spoken = {a for _, a, _ in SAID}
    assert spoken <= {"cite_policy", "refuse", "deny_responsibility", "refer_elsewhere", "request_return", "offer_store_credit", "offer_partial_refund"}  # fmt: skip
