"""Reasons of the merchant that do not go together, each with both quotations.

The rules are in ``contradictions.yaml``, with their wording in French and English.  Each is reported once, with its
first pair.  Words are looked for only in what the merchant itself typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from recours.casefile.loops import compiled
from recours.casefile.types import Contradiction, Entry
from recours.reading.types import Span
from recours.text import Quote, same_length_fold

_SENTENCE = re.compile(r"[.!?](?=\s)|\n\s*\n")


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of the two messages must do and say."""

    acts: tuple[str, ...] = ()
    quote: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One contradiction and its wording."""

    fr: str
    en: str
    first: Reason
    second: Reason
    consumer: tuple[str, ...] = ()
    other_sender: bool = False
    either_order: bool = False


@cache
def rules() -> dict[str, Rule]:
    """The table, by name."""
    text = (resources.files("recours.casefile") / "contradictions.yaml").read_text(encoding="utf-8")
    return msgspec.yaml.decode(text, type=dict[str, Rule])


def wording(what: str, language: Literal["fr", "en"]) -> str:
    """``Contradiction.what`` -> the words to show.  Raises KeyError for a name that the table lacks."""
    rule = rules()[what]
    return rule.fr if language == "fr" else rule.en


def contradictions(dispute: Sequence[Entry]) -> tuple[Contradiction, ...]:
    """Entries of the dispute in order of time -> the contradictions between the merchant's reasons."""
    found = []
    for what, rule in rules().items():
        if rule.consumer and not _consumer_said(dispute, rule.consumer):
            continue
        pair = _pair(dispute, rule.first, rule.second, rule.other_sender)
        if pair is None and rule.either_order:
            pair = _pair(dispute, rule.second, rule.first, rule.other_sender)
        if pair:
            found.append(Contradiction(what=what, first=pair[0], second=pair[1]))
    return tuple(sorted(found, key=lambda c: _place(dispute, c.second)))


def _pair(
    dispute: Sequence[Entry], first: Reason, second: Reason, other_sender: bool
) -> tuple[Quote, Quote] | None:
    """The first later message that contradicts, with the last earlier one that it contradicts."""
    for n, later in enumerate(dispute):
        after = next(_matches(later, second), None)
        if after is None:
            continue
        for earlier in reversed(dispute[:n]):
            before = next(_matches(earlier, first), None)
            if before is None:
                continue
            same = earlier.message.sender.domain == later.message.sender.domain
            if not (other_sender and same):
                return before, after
    return None


def _matches(entry: Entry, reason: Reason) -> Iterator[Quote]:
    """The quotations of an entry that fit; words of the message are quoted only where the merchant alone speaks."""
    acts = [a for a in entry.firm_acts if a.by == "merchant"]
    if not acts and (entry.message.kind != "mail" or entry.membership.direction != "received"):
        return
    if any(a.act in reason.never for a in acts) or _search(entry.new_text, reason.silent):
        return
    said = _said(entry, reason.message) if reason.message else None
    if reason.message and said is None:
        return
    fitting = [
        a.quote
        for a in acts
        if a.act in reason.acts
        and (not reason.quote or _search(a.quote.text, reason.quote))
        and not _search(a.quote.text, reason.but_not)
    ]
    if reason.acts and not fitting:
        return
    alone = entry.message.kind == "mail" and all(a.by == "merchant" for a in entry.acts)
    if said is not None and (alone or not fitting):
        yield said
    yield from fitting


def _said(entry: Entry, patterns: tuple[str, ...]) -> Quote | None:
    """The sentence of the message's new text that holds one of the words."""
    text = entry.message.text
    folded = same_length_fold(text)
    spans = entry.spans or (Span(0, len(text), "authored"),)
    for span in spans:
        if span.kind != "authored":
            continue
        for pattern in patterns:
            match = _compiled(pattern).search(folded, span.start, span.end)
            if match:
                start, end = _sentence(text, match.start(), match.end(), span)
                return Quote(message=entry.message.id, start=start, end=end, text=text[start:end])
    return None


def _sentence(text: str, start: int, end: int, span: Span) -> tuple[int, int]:
    """The sentence around start..end, within the span, trimmed."""
    breaks = [m.end() for m in _SENTENCE.finditer(text, span.start, span.end)]
    first = max([span.start, *(b for b in breaks if b <= start)])
    last = min([span.end, *(b for b in breaks if b >= end)])
    piece = text[first:last]
    first += len(piece) - len(piece.lstrip())
    return first, first + len(piece.strip())


def _consumer_said(dispute: Sequence[Entry], patterns: tuple[str, ...]) -> bool:
    return any(e.membership.direction == "sent" and _search(e.new_text, patterns) for e in dispute)


def _search(text: str, patterns: tuple[str, ...]) -> bool:
    folded = same_length_fold(text)
    return any(_compiled(p).search(folded) for p in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


def _place(dispute: Sequence[Entry], quote: Quote) -> int:
    return next((n for n, e in enumerate(dispute) if e.message.id == quote.message), len(dispute))
