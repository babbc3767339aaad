"""By what names others write of a shop: marketplaces of their sellers, carriers in short, bookkeepers of their clients."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recours.reading.dispute_look import Look, plain
from recours.reading.mime import Headline
from recours.reading.organisations import brand, organisation
from recours.reading.parties import ROLES
from recours.text import fold

LEAST = 5  # letters of such a word
_VIA = re.compile(
    r"[\s(]+(?:via|sur|on|through|par)\s+|\s*[(|,–-]\s*(?:vendeur|seller|marketplace)\b", re.IGNORECASE
)
_TWO_WORDS = 8  # letters of a seller's first two words


def sellers(shown: Iterable[str]) -> set[str]:
    """Whom a marketplace's mails are from ("Prairie Audio Deals via Market"), by the first two words."""
    found = (re.split(r"[\s_.-]+", _VIA.split(name)[0]) for name in shown if _VIA.search(name))
    return {word for words in found if len(word := plain("".join(words[:2]))) >= _TWO_WORDS}


def short(group: frozenset[str], shown: Iterable[str]) -> set[str]:
    """First words of the shop's shown names with which its domain begins; and of a domain of several words."""
    brands = [brand(org) for org in group if "@" not in org]
    firsts = {plain(name.split()[0]) for name in shown if len(name.split()) > 1}
    found = {word for word in firsts if any(plain(one).startswith(word) for one in brands)}
    found |= {one.split("-")[0] for one in brands if "-" in one}
    found |= {plain(_VIA.split(name)[0].split()[0]) for name in shown if _VIA.search(name)}
    return {word for word in found if len(word) >= LEAST}


_FROM = re.compile(
    r"\b(?:[Ff]rom|[Bb]y|[Pp]aid to|[Pp]ayment to|[Dd]e la part de|[Dd]e|[Dd]u|[Pp]ar|[Cc]hez|[Pp]aiement à)\s+"
    r"(?P<name>[A-ZÀ-Ý][\w'’.&-]*(?:\s+(?:(?:de|du|des|la|le|les|d'|of|the|and|et|&)\s+)?[A-ZÀ-Ý&][\w'’.&-]*){0,5})"
)
_WHOLE = 8  # letters of a name that a trader signs with
_FOOT = 300  # characters at the end of a mail, in which it is signed


def signed(look: Look) -> str:
    """The shown name and the foot of what a mail itself says, written plainly."""
    return plain(f"{look.line.sender.name} {look.texts.own(look.line)[-_FOOT:]}")


def clients(line: Headline, feet: Iterable[str]) -> frozenset[str]:
    """The sender's shown name and the one in the subject ("Invoice 12 from X"), written plainly, where the shop signs with
    it and it is not the sender's own.  feet: see ``signed``."""
    shown = [_VIA.split(line.sender.name)[0], *(match["name"] for match in _FROM.finditer(line.subject))]
    names = {plain(ROLES.sub(" ", fold(name))) for name in shown}
    own = plain(brand(organisation(line.sender.email)))
    others = [n for n in names if len(n) >= _WHOLE and n not in own and own not in n]
    return frozenset(name for name in others if any(name in foot for foot in feet))


_BANKS = re.compile(
    r"\bbank\b|bank(?:ing)?\b|\bbanque|\bcaisse\b|\bcredit union|\bcredit (?:agricole|mutuel)|building society|\bepargne\b|\bcard (?:services|alerts?)|\bcards\b"
)


def is_bank(line: Headline) -> bool:
    """Whether the sender's name or address is a bank's."""
    return bool(_BANKS.search(fold(f"{line.sender.name} {line.sender.email}")))


_DESK_OF_A_SERVICE = re.compile(
    r"no.?reply|ne.?pas.?rep|notif|alert|avis|info|servi[cz]e|support|contact|suivi|track|orders?\b|commande|invoice|billing|factur|receipt|recu|pa(?:y|ie)ment"
    r"|updates?|mailer|messag|hello|bonjour|team|equipe|clients?\b|customer|care\b|relay|relais|ship|deliver|livr|expedi|colis|parcel|help|aide|claims?|refund|rembours"
)


def is_service(line: Headline) -> bool:
    """Whether a mail is a firm's, and no person's who names the shop in passing: sent by a program, or from an address or
    under a name that is the firm's."""
    local, _, _ = line.sender.email.partition("@")
    name, firm = plain(line.sender.name), plain(brand(organisation(line.sender.email)))
    words = [plain(word) for word in line.sender.name.split()]
    called = any(len(word) >= _SAME and word in firm for word in words) or (
        len(firm) >= _SAME and firm in name
    )
    return line.automatic or line.bulk or called or bool(_DESK_OF_A_SERVICE.search(fold(local)))


_SAME = 4  # letters of a name that is the domain's too


def alike(numbers: Iterable[str], orders: Iterable[str]) -> bool:
    """Whether one of the numbers is made like one of the orders', with letters, and is another: SS-40411 beside SS-40962."""
    known = {order for order in orders if re.search(r"[A-Z]", order)}
    shapes = {_shape(order) for order in known}
    return any(_shape(number) in shapes and number not in known for number in numbers)


def _shape(number: str) -> str:
    return re.sub(r"\d", "0", number)
