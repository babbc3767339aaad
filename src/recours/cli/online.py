"""A mailbox on a server, for ``recours open``: the password's prompt, and what was fetched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.words import say

if TYPE_CHECKING:
    from recours.app.open_imap import Secret
    from recours.cli import Settings
    from recours.cli.progress import Progress

PASSWORD, TOKEN = "RECOURS_IMAP_PASSWORD", "RECOURS_IMAP_TOKEN"  # names of variables


def local_copy(settings: Settings, mailbox: str, since: str, before: str, progress: Progress) -> Path:
    """A path as it is; of a mailbox on a server, the folder that holds what was fetched of it."""
    from recours.intake.imap_address import is_imap
    from recours.intake.imap_errors import ImapSinceError

    if not is_imap(mailbox):
        if since or before:
            raise ImapSinceError(online=False)
        return Path(mailbox)
    from recours.app.open_imap import fetched

    def secret(user: str, host: str) -> Secret:
        progress.stop()
        found = _secret(settings, user, host)
        progress.start()
        return found

    got = fetched(mailbox, settings.store.parent, secret, since=since, before=before, progress=progress)
    click.echo(
        say(
            settings.screen,
            "opened.fetched",
            new=got.new,
            found=got.found,
            folders=", ".join(got.folders),
            spool=got.spool,
        ),
        err=True,
    )
    return got.spool


def _secret(settings: Settings, user: str, host: str) -> Secret:
    from recours.app.open_imap import Secret

    token, password = os.environ.get(TOKEN, ""), os.environ.get(PASSWORD, "")
    if token or password:
        return Secret(password=password, token=token)
    text = say(settings.screen, "opened.password", user=user, host=host)
    return Secret(password=click.prompt(text, hide_input=True, err=True))
