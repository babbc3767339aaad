"""How a case looks in the terminal: sober, at most as wide as the window, readable at 80 columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recours.app.assess import Assessment
from recours.app.replies import Reply, replies
from recours.app.story import Row
from recours.app.today import alarms, to_check
from recours.casefile.types import CaseFile, FactValue
from recours.casefile.vocabulary import vocabulary
from recours.law.types import Deadline, Question, Right
from recours.law.value import label
from recours.money import Money
from recours.outbox.today import Line, wording
from recours.papers.formats import day_text, money_text
from recours.plan.ladder import next_step, state_key
from recours.plan.types import Step
from recours.words import Language, say

_COLON: dict[Language, str] = {"fr": "\u00a0:", "en": ":"}
_MARK = {
    "ready": "→",
    "done": "✓",
    "waiting": "…",
    "with_issuer": "…",
    "unknown": "?",
    "refused": "✗",
    "too_late": "✗",
}


def console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def value_text(value: FactValue | None, language: Language) -> str:
    """A fact's value as a person of that language writes it."""
    if value is None:
        return say(language, "who.unknown")
    if isinstance(value, Money):
        return money_text(value, language)
    if isinstance(value, bool):
        return {"fr": ("non", "oui"), "en": ("no", "yes")}[language][value]
    if isinstance(value, date):
        return day_text(value, language)
    return str(value)


def line_text(line: Line, language: Language) -> str:
    """A line of the day as a sentence."""

    def day(value: date | None) -> str:
        return day_text(value, language) if value else ""

    words = say(
        language,
        f"today.{wording(line)}",
        says=line.says.get(language, ""),
        day=day(line.day),
        last=day(line.last or line.day),
        until=day(line.until),
        amount=value_text(line.amount, language) if line.amount else "",
    )
    if line.kind == "next" and line.day:
        words += say(language, "today.before", day=day(line.day))
    return words


_LEAD = re.compile(r"\s*(?:[•→✓✗?…] )?")


