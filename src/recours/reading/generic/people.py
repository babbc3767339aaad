"""Who buys, who sells, for whom: names and addresses in headers, greetings, address blocks and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recours.reading.generic.others import of_another
from recours.reading.generic.view import Part, View, header
from recours.reading.parties import same_person
from recours.reading.places import FoundAddress, find_addresses, find_countries, find_places
from recours.reading.types import Finding
from recours.text import fold, same_length_fold

_SHIP = re.compile(
    r"(?:ship(?:ping)?(?:[ -]to)?(?: address)?|deliver(?:y)?(?: to| address)|adresse de livraison|livre[r]? a|livraison(?: a| chez)?|destinataire|expedi\w+ a|livree? (?:au|chez)|delivered to|(?:service|installation|site) address|adresse (?:du|de) (?:service|chantier|l'installation)|recipient|envoye[er]? a|send to|sent to|gift recipient|lieu de livraison)\s*[:|]?\s*$"
)
_BILL = re.compile(
    r"(?:bill(?:ing|ed)?(?: to| address)?|adresse de facturation|facturee? a|facturation|invoice to|customer|client|acheteur|sold to|vendu a)\s*[:|]?\s*$"
)
_NAME = re.compile(
    r"(?:(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Monsieur|Madame|Miss)\s+)?(?P<name>[A-ZÀ-Ý][\w'’À-ÿ.-]*(?:\s+(?:(?:de|du|des|la|le|van|von|der|den|di|da|el|al|bin|mc)\s+){0,2}[A-ZÀ-Ý][\w'’À-ÿ.-]*){1,3})"
)
_COMPANY = re.compile(
    r"\b(?:pty|inc|ltd|ltee|llc|llp|corp|co|company|sas|sasu|sarl|eurl|sa|srl|sprl|bv|gmbh|plc|shop|store|boutique|returns?|retours?|service|support|warehouse|entrepot|customer|relais|point|locker|consigne|magasin|depot|office|department|dept|team|equipe)\b\.?"
)
_KIN = (
    "brother|sister|mother|father|mom|mum|dad|son|daughter|wife|husband|partner|friend|cousin|nephew|niece|uncle|aunt|grandmother|"
    "grandfather|grandma|grandpa|nan|grandson|granddaughter|neighbour|neighbor|boyfriend|girlfriend|roommate|in-laws|mother-in-law|father-in-law|colleague"
)
_KIN_FR = (
    "frere|(?:belle-|demi-)?s(?:oe|œ)ur|mere|pere|maman|papa|fils|fille|femme|mari|conjointe?|compagn(?:on|e)|amie?|cousine?|neveu|niece|oncle|tante|grand-mere|grand-pere|"
    "mamie|papi|petit-fils|petite-fille|voisine?|copine?|copain|colocataire|belle-mere|beau-pere|collegue|epou(?:x|se)"
)
_FOR = re.compile(
    rf"\b(?:for|pour|present to|gift to|cadeau a|offert a|to)\s+(?:my|our|mon|ma|notre)\s+(?:\w+\s+)?(?:{_KIN}|{_KIN_FR}),?\s+(?P<name>[a-zœæ-]+(?:'(?!s\b)[a-z-]+)?(?:\s[a-zœæ-]+(?:'(?!s\b)[a-z-]+)?)?)"
)


def senders(view: View) -> Iterator[Finding]:
    """The From header: the shopper's name and address, or a seller's."""
    sender, part = view.message.sender, view.sender
    if view.message.kind != "mail" or not sender.email:
        return
    at = len(part.raw) - len(sender.email) - (1 if sender.name else 0)
    if view.side == "consumer":
        yield view.finding(
            part, at, at + len(sender.email), "consumer.email", sender.email, "people.sender", 0.95
        )
        if _NAME.fullmatch(sender.name.strip()) and "@" not in sender.name:
            whole = all(len(w.strip(".")) > 1 for w in re.split(r"[\s-]+", sender.name.strip()))
            yield view.finding(
                part,
                0,
                len(sender.name),
                "consumer.name",
                sender.name.strip(),
                "people.sender",
                0.9 if whole else 0.7,
            )
    elif view.side == "merchant":
        yield view.finding(
            part, at, at + len(sender.email), "merchant.email", sender.email, "people.sender", 0.7
        )
        if sender.domain:
            start = part.raw.rfind("@") + 1
            yield view.finding(
                part,
                start,
                start + len(sender.domain),
                "merchant.domains",
                sender.domain,
                "people.sender",
                0.8,
            )
        if sender.name and "@" not in sender.name:
            yield view.finding(part, 0, len(sender.name), "merchant.name", sender.name, "people.sender", 0.7)


def recipients(view: View) -> Iterator[Finding]:
    """To whom the shopper writes is a seller's address; to whom the seller writes is the shopper's."""
    at = 0
    for address in view.message.to:
        whole = header(address.name, address.email)
        email_at = at + whole.rfind(address.email)
        if address.email and view.side == "consumer":
            yield view.finding(
                view.to,
                email_at,
                email_at + len(address.email),
                "merchant.email",
                address.email,
                "people.to",
                0.75,
            )
        elif view.side == "merchant" and _NAME.fullmatch(address.name.strip()):
            yield view.finding(
                view.to, at, at + len(address.name), "consumer.name", address.name.strip(), "people.to", 0.7
            )
        at += len(whole) + 2


def closings(view: View) -> Iterator[Finding]:
    """The name typed under a letter."""
    if view.side != "consumer" or view.message.kind != "mail":
        return
    for span in view.read.spans:
        if span.kind not in ("closing", "signature"):
            continue
        at = span.start
        for line in view.message.text[span.start : span.end].splitlines(keepends=True):
            match = _NAME.fullmatch(line.strip(" \t\r\n,-–—"))
            if (
                match
                and not _COMPANY.search(fold(line))
                and not re.search(
                    r"\d|commande|order|cordialement|regards|thank|merci|salutation|sincer|bonne|envoye|sent from|from my",
                    fold(line),
                )
            ):
                start = at + line.find(match["name"])
                yield view.finding(
                    view.body,
                    start,
                    start + len(match["name"]),
                    "consumer.name",
                    match["name"],
                    "people.closing",
                    0.75,
                )
            at += len(line)


_NAMED = re.compile(rf"(?:^|\s{{2,}}|: ?|\t){_NAME.pattern}, ")


def addresses(view: View) -> Iterator[Finding]:
    """Address blocks: ship-to, bill-to, the seller's own; with the country and region they say."""
    for part in view.texts if view.side != "consumer" else (view.body,):
        for found in find_addresses(part.own):
            if "\x00" in part.own[found.start : found.end]:
                continue
            role = role_of(view, part, found)
            if role:
                yield from _block(view, part, found, role)
    if view.side == "consumer":
        yield from _lives(view)
    elif view.is_notice:
        yield from _beside_a_name(view)


