"""What a mail quotes of another exhibit, word for word, is not printed again: the exhibit's label stands for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from recours.papers.mail_view.types import Block, Look, Panel, Para, Quote, Words, plain
from recours.papers.wording import phrase
from recours.words import Language

REPEATED = 300  # letters of a quotation that are still printed


def without_repeats(
    blocks: Sequence[Block], elsewhere: Mapping[str, str], language: Language
) -> tuple[Block, ...]:
    """elsewhere: what is quoted of each other exhibit, by its label."""
    told = {label: letters(text) for label, text in elsewhere.items()}
    return _shorter(tuple(blocks), told, language) if told else tuple(blocks)


def _shorter(blocks: tuple[Block, ...], told: Mapping[str, str], language: Language) -> tuple[Block, ...]:
    each = [letters(plain((block,))) for block in blocks]
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        label, end = _longest(each, at, told)
        if label:
            named = phrase(language, "bundle.quoted", labels=label)
            out.append(Para((Words(named, Look(italic=True, colour="#5f5f5f")),)))
            at = end
            continue
        block = blocks[at]
        if isinstance(block, Quote | Panel):
            block = msgspec.structs.replace(block, blocks=_shorter(block.blocks, told, language))
        out.append(block)
        at += 1
    return tuple(out)


def _longest(each: Sequence[str], at: int, told: Mapping[str, str]) -> tuple[str, int]:
    """The label that stands for the blocks from here on, and where they end; "" when none does."""
    if not each[at]:
        return "", at
    for label, text in told.items():
        run, end = "", at
        while end < len(each) and run + each[end] in text:
            run += each[end]
            end += 1
        if len(run) >= REPEATED:
            return label, end
    return "", at


def letters(text: str) -> str:
    """Letters and digits alone, lower case: what makes two texts the same words."""
    return re.sub(r"[\W_]+", "", text).casefold()
