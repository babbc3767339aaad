"""Builds the sentences of one paper in one language; what no fact, exhibit or rule carries cannot be written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date
from decimal import Decimal
from typing import Any

import msgspec

from recours.casefile.days import day_of, days_of
from recours.casefile.types import CaseFile, Entry, FactValue
from recours.law.facts import REQUESTS, facts_of, sent_fact
from recours.law.types import Cite, Decision, Words
from recours.money import Money
from recours.papers.errors import NotReadyError
from recours.papers.formats import HOME, day_text, money_text
from recours.papers.letter import Letter, Listed, Row, Section
from recours.papers.masking import mask_cards
from recours.papers.speakers import Speakers
from recours.papers.types import Exhibit, Sentence
from recours.papers.typography import french
from recours.papers.wording import phrase
from recours.plan.types import Step
from recours.reading.types import Message
from recours.text import Quote, fold
from recours.words import Language, say

QUOTED = 140  # characters of a quotation in a letter
SAID = 300  # characters of a fact (a list of goods, a name) in a letter
CITED = 2  # exhibits named after one sentence
CARDS = frozenset({"credit_card", "debit_card"})
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
LETTER_PAPER = frozenset({"CA", "US"})


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What a paper is written from.

    decision: what holds once this paper is sent today; step: the rung of the ladder that needs the paper, and cite:
    where its rule is written, None when no step needs it or the rule may not be cited; today: local day; enclosed:
    labels of the exhibits that go in one file with the letter, None when the whole bundle goes with it.
    """

    case: CaseFile
    decision: Decision
    step: Step | None
    cite: Cite | None
    exhibits: tuple[Exhibit, ...]
    language: Language
    today: date
    enclosed: tuple[str, ...] | None = None


