"""Commands that begin a case: open (a mailbox) and demo (the mailbox that Recours ships)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.cli.case import as_json, print_case
from recours.words import Language, say

if TYPE_CHECKING:
    from recours.app.open_case import Opened
    from recours.cli import Settings
    from recours.reading.types import Candidate

SHOWN = 8  # names of files in one sentence


@click.command("open")
@click.argument("mailbox")
@click.option("--about", default="", metavar="TEXT", help="The shop, order number or words of the dispute.")
@click.option("--name", default="", metavar="CASE", help="Name of the case.")
@click.option(
    "--with-files/--without-files",
    default=None,
    help="Take the photos, notes and papers that lie beside the mail too, or leave them; without either, asked on a terminal.",
)
@click.option("--since", default="", metavar="DATE", help="On a server: mail that arrived from this day on.")
@click.option("--before", default="", metavar="DATE", help="On a server: mail that arrived before this day.")
@as_json
@click.pass_obj
def open_(
    settings: Settings,
    mailbox: str,
    about: str,
    name: str,
    with_files: bool | None,
    since: str,
    before: str,
    json_: bool,
) -> None:
    """Find the dispute in MAILBOX (mbox, eml, Maildir, folder, or imap://user@host/FOLDER), read it, open a case."""
    from recours.app.open_case import open_case
    from recours.cli.online import local_copy
    from recours.cli.progress import Progress
    from recours.cli.screen import console

    screen = settings.screen
    err = console(stderr=True)
    with Progress(screen, err) as progress:

        def choose(candidates: Sequence[Candidate]) -> int:
            progress.stop()
            return _choose(candidates, screen)

        def wanted(names: Sequence[str]) -> bool:
            if with_files is not None or not asks:
                return bool(with_files)
            progress.stop()
            return click.confirm(
                say(screen, "opened.ask_files", count=len(names), names=_some(names)), err=True
            )

        asks = sys.stdin.isatty() and sys.stderr.isatty() and not json_
        opened = open_case(
            settings.desk(),
            local_copy(settings, mailbox, since, before, progress),
            about=about,
            name=name,
            choose=choose if asks else None,
            with_files=wanted,
            progress=progress,
        )
    case, count = opened.case, opened.count
    err.print(say(screen, "opened.case", case=case.id), style="bold")
    err.print(
        say(
            screen,
            "opened.counts",
            messages=count.messages,
            inside=count.in_dispute,
            unsure=count.unsure,
            out=count.left_out,
            copies=count.copies,
        )
    )
    if opened.was_open:
        key = "opened.new" if opened.new_messages else "opened.again"
        err.print(say(screen, key, count=opened.new_messages, case=case.id))
    else:
        err.print(say(screen, "opened.privacy"), style="dim")
    if opened.close and not asks:
        err.print(say(screen, "opened.picked"), style="yellow")
    elif opened.others:
        err.print(say(screen, "head.others") + ":", style="dim")
    for other in opened.others:
        err.print(
            "  " + say(screen, "opened.also", title=other.title, last=other.last_on or "?"), style="dim"
        )
    for line in _beside(opened, screen):
        err.print(line)
    print_case(settings, case.id, json_)
    if not json_:
        err.print(say(screen, "opened.next", case=case.id))


def _beside(opened: Opened, screen: Language) -> Iterator[str]:
    """What became of the files that lay with the mail."""
    files = opened.beside
    if files.taken:
        yield say(screen, "opened.took_files", count=len(files.taken), names=_some(files.taken))
    elif files.names:
        yield say(
            screen, "opened.files", count=len(files.names), names=_some(files.names), case=opened.case.id
        )
    for name, why in (*files.refused, *opened.unread):
        yield say(screen, "opened.unread", name=name, why=why[screen])


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")


def _choose(candidates: Sequence[Candidate], language: Language) -> int:
    shown = candidates[:5]
    click.echo(say(language, "opened.ask"), err=True)
    for n, candidate in enumerate(shown, 1):
        line = say(language, "opened.also", title=candidate.title, last=candidate.last_on or "?")
        click.echo(f"  {n}. {line}", err=True)
    picked: int = click.prompt(
        "", type=click.IntRange(1, len(shown)), default=1, prompt_suffix="> ", err=True
    )
    return picked - 1


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    metavar="FOLDER",
    help="Where the files go.",
)
@click.pass_obj
def demo(settings: Settings, folder: Path) -> None:
    """The story, end to end, on the mailbox that Recours ships."""
    from recours.cli.demo import play

    play(settings, folder)


COMMANDS = (open_, demo)