def _beside_a_name(view: View) -> Iterator[Finding]:
    """ "Member   Vic Moreau, Laval QC H7N 0A1": a place on the line of a person's name; settle knows whether it is the
    shopper's."""
    part = view.body
    for place in find_places(part.own):
        line, _ = part.line_of(place.start)
        if place.sure and _NAMED.search(part.own[line : place.start]):
            for name, value in (("bill.country", place.country), ("bill.region", place.region)):
                if value:
                    yield view.finding(part, place.start, place.end, name, value, "people.named", 0.8)


def role_of(view: View, part: Part, found: FoundAddress) -> str:
    """ship, bill, merchant, consumer or "" when nothing tells."""
    lead = part.folded[max(0, found.name_start - 60) : found.name_start] if found.name else ""
    lead = lead.rstrip()
    named = same_length_fold(found.name)
    direct = part.folded[max(0, found.start - 60) : found.start].rstrip()
    for words in (lead, direct, named):
        if _SHIP.search(words):
            return "ship"
        if _BILL.search(words):
            return "bill"
    if view.side == "merchant":
        if any(same_person(found.name, to.name) for to in view.message.to if found.name and to.name):
            return "bill"
        if re.search(r"\b(?:hub|depot|bureau de poste|post office|point relais|agence)\b", named):
            return ""
        return "merchant"
    return _own(view, found)


def _own(view: View, found: FoundAddress) -> str:
    """In a shopper's mail: under the letter it is theirs, at its head under a firm's name it is the seller's."""
    if _COMPANY.search(fold(found.name)):
        return "addressee"
    if any(s.kind in ("closing", "signature") and s.start <= found.start < s.end for s in view.read.spans):
        return "consumer"
    sender = set(fold(view.message.sender.name).split())
    return "consumer" if sender & set(fold(found.name).split()) else ""


_BY_ROLE = {
    "ship": ("ship", 0.9), "bill": ("bill", 0.95), "consumer": ("consumer", 0.85), "merchant": ("merchant", 0.85),
    "addressee": ("merchant", 0.6),
}  # fmt: skip


