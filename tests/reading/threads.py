"""Threads made by chance: a shop's message, and a reply that quotes it as the usual programs do.

A reply is laid together from pieces, each the author's or another's, so that what the author typed is known by construction.
What the programs do to a quotation on its way (other widths, marks, signs, encodings) is done to it here.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from pathlib import Path

import msgspec
import yaml

WORDS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)
STRAIGHT = str.maketrans({"’": "'", "“": '"', "”": '"', "…": "..."})
HARM: tuple[Callable[[str], str], ...] = (
    lambda t: t,
    lambda t: t.translate(STRAIGHT),
    lambda t: t.replace(" ?", "\u00a0?").replace(" €", "\u00a0€"),
    lambda t: t.replace("😊", ""),
    lambda t: t.translate(STRAIGHT).replace("😊", ":-)"),
    lambda t: t.encode("latin-1", "replace").decode("latin-1"),
    lambda t: t.encode("ascii", "replace").decode("ascii"),
    lambda t: t.encode("utf-8").decode("cp1252", "replace"),
    lambda t: t.replace(". ", ".  "),
    lambda t: t.replace("’", "&#39;").replace("€", "&euro;"),
)
"""What other programs, encodings and pages make of the same words."""

Lines = list[str]


class Thread(msgspec.Struct, frozen=True):
    """before: what the author wrote first; parent: what the shop wrote; reply: the text that quotes it; typed: the author's
    words of the reply, in order."""

    before: str
    parent: str
    reply: str
    typed: str


class Desk:
    """What a style is made from: words of one language, chance, the answers, the lines to quote."""

    def __init__(self, by: random.Random) -> None:
        self.by = by
        self.words = WORDS[by.choice(["en", "fr"])]
        greeting, *said = self.words["asked"]
        foot = ["", *self.words["foot"]] if by.random() < 0.3 else []
        self.said = [greeting, *by.sample(said, by.randint(2, 5)), *foot]
        self.answers = by.sample(self.words["answered"], by.randint(1, 4))
        one = by.choice(HARM)
        self.quoted = [(by.choice(HARM) if by.random() < 0.1 else one)(line) for line in self.said]

    def any(self, name: str) -> str:
        return self.by.choice(self.words[name])

    def marked(self, lines: Lines, mark: str = "") -> Lines:
        """Rewrapped at some width, then marked."""
        width, mark = self.by.choice([60, 68, 72, 76, 200]), mark or self.by.choice(["> ", "> ", ">"])
        return [f"{mark}{part}".rstrip() for line in lines for part in textwrap.wrap(line, width) or [""]]

    def filled(self, lines: Lines) -> Lines:
        """Rewrapped at some width, not marked, a blank line between paragraphs."""
        width = self.by.choice([60, 72, 300])
        return [part for line in lines for part in (textwrap.fill(line, width), "")]

    def typed(self) -> Lines:
        return ["\n\n".join(self.answers), ""]

    def beside(self, lines: Lines, show: Callable[[Lines], Lines], last: int) -> Lines:
        """The lines, an answer below each but the first and those from ``last`` on; answers without a place are dropped."""
        self.answers = self.answers[: max(last - 1, 0)]
        gap = self.by.choice([[], [""]])
        told: Lines = []
        for n, line in enumerate(lines):
            told += show([line])
            told += [*gap, self.answers[n - 1], *gap] if 0 < n <= len(self.answers) else []
        return told


def top(d: Desk) -> Lines:
    return [*d.typed(), d.any("told"), "", *d.by.choice([d.marked, d.filled])(d.quoted)]


def copied(d: Desk) -> Lines:
    return [*d.typed(), d.any("copied"), "", *d.filled(d.quoted)]


def device(d: Desk) -> Lines:
    announced = d.any(d.by.choice(["told", "copied"]))
    return [*d.typed(), d.any("device"), "", announced, "", *d.marked(d.quoted)]


def signed(d: Desk) -> Lines:
    announced = d.any(d.by.choice(["told", "copied"]))
    return [*d.typed(), d.any("signed"), "", announced, "", *d.marked(d.quoted)]


def bottom(d: Desk) -> Lines:
    return [d.any("told"), "", *d.marked(d.quoted), "", *d.typed()]


def between(d: Desk) -> Lines:
    return [d.any("told"), "", *d.beside(d.quoted, d.marked, len(d.quoted))]


def within(d: Desk) -> Lines:
    """An answer between two pieces of one sentence."""
    d.answers = d.answers[:1]
    words = d.quoted[1].split(" ")
    cut = d.by.randint(2, len(words) - 2)
    pieces = [" ".join(words[:cut])], [" ".join(words[cut:])]
    rest = d.marked(d.quoted[2:])
    return [d.any("told"), "", *d.marked(pieces[0]), d.answers[0], *d.marked(pieces[1]), *rest]


def anywhere(d: Desk) -> Lines:
    """Answers right below any lines, where a sentence goes on as well as where one ends."""
    lines = d.marked([" ".join(d.quoted[n : n + 3]) for n in range(0, len(d.quoted), 3)])
    d.answers = d.answers[: len(lines)]
    at = sorted(d.by.sample(range(len(lines)), len(d.answers)))
    below = dict(zip(at, d.answers, strict=True))
    return [
        d.any("told"),
        "",
        *(part for n, line in enumerate(lines) for part in (line, *filter(None, [below.get(n)]))),
    ]


def desk(d: Desk) -> Lines:
    line, head = d.words["desk"]
    return [*d.typed(), line, "", "-" * 46, head, "", *d.filled(d.quoted)]


def bare(d: Desk) -> Lines:
    return [*d.typed(), *d.marked(d.quoted)]


def nested(d: Desk) -> Lines:
    told = d.any("told").replace("\n", "\n> ")
    older = [f"> {line}" for line in d.marked(d.words["before"], "> ")]
    return [*d.typed(), d.any("told"), "", *d.marked(d.quoted), ">", f"> {told}", ">", *older]


def indented(d: Desk) -> Lines:
    return [*d.typed(), d.any("told"), "", *d.marked(d.quoted, "    ")]


def barred(d: Desk) -> Lines:
    return [d.any("told"), "", *d.marked(d.quoted, "| "), "", *d.typed()]


def initials(d: Desk) -> Lines:
    return [d.any("told"), "", *d.marked(d.quoted, d.by.choice(["SC> ", "SC>> "])), "", *d.typed()]


def filled_in(d: Desk) -> Lines:
    """A copied header, then the questions marked, each with its answer."""
    return [d.any("copied"), "", *d.beside(d.quoted, lambda one: d.marked(one, "> "), len(d.quoted))]


def inside(d: Desk) -> Lines:
    """Answers typed into a copied message without marks, and a word above that says so."""
    told = d.beside(d.quoted, d.filled, len(d.quoted))
    d.answers.insert(0, d.any("inside"))
    return [d.answers[0], "", d.any("copied"), "", *told]


def silent(d: Desk) -> Lines:
    """The same without the word."""
    return [d.any("copied"), "", *d.beside(d.quoted, d.filled, len(d.quoted))]


def quiet(d: Desk) -> Lines:
    """Words above that do not say that there are answers inside."""
    first, d.answers = d.answers[0], d.answers[1:]
    told = d.beside(d.quoted, d.filled, len(d.said) - 1 if d.said[-2] else len(d.said) - 2)
    d.answers.insert(0, first)
    return [first, "", d.any("copied"), "", *told]


def below(d: Desk) -> Lines:
    return [d.any("copied"), "", *d.filled(d.quoted), *d.typed()]


def deep(d: Desk) -> Lines:
    """Two copied messages, the older one the author's own, and the answer above or below both."""
    history = [d.any("copied"), "", *d.filled(d.quoted), d.any("copied"), "", *d.filled(d.words["before"])]
    return [*history, *d.typed()] if d.by.random() < 0.4 else [*d.typed(), *history]


def pasted(d: Desk) -> Lines:
    """No mark and no announcement at all."""
    return [*d.typed(), *d.filled(d.quoted)]


def broken(d: Desk) -> Lines:
    """Marked, then wrapped once more: the ends of long lines lost their marks."""
    lines = d.marked(d.quoted)
    again = [part for line in lines for part in (textwrap.wrap(line, 64) if len(line) > 64 else [line])]
    return [*d.typed(), d.any("told"), "", *again]


PLAIN = (
    top, copied, device, signed, bottom, between, within, anywhere, desk, bare, nested, indented, barred, initials,
)  # fmt: skip
"""Styles that tell by themselves whose words are whose."""
WITNESSED = (filled_in, inside, silent, quiet, below, deep, pasted, broken)
"""Styles in which only the shop's own message, when it is at hand, can tell."""


def thread(style: Callable[[Desk], Lines], seed: int) -> Thread:
    """The thread of this style and number."""
    d = Desk(random.Random(f"{style.__name__} {seed}"))
    reply = "\n".join(style(d)) + "\n"
    return Thread("\n\n".join(d.words["before"]), "\n\n".join(d.said), reply, "\n\n".join(d.answers))
