"""One notification of the desktop, when something cannot wait; through notify-send (libnotify), if it is there."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import click

from recours.words import Language, say

if TYPE_CHECKING:
    from recours.app.today import Today

NOW = frozenset({"alarm", "late", "default", "broken"})  # a calm day makes no noise
SECONDS = 5


def notify(found: Today, language: Language) -> None:
    """Tell how many things cannot wait, and the first of them.  Says on standard error when nothing can show it."""
    from recours.cli.screen import line_text

    pressing = [line for line in found.lines if line.kind in NOW]
    if not pressing:
        return
    program = shutil.which("notify-send")
    if not program:
        click.echo(say(language, "notify.missing"), err=True)
        return
    title = say(language, "notify.title", count=len(pressing))
    body = f"{pressing[0].case}: {line_text(pressing[0], language)}"
    try:
        subprocess.run(
            [program, "--app-name=Recours", "--", title, body],
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        click.echo(say(language, "notify.failed"), err=True)
