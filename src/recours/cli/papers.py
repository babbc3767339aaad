"""Commands that make papers: write, pack, bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.words import Language, say

if TYPE_CHECKING:
    from recours.app.send import Reason
    from recours.app.write_paper import Form
    from recours.cli import Settings

_file = click.Path(path_type=Path)
_language = click.option("--lang", type=click.Choice(["fr", "en"]), help="Language of the paper.")


@click.command()
@click.argument("case")
@click.argument("paper")
@_language
@click.option("-o", "out", type=_file, metavar="FILE", help="The file to write (default: CASE-PAPER.pdf).")
@click.option(
    "--as",
    "form",
    type=click.Choice(["pdf", "docx", "eml", "txt"]),
    default="pdf",
    help="A PDF, a text to edit, an e-mail draft with the PDF, or a text to paste.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Characters at most (with --as txt).")
@click.option(
    "--reason",
    type=click.Choice(["any", "statutory", "network"]),
    default="any",
    help="Ground of a chargeback: the law's, or the card network's.",
)
@click.pass_obj
def write(
    settings: Settings,
    case: str,
    paper: str,
    lang: Language | None,
    out: Path | None,
    form: Form,
    limit: int | None,
    reason: Reason,
) -> None:
    """Write a PAPER of CASE: demand, cancellation, chargeback, complaint, reminder, timeline, ..."""
    from recours.app.write_paper import left_out_head, write_as

    if limit and form != "txt":
        raise click.UsageError("--limit goes with --as txt")
    made = write_as(settings.desk(), case, paper, form, lang, reason, limit or 0)
    file = out or Path(f"{case}-{paper}.{form}")
    save(file, made.data)
    screen = settings.screen
    click.echo(
        say(screen, "paper.made", paper=paper, pages=made.pages, file=file) if made.pages else str(file)
    )
    if made.ease:
        key = f"paper.ease_{made.ease.language}"
        click.echo(say(screen, key, value=made.ease.value, words=made.ease.words))
    for problem in made.problems:
        click.echo(say(screen, "bundle.problem", where=problem.where, what=problem.what))
    if made.left_out:
        click.echo(left_out_head(screen))
        for sentence in made.left_out:
            click.echo(f"  - {sentence}")
    if paper != "timeline":
        click.echo(say(screen, "paper.check", case=case, paper=paper))


@click.command()
@click.argument("case")
@click.argument("paper", default="chargeback")
@_language
@click.option("-o", "out", type=_file, metavar="FILE", help="The PDF to write (default: CASE-pack.pdf).")
@click.option("--pages", type=click.IntRange(min=2), metavar="N", help="Pages at most (default: 8).")
@click.option(
    "--max-mb", type=click.FloatRange(min=0.05), metavar="N", help="Megabytes at most, as the portal says."
)
@click.option(
    "--reason",
    type=click.Choice(["any", "statutory", "network"]),
    default="any",
    help="Ground of a chargeback: the law's, or the card network's.",
)
@click.pass_obj
def pack(
    settings: Settings,
    case: str,
    paper: str,
    lang: Language | None,
    out: Path | None,
    pages: int | None,
    max_mb: float | None,
    reason: Reason,
) -> None:
    """The letter to the issuer (or another PAPER) and the exhibits that carry it, in one short file."""
    from recours.app.pack import pack as make
    from recours.papers.pack import PAGES

    made = make(settings.desk(), case, paper, lang, reason, pages or PAGES, int((max_mb or 0) * 1_000_000))
    file = out or Path(f"{case}-pack.pdf")
    save(file, made.pdf)
    screen = settings.screen
    size = f"{len(made.pdf) / 1_000_000:.2f}"
    click.echo(say(screen, "pack.made", pages=made.pages, size=size, file=file))
    for key, labels in (("pack.enclosed", made.enclosed), ("pack.left_out", made.left_out)):
        if labels:
            click.echo(say(screen, key, labels=", ".join(labels)))
    for problem in made.problems:
        click.echo(say(screen, "bundle.problem", where=problem.where, what=problem.what))
    click.echo(say(screen, "paper.check", case=case, paper=paper))


@click.command()
@click.argument("case")
@_language
@click.option("-o", "out", type=_file, metavar="FILE", help="The PDF to write (default: CASE-bundle.pdf).")
@click.option(
    "--max-mb", type=click.FloatRange(min=0.1), metavar="N", help="Cut into parts of at most N megabytes."
)
@click.option(
    "--bag", "folder", type=_file, metavar="DIR", help="Also write a BagIt bag, with the originals."
)
@click.option(
    "--headers", is_flag=True, help="Print every header of the mails, for who doubts where they come from."
)
@click.option("--redact", metavar="KINDS", help="Take out of the text: addresses,phones,names,orders.")
@click.option(
    "--archive",
    is_flag=True,
    help="PDF/A and PDF/UA even with others' PDFs: their pages as pictures, words kept.",
)
@click.pass_obj
def bundle(
    settings: Settings,
    case: str,
    lang: Language | None,
    out: Path | None,
    max_mb: float | None,
    folder: Path | None,
    headers: bool,
    redact: str | None,
    archive: bool,
) -> None:
    """Bind cover, contents, timeline and exhibits of CASE into one PDF, and prove it."""
    from recours.app.write_paper import bag, hidden_kinds
    from recours.app.write_paper import bundle as bind

    desk, hidden = settings.desk(), hidden_kinds(redact or "")
    made = bind(desk, case, lang, int((max_mb or 0) * 1_000_000), hidden, headers, archive)
    file = out or Path(f"{case}-bundle.pdf")
    screen, several = settings.screen, len(made.parts) > 1
    click.echo(say(screen, "bundle.made", pages=made.pages, exhibits=made.exhibits, file=file))
    for n, part in enumerate(made.parts, 1):
        to = file.with_stem(f"{file.stem}-{n}") if several else file
        save(to, part)
        if several:
            click.echo(say(screen, "bundle.part", file=to, size=f"{len(part) / 1_000_000:.1f}"))
    for problem in made.problems:
        click.echo(say(screen, "bundle.problem", where=problem.where, what=problem.what))
    if folder:
        count = bag(desk, case, folder, made, hidden)
        click.echo(say(screen, "bundle.bag", folder=folder, count=count))
        if hidden:
            click.echo(say(screen, "bundle.kept_home"))


def save(file: Path, data: bytes) -> None:
    """Write a paper.  Raises MissingSourceError when the place cannot be written."""
    from recours.intake.errors import MissingSourceError

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise MissingSourceError(file, error.strerror or str(error)) from None


COMMANDS = (write, pack, bundle)
