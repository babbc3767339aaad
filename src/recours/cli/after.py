"""Commands for the time after sending: today, sent, money, changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.words import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recours.app.changes import Changes
    from recours.app.desk import Desk
    from recours.app.send import Reason
    from recours.app.today import Today
    from recours.casefile.types import CaseFile, FactValue
    from recours.cli import Settings
    from recours.outbox.today import Line

_file = click.Path(path_type=Path)
as_json = click.option("--json", "json_", is_flag=True, help="Print one JSON object and nothing else.")
HORIZON = 30  # days ahead that the screen shows of a person's own last days; --all shows them all
LINES = 40  # what a person can look over at once; --all shows the rest

_STYLE = {"alarm": "bold red", "late": "red", "broken": "yellow", "default": "yellow", "next": "bold"}


@click.command()
@click.option("--all", "all_", is_flag=True, help="Also the days that are far away.")
@click.option("--ics", type=_file, metavar="FILE", help="Also write the dates of all cases as a calendar.")
@click.option("--notify", is_flag=True, help="Also tell in a notification of the desktop what is due now.")
@as_json
@click.pass_obj
def today(settings: Settings, all_: bool, ics: Path | None, notify: bool, json_: bool) -> None:
    """All cases: what is due, what is late, what to wait for, the money that is missing."""
    from recours.app.show import to_json
    from recours.app.today import calendar
    from recours.app.today import today as look

    found = look(settings.desk())
    if ics:
        ics.write_bytes(calendar(settings.desk(), settings.screen))
        click.echo(str(ics), err=True)
    if notify:
        from recours.cli.notify import notify as tell

        tell(found, settings.screen)
    if json_:
        click.echo(to_json(found).decode())
        return
    _print_today(found, settings.screen, all_)


def _print_today(found: Today, language: Language, all_: bool) -> None:
    from recours.cli.screen import console, value_text
    from recours.papers.formats import day_text

    out = console()
    out.print(say(language, "today.head", day=day_text(found.day, language)), style="bold")
    shown = [x for x in found.lines if all_ or _near(x, found)]
    for line in shown if all_ else shown[:LINES]:
        out.print(_told(line, language), style=_STYLE.get(line.kind, ""), markup=False)
    if not shown:
        out.print(say(language, "today.nothing"))
    if not all_ and len(shown) > LINES:
        out.print(say(language, "today.more", count=len(shown) - LINES), style="dim")
    out.print()
    for sum_ in found.missing:
        out.print(say(language, "today.missing", amount=value_text(sum_, language)))
    far = len(found.lines) - len(shown)
    out.print(say(language, "today.cases", count=found.cases, closed=found.closed, far=far), style="dim")


def _near(line: Line, found: Today) -> bool:
    if line.kind != "due":
        return True
    return line.day is not None and (line.day - found.day).days <= HORIZON


def _told(line: Line, language: Language) -> str:
    from recours.cli.screen import line_text

    return f"{line.day.isoformat() if line.day else '          '}  {line.case}: {line_text(line, language)}"


@click.command()
@click.argument("case")
@click.argument("paper")
@click.option("--on", required=True, metavar="DATE", help="The day on which it left (YYYY-MM-DD).")
@click.option(
    "--by",
    required=True,
    type=click.Choice(["registered_mail", "courier", "email", "portal", "fax", "hand", "bailiff"]),
    help="How it left.",
)
@click.option("--proof", type=_file, metavar="FILE", help="What proves it: receipt, screenshot, e-mail.")
@click.option("--ref", default="", metavar="TEXT", help="Tracking number, Message-ID or portal reference.")
@click.option(
    "--reason",
    type=click.Choice(["any", "statutory", "network"]),
    default="any",
    help="Ground of a chargeback (default: of the one last written).",
)
@click.pass_obj
def sent(
    settings: Settings,
    case: str,
    paper: str,
    on: str,
    by: str,
    proof: Path | None,
    ref: str,
    reason: Reason,
) -> None:
    """Keep that a PAPER left, when and how, and say what is not proved."""
    from recours.app.send import sent as keep_sent
    from recours.app.send import unproved

    entry = keep_sent(settings.desk(), case, paper, on, by, proof, ref, reason)
    screen = settings.screen
    way = say(screen, f"way.{by}") + (f" ({entry.ref})" if entry.ref else "")
    click.echo(say(screen, "sent.line", paper=paper, on=on, by=way))
    if proof and not entry.proof:
        click.echo(say(screen, "sent.unreadable", name=proof.name))
    risk = unproved(entry)
    if risk == "nothing":
        click.echo(say(screen, "sent.no_proof"))
    elif risk:
        click.echo(say(screen, f"unproved.{risk}"))


@click.command()
@click.argument("case")
@click.argument("amount", required=False)
@click.option("--on", metavar="DATE", help="The day on which it was there (YYYY-MM-DD).")
@click.option("--from", "channel", type=click.Choice(["merchant", "issuer", "paypal", "court"]), default=None)
@click.option("--provisional", is_flag=True, help="A credit that may still be taken back.")
@click.option("--reversed", "reversed_", is_flag=True, help="A credit that was taken back.")
@click.option("--why", default="", help="Explains more than the price, or the same amount twice on a day.")
@click.pass_obj
def money(
    settings: Settings,
    case: str,
    amount: str | None,
    on: str | None,
    channel: str | None,
    provisional: bool,
    reversed_: bool,
    why: str,
) -> None:
    """Keep that money came in: AMOUNT with its currency ("400.00 CAD") and --on; without, what came so far."""
    from recours.app.money import money_in
    from recours.casefile.types import MoneyState
    from recours.cli.screen import value_text

    if provisional and reversed_:
        raise click.UsageError("--provisional and --reversed exclude each other.")
    if bool(amount) != bool(on):
        raise click.UsageError("Give AMOUNT and --on DATE together.")
    desk, language = settings.desk(), settings.screen
    state: MoneyState = "provisional" if provisional else "reversed" if reversed_ else "final"
    if amount and on:
        entry = money_in(desk, case, amount, on, channel=channel or "", state=state, why=why)
        told = value_text(entry.amount, language)
        key = "money.line" if state == "final" else f"received.{state}"
        click.echo(say(language, key, amount=told, on=on))
    found = desk.case(case)
    print_money(found, language)
    _print_interest(desk, found, language)


def _print_interest(desk: Desk, case: CaseFile, language: Language) -> None:
    """What the law adds to what is still missing, with how it was counted."""
    from recours.app.money import interest_on_rest
    from recours.cli.screen import value_text
    from recours.papers.formats import day_text

    counted = interest_on_rest(desk, case)
    if counted:
        click.echo(
            say(
                language,
                "received.interest",
                amount=value_text(counted.amount, language),
                percent=f"{counted.percent.normalize():f}",
                since=day_text(counted.since, language),
                days=counted.days,
                cite=counted.right.cite.short[language],
            )
        )


def print_money(case: CaseFile, language: Language) -> None:
    """What came, payer by payer, and what is missing."""
    from recours.app.money import all_there, by_channel, left_over
    from recours.cli.screen import value_text

    for row in by_channel(case):
        click.echo(
            say(
                language,
                "received.channel" if not row.provisional.amount else "received.channel_both",
                who=say(language, f"payer.{row.channel or 'unsaid'}"),
                final=value_text(row.final, language),
                provisional=value_text(row.provisional, language),
            )
        )
    left = left_over(case)
    if left is None:
        click.echo(say(language, "received.uncounted"))
    elif left.amount > 0:
        click.echo(say(language, "money.partial", left=value_text(left, language)))
    elif not all_there(case):
        click.echo(say(language, "received.not_final"))
    else:
        click.echo(say(language, "money.whole"))


@click.command()
@click.argument("case")
@click.option("--since", type=int, default=None, metavar="N", help="Length of the journal to compare with.")
@click.option("--until", type=int, default=None, metavar="N", help="The later length (default: now).")
@as_json
@click.pass_obj
def changes(settings: Settings, case: str, since: int | None, until: int | None, json_: bool) -> None:
    """What the last entry changed, or the entries since N: facts, dates, steps, and why."""
    from recours.app.changes import changes as compare
    from recours.app.show import to_json

    found = compare(settings.desk(), case, since, until)
    if json_:
        click.echo(to_json(found).decode())
        return
    for line in _changes_told(found, settings.screen):
        click.echo(line)


@click.command()
@click.argument("case")
@click.pass_obj
def reread(settings: Settings, case: str) -> None:
    """Read the kept originals again with today's reader and show what changed; your corrections stay."""
    from recours.app.changes import changes as compare
    from recours.app.reread import reread as again
    from recours.cli.progress import Progress
    from recours.cli.screen import console

    desk = settings.desk()
    with Progress(settings.screen, console(stderr=True)) as progress:
        done = again(desk, case, progress)
    if not done.since:
        click.echo(say(settings.screen, "reread.same"))
        return
    click.echo(say(settings.screen, "reread.new", reader=done.after, before=done.before))
    for line in _changes_told(compare(desk, case, done.since), settings.screen):
        click.echo(line)


