"""What is wrong with the purchase: what the shopper's sentences say, weighed over the whole dispute.

One sentence in passing must not outweigh what the dispute is about, so every sentence of the shopper's counts, a complaint
more than the rest and the first complaint most.  Where two kinds are about as likely, both are told and the person chooses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from recours.reading.acts.find import sides_of
from recours.reading.acts.sentences import Sentence, sentences
from recours.reading.problem_words import NONE, likely, model, told
from recours.reading.timeline import Timeline
from recours.reading.types import Act, Finding, Read
from recours.text import Quote, fold

_COMPLAINS, _DEMANDS, _ELSE = 1.0, 0.6, 0.3  # what a sentence counts by what it does
_FIRST = 3.0  # times more, of the first message that complains
_DEMAND = frozenset(
    [
        "formal_demand",
        "demand_refund",
        "demand_repair",
        "demand_replacement",
        "ask_status",
        "invoke_rights",
        "threaten_escalation",
    ]
)
# Shares of the whole that are added: goods sent back, the same once money was offered for them, a contract called off, the same
# charged again.
_RETURNED, _BOUGHT_BACK, _CALLED_OFF, _TRAPPED = 0.2, 1.5, 0.3, 0.8
_THE_REST = 0.6  # of what is said not to have come, when something did
_STILL_AWAITED = 0.3  # what was said until the goods came counts less: it was of their coming
_QUIET = 0.6  # of what is told at all, less tells nothing: one sentence that asks must be fairly sure
_LEAST = 0.18  # share of the whole below which no kind is told
_CLEAR = 1.4  # times as likely as the next, from which a kind is told alone
_MOST = 0.95
_ASKS = frozenset(["ask_status", "demand_refund", "complain", "formal_demand"])
_CAME = re.compile(
    r"\b(?:arrived|came|turned up|was delivered|were delivered|been delivered)\b|\bi (?:finally |have |'ve )?(?:received|got) (?:it|them|the|my)\b"
    r"|\b(?:est|sont) (?:enfin |bien )?(?:arrivee?s?|livree?s?)\b|\b(?:j'ai|nous avons) (?:enfin |bien )?recue?s? (?:la|le|les|ma|mon)\b"
    r"|\b(?:livree?s?|recue?s?) (?:le|hier|ce matin)\b"
)
_NOT = re.compile(r"\b(?:not|never|nothing|nobody|no|only|pas|jamais|rien|aucune?|personne|que)\b|n't\b|\?")
_AWAITED = frozenset(["not_received", "late"])
_OF_GOODS = frozenset(["wrong_item", "defective", "incomplete", "not_as_described", "counterfeit"])
_RECURS = re.compile(
    r"\bsubscri\w+|\bmembership|\bmonthly\b|\b(?:per|a|each|every) month\b|\brenew\w*|\babonn\w+|\badhesion|\bmensuel\w*|\bmensualite|\bpar mois\b|\bchaque mois\b|\breconduc\w+"
)
_CHARGED = re.compile(
    r"\bcharged?\b|\bbilled\b|\btook\b|\btaken\b|\bdebited\b|\bdirect debit\b|\bpreleve\w*|\bdebite\w*|\bfacture[ersz]*\b"
)
MONEY_BACK = re.compile(r"refund|rembours|money|argent|credit|reimburs|\brevers(?:e|er|ee|ees|ement)\b")
_CANCELLED = re.compile(
    r"\b(?:has been|have been|was|is|been|we(?:'ve| have)?|i(?:'ve| have)?) (?:now )?cancell?ed\b|\bcancellation (?:is )?(?:confirmed|processed|accepted)|\b(?:est|a ete|avons|ai) (?:bien )?annulee?\b|\bannulation (?:est |a ete )?(?:confirmee|acceptee|effectuee|prise en compte)"
)


class _Weight(msgspec.Struct):
    """What speaks for a kind; best: the weight of the sentence that says it best, quote: its words."""

    whole: float = 0.0
    best: float = 0.0
    quote: Quote | None = None

    def add(self, weight: float, quote: Quote) -> None:
        self.whole += weight
        if weight > self.best:
            self.best, self.quote = weight, quote


def kind_of_problem(timeline: Timeline, by: str) -> Iterator[Finding]:
    """Findings of problem.kind, the likeliest first: none, one, or two of the same confidence.  by: their maker."""
    found = _weighed(timeline)
    _add_what_is_left(timeline, found)
    ordered = sorted(found.items(), key=lambda item: -item[1].whole)
    whole = sum(weight.whole for weight in found.values())
    if not ordered or ordered[0][1].whole < max(_QUIET, _LEAST * whole):
        return
    (kind, first), second = ordered[0], ordered[1] if len(ordered) > 1 else None
    if second and first.whole < _CLEAR * second[1].whole:
        for name, weight in (ordered[0], second):
            yield _finding(name, weight, 0.5, by)
        return
    sure = 1.0 - second[1].whole / first.whole / 2 if second else _MOST
    yield _finding(kind, first, min(_MOST, sure), by)


def _finding(kind: str, weight: _Weight, sure: float, by: str) -> Finding:
    assert weight.quote is not None
    return Finding(name="problem.kind", value=kind, quote=weight.quote, by=by, confidence=sure)


def _weighed(timeline: Timeline) -> dict[str, _Weight]:
    """What the shopper's sentences say."""
    found: defaultdict[str, _Weight] = defaultdict(_Weight)
    complained = [read for read, _ in timeline.acts("consumer", "complain")]
    came = timeline.place(_came(timeline, complained[0])) if complained else 0
    since = [read for read in complained if timeline.place(read) >= came] or complained
    for read in timeline.reads:
        early = _STILL_AWAITED if since is not complained and timeline.place(read) < came else 1.0
        for sentence in _own(timeline, read):
            weight = _counts(read, sentence) * (_FIRST if read in since[:1] else early)
            at = Quote(
                message=read.message.id,
                start=sentence.start,
                end=sentence.end,
                text=read.message.text[sentence.start : sentence.end],
            )
            for kind, share in likely(sentence.folded, model()).items():
                if kind != NONE:
                    found[kind].add(weight * share, at)
            if kind := told(sentence.folded):
                found[kind].add(weight, at)
    return found


