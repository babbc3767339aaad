"""The command that asks a language model of the person's choice; without it no model is ever asked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from recours.words import say

if TYPE_CHECKING:
    from recours.cli import Settings
    from recours.reading.model import Proposal

KEY = "RECOURS_MODEL_KEY"  # name of a variable


@click.command()
@click.argument("case")
@click.option(
    "--model",
    "url",
    required=True,
    metavar="URL",
    envvar="RECOURS_MODEL",
    help="An OpenAI-compatible address, best on this machine.",
)
@click.option("--name", default="default", metavar="MODEL", help="Which of the server's models.")
@click.option("--yes", is_flag=True, help="Send without asking first.")
@click.option("--show", is_flag=True, help="Print the very text that would be sent, and stop.")
@click.option("--json", "json_", is_flag=True, help="Print the proposals as JSON; ask nothing, keep nothing.")
@click.pass_obj
def propose(settings: Settings, case: str, url: str, name: str, yes: bool, show: bool, json_: bool) -> None:
    """Let a language model point at what the reading may have missed; each point is a question to you.

    The key of a service is taken from RECOURS_MODEL_KEY.  Only the address given is contacted.
    """
    from recours.app.propose import asks, facts_to_ask
    from recours.app.propose import propose as ask_model
    from recours.cli.progress import Progress
    from recours.cli.screen import console
    from recours.reading.model_client import HttpModel, is_here

    language = settings.screen
    desk = settings.desk()
    file = desk.case(case)
    sent = asks(file)
    if show:
        for one in sent:
            click.echo(f"{one.day} {one.side or ''} {one.message}\n{one.text}\n")
        return
    progress = Progress(language, console(stderr=True))
    model = HttpModel(url, name, facts_to_ask(), key=os.environ.get(KEY, ""), progress=progress)
    size = sum(len(a.text) for a in sent)
    click.echo(say(language, "proposed.sends", count=len(sent), size=size, url=model.url), err=True)
    if not is_here(url):
        click.echo(say(language, "proposed.away"), err=True)
    if not yes and not click.confirm(say(language, "proposed.send"), err=True):
        return
    with progress:
        found = ask_model(file, model)
    if json_:
        import msgspec

        click.echo(msgspec.json.encode(found).decode())
        return
    click.echo(
        say(
            language,
            "proposed.counts",
            new=len(found.questions),
            known=found.known,
            dropped=len(found.dropped),
        ),
        err=True,
    )
    for proposal in found.questions:
        _ask(settings, case, proposal, found.model)


def _ask(settings: Settings, case: str, proposal: Proposal, model: str) -> None:
    from recours.app.propose import accept

    value = f" = {proposal.value}" if proposal.kind == "fact" else ""
    click.echo(f"\n  « {proposal.words} »")
    asked = say(settings.screen, "proposed.ask", what=f"{proposal.name}{value}", model=model)
    if click.confirm(asked, default=False):
        accept(settings.desk(), case, proposal, model)


COMMANDS = (propose,)