def _block(view: View, part: Part, found: FoundAddress, role: str) -> Iterator[Finding]:
    """Findings of one block; ``ship.`` and ``bill.`` names are for settle, which knows who the shopper is."""
    prefix, sure = _BY_ROLE[role]
    if role == "merchant":
        sure -= of_another(view, part, found.name_start if found.name else found.start)
    by = f"people.{role}"
    yield view.finding(part, found.start, found.end, f"{prefix}.address", found.value, by, sure)
    place = found.place
    yield view.finding(
        part,
        place.start,
        place.end,
        f"{prefix}.country",
        place.country,
        by,
        sure if place.sure else sure - 0.2,
    )
    if place.region:
        yield view.finding(part, place.start, place.end, f"{prefix}.region", place.region, by, sure)
    match = _NAME.fullmatch(found.name)
    if match and role in ("ship", "bill") and not _COMPANY.search(fold(found.name)):
        start = found.name_start + match.start("name")
        yield view.finding(part, start, start + len(match["name"]), f"{prefix}.name", match["name"], by, sure)
    elif role == "merchant" and found.name and _COMPANY.search(fold(found.name)) and len(found.name) < 50:
        name = found.name.lstrip("©0123456789 ")
        start = found.name_start + len(found.name) - len(name)
        yield view.finding(part, start, start + len(name), "merchant.name", name, by, 0.6)


def _lives(view: View) -> Iterator[Finding]:
    """ "I live in Quebec", a place or a phone under the letter."""
    part = view.authored
    lives = re.compile(
        r"\b(?:i live in|i'm in|i am in|based in|resident of|from here in|j'habite|je vis|je demeure|je reside|residant|bought from|acheter? (?:du|depuis le|de la)|consommat(?:eur|rice) (?:du|de la|au|en))\s+(?:\w+\s+)?(?:the\s+|au\s+|en\s+|a\s+|du\s+|le\s+)?$"
    )
    for place in (*find_countries(part.own), *find_places(part.own)):
        if lives.search(part.folded[max(0, place.start - 45) : place.start]):
            yield view.finding(
                part, place.start, place.end, "consumer.country", place.country, "people.lives", 0.75
            )
            if place.region:
                yield view.finding(
                    part, place.start, place.end, "consumer.region", place.region, "people.lives", 0.75
                )
    for span in view.read.spans:
        if span.kind in ("closing", "signature"):
            for place in find_places(part.raw[span.start : span.end]):
                if place.sure:
                    start, end = span.start + place.start, span.start + place.end
                    yield view.finding(
                        part, start, end, "consumer.country", place.country, "people.under", 0.7
                    )
                    if place.region:
                        yield view.finding(
                            part, start, end, "consumer.region", place.region, "people.under", 0.7
                        )


_TRAVELS = re.compile(
    r"(?:^|\n)[ \t]*(?:(?:lead |main )?(?:passenger|travell?er|guest|participant|student|patient)|passagere?|voyageu(?:r|se)|participante?|eleve|etudiante?|patiente?)"
    r"(?: name| \d| 1)?(?P<gap>[ \t]*[ :|\t\n][ \t]*)(?P<name>[^\n|\t:;,\d(]{4,50}?)[ \t]*(?=$|[\n|\t(,;])"
)


def beneficiaries(view: View) -> Iterator[Finding]:
    """ "pour mon frère Olivier", "for my sister Jane": a name only where it is written as one; a notice's "Passenger: Jane
    Doe" is for settle, which knows who the shopper is."""
    if view.is_order:
        for match in _TRAVELS.finditer(view.body.folded):
            start, end = match.span("name")
            name = view.body.raw[start:end]
            if _NAME.fullmatch(name.title() if name.isupper() else name):
                value = name.title() if name.isupper() else name
                sure = 0.75 if match["gap"].strip() or "\t" in match["gap"] or name.isupper() else 0.4
                yield view.finding(view.body, start, end, "ship.name", value, "people.travels", sure)
    if view.side != "consumer":
        return
    part = view.authored
    for match in _FOR.finditer(part.folded):
        start, end = match.span("name")
        words = part.raw[start:end].split()
        names = [w for w in words if w[:1].isupper()]
        if not names or words[0] != names[0]:
            continue
        value = " ".join(names) if len(names) == len(words) else names[0]
        if part.raw[start : start + len(value)] != value:
            value = names[0]
        yield view.finding(part, start, start + len(value), "beneficiary.name", value, "people.for", 0.7)
