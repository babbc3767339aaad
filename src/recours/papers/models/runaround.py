"""The table of the runaround: asked on, supplied on, asked again on; then answers that do not agree, both quoted."""

from __future__ import annotations

import msgspec

from recours.casefile.types import Loop
from recours.papers.models.common import unfit
from recours.papers.models.repeat_answer import WHAT, supplied_first
from recours.papers.models.said import contradictions, loops
from recours.papers.types import Sentence
from recours.papers.writer import Writer, paper_of
from recours.text import Quote
from recours.words import Language


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A thing asked for again: cells of "day (label)"; asked "" when it was supplied before anybody asked."""

    what: str
    asked: str
    supplied: str
    again: tuple[str, ...]


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two answers that do not agree, in the merchant's own words, each with its day and exhibit."""

    first: str
    then: str


class Runaround(msgspec.Struct, frozen=True, kw_only=True):
    """The paper: a head, the table, the counts, the contradictions."""

    name: str
    language: Language
    title: str
    subject: str
    intro: str
    columns: tuple[str, str, str, str]
    lines: tuple[Asked, ...]
    counts: str
    said_head: str
    said_columns: tuple[str, str]
    said: tuple[Pair, ...]
    page: str
    paper: str
    author: str

    def sentences(self) -> tuple[Sentence, ...]:
        rows = [f"{x.what} {x.asked} {x.supplied} {' '.join(x.again)}" for x in self.lines]
        return tuple(Sentence(text=text) for text in [*rows, *(f"{p.first} {p.then}" for p in self.said)])


def model(writer: Writer) -> Runaround:
    """Every loop and contradiction of the case.  Raises DoesNotFitError when there is none."""
    asked, pairs = loops(writer), contradictions(writer)
    if not asked and not pairs:
        raise unfit(writer, "runaround.none")
    say = writer.say
    times = sum(len(loop.again) for loop in asked)
    return Runaround(
        name=writer.name,
        language=writer.language,
        title=say("runaround.title"),
        subject=writer.case.title,
        intro=say("runaround.intro"),
        columns=(
            say("runaround.what"),
            say("runaround.asked"),
            say("runaround.supplied"),
            say("runaround.again"),
        ),
        lines=tuple(_asked(writer, loop) for loop in asked),
        counts=say("runaround.counts", loops=len(asked), times=times) if asked else "",
        said_head=say("runaround.said_head"),
        said_columns=(say("runaround.first"), say("runaround.then")),
        said=tuple(Pair(first=_said(writer, p.first), then=_said(writer, p.second)) for p in pairs),
        page=say("letter.page", n="{n}", total="{total}"),
        paper=paper_of(writer.facts.get("consumer.country")),
        author=writer.text("consumer.name"),
    )


def _asked(writer: Writer, loop: Loop) -> Asked:
    return Asked(
        what=writer.say(f"runaround.{WHAT[loop.act]}"),
        asked="" if supplied_first(writer, loop) else _cell(writer, loop.asked),
        supplied=_cell(writer, loop.supplied),
        again=tuple(dict.fromkeys(_cell(writer, quote) for quote in loop.again)),
    )


def _cell(writer: Writer, quote: Quote) -> str:
    label = writer.label_of(quote.message)
    return writer.day_of(quote.message) + (writer.say("cited", labels=label) if label else "")


def _said(writer: Writer, quote: Quote) -> str:
    return f"{writer.quoted(quote)}\n{_cell(writer, quote)}"
