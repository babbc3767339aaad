"""From sentences to the table that scikit-learn fits on, and from its weights to those that the package ships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from recours.reading.linear.features import features
from recours.reading.linear.words import Words, scaled

SEEN_TWICE = 2  # a feature of one sentence alone teaches nothing


def tabulated(sentences: Sequence[str]) -> tuple[csr_matrix, dict[str, int]]:
    """Folded sentences -> a line for each, divided as ``linear.words`` does it, and the column of each feature."""
    found = [features(folded) for folded in sentences]
    seen = Counter(feature for values in found for feature in values)
    index = {f: at for at, f in enumerate(sorted(f for f, n in seen.items() if n >= SEEN_TWICE))}
    data, at, ends = [], [], [0]
    for values in found:
        known = {f: v for f, v in sorted(values.items()) if f in index}
        length = scaled(sum(v * v for v in known.values())) or 1.0
        data += [v / length for v in known.values()]
        at += [index[f] for f in known]
        ends.append(len(at))
    return csr_matrix((data, at, ends), shape=(len(found), len(index))), index


def packed(labels: Sequence[str], bias: Sequence[float], weights: np.ndarray, index: dict[str, int]) -> Words:
    """weights: a line a feature, a column a label -> each as a signed byte."""
    scale = float(np.abs(weights).max()) / 127
    whole = np.rint(weights / scale).astype(int)
    by_feature = {}
    for feature, line in index.items():
        pairs = [(label, weight) for label, weight in enumerate(whole[line].tolist()) if weight]
        by_feature[feature] = bytes(x & 255 for pair in pairs for x in pair)
    return Words(tuple(labels), tuple(bias), scale, by_feature)
