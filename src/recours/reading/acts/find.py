"""The acts of one message: sentences, phrases, what surrounds them, and what stands in the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from recours.reading.acts.before import Before, after
from recours.reading.acts.context import is_void
from recours.reading.acts.sentences import Sentence, sentences
from recours.reading.acts.settle import Hit, settle
from recours.reading.acts.sides import speakers
from recours.reading.acts.tables import Table, Tongue, tables
from recours.reading.acts.telling import told
from recours.reading.acts.weigh import COUNTED, STANDS, weighed
from recours.reading.language import is_foreign, language_of
from recours.reading.organisations import is_carrier
from recours.reading.types import Act, Message, Side, Span
from recours.text import Quote, same_length_fold

_LONGEST_QUOTE = 240
# What an automatic mail is, when it is nothing else.
_NOTICES = frozenset(
    ["confirm_refund", "delivery_notice", "shipping_notice", "order_confirmation", "acknowledge", "marketing"]
)
_BESIDE_A_PARCEL = frozenset({"promise_by_date"})
_REPLY = re.compile(r"(?i)\s*(?:re|fw|fwd|tr)\s*:")
_PARCEL = re.compile(
    r"\b(?:colis|paquet|envoi|parcels?|packages?|shipments?|consignments?|pieces?|palettes?|pallets?|order|commande)\b"
)
_TRACKING = frozenset({"suivi", "tracking", "track", "trace"})
_NO_NEWS = re.compile(  # an appointment, a trial that failed, a question: nothing that was sent on
    r"appointment|rendez-vous|\brdv\b|\bbooked\b|\bslot\b|creneau|avis de passage|reschedul|replanifi|reporte|\bfailed\b|"
    r"\bmissed\b|attempt|absen[ct]|tentative|survey|sondage|\bavis\b|feedback|claim|reclamation|return|retour|unable|impossible"
)
NOTHING = Before()
_BOTH: tuple[Tongue, ...] = ("fr", "en")
_OF_NOTES: tuple[Side, ...] = (
    "merchant",
    "consumer",
)  # what the shop offers on the line is turned down on it


def acts_of(
    message: Message, spans: Sequence[Span], side: Side | None, before: Before = NOTHING
) -> tuple[Act, ...]:
    """What the new text of a message does, each act once a side, with the words that do it.

    side: who sent it; None for call notes and chats, whose words tell, and for a stranger's mail, which does nothing.  before: the dispute before this message; once
    it was complained, naming the trouble in passing no longer counts.
    """
    found = sentences(message.text, spans)
    if is_foreign(" ".join(s.folded for s in found)):
        return ()  # kept and shown, never guessed at
    tongues = _tongues(found)
    whose = sides_of(message, found, side)
    if side is None and message.kind != "mail":
        found, tongues, whose = _said_again(found, tongues, whose)
    hits: list[Hit] = []
    for at, sentence in enumerate(found):
        one = whose[at]
        if one:
            hits.extend(_hits(sentence, at, tongues[at], one))
    so_far = before
    for speaker in (side,) if side else _OF_NOTES if message.kind == "call" else ():
        own = [at for at, one in enumerate(whose) if one == speaker]
        think = weighed(hits, found, own, message, speaker, so_far)
        hits = [hit for hit in hits if hit.by != speaker or hit.act not in think.doubted]
        faint = {act for act in COUNTED if think.sure.get(act, 1.0) < STANDS}
        of_both = [
            h for h in hits if h.by == speaker and (h.weak or side is None or h.act in faint)
        ]  # surer than neither
        hits = [replace(h, sure=think.sure.get(h.act, 0.0)) if h in of_both else h for h in hits]
        hits += think.added
        so_far = after(so_far, message, speaker, {h.act for h in hits if h.by == speaker})
    standing = settle(hits, message, first_complaint_seen=before.complained)
    acts = tuple(_best(standing, found, message))
    if side == "merchant" and (message.automatic or message.bulk) and not _NOTICES & {a.act for a in acts}:
        acts += tuple(_of_subject(message))
    if side == "merchant" and {a.act for a in acts} <= _BESIDE_A_PARCEL:
        acts += tuple(_on_its_way(message, found))
    return acts


def sides_of(message: Message, found: Sequence[Sentence], side: Side | None) -> list[Side | None]:
    """Whose words each sentence is; None where the sentence itself must tell (notes of calls)."""
    named = speakers(message, found, side)
    return [named.get(at, side) for at in range(len(found))]


def _said_again(
    found: Sequence[Sentence], tongues: Sequence[tuple[Tongue, ...]], whose: Sequence[Side | None]
) -> tuple[tuple[Sentence, ...], list[tuple[Tongue, ...]], list[Side | None]]:
    """The sentences of a note, each once for every thing that a side says in it, in that side's own words."""
    whole: Tongue = language_of(" ".join(s.folded for s in found)) or "en"
    goes_on: Side | None = (
        None  # what the shop says may be told in several sentences; the rest of the writer's is a story
    )
    again: list[tuple[Sentence, tuple[Tongue, ...], Side | None]] = []
    for sentence, tongue, one in zip(found, tongues, whose, strict=True):
        if one:
            again.append((sentence, tongue, one))
            continue
        says = told(sentence, language_of(sentence.folded) or whole, goes_on)
        goes_on = "merchant" if says and says[-1].side == "merchant" else None
        again += [(replace(sentence, folded=s.direct), tongue, s.side) for s in says]
    return tuple(a for a, _, _ in again), [b for _, b, _ in again], [c for _, _, c in again]


