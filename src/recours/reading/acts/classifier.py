"""How likely a message performs each act: a linear model over words and circumstances, beside the tables of phrases.

Two logistic regressions (scikit-learn fits them, ``tools/acts_model``; here only sums are made).  The first weighs a
sentence's words for each act; the second weighs the best sentence, what came before the message, and whether the tables
found the act.  Learned from sentences written for it and from the project's labelled mailboxes; ``docs/reading.md`` says
from which, and on which it is tested.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from importlib import resources

import msgspec

from recours.reading.acts.features import features
from recours.reading.types import Side

FILE = "model.msgpack"
LETTERS = 0.5  # what a run of letters counts beside a word's 1


class Words(msgspec.Struct, frozen=True):
    """The first regression, of one side.  acts: in the order of the weights; weights: by feature, pairs of (number of
    the act, weight as a signed byte); scale: what a byte's 1 is worth; bias: by act."""

    acts: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    weights: dict[str, bytes]


class Weighing(msgspec.Struct, frozen=True):
    """The second regression, of one act.  words: weight of the first one's logit."""

    bias: float
    words: float
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


def logits(folded: str, words: Words) -> dict[str, float]:
    """Folded sentence -> the logit of each act by its words alone."""
    whole, letters = features(folded)
    sums = [0.0] * len(words.acts)
    length = 0.0
    for found, value in ((whole, 1.0), (letters, LETTERS)):
        for feature in found:
            pairs = words.weights.get(feature)
            if pairs is None:
                continue
            length += value * value
            for act, weight in _unpacked(pairs):
                sums[act] += value * weight
    norm = words.scale / math.sqrt(length) if length else 0.0
    return {name: bias + s * norm for name, bias, s in zip(words.acts, words.bias, sums, strict=True)}


@lru_cache(maxsize=8192)
def _unpacked(pairs: bytes) -> tuple[tuple[int, int], ...]:
    """Numbers of acts and their weights, signed."""
    return tuple(zip(pairs[::2], (w - 256 if w > 127 else w for w in pairs[1::2]), strict=True))


def weigh(act: str, logit: float, circumstances: frozenset[str], *, in_table: bool) -> float:
    """The probability that a message performs an act.  logit: of its best sentence; in_table: the tables found it."""
    known = model()
    weighing = known.weighing.get(act)
    z = known.table if in_table else known.no_table
    if weighing is None:
        return _share(z + bounded(logit))
    z += weighing.bias + weighing.words * bounded(logit)
    return _share(z + sum(weighing.circumstances.get(c, 0.0) for c in circumstances))


def bounded(logit: float) -> float:
    """No single sentence is surer than a thousand to one."""
    return max(-7.0, min(7.0, logit))


def _share(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z))
