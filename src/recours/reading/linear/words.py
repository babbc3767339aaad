"""A logistic regression over the words of a sentence, its weights packed small."""

from __future__ import annotations

import math
from functools import lru_cache

import msgspec

from recours.reading.linear.features import features


class Words(msgspec.Struct, frozen=True):
    """labels: in the order of the weights; weights: by feature, pairs of (number of the label, weight as a signed byte);
    scale: what a byte's 1 is worth; bias: by label."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    weights: dict[str, bytes]


def logits(folded: str, words: Words) -> dict[str, float]:
    """Folded sentence -> the logit of each label by its words alone."""
    sums = [0.0] * len(words.labels)
    length = 0.0
    for feature, value in features(folded).items():
        pairs = words.weights.get(feature)
        if pairs is None:
            continue
        length += value * value
        for label, weight in _unpacked(pairs):
            sums[label] += value * weight
    norm = words.scale / scaled(length) if length else 0.0
    return {name: bias + s * norm for name, bias, s in zip(words.labels, words.bias, sums, strict=True)}


def scaled(squares: float) -> float:
    """Sum of the squares of a sentence's features -> what its weights are divided by: the root of its length, so that
    what stands in a long sentence is not thinned as much as a vector of length one would be (measured: docs/reading.md).
    """
    return math.sqrt(math.sqrt(squares))


@lru_cache(maxsize=16_384)
def _unpacked(pairs: bytes) -> tuple[tuple[int, int], ...]:
    """Numbers of labels and their weights, signed."""
    return tuple(zip(pairs[::2], (w - 256 if w > 127 else w for w in pairs[1::2]), strict=True))
