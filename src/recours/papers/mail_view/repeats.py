"""What a mail quotes of another exhibit, word for word, is not printed again: the exhibit's label stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from recours.papers.mail_view.types import Block, Look, Panel, Para, Quote, Rule, Words, plain
from recours.papers.wording import phrase
from recours.words import Language

LONG = 300  # letters of a quotation that are left out wherever it ends
MOST = 0.6  # part of a shorter quotation that must be there, so that a greeting alone is not left out
_MANY = 5_000  # paragraphs of a mail that are compared
_LEAST = 40  # letters of what is left out
Told = Sequence[tuple[str, str]]
_Kept = Block | str  # a block, or the label of the exhibit that stands for what was there


def without_repeats(blocks: Sequence[Block], quoted: Told, own: str, language: Language) -> tuple[Block, ...]:
    """quoted: label of the other exhibit and words of each quotation; own: what the mail's author wrote, which is
    always printed."""
    told = [(label, letters(text)) for label, text in quoted]
    leaves = [letters(plain((leaf,))) for leaf in _leaves(blocks)] if told else []
    if not leaves or len(leaves) > _MANY:
        return tuple(blocks)
    stands = iter(_labels(leaves, told, letters(own)))
    return tuple(_said(_rebuilt(blocks, stands, language), language))


def letters(text: str) -> str:
    """Letters and digits alone, lower case: what makes two texts the same words."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _leaves(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Quote | Panel):
            yield from _leaves(block.blocks)
        else:
            yield block


def _labels(leaves: Sequence[str], told: Sequence[tuple[str, str]], own: str) -> list[str]:
    """For each leaf the label that stands for it, "" where it is printed."""
    found = [""] * len(leaves)
    at = 0
    while at < len(leaves):
        label, end = _longest(leaves, at, told, own)
        found[at:end] = [label] * (end - at)
        at = max(end, at + 1)
    return found


def _longest(leaves: Sequence[str], at: int, told: Sequence[tuple[str, str]], own: str) -> tuple[str, int]:
    """The label that stands for the leaves from here on, and where they end."""
    if not leaves[at]:
        return "", at
    for label, text in told:
        run, end = "", at
        while end < len(leaves) and run + leaves[end] in text:
            run += leaves[end]
            end += 1
        if len(run) >= max(_LEAST, min(LONG, MOST * len(text))) and run not in own:
            return label, end
    return "", at


def _rebuilt(blocks: Sequence[Block], stands: Iterator[str], language: Language) -> list[_Kept]:
    out: list[_Kept] = []
    for block in blocks:
        if isinstance(block, Quote | Panel):
            inner = _rebuilt(block.blocks, stands, language)
            if all(isinstance(one, str | Rule) for one in inner):
                out += inner
            else:
                out.append(msgspec.structs.replace(block, blocks=tuple(_said(inner, language))))
        else:
            out.append(next(stands) or block)
    return out


def _said(kept: Sequence[_Kept], language: Language) -> Iterator[Block]:
    """Labels that follow each other, lines between them aside, in one sentence."""
    labels: list[str] = []
    lines: list[Rule] = []
    for one in kept:
        if isinstance(one, str):
            labels.append(one)
            lines = []
        elif isinstance(one, Rule) and labels:
            lines.append(one)
        else:
            yield from _sentence(labels, language)
            yield from lines
            labels, lines = [], []
            yield one
    yield from _sentence(labels, language)


def _sentence(labels: Sequence[str], language: Language) -> Iterator[Block]:
    if labels:
        words = phrase(language, "bundle.quoted", labels=", ".join(dict.fromkeys(labels)))
        yield Para((Words(words, Look(italic=True, colour="#5f5f5f")),))
