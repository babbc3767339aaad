"""The acts of one message: sentences, phrases, what surrounds them, and what stands in the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from recours.reading.acts.before import Before
from recours.reading.acts.context import is_void
from recours.reading.acts.sentences import Sentence, sentences
from recours.reading.acts.settle import Hit, settle
from recours.reading.acts.sides import reported, speakers
from recours.reading.acts.tables import Table, Tongue, tables
from recours.reading.acts.weigh import weighed
from recours.reading.language import is_foreign, language_of
from recours.reading.types import Act, Message, Side, Span
from recours.text import Quote, same_length_fold

_LONGEST_QUOTE = 240
# What an automatic mail is, when it is nothing else.
_NOTICES = frozenset(
    ["confirm_refund", "delivery_notice", "shipping_notice", "order_confirmation", "acknowledge", "marketing"]
)
NOTHING = Before()
_BOTH: tuple[Tongue, ...] = ("fr", "en")


def acts_of(
    message: Message, spans: Sequence[Span], side: Side | None, before: Before = NOTHING
) -> tuple[Act, ...]:
    """What the new text of a message does, each act once a side, with the words that do it.

    side: who sent it; None for call notes and chats, whose words tell.  before: the dispute before this message; once
    it was complained, naming the trouble in passing no longer counts.
    """
    found = sentences(message.text, spans)
    if is_foreign(" ".join(s.folded for s in found)):
        return ()  # kept and shown, never guessed at
    tongues = _tongues(found)
    whose = sides_of(message, found, side)
    hits: list[Hit] = []
    for at, sentence in enumerate(found):
        one = whose[at]
        stretches = ((0, len(sentence.folded), one),) if one else reported(sentence)
        hits.extend(_hits(sentence, at, tongues[at], stretches))
    if side:
        own = [at for at, one in enumerate(whose) if one == side]
        think = weighed(hits, found, own, message, side, before)
        hits = [hit for hit in hits if hit.by != side or hit.act not in think.doubted]
        hits = [replace(h, sure=think.sure.get(h.act, 0.0)) if h.weak else h for h in hits] + list(
            think.added
        )
    standing = settle(hits, message, first_complaint_seen=before.complained)
    acts = tuple(_best(standing, found, message))
    if side == "merchant" and (message.automatic or message.bulk) and not _NOTICES & {a.act for a in acts}:
        return acts + tuple(_of_subject(message))
    return acts


def sides_of(message: Message, found: Sequence[Sentence], side: Side | None) -> list[Side | None]:
    """Whose words each sentence is; None where the sentence itself must tell (notes of calls)."""
    told = speakers(message, found, side)
    return [told.get(at, side) for at in range(len(found))]


def hits_of(sentence: Sentence, side: Side) -> list[Hit]:
    """What the tables find in a sentence that stands alone."""
    return list(_hits(sentence, 0, _tongues([sentence])[0], ((0, len(sentence.folded), side),)))


def _of_subject(message: Message) -> Iterable[Act]:
    """The notice that an automatic mail's subject names, when its text is silent ("Your order has shipped")."""
    if not message.subject or re.match(r"(?i)\s*(?:re|fw|fwd|tr)\s*:", message.subject):
        return
    subject = Sentence(0, len(message.subject), same_length_fold(message.subject))
    for hit in _hits(subject, 0, _BOTH, ((0, subject.end, "merchant"),)):
        if hit.act in _NOTICES and not hit.weak:
            quote = Quote(message=message.id, start=0, end=subject.end, text=message.subject, part="subject")
            yield Act(act=hit.act, by="merchant", quote=quote, confidence=0.7)
            return


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


def _hits(
    sentence: Sentence, at: int, tongues: tuple[Tongue, ...], stretches: tuple[tuple[int, int, Side], ...]
) -> Iterable[Hit]:
    sides = {whose for _, _, whose in stretches}
    for table in tables():
        if table.by not in sides:
            continue
        for tongue in tongues:
            got = _search(table, tongue, sentence, stretches)
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


def _search(
    table: Table, tongue: Tongue, sentence: Sentence, stretches: tuple[tuple[int, int, Side], ...]
) -> tuple[re.Match[str], bool] | None:
    weak_match = None
    for phrase in table.phrases[tongue]:
        if phrase.weak and weak_match:
            continue
        match = phrase.search(sentence.folded)
        if match is None or is_void(sentence, match, table.void):
            continue
        if not any(a < match.end() and match.start() < b and whose == table.by for a, b, whose in stretches):
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
