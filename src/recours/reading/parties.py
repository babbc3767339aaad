"""Who the seller is and who the shopper is, from all the messages of a dispute together.

A carrier or a payment service also writes "as the merchant": the seller is the domain that the shopper
corresponds with and that confirms the order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec

from recours.reading.types import Finding, Read
from recours.text import Quote, fold, same_length_fold

_TWO_LABELS = frozenset({"co.uk", "org.uk", "com.au", "co.nz", "gc.ca", "qc.ca", "on.ca", "bc.ca", "co.jp"})
_FREE_MAIL = re.compile(
    r"^(?:gmail|googlemail|outlook|hotmail|live|yahoo|ymail|icloud|me|aol|proton|protonmail|orange|free|laposte|sfr|wanadoo|videotron|skynet|bell|rogers|btinternet|gmx)\."
)
_GO_BETWEEN = re.compile(
    r"(?:^|[.@-])(?:paypal|stripe|square|squareup|sumup|mollie|adyen|gocardless|payplug|helloasso|lydia|klarna|afterpay|affirm|clearpay|sezzle|alma|scalapay|oney|intuit|quickbooks|xero|freshbooks|waveapps|freeagent|invoice2go|jobber|honeybook|pennylane|axonaut|evoliz|zendesk|freshdesk|gorgias|zohodesk|helpscout|intercom|shopify\w*)(?:$|[.-])"
)
ROLES = re.compile(
    r"\b(?:customer (?:service|care|support|relations|experience)|client services?|service (?:a la )?client(?:ele|s|e)?|services? apres[- ]vente|services? (?:des )?(?:adherents?|abonnes?|membres|consommateurs?|reclamations?|voyageurs|retours?|livraisons?|commercial|contentieux|juridique)|adherents|abonnes|membres|sav|support team|help ?desk|support|team|equipe|l'equipe|"
    r"commandes?|orders?|order confirmation|no-?reply|ne pas repondre|notifications?|returns?(?: dept| department)?|retours?|facturation|billing|sales|ventes|ventes en ligne|online|info|contact|boutique en ligne|"
    r"billetterie|reservations?|relation clients?|assistance|care|accounts?|accounting|finance|comptabilite|compta|recouvrement|reclamations?|complaints?|claims?|resolutions?|membership|members?|bookings?|guest (?:services?|relations)|warranty|garantie|expeditions?|shipping|logistique|dept|department)\b\.?"
)
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:pty|inc|ltd|ltee|ltée|limited|llc|llp|plc|corp|sas|sasu|sarl|eurl|sa|srl|sprl|bv|gmbh)\b\.?.*$",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"\s+(?:-|–|—|\||/|·|at|from|chez|de|du|d'|of|@|via|pour|for|par)\s+|\s*[|:,]\s*|\(|\)|\s-\s|\""
)


_NAMED = 4  # letters of a firm's name that an address of its people also bears
_SOLD = 0.95  # "Sold by X", in the notice of the order


class Parties(msgspec.Struct, frozen=True):
    """domain: the seller's own ("" when it has none); domains: with its sisters; owner: the shopper's addresses; mailbox: the
    whole address of a seller that writes from a provider of private mail, whose domain is everybody's."""

    domain: str
    domains: tuple[str, ...]
    owner: frozenset[str]
    mailbox: str = ""

    def owns(self, email: str) -> bool:
        """Whether an address is the seller's."""
        return (
            email == self.mailbox if self.mailbox else registrable(email.rpartition("@")[2]) in self.domains
        )

    @property
    def stem(self) -> str:
        """The letters by which the seller calls itself in its address."""
        return plain_letters(self.mailbox.partition("@")[0]) if self.mailbox else stem(self.domain)


def registrable(domain: str) -> str:
    """mail.shop.co.uk -> shop.co.uk."""
    labels = domain.lower().rstrip(".").split(".")
    keep = 3 if ".".join(labels[-2:]) in _TWO_LABELS else 2
    return ".".join(labels[-keep:])


def stem(domain: str) -> str:
    """keyforge-supply.example -> keyforgesupply."""
    return plain_letters(registrable(domain).split(".")[0])


