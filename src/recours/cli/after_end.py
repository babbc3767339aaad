"""Commands of the end: close, export (one file, or a folder for any browser), erase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.words import Language, say

if TYPE_CHECKING:
    from recours.casefile.types import ClosedHow
    from recours.cli import Settings

_file = click.Path(path_type=Path)


@click.command()
@click.argument("case")
@click.option("--how", type=click.Choice(["solved", "partly", "unsolved", "abandoned"]), default=None)
@click.option("--why", default="", metavar="TEXT", help="In your own words; kept with the case.")
@click.option("--otherwise", is_flag=True, help="Solved by something else than money (replaced, repaired).")
@click.option("--reopen", is_flag=True, help="Take a closed case up again.")
@click.option("-o", "out", type=_file, default=None, metavar="FILE", help="Write the page as HTML too.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default=None, help="Language of the page.")
@click.pass_obj
def close(
    settings: Settings,
    case: str,
    how: ClosedHow | None,
    why: str,
    otherwise: bool,
    reopen: bool,
    out: Path | None,
    lang: Language | None,
) -> None:
    """Close CASE and tell on one page how it went.  Stopping is always allowed."""
    from recours.app.account import account
    from recours.app.close import close as close_case
    from recours.app.close import reopen as reopen_case
    from recours.cli.papers import save
    from recours.outbox.pages import html, plain

    desk = settings.desk()
    if reopen:
        reopen_case(desk, case, why)
        click.echo(say(settings.screen, "close.reopened", case=case))
        return
    if how is None:
        raise click.UsageError("Give --how solved, partly, unsolved or abandoned (or --reopen).")
    found = close_case(desk, case, how, why, otherwise=otherwise)
    page = account(found, lang or settings.language or found.language)
    click.echo(plain(page))
    if out:
        save(out, html(page))
    click.echo(say(settings.screen, "close.kept", case=case))


@click.command()
@click.argument("case")
@click.option("-o", "out", type=_file, default=None, metavar="FILE", help="The .recours file to write.")
@click.option("--folder", type=_file, default=None, metavar="DIR", help="A folder that any browser opens.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default=None, help="Language of the pages.")
@click.pass_obj
def export(
    settings: Settings, case: str, out: Path | None, folder: Path | None, lang: Language | None
) -> None:
    """Write CASE with its originals: -o FILE for another Recours, --folder DIR for a browser."""
    from recours.app.folder import to_folder
    from recours.app.transfer import export as export_case

    if not out and not folder:
        raise click.UsageError("Give -o FILE or --folder DIR.")
    desk, screen = settings.desk(), settings.screen
    if out:
        click.echo(say(screen, "export.done", count=export_case(desk, case, out), file=out))
    if folder:
        written = to_folder(desk, case, folder, lang)
        click.echo(say(screen, "folder.done", count=written.files, file=written.index))


@click.command()
@click.argument("case")
@click.option("--yes", "typed", default="", metavar="NAME", help="The case's name, to show that you mean it.")
@click.option("-o", "out", type=_file, default=None, metavar="FILE", help="Where the receipt goes.")
@click.pass_obj
def erase(settings: Settings, case: str, typed: str, out: Path | None) -> None:
    """Erase CASE for good: journal, originals, papers.  What is left is a receipt of hashes."""
    from recours.app.erase import erase as erase_case
    from recours.app.show import to_json
    from recours.app.transfer import WouldOverwriteError
    from recours.cli.papers import save

    if out and out.exists():
        raise WouldOverwriteError(out)
    receipt = erase_case(settings.desk(), case, typed)
    told = to_json(receipt)
    if out:
        save(out, told + b"\n")
    else:
        click.echo(told.decode())
    count, shared = len(receipt.blobs), len(receipt.shared)
    words = say(settings.screen, "erase.done", entries=receipt.entries, count=count, shared=shared)
    click.echo(words, err=True)
    if receipt.fetched:
        click.echo(say(settings.screen, "erase.fetched", count=receipt.fetched), err=True)


COMMANDS = (close, export, erase)
