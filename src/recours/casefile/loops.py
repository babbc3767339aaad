"""Asked for, supplied, asked for again: the runaround, counted.

A first request is not one, nor is a request for another kind of thing; asking for the same thing once more after
it was supplied is, other angles included.  What a request asks for is told by ``asked_things.yaml``; what the
table does not know is never counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import msgspec

from recours.casefile.types import Entry, Loop
from recours.reading.types import Act, Side
from recours.text import Quote, same_length_fold

PHOTO_BYTES = 15_000  # smaller pictures are logos
# Folded words.  Of another thing than the first; of what came without its file; of a paper that goes with the goods.
_OF_ANOTHER = re.compile(
    r"\b(?:of|for|de|du|des|pour) ?(?:the |your |that |this |la |le |les |l'|votre |vos |cette |ce )?"
    r"(?:second|other|new|replacement|deuxieme|seconde?|autres?|nouve(?:l|lle|au|aux))\b"
    r"(?! (?:angles?|sides?|views?|photos?|pictures?|images?|cotes?|faces?|vues?)\b)"
)
_NOTHING_CAME = re.compile(
    r"\bno (?:attachments?|files?)\b|\bnothing (?:was |is |came )?(?:attached|through)\b|\b(?:not|n't|without) (?:an? |any |the )?attach"
    r"|\b(?:not|n't|never) (?:come|came) through\b|\bforgot(?:ten)? (?:to attach|the attachment)|\b(?:aucune?|pas de|sans) (?:piece jointe|fichier)"
    r"|\boublie (?:de joindre|la piece jointe)|\brien (?:n'etait|n'est|en) (?:joint|piece jointe)|\bn'(?:est|sont|etait|etaient) pas jointe?s?\b"
)
_WITH_THE_GOODS = re.compile(
    r"\b(?:in|with|inside|dans|avec) (?:the|your|le|la|votre) (?:parcel|package|box|return|item|goods|colis|boite|retour|envoi|paquet|carton)\b"
    r"|\b(?:keep|bring|gardez|conservez|garder|conserver|apportez|apporter|munissez)\b"
)
# More than what came unasked: "a photo of each of the four tyres, and one of the meter as well".
_PARTICULAR = re.compile(
    r"\b(?:each|every|chacune?s?|chaque|as well as|along with|ainsi qu\w*|de meme que|toutes les (?:faces|pieces)|all (?:the |four |six )?sides)\b"
)
_SENDS, _COMPLAINS = frozenset({"shipping_notice", "delivery_notice"}), frozenset({"complain"})


class Thing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the table; see its comments."""

    act: str
    says: tuple[str, ...]
    pictures: bool = False
    files: tuple[str, ...] = ()


@cache
def things() -> dict[str, Thing]:
    """The table of what can be asked for, by name."""
    text = (resources.files("recours.casefile") / "asked_things.yaml").read_text(encoding="utf-8")
    return msgspec.yaml.decode(text, type=dict[str, Thing])


def loops(dispute: Sequence[Entry]) -> tuple[Loop, ...]:
    """Entries of the dispute in order of time -> one Loop for each thing asked for again.

    ``again`` counts a message once: two things asked for again in one message are one repeated request.
    Supplied with the complaint, before anybody asked, is supplied too: then the first request is itself one again, unless it
    asks for particular ones.
    """
    found: list[Loop] = []
    counted: set[tuple[str, str]] = set()
    for thing in things().values():
        asked: Quote | None = None
        supplied: Quote | None = None
        again: list[Quote] = []
        given: Entry | None = None  # the message that supplied it, of the goods that are now spoken of
        sent = False  # other goods were sent since
        for entry in dispute:
            request = _request(entry, thing)
            if request and given and not given.message.attachments and _NOTHING_CAME.search(_folded(entry)):
                given = None
            elif request and not asked and _PARTICULAR.search(same_length_fold(request.quote.text)):
                asked, given = request.quote, None
            elif request:
                asked = asked or request.quote
                if given and (thing.act, entry.message.id) not in counted:
                    again.append(request.quote)
                    counted.add((thing.act, entry.message.id))
            elif given and sent and _does(entry, "consumer", _COMPLAINS):
                given = None
            sent = (sent or _does(entry, "merchant", _SENDS)) if given else False
            if not request and (words := _supply(entry, thing)):
                given, supplied = given or entry, supplied or words
        if asked and supplied and again:
            found.append(Loop(act=thing.act, asked=asked, supplied=supplied, again=tuple(again)))
    return tuple(found)


def _does(entry: Entry, by: Side, acts: frozenset[str]) -> bool:
    return any(act.by == by and act.act in acts for act in entry.firm_acts)


def _folded(entry: Entry) -> str:
    return same_length_fold(entry.new_text)


def _request(entry: Entry, thing: Thing) -> Act | None:
    """The merchant's act in this entry that asks for the thing; a machine's does not count, nor does a request about other
    goods, or for a paper that is to go with the goods."""
    if entry.message.automatic and entry.message.kind == "mail":
        return None
    for act in entry.firm_acts:
        if act.by != "merchant" or act.act != thing.act:
            continue
        words = same_length_fold(act.quote.text)
        if _OF_ANOTHER.search(words) or _WITH_THE_GOODS.search(words):
            continue
        if thing.act == "request_photos" or _says(act.quote.text, thing):
            return act
    return None


def _supply(entry: Entry, thing: Thing) -> Quote | None:
    """The words with which the consumer supplied the thing: said so, attached it, or wrote its number."""
    given = [a for a in entry.firm_acts if a.by == "consumer" and a.act == "provide_evidence"]
    if not given:
        return None
    for act in given:
        if _says(act.quote.text, thing):
            return act.quote
    for attachment in entry.message.attachments:
        picture = attachment.media_type.startswith("image/") and attachment.size >= PHOTO_BYTES
        name = same_length_fold(attachment.name)
        if (thing.pictures and picture) or any(re.search(rf"\b{f}|_{f}", name) for f in thing.files):
            return given[0].quote
    for pattern in _patterns(thing.says) if "\\b" in thing.says[0] else ():
        match = re.search(
            rf"(?:{pattern.pattern})[^.?!\n]{{0,12}}(?:\best\b|\bis\b|:)\s+(?=\S*\d)[\w/-]{{4,}}",
            same_length_fold(entry.new_text),
        )
        if match:
            return given[0].quote
    return None


def _says(text: str, thing: Thing) -> bool:
    folded = same_length_fold(text)
    return any(p.search(folded) for p in _patterns(thing.says))


@cache
def _patterns(says: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(p) for p in says)


def compiled(pattern: str) -> re.Pattern[str]:
    """A table's pattern, to be searched in text folded by ``same_length_fold``.  A space is any white space."""
    folded = same_length_pattern(pattern)
    return re.compile(re.sub(r"(?<!\[) (\??)", lambda m: r"\s*" if m[1] else r"\s+", folded))


def same_length_pattern(pattern: str) -> str:
    """Accents off and lower case, but not the letters of an escape: ``\\S`` is not ``\\s``."""
    return re.sub(r"(\\.)|([^\\])", lambda m: m[1] or same_length_fold(m[2]), pattern)