def _changes_told(found: Changes, language: Language) -> Iterator[str]:
    from recours.cli.screen import value_text

    def value(x: FactValue | None) -> str:
        return "—" if x is None else value_text(x, language)

    for cause in found.causes:
        why = f" ({cause.reason})" if cause.reason else ""
        kind = say(language, f"entry.{cause.kind}")
        yield f"{cause.number}. {cause.at.date().isoformat()} {cause.by}: {kind} {cause.name}{why}"
    if not (found.facts or found.dates or found.steps):
        yield say(language, "changes.none")
    for fact in found.facts:
        yield f"  {fact.name}: {value(fact.before)} → {value(fact.after)}"
    for day in found.dates:
        yield f"  {day.says[language]}: {value(day.before)} → {value(day.after)}"
    for step in found.steps:
        states = [say(language, f"changes.{s or 'absent'}") for s in (step.before, step.after)]
        last = ""
        if step.latest_before != step.latest_after:
            days = f"{value(step.latest_before)} → {value(step.latest_after)}"
            last = " " + say(language, "changes.latest", days=days)
        moved = f"{states[0]} → {states[1]}" if states[0] != states[1] else states[0]
        yield f"  {step.says[language]} {moved}{last}"


COMMANDS = (today, sent, money, changes, reread)