def parties_of(
    reads: Iterable[Read], side: Callable[[Read], str], owner: Sequence[str], brought: Collection[str] = ()
) -> Parties:
    """The dispute's messages -> the seller's domain, by who confirms the order and who is written to.  brought: messages with
    those whom the seller brought in."""
    score: Counter[str] = Counter()
    written: Counter[str] = Counter()
    order = 0
    for read in reads:
        message = read.message
        if message.kind != "mail" or message.id in brought:
            continue
        if side(read) == "merchant" and message.sender.domain:
            acts = {a.act for a in read.acts}
            carried = bool(acts & {"shipping_notice", "delivery_notice"}) and "order_confirmation" not in acts
            confirms = "order_confirmation" in acts and not order
            order += confirms
            points = 1 if carried else 2 if message.automatic else 3
            score[_house(message.sender.email)] += points + (4 if confirms else 0)
        elif side(read) == "consumer":
            for house in {_house(a.email) for a in message.to if a.domain}:
                score[house] += 3
                written[house] += 1
    mine = {_house(a) for a in owner}
    ranked = [h for h, _ in score.most_common() if h not in mine or len(score) == 1]
    firms = [h for h in ranked if "@" not in h and not _GO_BETWEEN.search(h)]
    people = [h for h in ranked if "@" in h and written[h]]
    # A firm that nobody writes to, beside an address that is written to, may be what the trader bills through.
    shops = [h for h in firms if written[h] or not people or _alike(h, people)] or people or ranked
    if not shops:
        return Parties("", (), frozenset(owner))
    main = shops[0]
    if "@" in main:
        domain = registrable(main.rpartition("@")[2])
        return Parties(domain, (domain,), frozenset(owner), main)
    sisters = [
        d
        for d in shops[1:]
        if len(stem(main)) > 3 and (stem(d).startswith(stem(main)) or stem(main).startswith(stem(d) or "-"))
    ]
    return Parties(main, (main, *(s for s in sisters if len(stem(s)) > 3)), frozenset(owner))


def _house(email: str) -> str:
    """The domain of a firm, the whole address at a provider of private mail."""
    domain = registrable(email.rpartition("@")[2])
    return email if _FREE_MAIL.match(domain) else domain


def _alike(firm: str, people: Iterable[str]) -> bool:
    """Whether one of the addresses at a mail provider bears the firm's name."""
    name = stem(firm)
    return len(name) > _NAMED and any(name in plain_letters(p.partition("@")[0]) for p in people)


def plain_letters(written: str) -> str:
    """ "Gus.Barlow_7" -> "gusbarlow7"."""
    return re.sub(r"[^a-z0-9]", "", fold(written))


def seller_names(findings: Iterable[Finding], parties: Parties, notices: frozenset[str]) -> list[Finding]:
    """From names and letterheads -> the shop's name, cut free of agents and departments, best first."""
    wanted = parties.stem
    seen: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for cut in _cuts(finding, wanted):
            seen[fold(str(cut.value))].append(cut)
    told = any(f.by == "merchant.seller" for group in seen.values() for f in group)
    ranked = []
    for key, group in seen.items():
        likeness = _likeness(key, wanted)
        best = max(group, key=lambda f: f.confidence)
        seller = next((f for f in group if f.by == "merchant.seller"), None)
        if told:  # a marketplace that says from whom the goods are bought is not who sold them
            sure = _SOLD if seller else _SOLD - 0.3
            ranked.append(msgspec.structs.replace(seller or best, confidence=sure))
            continue
        notice = any(f.quote.message in notices for f in group)
        if wanted and not likeness and best.by not in ("structured", "people.sender", "merchant.payee"):
            continue
        count = len({f.quote.message for f in group})
        sure = 0.55 + 0.25 * likeness + (0.1 if notice else 0.0) + 0.01 * min(count, 5)
        sure += {"structured": 0.1, "merchant.payee": 0.05, "people.merchant": -0.1}.get(best.by, 0.0)
        sure += 0.02 * min(len(key.split()), 4) * (likeness > 0)
        ranked.append(msgspec.structs.replace(best, confidence=min(sure, 0.99)))
    return sorted(ranked, key=lambda f: -f.confidence)


