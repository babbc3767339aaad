"""Keys of signatures asked for in the DNS, where the person says so: TXT records of selectors, and nothing else.

RFC 6376, 3.6.2.  One question a name, to one server: the person's own, or the system's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from recours.errors import RecoursError

MOST = 50  # names of one case
_SECONDS = 5.0
_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")


class Server(NamedTuple):
    """A DNS server by its address."""

    address: str
    port: int = 53


class DnsError(RecoursError):
    """No server answers, or none is known."""

    def __init__(self, server: str, why: str) -> None:
        super().__init__(
            {
                "en": f"The DNS server {server} did not answer: {why}",
                "fr": f"Le serveur DNS {server} n'a pas répondu : {why}",
            },
            todo={
                "en": "Try again, name another with --resolver ADDRESS, or give the keys in a file with --keys FILE.",
                "fr": "Réessayez, nommez-en un autre avec --resolver ADRESSE, ou donnez les clés dans un fichier avec "
                "--keys FICHIER.",
            },
        )


def server_of(text: str) -> Server:
    """ADDRESS or ADDRESS:PORT, an IP address.  Raises DnsError."""
    import dns.inet

    address, _, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "53")
    if not dns.inet.is_address(address) or not port.isdecimal() or not 0 < int(port) < 65536:
        raise DnsError(text, "it is no IP address")
    return Server(address, int(port))


def system_server() -> Server:
    """The one that this machine asks for every name.  Raises DnsError."""
    import dns.exception
    import dns.resolver

    try:
        first = dns.resolver.Resolver().nameservers[0]
    except (dns.exception.DNSException, OSError, IndexError) as error:
        raise DnsError("?", str(error) or "none is set up") from None
    return Server(str(first))


def askable(names: Iterable[str]) -> tuple[str, ...]:
    """Those that can be a name in the DNS, each once; MOST at most."""
    return tuple(dict.fromkeys(n for n in names if _NAME.fullmatch(n)))[:MOST]


def asked(names: Sequence[str], server: Server) -> dict[str, str]:
    """The key records that the server has, by name; a name without one, or whose key was withdrawn, is left out.

    Raises DnsError.
    """
    import dns.exception
    import dns.resolver

    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port, resolver.lifetime = [server.address], server.port, _SECONDS
    found: dict[str, str] = {}
    for name in names:
        try:
            answer = resolver.resolve(f"{name}.", "TXT", search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            continue
        except (dns.exception.DNSException, OSError) as error:
            raise DnsError(server.address, str(error)) from None
        texts = [b"".join(record.strings).decode("utf-8", "replace") for record in answer]
        key = next((text for text in texts if _has_key(text)), "")
        found |= {name: key} if key else {}
    return found


def _has_key(text: str) -> bool:
    """Whether a record holds a key; an empty p= is a key withdrawn, which says nothing of a mail of before."""
    tags = dict(re.findall(r"(?:^|;)\s*([a-z]+)\s*=\s*([^;]*)", text))
    return bool(tags.get("p", "").strip()) and tags.get("v", "DKIM1").strip() == "DKIM1"
