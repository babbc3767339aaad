"""A mailbox on a server -> its messages of the days asked, on this machine, where ``open_case`` reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from recours.clock import parse_day
from recours.intake.imap import Fetched, Progress, Secret, fetch
from recours.intake.imap_address import imap_address
from recours.intake.imap_errors import ImapSinceError

__all__ = ["Fetched", "Secret", "fetched"]


def fetched(
    address: str,
    data: Path,
    secret: Callable[[str, str], Secret],
    *,
    since: str,
    before: str = "",
    progress: Progress = lambda _stage, _done, _total: None,
) -> Fetched:
    """address: imap://user@host/FOLDER; data: the program's own folder; since, before: days, YYYY-MM-DD, before not
    included; secret: asked once with user and host.

    Raises BadImapAddressError, ImapSinceError, BadDateError and the errors of ``intake.imap.fetch``.
    """
    where = imap_address(address)
    if not since:
        raise ImapSinceError(online=True)
    first = parse_day(since, "--since")
    end: date | None = parse_day(before, "--before") if before else None
    return fetch(where, secret(where.user, where.host), data, since=first, before=end, progress=progress)
