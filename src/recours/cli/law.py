"""Commands about the law itself: decide, ask, new, show, test, stale."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.words import say

if TYPE_CHECKING:
    from recours.cli import Settings


@click.group()
def law() -> None:
    """The law packs: what applies to a file of facts, one rule, their tests, what is stale."""


@law.command()
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--on", default="", metavar="DATE", help="Look at the facts on this day.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object and nothing else.")
@click.pass_obj
def decide(settings: Settings, facts: Path, on: str, json_: bool) -> None:
    """What applies to the FACTS of a YAML file."""
    from recours.app.law_desk import decide_file
    from recours.app.show import to_json

    found = decide_file(facts, on, settings.clock)
    if json_:
        click.echo(to_json(found).decode())
        return
    language = settings.screen
    click.echo(say(language, "head.rights"))
    for right in found["rights"]:
        if right["truth"] != "no":
            click.echo(f"  {right['truth']:8}{right['rule']:24}{right['says'][language]}")
    click.echo(say(language, "head.dates"))
    for deadline in found["deadlines"]:
        click.echo(f"  {deadline.safe}  {deadline.says[language]}")
    click.echo(say(language, "head.ladder"))
    for step in found["steps"]:
        click.echo(f"  {step['state']:9}{step['says'][language]}")
        for reason in step["refused_because"]:
            click.echo(f"           {reason[language]}")
    click.echo(say(language, "head.questions"))
    for question in found["questions"]:
        click.echo(f"  {question['fact']}: {question['ask'][language]}")


@law.command()
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--on", default="", metavar="DATE", help="Look at the facts on this day.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object and nothing else.")
@click.pass_obj
def ask(settings: Settings, facts: Path, on: str, json_: bool) -> None:
    """The next question for the FACTS of a YAML file, and why it is asked."""
    from recours.app.law_desk import next_question
    from recours.app.show import to_json

    found = next_question(facts, on, settings.clock)
    if json_:
        click.echo(to_json({"question": found}).decode())
        return
    language = settings.screen
    if found is None:
        click.echo(say(language, "ask.none"))
        return
    click.echo(f"{found['fact']}: {found['ask'][language]}")
    click.echo("  " + say(language, "ask.why", why=found["why"][language]))
    if found["answers"]:
        click.echo("  " + say(language, "ask.answers", answers=", ".join(found["answers"])))


@law.command()
@click.argument("place")
@click.option(
    "--folder", type=click.Path(path_type=Path), default=Path("packs"), help="Where packs are written."
)
@click.pass_obj
def new(settings: Settings, place: str, folder: Path) -> None:
    """A skeleton pack for PLACE (an ISO code such as DE or CA-AB) that passes the checks."""
    from recours.app.law_desk import new_pack

    made = new_pack(place, folder)
    click.echo(say(settings.screen, "law.new", folder=made, root=folder))


@law.command("show")
@click.argument("rule")
@click.pass_obj
def show_rule(_settings: Settings, rule: str) -> None:
    """One RULE: what it says, its source, since when, how sure, its tests."""
    import yaml

    from recours.app.law_desk import show_rule as find

    click.echo(yaml.safe_dump(find(rule), allow_unicode=True, sort_keys=False).rstrip())


@law.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def test(settings: Settings, folder: Path | None) -> None:
    """Check the packs and run their tests: those shipped, or those of a FOLDER."""
    from recours.app.law_desk import run_pack_tests

    failures = run_pack_tests(folder)
    for failure in failures:
        click.echo(failure)
    if failures:
        sys.exit(1)
    click.echo(say(settings.screen, "law.tests_good"))


@law.command()
@click.pass_obj
def stale(settings: Settings) -> None:
    """Rules whose source was last read more than twelve months ago."""
    from recours.app.law_desk import stale as find

    rows = find(settings.clock.today())
    for rule, day, mark in rows:
        click.echo(say(settings.screen, "law.stale_line", rule=rule, day=day, mark=mark))
    if not rows:
        click.echo(say(settings.screen, "law.stale_none"))


COMMANDS = (law,)
