"""Who is who in a mailbox: the owner's addresses, and the organisation behind an address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from recours.reading.mime import Headline
from recours.text import fold

# Mail providers of private people: an organisation cannot be told by the domain, only by the whole address.
# fmt: off
FREEMAIL = frozenset({
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "hotmail.ca", "outlook.com", "outlook.fr",
    "live.com", "live.ca", "live.fr", "msn.com", "yahoo.com", "yahoo.fr", "yahoo.ca", "yahoo.co.uk", "ymail.com",
    "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "gmx.com", "gmx.fr", "gmx.net",
    "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "bbox.fr", "neuf.fr", "videotron.ca",
    "sympatico.ca", "bell.net", "rogers.com", "shaw.ca", "telus.net", "cogeco.ca", "skynet.be", "telenet.be",
    "proximus.be", "btinternet.com", "sky.com", "comcast.net", "verizon.net", "att.net",
})

# Help desks write for a shop under a host of their own: shop.desk.com.
DESKS = frozenset({
    "zendesk", "freshdesk", "gorgias", "helpscout", "intercom", "intercom-mail", "freshservice", "zohodesk",
    "reamaze", "kayako", "groovehq", "front", "hubspot", "salesforce", "desk", "helpdesk", "myshopify", "shopify",
    "kustomer", "gladly", "richpanel", "re-amaze", "uservoice", "teamwork",
})
# fmt: on

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "gouv", "gc", "ac", "qc", "on", "bc", "ab"})


def organisation(email: str) -> str:
    """The organisation behind an address: its registrable domain; the shop's host at a help desk; for private mail
    providers the whole address."""
    domain = email.rpartition("@")[2]
    if not domain or domain in FREEMAIL:
        return email
    labels = domain.split(".")
    take = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    registrable = ".".join(labels[-take:])
    if len(labels) > take and labels[-take] in DESKS:
        return ".".join(labels[-take - 1 :])
    return registrable


def is_desk(organisation_: str) -> bool:
    """Is it a shop's host at a help desk?"""
    return any(label in DESKS for label in organisation_.split(".")[1:])


def brand(organisation_: str) -> str:
    """The name in a domain: "fraserdelta" of fraserdelta.example, "shop" of shop.zendesk.com."""
    return organisation_.partition("@")[0] if "@" in organisation_ else organisation_.partition(".")[0]


_CARRIERS = re.compile(
    r"parcel|courier|freight|haulage|cartage|colis|messagerie|logisti[ckq]|transports?\b|\btranspor|shipping|livraisons?\b|delivery\b|deliveries\b|"
    r"\bcargo\b|(?<!american )\bexpress\b|postescanada|canadapost|royalmail|\bevri\b|\byodel\b|chronopost|mondial ?relay|\bbpost\b|postnl|"
    r"anpost|purolator|canpar|intelcom|nationex|\bdhl\b|\bdpd\b|\bgls\b|\btnt\b|\bups\b|\busps\b|fedex|ontrac"
)


_POST = re.compile(r"\bposte?s?\b")


def is_carrier(name: str, email: str) -> bool:
    """Whether a sender's shown name or domain is a carrier's: one that says so, or one of the large ones."""
    shown = fold(name)  # a domain "post" may be a mail provider's
    return bool(_POST.search(shown) or _CARRIERS.search(f"{shown} {organisation(email).partition('@')[0]}"))


def owners(headlines: Iterable[Headline]) -> frozenset[str]:
    """The owner's own addresses: who receives most of the mail, and the same person's other addresses that both
    send and receive here."""
    received: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    for headline in headlines:
        targets = {a.email for a in (*headline.to, *headline.cc)} | {headline.delivered_to}
        received.update(t for t in targets if t)
        sent[headline.sender.email] += 1
        if headline.sender.name:
            names.setdefault(headline.sender.email, Counter())[fold(headline.sender.name)] += 1
    if not received:
        return frozenset()
    first = max(received, key=lambda a: (received[a], sent[a]))
    own_names = {n for n, _ in names.get(first, Counter()).most_common(1)}
    also = {a for a, known in names.items() if a and a != first and own_names & set(known) and received[a]}
    return frozenset({first, *also})
