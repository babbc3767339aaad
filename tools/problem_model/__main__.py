"""Fit the classifier of what is wrong with a purchase and write it into the package.

Run: make model     (python -m tools.problem_model; needs scikit-learn: requirements-model.lock)

It learns from ``texts/*.txt``, a line a sentence: "defective: words", "-: words" for a sentence that tells of no kind; and
that the sentences of shoppers which do nothing, among those of ``tools/acts_model``, tell of none.  The labelled mailboxes teach it nothing: they judge.  First how right it is on lines it did not see (five parts,
each judged by what the other four taught), then the model from all.  The same input gives the same file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from recours.casefile.vocabulary import vocabulary
from recours.reading.linear.words import Words
from recours.reading.problem_words import FILE, NONE, likely
from recours.text import same_length_fold
from tools.acts_model.rows import written as acts_texts
from tools.linear import packed, tabulated

FITTED = Path(__file__).parents[2] / "src" / "recours" / "reading" / FILE
TEXTS = Path(__file__).parent / "texts"
PARTS = 5
STRENGTH = 30.0  # inverse, of regularisation
_LINE = re.compile(r"([a-z_]+|-): (.+)")


def written() -> Iterator[tuple[str, str]]:
    """(kind or "none", folded sentence) of every line."""
    kinds = {*vocabulary()["problem.kind"].choices, "-"}
    for file in sorted(TEXTS.glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            got = _LINE.fullmatch(line.strip())
            if not got or got[1] not in kinds:
                raise SystemExit(f"{file.name}, line {number}: no kind: {line}")
            yield (NONE if got[1] == "-" else got[1]), same_length_fold(got[2])


def silent() -> Iterator[tuple[str, str]]:
    """Sentences of shoppers that perform no act, as ``written`` gives them."""
    for row in acts_texts():
        if row.side == "consumer" and not row.acts:
            yield NONE, row.folded


def fit(rows: list[tuple[str, str]]) -> Words:
    """One regression over all kinds."""
    table, index = tabulated([folded for _, folded in rows])
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000)
    fitted.fit(table, np.array([kind for kind, _ in rows]))
    return packed(fitted.classes_.tolist(), fitted.intercept_.tolist(), fitted.coef_.T, index)


def main() -> None:
    rows = [*written(), *silent()]
    right, shown, wrong = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for part in range(PARTS):
        words = fit([row for at, row in enumerate(rows) if at % PARTS != part])
        for kind, folded in rows[part::PARTS]:
            told = likely(folded, words)
            best = max(told, key=lambda k: told[k])
            shown[best] += 1
            right[kind] += best == kind
            wrong[kind, best] += best != kind
    there = Counter(kind for kind, _ in rows)
    for kind, count in there.most_common():
        print(
            f"{kind:24} found {right[kind]:4} of {count:4}, shown right {right[kind] / max(shown[kind], 1):.2f}"
        )
    print(wrong.most_common(8))
    FITTED.write_bytes(msgspec.msgpack.encode(fit(rows), order="sorted"))
    print(f"{len(rows)} sentences; {FITTED.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
