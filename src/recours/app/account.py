"""How a case went, on one page: the outcome, the facts, what happened, what was counted, what left, what came."""

from __future__ import annotations

from datetime import date

from recours.app.money import by_channel, left_over
from recours.app.story import story
from recours.casefile.types import CaseFile, FactValue
from recours.casefile.vocabulary import vocabulary
from recours.money import Money
from recours.outbox.pages import Page, Row, Section
from recours.papers.formats import day_text, money_text
from recours.papers.names import PAPERS
from recours.words import Language, say

FACTS = (
    "merchant.name",
    "order.number",
    "order.date",
    "order.items",
    "order.total",
    "payment.method",
    "problem.kind",
    "problem.reported_on",
    "refusal.first_on",
    "refund.promised_on",
    "refund.confirmed_on",
)


def account(case: CaseFile, language: Language, *, every_fact: bool = False) -> Page:
    """The page.  every_fact: all that is known, not only what tells the story."""
    return Page(
        language=language,
        title=case.title,
        lead=outcome(case, language),
        sections=(
            Section(head=say(language, "account.outcome"), rows=_outcome(case, language)),
            Section(head=say(language, "head.facts"), rows=_facts(case, language, every_fact)),
            Section(head=say(language, "head.happened"), rows=_happened(case, language)),
            Section(head=say(language, "account.counted"), rows=_counted(case, language)),
            Section(head=say(language, "account.sent"), rows=_sent(case, language)),
            Section(head=say(language, "account.money"), rows=_money(case, language)),
        ),
        foot=say(language, "notice"),
    )


def outcome(case: CaseFile, language: Language) -> str:
    """One sentence: how it ended, or that it is open."""
    how = case.closed.how if case.closed else "open"
    left = left_over(case)
    if how == "open" and left is not None and left.amount > 0:
        return say(language, "account.open_missing", left=money_text(left, language))
    return say(language, f"account.{how}")


def value_of(value: FactValue, language: Language, name: str = "") -> str:
    """A fact's value in words."""
    if isinstance(value, bool):
        return say(language, "account.yes" if value else "account.no")
    if isinstance(value, Money):
        return money_text(value, language)
    if isinstance(value, date):
        return day_text(value, language)
    kind = vocabulary().get(name)
    if kind and str(value) in kind.choices:
        return kind.choices[str(value)][language]
    return str(value)


def _outcome(case: CaseFile, language: Language) -> tuple[Row, ...]:
    rows = []
    if case.opened_at:
        rows.append(_row(language, "opened", day_text(case.opened_at.date(), language)))
    if case.closed:
        rows.append(_row(language, "closed", day_text(case.closed.at.date(), language)))
        rows.append(_row(language, "why", case.closed.why))
    return tuple(rows)


def _row(language: Language, key: str, text: str) -> Row:
    return Row(label=say(language, f"account.{key}"), text=text)


def _facts(case: CaseFile, language: Language, every: bool) -> tuple[Row, ...]:
    names = tuple(case.facts) if every else FACTS
    return tuple(
        Row(
            label=_label(name, language),
            text=value_of(fact.value, language, name),
            note=f"{say(language, f'state.{fact.status}')}" if every else "",
        )
        for name in names
        if (fact := case.facts.get(name))
    )


def _label(name: str, language: Language) -> str:
    kind = vocabulary().get(name)
    return kind.label[language] if kind else name


def _happened(case: CaseFile, language: Language) -> tuple[Row, ...]:
    return tuple(
        Row(
            label=row.day,
            text=(f"{say(language, f'side.{row.by}')} : " if row.by and language == "fr" else "")
            + (f"{say(language, f'side.{row.by}')}: " if row.by and language == "en" else "")
            + row.what,
            note=row.quote,
        )
        for row in story(case, language)
    )


def _counted(case: CaseFile, language: Language) -> tuple[Row, ...]:
    m = case.measures
    if not case.dispute:
        return ()
    sent, received = m.emails_sent_since_complaint, m.emails_received_since_complaint
    texts = [
        say(language, "measures.line", sent=sent, received=received, calls=m.calls, days=m.days),
        say(
            language,
            "measures.waits",
            merchant=m.longest_wait_for_merchant_days,
            consumer=m.longest_wait_for_consumer_days,
        ),
    ]
    acts = dict.fromkeys(loop.act for loop in m.loops)
    for act in acts:
        count = sum(len(loop.again) for loop in m.loops if loop.act == act)
        texts.append(
            say(
                language,
                "measures.loop" if count > 1 else "measures.loop_once",
                what=say(language, f"loop.{act}"),
                count=count,
            )
        )
    return tuple(Row(label="", text=text) for text in texts)


def _sent(case: CaseFile, language: Language) -> tuple[Row, ...]:
    return tuple(
        Row(
            label=day_text(d.on, language),
            text=PAPERS.get(d.paper, {}).get(language, d.paper),
            note=say(language, f"way.{d.by}")
            + (f", {d.ref}" if d.ref else "")
            + ("" if d.proof else f" ({say(language, 'account.unproved')})"),
        )
        for d in case.dispatches
    )


def _money(case: CaseFile, language: Language) -> tuple[Row, ...]:
    rows = [
        Row(
            label=day_text(r.on, language),
            text=money_text(r.amount, language),
            note=say(language, f"payer.{r.channel or 'unsaid'}")
            + (f", {say(language, 'account.provisional')}" if r in case.provisional else ""),
        )
        for r in sorted((*case.receipts, *case.provisional), key=lambda r: r.on)
    ]
    if len(by_channel(case)) > 1:
        rows += [
            Row(
                label=say(language, f"payer.{c.channel or 'unsaid'}"),
                text=money_text(c.final, language),
                note=say(language, "account.sum"),
            )
            for c in by_channel(case)
        ]
    left = left_over(case)
    if left is not None:
        rows.append(_row(language, "missing", money_text(left, language)))
    return tuple(rows)
