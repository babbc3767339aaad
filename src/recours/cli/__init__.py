"""The command line.  Calls ``app`` only; prints for people, or one JSON object for programs.

Everything heavy is imported inside the commands, so that ``recours --help`` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recours import __version__
from recours.clock import Clock, parse_day
from recours.errors import RecoursError
from recours.words import Language, preferred, say

if TYPE_CHECKING:
    from recours.app.desk import Desk


class Settings:
    """What every command is told: where cases live, the day, the language, who works."""

    def __init__(self, store: Path, clock: Clock, language: Language | None, by: str) -> None:
        self.store, self.clock, self.language, self.by = store, clock, language, by

    @property
    def screen(self) -> Language:
        return self.language or preferred()

    def desk(self) -> Desk:
        from recours.app.desk import Desk
        from recours.store.sqlite import Store

        return Desk(Store(self.store), self.clock, self.by)


class Recours(click.Group):
    """Turns the errors of a person's input into one clear sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RecoursError as error:
            from recours.cli.refusals import told

            language = ctx.obj.screen if isinstance(ctx.obj, Settings) else preferred()
            click.echo(told(error, language), err=True)
            ctx.exit(1)


@click.group(cls=Recours, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="recours")
@click.option(
    "--today", metavar="DATE", help="Look at the case on this day (YYYY-MM-DD).", envvar="RECOURS_TODAY"
)
@click.option(
    "--store", type=click.Path(path_type=Path), metavar="FILE", help="The file that holds the cases."
)
@click.option("--screen", type=click.Choice(["fr", "en"]), help="Language of the screen.")
@click.option("--as", "by", default="me", metavar="NAME", help="Who works, for the journal.")
@click.pass_context
def main(
    context: click.Context, today: str | None, store: Path | None, screen: Language | None, by: str
) -> None:
    """Recours turns a shopper's mailbox into the case that gets the money back.

    Start with:  recours open MAILBOX
    """
    from recours.cli.home import default_store

    clock = Clock(parse_day(today, "--today") if today else None)
    context.obj = Settings(store or default_store(), clock, screen, by)


def _register() -> None:
    from recours.cli import (
        after,
        after_end,
        after_goods,
        after_offers,
        after_statement,
        case,
        law,
        opening,
        papers,
        propose,
        serve,
    )

    for module in (
        opening,
        case,
        papers,
        law,
        after,
        after_statement,
        after_offers,
        after_goods,
        after_end,
        serve,
        propose,
    ):
        for command in module.COMMANDS:
            main.add_command(command)


_register()

__all__ = ["Settings", "main", "say"]
