"""What a note of a call tells, said again as its speaker said it.

Comes in: a sentence of the note.  Goes out: a ``Telling`` for each thing that a side says in it: "she said they'd put it back on my card"
is the shop's "we will put it back on your card".  So the tables and the classifier, who know letters, read notes too.
The patterns are in ``telling.yaml``.  Works on folded text.  Never: says whose words they are where nothing tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from recours.reading.acts.sentences import Sentence
from recours.reading.acts.tables import Tongue
from recours.reading.types import Side


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language as it stands in ``telling.yaml``."""

    names: dict[str, str]
    nobody: str
    mine: str
    bare: str
    theirs: str
    resumes: str
    joins: str
    merchant: tuple[tuple[str, str], ...]
    consumer: tuple[tuple[str, str], ...]


class _Language(msgspec.Struct, frozen=True):
    nobody: re.Pattern[str]
    mine: re.Pattern[str]
    bare: re.Pattern[str]
    theirs: re.Pattern[str]
    resumes: re.Pattern[str]
    joins: re.Pattern[str]
    said_again: dict[Side, tuple[tuple[re.Pattern[str], str], ...]]


class Telling(msgspec.Struct, frozen=True):
    """What one side says in a sentence of a note; direct: as it said it itself."""

    side: Side
    direct: str


_QUOTED = re.compile(r"«[^»]{6,}»|“[^”]{6,}”|\"[^\"]{6,}\"")
_I_SAID = re.compile(
    r"\b(?:je|j'ai|i|i've) (?:\w+ ){0,2}(?:dit|dis|ecrit|repete|repondu|said|told|wrote|repeated|answered)\b"
)
_ASIDE = re.compile(r" \([^()]{1,60}\)")  # "the gentleman (he gave no name) answered"
# Where another may begin to speak, or the same to say something else.
_BREAK = re.compile(r"(?<=[,;:])\s|\s(?=(?:and|but|then|so|et|mais|puis|alors|who|qui)\s)")


def told(sentence: Sentence, tongue: Tongue, speaking: Side | None) -> tuple[Telling, ...]:
    """What each side says in the sentence, in order.  speaking: who goes on where nothing tells who speaks."""
    language = _languages()[tongue]
    found: list[Telling] = []
    folded = _ASIDE.sub("", sentence.folded)
    for start, end, quoted in _parts(folded):
        part = folded[start:end].strip()
        if quoted:
            speaking = "consumer" if _I_SAID.search(folded[:start]) else "merchant"
            found.append(Telling(speaking, part.strip('«»“”" ')))
            continue
        opens = _opens(part, language, speaking, first=start == 0)
        speaking = None if opens == "nobody" else opens or speaking
        if speaking is None:
            continue
        direct = _direct(part, language, speaking)
        if found and found[-1].side == speaking and not (opens or language.joins.match(part)):
            found[-1] = Telling(speaking, f"{found[-1].direct} {direct}".strip())
        else:
            found += [Telling(speaking, direct)] if direct else []
    return tuple(found)


def _parts(folded: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each, and whether it is words between quotation marks."""
    start = 0
    for quotation in _QUOTED.finditer(folded):
        yield from _cut(folded, start, quotation.start())
        yield quotation.start(), quotation.end(), True
        start = quotation.end()
    yield from _cut(folded, start, len(folded))


def _cut(folded: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    for cut in [*(m.end() for m in _BREAK.finditer(folded, start, end)), end]:
        if folded[start:cut].strip(" .,;:!?"):
            yield start, cut, False
        start = cut


def _opens(
    part: str, language: _Language, speaking: Side | None, *, first: bool
) -> Side | Literal["nobody", ""]:
    """Who begins to speak; "" where the part goes on with what was said."""
    if language.nobody.match(part):
        return "nobody"
    if speaking == "merchant" and language.resumes.match(part):
        return "merchant"
    if language.mine.match(part) or (first and language.bare.match(part)):
        return "consumer"
    return "merchant" if language.theirs.match(part) else ""


def _direct(part: str, language: _Language, side: Side) -> str:
    """A part as its speaker said it; "" where it only says who speaks."""
    asks, part = False, f"{part} "
    for pattern, instead in language.said_again[side]:
        said = pattern.sub(instead.removesuffix("?"), part)
        asks = asks or (said != part and instead.endswith("?"))
        part = said
    part = part.strip()
    return f"{part.rstrip('.')} ?" if asks else part


@cache
def _languages() -> dict[Tongue, _Language]:
    text = resources.files(__package__).joinpath("telling.yaml").read_text("utf-8")
    return {
        tongue: _compiled(file)
        for tongue, file in msgspec.yaml.decode(text, type=dict[Tongue, _File]).items()
    }


def _compiled(file: _File) -> _Language:
    def compiled(line: str) -> re.Pattern[str]:
        for name, words in file.names.items():
            line = line.replace(f"{{{name}}}", words)
        return re.compile(line)

    def pairs(lines: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((compiled(line), instead) for line, instead in lines)

    return _Language(
        compiled(file.nobody),
        compiled(file.mine),
        compiled(file.bare),
        compiled(file.theirs),
        compiled(file.resumes),
        compiled(file.joins),
        {"merchant": pairs(file.merchant), "consumer": pairs(file.consumer)},
    )
