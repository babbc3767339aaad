"""How likely a message performs each act: a linear model over words and circumstances, beside the tables of phrases.

Two logistic regressions (scikit-learn fits them, ``tools/acts_model``; here only sums are made).  The first weighs a
sentence's words for each act; the second weighs the best sentence, what the message seems to do besides, what came before it,
and whether the tables found the act.  Learned from sentences written for it and from the project's labelled mailboxes; ``docs/reading.md`` says
from which, and on which it is tested.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from recours.reading.linear.words import Words
from recours.reading.types import Side

FILE = "model.msgpack"


class Weighing(msgspec.Struct, frozen=True):
    """The second regression, of one act.  words: weights of the first one's logits, of this act and of the others."""

    bias: float
    words: dict[str, float]
    circumstances: dict[str, float]


class Model(msgspec.Struct, frozen=True):
    """table, no_table: what it adds that the tables found the act, and that they did not."""

    words: dict[Side, Words]
    weighing: dict[str, Weighing]
    table: float
    no_table: float


@cache
def model() -> Model:
    """The model that Recours ships."""
    data = resources.files(__package__).joinpath(FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=Model)


def weigh(act: str, best: Mapping[str, float], circumstances: frozenset[str], *, in_table: bool) -> float:
    """The probability that a message performs an act.  best: by act, the logit of the sentence that says it best;
    in_table: the tables found it."""
    known = model()
    weighing = known.weighing.get(act)
    z = known.table if in_table else known.no_table
    if weighing is None:
        return _share(z + bounded(best[act]))
    z += weighing.bias + sum(weight * bounded(best[other]) for other, weight in weighing.words.items())
    return _share(z + sum(weighing.circumstances.get(c, 0.0) for c in circumstances))


def bounded(logit: float) -> float:
    """No single sentence is surer than a thousand to one."""
    return max(-7.0, min(7.0, logit))


def _share(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z))