def _came(timeline: Timeline, first: Read) -> Read:
    """The message from which on what was complained of as late is there, and is found to be wrong; the first complaint,
    where none tells that or it is of something else."""
    kinds = {kind for sentence in _own(timeline, first) if (kind := told(sentence.folded))}
    if not kinds or not kinds <= _AWAITED:
        return first
    for read in timeline.after(first):
        noticed = any(act.firm and act.act == "delivery_notice" for act in read.acts)
        if noticed or any(_CAME.search(s.folded) and not _NOT.search(s.folded) for s in _own(timeline, read)):
            since = [read, *timeline.after(read)]
            found_wrong = any(told(s.folded) in _OF_GOODS for r in since for s in _own(timeline, r))
            return read if found_wrong else first
    return first


def _own(timeline: Timeline, read: Read) -> Iterator[Sentence]:
    """The sentences of a message that are the shopper's."""
    side = timeline.side(read)
    if side == "merchant":
        return
    found = sentences(read.message.text, read.spans)
    for sentence, whose in zip(
        found, sides_of(read.message, found, "consumer" if side else None), strict=True
    ):
        if whose == "consumer":
            yield sentence


def _counts(read: Read, sentence: Sentence) -> float:
    acts = {
        act.act
        for act in read.acts
        if not act.quote.part and act.quote.start < sentence.end and act.quote.end > sentence.start
    }
    return _COMPLAINS if "complain" in acts else _DEMANDS if acts & _DEMAND else _ELSE


def _add_what_is_left(timeline: Timeline, found: dict[str, _Weight]) -> None:
    """returned_not_refunded, cancelled_not_refunded: the goods or the contract are gone, and the money is asked for."""
    whole = sum(weight.whole for weight in found.values())
    back = next((read for read, _ in timeline.sent_back()), None)
    offered = timeline.acts("merchant", "offer_refund")
    bought_back = back is not None and any(back in timeline.after(read) for read, _ in offered)
    called_off = [
        read
        for read in timeline.reads
        if any(act.by == "merchant" for act in read.acts) and _CANCELLED.search(fold(read.new_text))
    ]
    _take_what_came(timeline, found)
    _add_what_did_not_come(timeline, found)
    _add_charged_after(timeline, found, whole)
    for kind, since, share in (
        ("returned_not_refunded", back, _BOUGHT_BACK if bought_back else _RETURNED),
        ("cancelled_not_refunded", called_off[0] if called_off else None, _CALLED_OFF),
    ):
        if since and (asked := asks_money(timeline, since)):
            found.setdefault(kind, _Weight()).add(share * whole, asked.quote)


def _take_what_came(timeline: Timeline, found: dict[str, _Weight]) -> None:
    """not_received, late: of what had been delivered before anybody complained only if the shopper says so in plain words."""
    first = next((read for read, _ in timeline.acts("consumer", "complain")), None)
    came = [r for r in timeline.reads if any(act.firm and act.act == "delivery_notice" for act in r.acts)]
    if first is None or not came or timeline.place(came[0]) > timeline.place(first):
        return
    plainly = {told(s.folded) for read in timeline.reads for s in _own(timeline, read)}
    for kind in (_AWAITED - plainly) & found.keys():
        found[kind].whole *= _STILL_AWAITED


def _add_what_did_not_come(timeline: Timeline, found: dict[str, _Weight]) -> None:
    """incomplete: something was delivered, and what the shopper still waits for is the rest."""
    rest, missing = found.get("incomplete"), found.get("not_received")
    said = any(told(s.folded) == "incomplete" for r in timeline.reads for s in _own(timeline, r))
    came = any(act.firm and act.act == "delivery_notice" for r in timeline.reads for act in r.acts)
    if rest and missing and said and came:
        moved = _THE_REST * missing.whole
        rest.whole, missing.whole = rest.whole + moved, missing.whole - moved


def _add_charged_after(timeline: Timeline, found: dict[str, _Weight], whole: float) -> None:
    """subscription_trap: what is paid month after month was called off, and then money was taken again."""
    ended = timeline.acts("consumer", "cancel_contract")
    if not ended or not any(_RECURS.search(fold(read.new_text)) for read in timeline.reads):
        return
    for read in timeline.after(ended[0][0]):
        for act in read.acts:
            if act.by == "consumer" and act.act in _ASKS and _CHARGED.search(fold(act.quote.text)):
                found.setdefault("subscription_trap", _Weight()).add(_TRAPPED * whole, act.quote)
                return


def asks_money(timeline: Timeline, since: Read) -> Act | None:
    """The first words after ``since`` in which the shopper asks for money that has not come."""
    for later in timeline.after(since):
        for act in later.acts:
            if act.firm and act.by == "consumer" and act.act in _ASKS:
                words = fold(act.quote.text)
                if act.act == "demand_refund" or MONEY_BACK.search(words):
                    return act
    return None