class Writer:
    """Sentences with their sources, in the language of the brief."""

    def __init__(self, name: str, brief: Brief) -> None:
        self.name, self.brief = name, brief
        self.case, self.language = brief.case, brief.language
        self.facts = facts_of(brief.case)  # typed; a disputed value is no fact here
        self.place = str(self.facts.get("consumer.country") or HOME)
        # how the ids of the rules of the buyer's own province begin
        self.home = str(self.facts.get("consumer.region") or "").rpartition("-")[2].lower() + "."
        self._days = days_of(brief.case)
        self._labels = {e.message or e.sha256: e.label for e in brief.exhibits}
        self._messages = {e.message.id: e.message for e in brief.case.entries}
        domains = str(self.facts.get("merchant.domains") or "").split(",")
        self.speakers = Speakers(
            self.text("merchant.name"),
            (d.strip() for d in domains),
            (e.message for e in brief.case.dispute),
        )
        self.not_the_merchant_s = self._of_a_house("merchant.address")
        if self.not_the_merchant_s:
            del self.facts["merchant.address"]

    def say(self, key: str, **values: object) -> str:
        return phrase(self.language, key, **values)

    def sentence(
        self,
        key: str,
        *,
        facts: Iterable[str] = (),
        quotes: Iterable[Quote] = (),
        exhibits: Iterable[str] = (),
        rules: Iterable[str] = (),
        cited: bool = True,
        **values: object,
    ) -> Sentence:
        """The wording of ``key``, followed by the exhibits on which it stands (unless ``cited`` is False).

        facts: names whose sources are cited; quotes: words whose messages are cited; exhibits: labels as they are.
        """
        facts, rules = tuple(facts), tuple(rules)
        labels = [*(self.label(q) for q in quotes), *exhibits, *(self.label_of_fact(f) for f in facts)]
        found = tuple(dict.fromkeys(label for label in labels if label and cited))[:CITED]
        text = self.say(key, **values)
        if found:
            text = text.removesuffix(".") + self.say("cited", labels=", ".join(found)) + "."
        return Sentence(text=mask_cards(text), facts=facts, exhibits=found, rules=rules)

    def enclosure(self, key: str, **why: Any) -> Sentence:
        """What goes with the letter: the bundle, in the words of ``key``, or the few exhibits in the same file."""
        enclosed = self.brief.enclosed
        if enclosed is None:
            return self.sentence(key, cited=False, **why)
        told = self.say("pack.enclosed", labels=", ".join(enclosed)) if enclosed else self.say("pack.none")
        return msgspec.structs.replace(self.sentence(key, cited=False, **why), text=told)

    def label(self, quote: Quote) -> str:
        """The exhibit in which the words stand, "" when it is none."""
        return self._labels.get(quote.part, "") or self._labels.get(quote.message, "")

    def label_of_fact(self, name: str) -> str:
        names = REQUESTS if name in REQUESTS[:1] else (name,)
        sent = next((d for d in self.case.dispatches if d.copy and sent_fact(d.paper, d.step) in names), None)
        if sent:
            return self._labels.get(sent.copy, "")
        fact = self.case.facts.get(name)
        return self.label(fact.claim.quote) if fact else ""

    def label_of(self, message: str) -> str:
        return self._labels.get(message, "")

    def quoted(self, quote: Quote, limit: int = QUOTED) -> str:
        """The exact words in the language's quotation marks; a long one is cut between words and shows it."""
        words = " ".join(quote.text.split()).rstrip(".")
        return self.say("quote", words=cut(words, limit))

    def times(self, count: int) -> str:
        """once; 3 times."""
        return self.say("fact.once") if count == 1 else self.say("fact.times", count=count)

    def days(self, count: int) -> str:
        """1 day; 3 days."""
        return self.say("fact.one_day") if count == 1 else self.say("fact.days", count=count)

    def in_words(self, day: date) -> str:
        """A day in words, as the buyer's place writes it."""
        return day_text(day, self.language, self.place)

    def day(self, name: str) -> str:
        """A date of the case in words; "" when it is not known."""
        value = self.facts.get(name)
        return self.in_words(value) if isinstance(value, date) else ""

    def day_of(self, message: str) -> str:
        entry = next((e for e in self.case.entries if e.message.id == message), None)
        day = self.day_on(entry) if entry else None
        return self.in_words(day) if day else ""

    def iso_day_of(self, message: str) -> str:
        """The shopper's local day of a message, ISO; "" when it has none."""
        entry = next((e for e in self.case.entries if e.message.id == message), None)
        day = self.day_on(entry) if entry else None
        return day.isoformat() if day else ""

    def day_on(self, entry: Entry) -> date | None:
        """The shopper's local day of an entry; None when it has no date."""
        return day_of(entry, self._days)

    def moment_of(self, message: str) -> str:
        """The moment of a message on one clock, ISO; "" when it has none."""
        entry = next((e for e in self.case.entries if e.message.id == message), None)
        when = entry.message.date if entry else None
        return when.astimezone(UTC).isoformat() if when else ""

    def message(self, quote: Quote) -> Message | None:
        """The message in which the words stand; None when they stand elsewhere (a file, a statement)."""
        return self._messages.get(quote.message)

    def text(self, name: str, otherwise: str = "") -> str:
        value = self.facts.get(name)
        return self.value(value) if value is not None else otherwise

    def law(self, words: Words) -> str:
        """What a pack says, in the letter's language and its typography, without the full stop."""
        return self.own(words[self.language].rstrip("."))

    def own(self, words: str) -> str:
        """Fixed words that no table of the papers holds, in the language's typography."""
        return french(words) if self.language == "fr" else words

    def value(self, value: FactValue) -> str:
        if isinstance(value, Money):
            return money_text(value, self.language, self.place)
        if isinstance(value, date):
            return self.in_words(value)
        return mask_cards(cut(" ".join(str(value).split()), SAID))

    def need(self, *names: str) -> None:
        """Raises NotReadyError with the names that are not known."""
        missing = tuple(name for name in names if name not in self.facts)
        if missing:
            raise NotReadyError(self.name, missing)

    def claimed(self) -> Money:
        """What is still owed: the sum that the person asks for, else the amount paid, less what came back.  Raises
        NotReadyError, also when the merchant says that it refunded and nobody has said whether the money came (no letter
        asks for what may be there already), and when only a part may be asked back and nobody has said which sum."""
        self.need("order.total")
        if self.case.refund_not_seen:
            raise NotReadyError(self.name, ("refund.received_amount",))
        if self.case.claim_not_said:
            raise NotReadyError(self.name, ("claim.amount",))
        total = self.facts.get("claim.amount") or self.facts.get("order.total")
        assert isinstance(total, Money)
        return Money(total.amount - self.received(total.currency), total.currency)

    def received(self, currency: str) -> Decimal:
        """What came back, in the currency paid: receipts kept in the case, else what the person said."""
        kept = sum((r.amount.amount for r in self.case.receipts if r.amount.currency == currency), Decimal(0))
        said = self.facts.get("refund.received_amount")
        told = said.amount if isinstance(said, Money) and said.currency == currency else Decimal(0)
        return max(kept, told)

    def row(self, key: str, value: str, *facts: str) -> Row:
        return Row(label=self.say(key), value=value, facts=facts)

    def problem(self) -> str:
        """What is wrong, in the buyer's words; a counterfeit is asserted only once somebody who knows has found it one."""
        kind = str(self.facts.get("problem.kind"))
        found = kind == "counterfeit" and "counterfeit.found_on" in self.facts
        return self.say(f"problem.{kind}_found" if found else f"problem.{kind}")

    def means_of_payment(self) -> str:
        """credit card Visa, ending in 1234; as much of it as is known."""
        method = self.facts.get("payment.method")
        words = self.say(f"method.{method}") if method and method != "other" else ""
        card = [network_name(network)] if (network := self.facts.get("payment.network")) != "other" else []
        card += [f"•••• {last4}"] if (last4 := self.text("payment.last4")) else []
        behind = " ".join(filter(None, card))  # the card, or the card behind an account
        if words and behind:
            return f"{words} {behind}" if method in CARDS else f"{words} ({behind})"
        return words or behind

    def letter(
        self,
        *,
        title: str,
        recipient: Iterable[str],
        delivery: str,
        subject: str,
        sections: Iterable[Section],
        closing: str,
        sender: Iterable[str] | None = None,
        signature: str | None = None,
        salutation: str | None = None,
    ) -> Letter:
        """The whole letter; the list holds the exhibits that its sentences cite.

        sender, signature, salutation: None takes the consumer's and the usual one; "" leaves the place out.
        """
        kept = tuple(s for s in sections if s.rows or s.sentences)
        cited = {label for s in kept for sentence in s.sentences for label in sentence.exhibits}
        return Letter(
            name=self.name,
            language=self.language,
            title=title,
            author=self.text("consumer.name"),
            day=self.in_words(self.brief.today),
            sender=self.sender() if sender is None else tuple(line for line in sender if line),
            recipient=tuple(line for line in recipient if line),
            delivery=delivery,
            subject_head=self.say("demand.subject"),
            subject=subject,
            salutation=self.say("letter.salutation") if salutation is None else salutation,
            sections=kept,
            closing=closing,
            signature=self.text("consumer.name") if signature is None else signature,
            exhibits_head=self.say("letter.exhibits"),
            exhibits_note=self.say("letter.exhibits_note"),
            exhibits_columns=(
                self.say("letter.exhibit"),
                self.say("letter.date"),
                self.say("letter.what"),
            ),
            cited=tuple(self._listed(e) for e in self.brief.exhibits if e.label in cited),
            page=self.say("letter.page", n="{n}", total="{total}"),
            paper=paper_of(self.facts.get("consumer.country")),
        )

    def sender(self) -> tuple[str, ...]:
        lines = (self.text("consumer.name"), self.text("consumer.address"), self.text("consumer.email"))
        return tuple(line for line in lines if line)

    def merchant(self) -> tuple[str, ...]:
        lines = (self.text("merchant.name"), self.text("merchant.address"), self.text("merchant.email"))
        return tuple(line for line in lines if line)

    def _of_a_house(self, name: str) -> tuple[tuple[str, str], ...]:
        """What was read in a mail that another than the merchant wrote, where the lines above it do not name the merchant, and
        who wrote it: at the foot of a marketplace's notice stands the marketplace's own address, not its seller's."""
        fact, merchant = self.case.facts.get(name), fold(self.text("merchant.name"))
        if fact is None or fact.status == "stated" or name not in self.facts or not merchant:
            return ()
        quote = fact.claim.quote
        message = self._messages.get(quote.message)
        house = self.speakers.other(message) if message and not quote.part else ""
        if not message or not house:
            return ()
        above = _PARAGRAPH.split(message.text[: quote.start].rstrip())[-1]
        return () if merchant in fold(above) else ((str(fact.value), house),)

    def _listed(self, exhibit: Exhibit) -> Listed:
        day = (
            self.in_words(date.fromisoformat(exhibit.date))
            if exhibit.date
            else say(self.language, "exhibit.undated")
        )
        return Listed(label=exhibit.label, day=day, title=exhibit.title)


def cut(words: str, limit: int) -> str:
    """At most so many characters, whole words where it can be; what was cut shows it."""
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"


_NETWORK = {
    "visa": "Visa",
    "mastercard": "Mastercard",
    "amex": "American Express",
    "discover": "Discover",
    "interac": "Interac",
}


def network_name(value: FactValue | None) -> str:
    """The network as its mark is written; "" when it is not known."""
    return _NETWORK.get(str(value), "") if value else ""


def paper_of(country: FactValue | None) -> str:
    """us-letter in Canada and the United States, a4 elsewhere (ISO 216)."""
    return "us-letter" if str(country or "CA") in LETTER_PAPER else "a4"
