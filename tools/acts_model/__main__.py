"""Fit the classifier of acts and write it into the package.

Run: make model     (python -m tools.acts_model; needs scikit-learn: requirements-model.lock)

First how right it is on what it did not see (sentences and mails in five parts, each judged by what the other four
taught), then the model from all of it.  The same input gives the same file.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from recours.reading.acts import find
from recours.reading.acts.classifier import FILE, Model, Weighing, bounded
from recours.reading.acts.classifier import model as shipped
from recours.reading.acts.sentences import Sentence
from recours.reading.linear.words import Words, logits
from recours.reading.types import Side
from tools.acts_model.rows import BY, ROOT, SIDES, Mail, Row, folders, of_mailbox, of_stories, tabled, written
from tools.linear import packed, tabulated

FITTED = ROOT / "src" / "recours" / "reading" / "acts" / FILE
PARTS = 5
FEWEST = 3  # examples without which no act is learned
OF_WORDS, OF_MAILS = 30.0, 1.0  # inverse strengths of regularisation, by cross-validation
OTHERS = 0.1  # what another act's logit counts beside the act's own, in a mail
OF_A_MAILBOX = 1.0
RARE = 2.0  # weight of a sentence that performs the act, beside one that does not
SURE = 0.5


def fit_words(rows: Sequence[Row], side: Side) -> Words:
    """The first regression: one act after the other, over the words of the sentences of a side."""
    own = [row for row in rows if row.side == side]
    table, index = tabulated([row.folded for row in own])
    acts, bias, columns = [], [], []
    for act in sorted(a for a, by in BY.items() if by == side):
        use = [at for at, row in enumerate(own) if row.tells(act)]
        says = np.array([act in own[at].acts for at in use])
        if says.sum() < FEWEST:
            continue
        fitted = LogisticRegression(C=OF_WORDS, class_weight={True: RARE, False: 1.0}, solver="liblinear")
        weights = np.array([OF_A_MAILBOX if own[at].message else 1.0 for at in use])
        fitted.fit(table[use], says, sample_weight=weights)
        acts.append(act)
        bias.append(float(fitted.intercept_[0]))
        columns.append(fitted.coef_[0])
    return packed(acts, bias, np.array(columns).T, index)


def fit_mails(mails: Sequence[Mail], best: dict[int, dict[str, float]]) -> dict[str, Weighing]:
    """The second regression.  best: by number of the mail, the logit of each act's best sentence, as told by a model
    that had not seen the mail.  The other acts' logits are made small before they are fitted, so that they are trusted
    less than the act's own."""
    fitted = {}
    for act, by in BY.items():
        own = [m for m in mails if m.side == by and act in best.get(m.number, {})]
        says = np.array([act in m.acts for m in own])
        if says.sum() < FEWEST:
            continue
        names = sorted({name for m in own for name in m.circumstances})
        scales = {other: 1.0 if other == act else OTHERS for other in sorted(best[own[0].number])}
        lines = [
            [
                *(scale * bounded(best[m.number][other]) for other, scale in scales.items()),
                *(float(n in m.circumstances) for n in names),
            ]
            for m in own
        ]
        got = LogisticRegression(C=OF_MAILS, max_iter=1000).fit(np.array(lines), says)
        weights = got.coef_[0].tolist()
        words = {other: w * scale for (other, scale), w in zip(scales.items(), weights, strict=False)}
        told = dict(zip(names, weights[len(scales) :], strict=True))
        fitted[act] = Weighing(float(got.intercept_[0]), words, told)
    return fitted


def fit_tables(rows: Sequence[Row], told: Sequence[dict[str, float]]) -> tuple[float, float]:
    """What a hit of the tables adds to a sentence's logit, and what its absence does, on sentences that were not written
    from the tables."""
    lines, says = [], []
    for row, by_act in zip(rows, told, strict=True):
        hits = _hits(row)
        for act, logit in by_act.items():
            if row.tells(act):
                lines.append([bounded(logit), float(act in hits)])
                says.append(act in row.acts)
    got = LogisticRegression(C=10.0).fit(np.array(lines), np.array(says))
    none = float(got.intercept_[0])
    return none + float(got.coef_[0, 1]), none


def _hits(row: Row) -> set[str]:
    sentence = Sentence(0, len(row.folded), row.folded)
    return {hit.act for hit in find.hits_of(sentence, row.side) if not hit.weak}


def unseen_logits(rows: Sequence[Row]) -> list[dict[str, float]]:
    """For each sentence the logits of a model that has not seen its group."""
    groups = sorted({row.group for row in rows})
    random.Random(1).shuffle(groups)
    told: list[dict[str, float]] = [{} for _ in rows]
    for part in range(PARTS):
        judged = set(groups[part::PARTS])
        for side in SIDES:
            words = fit_words([row for row in rows if row.group not in judged], side)
            for at, row in enumerate(rows):
                if row.group in judged and row.side == side:
                    told[at] = logits(row.folded, words)
    return told


def _readable() -> bool:
    """Whether there is a model, and of today's shape."""
    try:
        shipped()
    except (OSError, msgspec.DecodeError):
        return False
    return True


def _write(model: Model) -> None:
    FITTED.write_bytes(msgspec.msgpack.encode(model, order="sorted"))


def _f1(counts: Counter[str]) -> str:
    right, extra, missed = counts["right"], counts["extra"], counts["missed"]
    return (
        f"F1 {2 * right / max(2 * right + extra + missed, 1):.3f} "
        f"(precision {right / max(right + extra, 1):.3f}, recall {right / max(right + missed, 1):.3f})"
    )


def main() -> None:
    sentences = [*written(), *tabled()]
    if (
        not _readable()
    ):  # the mailboxes are opened by the reader, who needs a model of the written sentences at least
        _write(Model({side: fit_words(sentences, side) for side in SIDES}, {}, 0.0, 0.0))
    rows = list(sentences)
    mails: list[Mail] = []
    with TemporaryDirectory() as place:
        for folder in [*folders(held_out=False), *of_stories(Path(place))]:
            more, theirs = of_mailbox(folder, len(mails) + 1)
            rows += more
            mails += theirs
    print(f"{len(sentences)} sentences, {len(rows) - len(sentences)} more of {len(mails)} mails")
    told = unseen_logits(rows)
    best: dict[int, dict[str, float]] = {}
    counts: Counter[str] = Counter()
    for row, by_act in zip(rows, told, strict=True):
        held = best.setdefault(row.message, {})
        for act, logit in by_act.items():
            held[act] = max(held.get(act, -math.inf), logit)
            if row.tells(act) and (logit > -1.0 or act in row.acts):
                counts[
                    "right" if logit > -1.0 and act in row.acts else "extra" if logit > -1.0 else "missed"
                ] += 1
    print("sentences by their words alone, not seen:", _f1(counts))
    fresh = [at for at, row in enumerate(rows) if row.message == 0 and row.group != "tables"]
    table, no_table = fit_tables([rows[at] for at in fresh], [told[at] for at in fresh])
    model = Model({side: fit_words(rows, side) for side in SIDES}, fit_mails(mails, best), table, no_table)
    _write(model)
    print(f"tables: {table:+.2f}, without {no_table:+.2f}; {FITTED.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