def named_in_text(reads: Iterable[Read], parties: Parties) -> Finding | None:
    """The domain's stem as the seller's own mails write it ("KeyForge" for keyforge.example), when no header names it."""
    wanted = parties.stem
    if len(wanted) < 4:
        return None
    rule = re.compile(
        r"(?<!\w)" + r"[ &'.-]{0,3}".join(map(re.escape, wanted)) + r"(?![\w@.-])", re.IGNORECASE
    )
    forms: dict[str, list[Quote]] = defaultdict(list)
    for read in reads:
        message = read.message
        if parties.owns(message.sender.email):
            for part, text in (("subject", message.subject), ("", message.text)):
                for match in rule.finditer(text):
                    if match[0][0].isupper():
                        forms[match[0]].append(
                            Quote(
                                message=message.id,
                                start=match.start(),
                                end=match.end(),
                                text=match[0],
                                part=part,
                            )
                        )
    if not forms:
        return None
    form = max(forms, key=lambda f: (len(forms[f]), not f.isupper()))
    return Finding(name="merchant.name", value=form, quote=forms[form][0], by="parties.text", confidence=0.75)


def _likeness(name: str, wanted: str) -> float:
    """How much of a folded name the domain says, or of the domain the name (0..1)."""
    joined = re.sub(r"[^a-z0-9]", "", name)
    if not joined or not wanted:
        return 0.0
    if joined == wanted:
        return 1.0
    if joined.startswith(wanted) or (wanted.startswith(joined) and len(joined) > 3):
        return 0.9
    words = [w for w in re.findall(r"[a-z0-9]+", name) if len(w) > 2]
    said = sum(len(w) for w in words if w in wanted)
    initials = "".join(w[0] for w in re.findall(r"[a-z0-9]+", name))
    if len(initials) > 2 and initials == wanted:
        return 0.9
    return 0.8 if said >= 0.6 * len(wanted) else 0.4 if said else 0.0


def _cuts(finding: Finding, wanted: str) -> Iterable[Finding]:
    """ "Priya (Fraser Delta)" -> "Priya", "Fraser Delta"; "Shop Support" -> "Shop".  wanted: the domain's stem."""
    whole = str(finding.value)
    if finding.by in ("structured", "merchant.payee", "merchant.seller"):
        yield finding
        return
    if finding.by == "people.merchant":
        whole = _LEGAL_FORM.sub("", whole)
    pieces, at = [], 0
    for link in (*_LINKS.finditer(whole), None):
        end = link.start() if link else len(whole)
        pieces.append((at, end))
        at = link.end() if link else end
    if len(pieces) > 1 and not re.search(r"[()|\"]", whole):
        pieces.append((0, len(whole)))
    for start, end in pieces:
        words = whole[start:end]
        plain = same_length_fold(words)
        match = True
        while match:
            match = False
            for role in ROLES.finditer(plain):
                if len(role[0]) > 3 and role[0] in wanted:
                    continue  # "Billetterie Nord" at billetterienord.example: the word is the name's own
                if plain[: role.start()].strip(" -&'") == "":
                    start += role.end()
                elif plain[role.end() :].strip(" -&'.") == "":
                    end = start + role.start()
                else:
                    continue
                words, match = whole[start:end], True
                plain = same_length_fold(words)
                break
        lead = len(words) - len(words.lstrip(" -–—'.,"))
        start, words = start + lead, words.strip(" -–—'.,")
        if len(words) < 2:
            continue
        quote = finding.quote
        part = Quote(
            message=quote.message,
            start=quote.start + start,
            end=quote.start + start + len(words),
            text=words,
            part=quote.part,
        )
        if quote.text[start : start + len(words)] == words:
            yield msgspec.structs.replace(finding, value=words, quote=part)


def same_person(one: str, other: str) -> bool:
    """ "M. Delgado", "Marcus Delgado" and "DELGADO Marcus" are one; "Olivier Laroche" and "Anne Laroche" are two."""
    a, b = _name_words(one), _name_words(other)
    if not a or not b:
        return False
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    if a[-1] != b[-1]:
        return False
    return (len(a[0]) == 1 or len(b[0]) == 1) and a[0][0] == b[0][0]


def _name_words(name: str) -> list[str]:
    return [
        w
        for w in re.findall(r"\w+", fold(name))
        if w not in ("m", "mr", "mrs", "ms", "mme", "mlle", "dr")
        or (len(fold(name).split()) == 2 and w == "m")
    ]
