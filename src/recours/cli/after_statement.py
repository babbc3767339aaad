"""The command ``statement``: lines of a bank's file that may be the case's money."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.cli.after import as_json, print_money
from recours.words import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recours.app.statement import Looked
    from recours.cli import Settings

_file = click.Path(path_type=Path)


@click.command()
@click.argument("case")
@click.argument("file", type=_file)
@click.option("--accept", multiple=True, type=int, metavar="N", help="Keep the proposal of that number.")
@click.option("--mapping", type=_file, metavar="FILE", help="Which column of a CSV is what (YAML).")
@click.option(
    "--dates", type=click.Choice(["ymd", "mdy", "dmy"]), default=None, help="Order of day and month."
)
@click.option(
    "--currency", default="", metavar="CODE", help="When the file does not say it, for example CAD."
)
@click.option("--purchases", type=click.Choice(["positive", "negative"]), default=None)
@as_json
@click.pass_obj
def statement(
    settings: Settings,
    case: str,
    file: Path,
    accept: tuple[int, ...],
    mapping: Path | None,
    dates: str | None,
    currency: str,
    purchases: str | None,
    json_: bool,
) -> None:
    """Find the charge and the refund in a bank's FILE (OFX, QIF, CSV).  Nothing is kept before --accept N."""
    from recours.app.show import to_json
    from recours.app.statement import look

    desk = settings.desk()
    found = look(
        desk,
        case,
        file,
        mapping=mapping,
        dates=dates or "",
        currency=currency,
        purchases=purchases or "",
        accept=accept,
    )
    if json_:
        click.echo(to_json(found).decode())
        return
    for line in _statement_told(found, settings.screen):
        click.echo(line)
    if accept:
        print_money(desk.case(case), settings.screen)


def _statement_told(found: Looked, language: Language) -> Iterator[str]:
    from recours.papers.formats import day_text

    first, last = day_text(found.first, language), day_text(found.last, language)
    yield say(
        language,
        "statement.head",
        name=found.name,
        format=found.format,
        lines=found.lines,
        first=first,
        last=last,
    )
    if found.left_out:
        places = ", ".join(str(p) for p, _ in found.left_out[:10])
        yield say(language, "statement.left_out", count=len(found.left_out), places=places)
    if found.before:
        yield say(language, "statement.again", day=day_text(found.before, language))
    if not found.proposals:
        yield say(language, "statement.none")
    for proposal in found.proposals:
        line = proposal.match.line
        kind = say(language, f"statement.{proposal.match.kind}")
        amount = f"{line.amount} {line.currency}".strip()
        yield f"{proposal.number}. {kind}: {line.day.isoformat()}  {amount}  {line.words}  (l. {line.place})"
        why = "; ".join(say(language, f"statement.why_{w}") for w in proposal.match.why)
        yield f"     {why}"
        if proposal.number in found.accepted:
            yield "     " + say(language, "statement.kept")
        elif proposal.known:
            yield "     " + say(language, "statement.known")
    if any(not p.known and p.number not in found.accepted for p in found.proposals):
        yield say(language, "statement.accept")


COMMANDS = (statement,)
