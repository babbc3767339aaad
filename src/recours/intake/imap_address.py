"""The address of a mailbox on a server: imap://user@host[:port]/FOLDER (RFC 5092, the part that a person writes)."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote

import msgspec

from recours.intake.imap_errors import BadImapAddressError

_ADDRESS = re.compile(r"(?i)^(imaps?):/{1,2}(?:(.+)@)?(\[[0-9a-f:]+\]|[^/:@\[\]]+)(?::(\d{1,5}))?(?:/(.*))?$")
TLS_PORT, PLAIN_PORT = 993, 143


class ImapAddress(msgspec.Struct, frozen=True, kw_only=True):
    """tls: from the first byte; else STARTTLS is asked for, but on the machine itself.  folders: () for the usual ones."""

    user: str
    host: str
    port: int
    tls: bool
    folders: tuple[str, ...] = ()

    @property
    def loopback(self) -> bool:
        """Does the connection stay on this machine?"""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def is_imap(text: str) -> bool:
    """Is it meant as the address of a mailbox on a server?"""
    return re.match(r"(?i)imaps?:/", text) is not None


def imap_address(text: str) -> ImapAddress:
    """imap://user@host/FOLDER -> its pieces.  The user may hold a "@"; several folders are parted by ";".

    Without a port, or with imaps: or 993, TLS.  Raises BadImapAddressError.
    """
    match = _ADDRESS.match(text.strip())
    if not match:
        raise BadImapAddressError(text)
    scheme, user, host, port, path = match.groups()
    if not user or ":" in user:  # a password in the address would stay in the shell's history
        raise BadImapAddressError(re.sub(r":[^:@/]+@", ":...@", text))
    number = int(port) if port else TLS_PORT
    if not 0 < number < 65536:
        raise BadImapAddressError(text)
    return ImapAddress(
        user=unquote(user),
        host=host.strip("[]").lower(),
        port=number,
        tls=scheme.lower() == "imaps" or number == TLS_PORT,
        folders=tuple(unquote(f).strip() for f in (path or "").split(";") if f.strip()),
    )