def wrapped(text: str, width: int) -> str:
    """A text in lines of that many columns, each paragraph under its own beginning; a sum or a day is not torn at its
    no-break spaces, as the console would."""
    lines: list[str] = []
    for line in text.split("\n"):
        lead = _LEAD.match(line)
        under = " " * (lead.end() if lead and lead.end() < width // 2 else 0)
        lines += textwrap.wrap(
            line, width, subsequent_indent=under, break_on_hyphens=False, replace_whitespace=False
        ) or [""]
    return "\n".join(lines)


class Screen:
    """Prints the parts of a case.  language: of the screen; out: where to."""

    def __init__(self, language: Language, out: Console) -> None:
        self.language, self.out = language, out
        self._named: dict[str, str] = {}

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def head(self, key: str) -> None:
        self.out.print()
        self.out.print(Text(self._say(f"head.{key}"), style="bold"))

    def line(self, text: str, style: str = "") -> None:
        self.out.print(Padding(Text(wrapped(text, self.out.width - 2), style=style), (0, 0, 0, 2)))

    def summary(self, assessment: Assessment, rows: Iterable[Row]) -> None:
        """Everything that ``open`` tells: who, what, how much, what happened, rights, dates, the next step."""
        case = assessment.case
        self.who_what(case)
        self.head("happened")
        self.timeline(rows)
        self.head("again")
        self.runaround(case)
        self.replies(replies(case, assessment.decision))
        self.head("rights")
        self.rights(assessment.decision.rights, brief=True)
        self.head("dates")
        self.dates(assessment.decision.deadlines)
        self.head("next")
        self.alarms(alarms(assessment))
        self.checks(to_check(assessment))
        self.next(case, assessment.steps)
        if case.problems:
            self.head("problems")
            for problem in case.problems:
                self.line(f"{problem.where}: {problem.what}")
        self.out.print()
        self.line(self._say("notice"), "dim")

    def who_what(self, case: CaseFile) -> None:
        language = self.language
        unknown = self._say("who.unknown")
        self.head("who")
        self.line(
            self._say(
                "who.line",
                consumer=case.value("consumer.name") or unknown,
                merchant=case.value("merchant.name") or unknown,
            )
        )
        beneficiary = case.value("beneficiary.name")
        if beneficiary:
            self.line(self._say("who.beneficiary", name=beneficiary))
        self.head("what")
        problem = self._say(f"problem.{case.value('problem.kind') or 'unknown'}")
        self.line(self._say("what.line", problem=problem, items=case.value("order.items") or unknown))
        self.line(
            self._say(
                "what.order",
                number=case.value("order.number") or unknown,
                date=value_text(case.value("order.date"), language),
            )
        )
        recognised = [name for name, fact in case.facts.items() if fact.status == "recognised"]
        if recognised:
            kinds = vocabulary()
            names = ", ".join(f"{kinds[n].label[language]} ({n})" for n in recognised if n in kinds)
            self.line(self._say("what.recognised", names=names, case=case.id), "dim")
        self.head("how_much")
        total = case.value("order.total")
        if total is None:
            self.line(self._say("what.amount_unknown"))
            return
        network = case.value("payment.network")
        method = self._say(f"method.{case.value('payment.method') or 'unknown'}")
        self.line(
            self._say(
                "what.paid",
                amount=value_text(total, language),
                method=f"{method} ({str(network).capitalize()})" if network else method,
            )
        )

    def timeline(self, rows: Iterable[Row]) -> None:
        table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True, min_width=10)
        table.add_column(no_wrap=True, style="dim")
        table.add_column(ratio=1)
        for row in rows:
            what = Text(row.what)
            if row.quote:
                what.append(
                    f"  « {row.quote} »" if self.language == "fr" else f"  “{row.quote}”", style="italic"
                )
            table.add_row(row.day, self._say(f"side.{row.by}") if row.by else "", what)
        self.out.print(Padding(table, (0, 0, 0, 2)))

    def runaround(self, case: CaseFile) -> None:
        m = case.measures
        self.line(
            self._say(
                "measures.line", sent=m.emails_sent, received=m.emails_received, calls=m.calls, days=m.days
            )
        )
        self.line(
            self._say(
                "measures.waits",
                merchant=m.longest_wait_for_merchant_days,
                consumer=m.longest_wait_for_consumer_days,
            )
        )
        for act in dict.fromkeys(loop.act for loop in m.loops):
            count = sum(len(loop.again) for loop in m.loops if loop.act == act)
            self.line(
                self._say(
                    "measures.loop" if count > 1 else "measures.loop_once",
                    what=self._say(f"loop.{act}"),
                    count=count,
                )
            )
        if not m.loops:
            self.line(self._say("measures.none"))
        if m.contradictions:
            self.line(self._say("measures.contradiction") + ":")
            for pair in m.contradictions:
                self.line(f"  “{pair.first.text}”")
                self.line(f"  “{pair.second.text}”")

    def replies(self, found: Iterable[Reply]) -> None:
        """What they said, and the law's answer to it."""
        for n, reply in enumerate(found):
            if n == 0:
                self.head("replies")
            words = " ".join(reply.quote.text.split())
            self.line(f"« {words} »" if self.language == "fr" else f"“{words}”", "italic")
            for right in reply.rights:
                says, cite = right.says[self.language], right.cite.short[self.language]
                self.line("  → " + self._say("rights.line", says=says, cite=cite))

    def rights(self, rights: Iterable[Right], *, brief: bool = False) -> None:
        listed = [r for r in rights if r.kind != "step"]  # the plan tells the steps
        holding = [r for r in listed if r.truth == "yes"]
        open_ = [r for r in listed if r.truth == "unknown"]
        if not holding and not open_:
            self.line(self._say("rights.none"))
        shown = _first(holding) if brief else holding
        for right in shown:
            self._right(right, brief)
        if brief and len(holding) > len(shown):
            self.line(self._say("rights.rest", count=len(holding) - len(shown)), "dim")
        if open_ and brief:
            self.line(self._say("rights.more", count=len(open_)), "dim")
        elif open_:
            self.out.print()
            self.line(self._say("rights.unknown"), "bold")
            for right in open_:
                self._right(right, brief)

    def _right(self, right: Right, brief: bool) -> None:
        language = self.language
        self.line("• " + self._say("rights.line", says=right.says[language], cite=right.cite.short[language]))
        to_check = right.kind != "note" and not right.citable and right.cite.mark == "recall"
        if to_check and right.truth == "yes":
            self.line("    " + self._say("rights.recall"), "yellow")
        if right.stale:
            self.line("    " + self._say("rights.stale"), "yellow")
        if not brief:
            for because in right.because:
                self.line(f"    {_TRUTH[because.truth]} {because.says[language]}", "dim")
            self.line(f"    {right.rule} · {right.cite.mark} · {right.cite.url}", "dim")

    def dates(self, deadlines: Iterable[Deadline]) -> None:
        listed = list(deadlines)
        if not listed:
            self.line(self._say("dates.none"))
        for deadline in listed:
            self.line(f"• {deadline.says[self.language]}: {self._date_of(deadline)}")

    def _date_of(self, deadline: Deadline) -> str:
        last, safe = day_text(deadline.last, self.language), day_text(deadline.safe, self.language)
        if deadline.kind == "first_day":
            return self._say("dates.first", last=last)
        if deadline.who == "consumer":
            return self._say("dates.last", safe=safe, last=last)
        return self._say("dates.other", last=last)

    def steps_told(self, deadlines: Iterable[Deadline]) -> None:
        """Each date with its whole calculation."""
        for deadline in deadlines:
            self.line(f"• {deadline.says[self.language]}: {self._date_of(deadline)}")
            for step in deadline.steps:
                self.line(f"    {day_text(step.day, self.language)}: {step.says[self.language]}", "dim")

    def alarms(self, found: Iterable[Line]) -> None:
        for line in found:
            self.line(line_text(line, self.language), "bold red")

    def checks(self, found: Iterable[Line]) -> None:
        """What to look at first, and the command that keeps what was found."""
        for line in found:
            self.line("• " + line_text(line, self.language), "bold")
            self.line("    " + self._say("today.keep", case=line.case), "dim")

    def next(self, case: CaseFile, steps: tuple[Step, ...]) -> None:
        self.name(steps)
        step = next_step(steps)
        if step is None:
            self.line(self._say("step.none"))
            return
        self.step(case, step)

    def name(self, steps: Iterable[Step]) -> None:
        """Remember what the steps say, so that one can be told to come before another."""
        self._named = {step.id: step.says[self.language] for step in steps}

    def step(self, case: CaseFile, step: Step) -> None:
        language = self.language
        state = self._say(
            state_key(step),
            earliest=day_text(step.earliest, language) if step.earliest else "",
            asked=day_text(step.asked_on, language) if step.asked_on else "",
            opens=day_text(step.opens_on, language) if step.opens_on else "",
            missing=", ".join(label(name, language) for name in step.missing),
        )
        until = ", " + self._say("step.until", latest=day_text(step.latest, language)) if step.latest else ""
        self.line(f"{_MARK[step.state]} {step.says[language]} ({state}{until})")
        for reason in step.refused_because:
            self.line(f"    {reason[language]}", "dim")
        if step.first:
            self.line("    " + self._say("step.first", first=self._named.get(step.first, step.first)), "dim")
        for key, words in (("cost", step.cost), ("gives", step.yields)):
            if words:
                self.line(f"    {self._say(f'step.{key}')}{_COLON[language]} {words[language]}", "dim")
        for key, words in (("answered_by", step.answered_by), ("closes", step.closes)):
            if words and step.state in ("ready", "waiting", "unknown"):
                self.line(f"    {self._say(f'step.{key}')}{_COLON[language]} {words[language]}", "dim")
        if step.evidence and step.state in ("ready", "waiting", "unknown"):
            self.line(f"    {self._say('step.evidence')}{_COLON[language]}", "dim")
            for piece in step.evidence:
                self.line(f"      {_TRUTH[piece.have]} {piece.says[language]}", "dim")
        if step.state == "with_issuer":
            self.line("    " + self._say("step.issuer_refused", case=case.id), "dim")
        elif step.asked_on:
            self.line(
                "    " + self._say("step.with_issuer_too", asked=day_text(step.asked_on, language)), "dim"
            )
        if step.state == "ready":
            for paper in step.papers:
                self.line("    " + self._say("step.write", case=case.id, paper=paper), "bold")

    def question(self, case: CaseFile, question: Question) -> None:
        language = self.language
        self.line(f"• {question.ask[language]}")
        self.line("    " + self._say("ask.why", why=question.why[language]), "dim")
        if question.answers:
            self.line("    " + self._say("ask.answers", answers=", ".join(question.answers)), "dim")
        self.line("    " + self._say("ask.how", case=case.id, fact=question.fact), "dim")


BRIEF = 8  # rights told when a case is opened; ``rights`` tells them all


def _first(holding: list[Right]) -> list[Right]:
    """What matters first: what a letter may cite and gives something; what is to be known when nothing gives."""
    gives = [r for r in holding if r.kind != "note"] or holding
    return sorted(gives, key=lambda r: not r.citable)[:BRIEF]


_TRUTH = {"yes": "✓", "no": "✗", "unknown": "?"}
