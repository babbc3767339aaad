"""What the tables found, weighed with what the classifier thinks: acts added, acts dropped, in one place."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from recours.reading.acts.before import Before, circumstances
from recours.reading.acts.classifier import model, weigh
from recours.reading.acts.sentences import Sentence
from recours.reading.acts.settle import Hit
from recours.reading.linear.words import logits
from recours.reading.types import Message, Side

STANDS = 0.5  # the probability from which an act stands
DOUBTED = 0.15  # a hit of the tables stands unless it is less likely than that
GRAVELY = 0.25  # the same, of what must be sure
# What accuses the other side, and no table found, must be surer: a false accusation is worse than a missed one.
_ACCUSES = frozenset({"refuse", "deny_responsibility", "blame_consumer", "cite_policy", "refer_elsewhere"})
# What is counted against a merchant as asked again and again is firm only when the classifier does not doubt it.
COUNTED = frozenset({"request_documents", "request_photos"})
# Marketing and a delivery would hide what else a mail says, and a day of delivery starts time limits.
_MUST_BE_SURE = _ACCUSES | {"marketing", "delivery_notice"}
# So must what is added to a notice, whose standing text answers nobody.
_NOTICES = frozenset({"order_confirmation", "shipping_notice", "delivery_notice", "confirm_refund"})
SURE = 0.85
_STANDS_FOR = re.compile(r"\W*\[[^\]]{0,80}\]\W*")  # "[image: photo.jpg]": of a program, not of the author


class Weighed(msgspec.Struct, frozen=True):
    """What the classifier thinks of a message.  added: acts that no table found, on the sentences that say them best;
    doubted: acts that a table found and that do not stand; sure: of those that do, how probable they are."""

    added: tuple[Hit, ...] = ()
    doubted: frozenset[str] = frozenset()
    sure: dict[str, float] = {}


def weighed(
    hits: Sequence[Hit],
    found: Sequence[Sentence],
    own: Sequence[int],
    message: Message,
    side: Side,
    before: Before,
) -> Weighed:
    """hits: of the tables; own: the numbers of the sentences that are the sender's; side: of the sender."""
    words = model().words[side]
    told = [
        (at, logits(found[at].folded, words)) for at in own if not _STANDS_FOR.fullmatch(found[at].folded)
    ]
    if not told:
        return Weighed()
    around = circumstances(message, side, before, sum(s.end - s.start for s in found))
    of_tables = {hit.act for hit in hits if hit.by == side}
    notice = bool(of_tables & _NOTICES)
    added: list[Hit] = []
    doubted: set[str] = set()
    stands: dict[str, float] = {}
    best = {act: max((by_act[act], -at) for at, by_act in told) for act in words.labels}
    logit = {act: said for act, (said, _) in best.items()}
    for act, (_, place) in best.items():
        sure = weigh(act, logit, around, in_table=act in of_tables)
        if act in of_tables:
            if sure < (GRAVELY if act in _MUST_BE_SURE else DOUBTED):
                doubted.add(act)
            else:
                stands[act] = round(sure, 2)
        elif notice and act in _NOTICES:
            continue  # what is a shipping notice is no delivery notice besides
        elif sure >= (SURE if notice or "marketing" in of_tables or act in _MUST_BE_SURE else STANDS):
            says = found[-place]
            added.append(Hit(act, side, says.start, says.end, -place, weak=False, sure=round(sure, 2)))
    return Weighed(tuple(added), frozenset(doubted), stands)
