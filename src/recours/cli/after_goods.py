"""The commands ``goods`` and ``refresh``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recours.words import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recours.app.goods import Goods
    from recours.app.refresh import Refreshed
    from recours.cli import Settings


@click.command()
@click.argument("case")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object and nothing else.")
@click.pass_obj
def goods(settings: Settings, case: str, json_: bool) -> None:
    """The return of the goods of CASE: where they are, who pays, by when, what proves it."""
    from recours.app.goods import goods as look
    from recours.app.show import to_json

    found = look(settings.desk(), case)
    if json_:
        click.echo(to_json(found).decode())
        return
    for line in told(found, case, settings.screen):
        click.echo(line)


def told(found: Goods, case: str, language: Language) -> Iterator[str]:
    """The view, line by line."""
    from recours.papers.formats import day_text

    yield say(language, f"goods.{found.where}", on=day_text(found.on, language) if found.on else "?")
    if found.where == "never_came":
        return
    for right in found.rules:
        key = "goods.rule" if right.truth == "yes" else "goods.rule_open"
        yield say(language, key, says=right.says[language], cite=right.cite.short[language])
    if not found.rules:
        yield say(language, "goods.no_rule")
    for deadline in found.deadlines:
        yield say(language, "goods.by", says=deadline.says[language], day=day_text(deadline.safe, language))
    if found.where == "returned":
        yield say(language, f"goods.risk_{found.risk}" if found.risk else "goods.proved")
        return
    yield say(language, "goods.label" if found.label else "goods.no_label")
    yield say(language, "goods.photos" if found.photos else "goods.no_photos", count=found.photos)
    yield say(language, "goods.send", case=case)


@click.command()
@click.argument("mailboxes", nargs=-1, required=True, metavar="MAILBOX...")
@click.option("--closed", is_flag=True, help="Closed cases take what is new as well.")
@click.option("--since", default="", metavar="DATE", help="On a server: mail that arrived from this day on.")
@click.pass_obj
def refresh(settings: Settings, mailboxes: tuple[str, ...], closed: bool, since: str) -> None:
    """Take newer exports of your mailbox, or imap://user@host/FOLDER: new messages go to the cases that they belong to."""
    from recours.app.refresh import refresh as take
    from recours.cli.online import local_copy
    from recours.cli.progress import Progress
    from recours.cli.screen import console

    screen = settings.screen
    for given in mailboxes:
        with Progress(screen, console(stderr=True)) as progress:
            mailbox = local_copy(settings, given, since, "", progress)
            found = take(settings.desk(), mailbox, closed_too=closed, progress=progress)
        if not found:
            click.echo(say(screen, "refresh.none", mailbox=mailbox.name))
        for one in found:
            for line in _came(one, screen):
                click.echo(line)


def _came(one: Refreshed, language: Language) -> Iterator[str]:
    case = one.case.id
    if one.closed:
        yield say(language, "refresh.closed", case=case)
        return
    if not one.new:
        yield say(language, "refresh.nothing", case=case)
        return
    yield say(language, "refresh.new", case=case, count=len(one.new))
    for entry in one.new:
        acts = "; ".join(dict.fromkeys(say(language, f"act.{a.act}") for a in entry.acts))
        who = entry.message.sender.name or entry.message.sender.email
        yield "  " + (f"{who}: {acts}" if acts else f"{who}: {entry.message.subject}")
    if any(a.act.startswith("offer_") for e in one.new for a in e.acts):
        yield say(language, "refresh.offer", case=case)
    if one.case.papers:
        yield say(language, "refresh.papers")


COMMANDS = (goods, refresh)