def hits_of(sentence: Sentence, side: Side) -> list[Hit]:
    """What the tables find in a sentence that stands alone."""
    return list(_hits(sentence, 0, _tongues([sentence])[0], side))


def _of_subject(message: Message) -> Iterable[Act]:
    """The notice that an automatic mail's subject names, when its text is silent ("Your order has shipped")."""
    if not message.subject or _REPLY.match(message.subject):
        return
    subject = Sentence(0, len(message.subject), same_length_fold(message.subject))
    for hit in _hits(subject, 0, _BOTH, "merchant"):
        if hit.act in _NOTICES and not hit.weak:
            quote = Quote(message=message.id, start=0, end=subject.end, text=message.subject, part="subject")
            yield Act(act=hit.act, by="merchant", quote=quote, confidence=0.7)
            return


def _on_its_way(message: Message, found: Sequence[Sentence]) -> Iterable[Act]:
    """A carrier that writes of itself, of no delivery and no appointment, says that it has the parcel, however it says so
    ("Dinner is rolling!"): unsure, for its words were not known."""
    told = same_length_fold(f"{message.subject}\n{message.text}")
    if not found or _REPLY.match(message.subject) or _NO_NEWS.search(told):
        return
    sender = message.sender
    if not (is_carrier(sender.name, sender.email) or sender.email.partition("@")[0] in _TRACKING):
        return
    said = next((s for s in found if _PARCEL.search(s.folded)), found[0])
    quote = Quote(
        message=message.id, start=said.start, end=said.end, text=message.text[said.start : said.end]
    )
    yield Act(act="shipping_notice", by="merchant", quote=quote, confidence=0.6)


def _tongues(found: Sequence[Sentence]) -> list[tuple[Tongue, ...]]:
    whole = language_of(" ".join(s.folded for s in found))
    told: list[tuple[Tongue, ...]] = []
    for sentence in found:
        own = language_of(sentence.folded)
        if own and own != whole and whole and len(sentence.folded) < 40:
            told.append(_BOTH)
        else:
            told.append((own,) if own else (whole,) if whole else _BOTH)
    return told


def _hits(sentence: Sentence, at: int, tongues: tuple[Tongue, ...], side: Side) -> Iterable[Hit]:
    for table in tables():
        if table.by != side:
            continue
        for tongue in tongues:
            got = _search(table, tongue, sentence)
            if got:
                match, weak = got
                yield Hit(
                    table.act,
                    table.by,
                    sentence.start + match.start(),
                    sentence.start + match.end(),
                    at,
                    weak,
                )
                break


def _search(table: Table, tongue: Tongue, sentence: Sentence) -> tuple[re.Match[str], bool] | None:
    weak_match = None
    for phrase in table.phrases[tongue]:
        if phrase.weak and weak_match:
            continue
        match = phrase.search(sentence.folded)
        if match is None or is_void(sentence, match, table.void):
            continue
        if any(against.search(sentence.folded) for against in table.against[tongue]):
            return None
        if not phrase.weak:
            return match, False
        weak_match = match
    return (weak_match, True) if weak_match else None


def _best(hits: Sequence[Hit], found: Sequence[Sentence], message: Message) -> Iterable[Act]:
    seen: set[tuple[str, Side]] = set()
    for hit in sorted(hits, key=lambda h: (h.weak, h.start)):
        if (hit.act, hit.by) in seen:
            continue
        seen.add((hit.act, hit.by))
        sentence = found[hit.sentence]
        start, end = sentence.start, sentence.end
        if end - start > _LONGEST_QUOTE:
            start, end = _clause(message.text, hit, sentence)
        quote = Quote(message=message.id, start=start, end=end, text=message.text[start:end])
        yield Act(act=hit.act, by=hit.by, quote=quote, confidence=hit.sure or (0.6 if hit.weak else 0.85))


def _clause(text: str, hit: Hit, sentence: Sentence) -> tuple[int, int]:
    """The clause around the hit, between commas, semicolons or line ends."""
    start = max((text.rfind(c, sentence.start, hit.start) for c in ",;:\n"), default=-1) + 1
    ends = [place for c in ",;\n" if (place := text.find(c, hit.end, sentence.end)) >= 0]
    start, end = max(start, sentence.start), min(ends, default=sentence.end)
    while start < hit.start and text[start].isspace():
        start += 1
    return start, end
