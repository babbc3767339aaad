"""A language model proposes: a recorded one that tells the truth, lies, repeats and rambles.  No network."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
import msgspec
import pytest
from tests.papers.cases import lamp

from recours.app.desk import Desk
from recours.app.propose import accept, asks, facts_to_ask, propose
from recours.intake.types import Place
from recours.reading.model import Ask, Proposal, Subject, checked
from recours.reading.model_client import BadModelAddressError, HttpModel, ModelSilentError, endpoint, is_here
from recours.reading.types import Address, Message, Span


class Recorded:
    """Says the same whatever it is asked."""

    name = "recorded"

    def __init__(self, *said: Proposal) -> None:
        self.said = said
        self.asked: Sequence[Ask] = ()

    def propose(self, asks: Sequence[Ask]) -> Sequence[Proposal]:
        self.asked = asks
        return self.said


def refusal(desk: Desk, case: str) -> tuple[str, str]:
    entry = next(e for e in desk.case(case).dispute if "ne pouvons pas vous rembourser" in e.new_text)
    return entry.message.id, "ne pouvons pas vous rembourser"


def test_what_it_is_given_is_the_new_text_only(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    model = Recorded()
    propose(desk.case(case), model)
    assert model.asked == asks(desk.case(case)) != ()
    new = {e.message.id: e.new_text for e in desk.case(case).dispute}
    assert all(a.text == new[a.message] for a in model.asked)


def test_a_lie_is_no_question(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    id, words = refusal(desk, case)
    lies = {
        Proposal(kind="act", name="refuse", message="nobody@x.example", words=words): "message",
        Proposal(kind="act", name="swindle", message=id, words=words): "name",
        Proposal(kind="fact", name="order.secret", value="1", message=id, words=words): "name",
        Proposal(kind="act", name="blame_consumer", message=id, words="vous l'avez cassé"): "quotation",
        Proposal(kind="act", name="blame_consumer", message=id, words="  "): "quotation",
        Proposal(kind="act", name="formal_demand", message=id, words=words): "side",
        Proposal(kind="fact", name="order.total", value="9999.00 CAD", message=id, words=words): "value",
        Proposal(kind="fact", name="order.number", value="ZZ-1", message=id, words=words): "value",
        Proposal(
            kind="fact", name="delivery.promised_on", value="2026-01-01", message=id, words=words
        ): "value",
        Proposal(kind="fact", name="payment.method", value="gold", message=id, words=words): "value",
        Proposal(kind="fact", name="merchant.name", value="", message=id, words=words): "value",
    }
    found = propose(desk.case(case), Recorded(*lies))
    assert found.questions == ()
    assert {d.proposal: d.why for d in found.dropped} == lies


def test_words_of_somebody_else_in_a_quotation_are_not_the_author_s() -> None:
    text = "Any news?\n\n> We will not pay.\n"
    message = Message(
        id="m@x.example",
        kind="mail",
        place=Place(file="box"),
        sha256="",
        date=None,
        sender=Address("", "a@x.example"),
        text=text,
    )
    spans = (Span(0, 11, "authored"), Span(11, len(text), "quoted"))
    subject = {"m@x.example": Subject(message, spans, "merchant")}
    lie = Proposal(kind="act", name="refuse", message="m@x.example", words="We will not pay")
    kept, dropped = checked([lie], subject, {})
    assert (kept, [d.why for d in dropped]) == ((), ["not new text"])


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("order.total", "399.54 CAD", "Total : 399,54 $"),
        ("order.total", "1234.56 EUR", "soit 1.234,56 € TTC"),
        ("delivery.promised_on", "2026-03-06", "nous livrons le 6 mars 2026"),
        ("order.number", "kv-77", "commande KV-77"),
        ("payment.method", "credit_card", "porté à votre Visa"),
    ],
)
def test_a_value_that_its_words_say_is_a_question(name: str, value: str, words: str) -> None:
    message = Message(
        id="m@x.example",
        kind="mail",
        place=Place(file="box"),
        sha256="",
        date=None,
        sender=Address("", "a@x.example"),
        text=words,
    )
    subject = {"m@x.example": Subject(message, (Span(0, len(words), "authored"),), "merchant")}
    fact = Proposal(kind="fact", name=name, value=value, message="m@x.example", words=words)
    assert checked([fact], subject, facts_to_ask()) == ((fact,), ())


def test_a_true_proposal_is_a_question_until_a_person_says_yes(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    id, words = refusal(desk, case)
    true = Proposal(kind="act", name="cite_policy", message=id, words=words)
    known = Proposal(kind="act", name="refuse", message=id, words=words)
    before = desk.history(case)
    found = propose(desk.case(case), Recorded(true, true, known))
    assert (found.questions, found.known, found.dropped) == ((true,), 1, ())
    assert desk.history(case) == before

    accept(desk, case, true, found.model)

    entry = next(e for e in desk.case(case).entries if e.message.id == id)
    act = next(a for a in entry.acts if a.act == "cite_policy")
    assert act.quote.text == words
    reason = getattr(desk.history(case)[-1].payload, "reason", "")
    assert "recorded" in reason and words in reason


def client(
    answer: Callable[[httpx.Request], httpx.Response], url: str = "http://127.0.0.1:9/v1"
) -> HttpModel:
    return HttpModel(url, "tiny", facts_to_ask(), key="k", transport=httpx.MockTransport(answer))


ASK = Ask(message="m@x.example", side="merchant", day="2026-03-01", text="We will not pay.")


def replied(content: str) -> httpx.Response:
    return httpx.Response(200, json={"choices": [{"message": {"content": content}}]})


def test_the_client_posts_to_one_address_and_reads_the_form_asked() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        one = {"kind": "act", "name": "refuse", "words": "We will not pay", "message": "forged@x.example"}
        return replied("Here it is:\n```json\n" + json.dumps({"proposals": [one]}) + "\n```")

    (found,) = client(answer).propose([ASK])
    assert found == Proposal(kind="act", name="refuse", words="We will not pay", message="m@x.example")
    assert [str(r.url) for r in seen] == ["http://127.0.0.1:9/v1/chat/completions"]
    assert seen[0].headers["authorization"] == "Bearer k"
    sent = msgspec.json.decode(seen[0].content)
    assert "We will not pay." in sent["messages"][1]["content"]


@pytest.mark.parametrize(
    "content", ["", "no idea", "{", '{"proposals": 3}', '{"proposals": [{"kind": "law"}]}', "[1]"]
)
def test_an_answer_of_another_form_proposes_nothing(content: str) -> None:
    assert client(lambda _: replied(content)).propose([ASK]) == ()


@pytest.mark.parametrize("status", [302, 401, 404, 500])
def test_a_refusal_or_a_redirect_is_an_error_that_says_what_to_do(status: int) -> None:
    calls: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(str(request.url))
        return httpx.Response(status, headers={"location": "http://elsewhere.example/"})

    with pytest.raises(ModelSilentError, match="RECOURS_MODEL_KEY"):
        client(answer).propose([ASK])
    assert calls == ["http://127.0.0.1:9/v1/chat/completions"]


def test_a_server_that_is_not_there_is_an_error() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(ModelSilentError, match="refused"):
        client(answer).propose([ASK])


def test_addresses() -> None:
    assert endpoint("http://localhost:11434/v1/") == "http://localhost:11434/v1/chat/completions"
    assert endpoint("http://[::1]:8080") == "http://[::1]:8080/v1/chat/completions"
    assert is_here("http://[::1]:8080") and is_here("http://127.0.0.1") and not is_here("http://10.0.0.2")
    for bad in ("", "127.0.0.1:80", "ftp://x.example", "file:///etc/passwd", "http://[", "http://"):
        with pytest.raises(BadModelAddressError):
            endpoint(bad)
