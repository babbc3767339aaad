"""The tables of patterns, one YAML file a language, compiled once.

All languages are tried on every message: a French shopper answers an English help desk, and a mail program
speaks its owner's language, not its reader's.  Adding a language is adding a file beside ``fr.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape
from importlib import resources

import msgspec

_IN_TWO_LANGUAGES = frozenset(
    [
        "answers_inside",
        "closing",
        "disclaimer",
        "footer",
        "frame",
        "original",
        "reply_above",
        "survey",
        "thanks",
    ]
)
"""What is also said twice on a line, as in Canada: "Cordialement / Regards,"."""


_HARMED = frozenset(["attribution", "original", "forwarded"])
"""What mail programs write, and others carry on in encodings that lack the letters: "a ?crit"."""
_MISREAD = re.compile(r"Ã[\u0080-\u00bf\u0192-\u2122 ]|â€|ðŸ|Â[\u00a0-\u00bf]")
_WRAP = r"[-*_()\[\]—\s]{0,3}"  # what may stand around a device's line


class Table(msgspec.Struct, forbid_unknown_fields=True):
    """One language's file; see the comments in fr.yaml for what each list holds.  What a table leaves out is empty."""

    language: str
    attribution: list[str]
    header: dict[str, list[str]]
    original: list[str]
    forwarded: list[str]
    closing: list[str]
    forward_subject: list[str] = []
    answers_inside: list[str] = []
    reply_above: list[str] = []
    frame: list[str] = []
    ticket: list[str] = []
    teller: list[str] = []
    standing: list[str] = []
    carried: list[str] = []
    survey: list[str] = []
    relay_begin: list[str] = []
    relay_end: list[str] = []
    thanks: list[str] = []
    team: list[str] = []
    mobile: list[str] = []
    devices: list[str] = []
    disclaimer: list[str] = []
    footer: list[str] = []
    postscript: list[str] = []
    greeting: list[str] = []
    not_a_name: list[str] = []
    legal_forms: list[str] = []
    name_particles: list[str] = []
    persons: list[str] = []


class Patterns(msgspec.Struct, frozen=True):
    """Every language's patterns together; match them against ``plain`` text with ``fullmatch``."""

    attribution: re.Pattern[str]
    header: re.Pattern[str]
    header_kinds: dict[str, str]
    original: re.Pattern[str]
    forwarded: re.Pattern[str]
    forward_subject: re.Pattern[str]
    answers_inside: re.Pattern[str]
    reply_above: re.Pattern[str]
    frame: re.Pattern[str]
    ticket: re.Pattern[str]
    teller: re.Pattern[str]
    standing: re.Pattern[str]
    carried: re.Pattern[str]
    survey: re.Pattern[str]
    relay_begin: re.Pattern[str]
    relay_end: re.Pattern[str]
    closing: re.Pattern[str]
    thanks: re.Pattern[str]
    closing_start: re.Pattern[str]
    team: re.Pattern[str]
    mobile: re.Pattern[str]
    devices: frozenset[str]
    disclaimer: re.Pattern[str]
    footer: re.Pattern[str]
    postscript: re.Pattern[str]
    greeting: re.Pattern[str]
    not_a_name: frozenset[str]
    legal_forms: frozenset[str]
    name_particles: frozenset[str]
    persons: frozenset[str]

    def of_device(self, said: str) -> bool:
        """Is this line what a device or a mail application adds: "Sent from my ...", and a device is named?"""
        return bool(self.mobile.fullmatch(said)) and not self.devices.isdisjoint(re.findall(r"[\w-]+", said))


def plain(text: str) -> str:
    """Text as the tables see it: no accents, straight apostrophes, single spaces, lower case.

    Entities and UTF-8 that was read as Windows-1252 ("a Ã©crit"), as programs leave them in what they quote, are read.
    """
    if "&" in text and ";" in text:
        text = unescape(text)
    if not text.isascii():
        if _MISREAD.search(text):
            text = text.encode("cp1252", "ignore").decode("utf-8", "ignore")
        text = _unaccented(text.replace("’", "'").replace("‘", "'"))
    return " ".join(text.split()).lower()


def _lossy(pattern: str) -> str:
    """A pattern without accents, whose accented letters may also be the sign that an encoding left in their place."""
    read = [(c, _unaccented(c)) for c in pattern]
    return "".join(
        f"[{plainer}?\ufffd]" if c != plainer and len(plainer) == 1 else plainer for c, plainer in read
    )


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@cache
def patterns() -> Patterns:
    """The tables of every language, compiled.  A file with an unknown list, or without those that every program needs, is refused."""
    folder = resources.files("recours.reading.quotes") / "languages"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    tables = [msgspec.yaml.decode(f.read_text(encoding="utf-8"), type=Table) for f in files]

    def one(name: str, end: str = "") -> re.Pattern[str]:
        found = [p for t in tables for p in getattr(t, name)]
        read = _lossy if name in _HARMED else _unaccented
        choice = "|".join(f"(?:{read(p)})" for p in found)
        twice = f"(?: ?[/|·] ?(?:{choice}))?" if name in _IN_TWO_LANGUAGES else ""
        return re.compile(f"(?:{choice}){twice}{end}", re.DOTALL)

    def words(name: str) -> frozenset[str]:
        return frozenset(plain(w) for t in tables for w in getattr(t, name))

    kinds = {plain(label): kind for t in tables for kind, labels in t.header.items() for label in labels}
    labels = "|".join(re.escape(x) for x in sorted(kinds, key=len, reverse=True))
    end = r" ?[,.!;:)]* ?[:;]?-?\)?"
    return Patterns(
        attribution=one("attribution"),
        header=re.compile(rf"\*{{0,2}}({labels}) ?\*{{0,2}} ?: ?\*{{0,2}} ?(.*)", re.DOTALL),
        header_kinds=kinds,
        original=one("original"),
        forwarded=one("forwarded"),
        forward_subject=one("forward_subject", r" ?:.*"),
        answers_inside=one("answers_inside"),
        reply_above=one("reply_above"),
        frame=one("frame"),
        ticket=one("ticket"),
        teller=one("teller"),
        standing=one("standing"),
        carried=one("carried"),
        survey=one("survey"),
        relay_begin=one("relay_begin"),
        relay_end=one("relay_end"),
        closing=one("closing", end),
        thanks=one("thanks", end),
        closing_start=re.compile(
            rf"({one('closing').pattern}|{one('thanks').pattern})(?: ?[,.!;–-]+ ?| )(?P<name>.{{2,40}})",
            re.DOTALL,
        ),
        team=one("team"),
        mobile=re.compile(rf"{_WRAP}(?:{one('mobile').pattern})[.!]?{_WRAP}", re.DOTALL),
        devices=words("devices"),
        disclaimer=one("disclaimer"),
        footer=one("footer"),
        postscript=one("postscript"),
        greeting=one("greeting"),
        not_a_name=words("not_a_name"),
        legal_forms=words("legal_forms"),
        name_particles=words("name_particles"),
        persons=words("persons"),
    )
