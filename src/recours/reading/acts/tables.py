"""The tables of phrases, compiled: one YAML file an act, a French and an English list in each.

A line of a table is a small regular expression over folded text (lower case, no accents), written so that a
person can read it:

    a space     any run of blanks or punctuation ("n est" finds "n'est")      ~   the same, or nothing at all
    refund*     the word's beginning                                          <3> a gap of up to three words
    <REFUND>    a list of words from words.yaml                               (a|b) one or the other, (a )? perhaps

Keys: ``act``, ``by``, ``fr``, ``en``; ``weak_fr``, ``weak_en``: phrases that count only when nothing speaks
against them (see settle); ``not_fr``, ``not_en``: a sentence that has one of these does not count; ``void``: of
"negated", "conditional", "question", "hearsay", what makes a match worthless.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Literal

import msgspec
import yaml

Tongue = Literal["fr", "en"]
Void = Literal["negated", "conditional", "question", "hearsay"]


class TableFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table as it stands in its YAML file."""

    act: str
    by: Literal["consumer", "merchant"]
    void: tuple[Void, ...] = ()
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    weak_fr: tuple[str, ...] = ()
    weak_en: tuple[str, ...] = ()
    not_fr: tuple[str, ...] = ()
    not_en: tuple[str, ...] = ()


class Phrase(msgspec.Struct, frozen=True):
    """One line of a table, compiled when it is first needed.

    needs: of each of these at least one must stand in the sentence, else no match is possible.
    """

    expression: str
    needs: tuple[tuple[str, ...], ...]
    weak: bool

    def search(self, folded: str) -> re.Match[str] | None:
        """The first match in folded text, after the fast look for the words that must be there."""
        for words in self.needs:
            if not any(word in folded for word in words):
                return None
        return _compiled(self.expression).search(folded)


class Table(msgspec.Struct, frozen=True):
    """The phrases of one act, by language."""

    act: str
    by: Literal["consumer", "merchant"]
    void: tuple[Void, ...]
    phrases: dict[Tongue, tuple[Phrase, ...]]
    against: dict[Tongue, tuple[Phrase, ...]]


# Every scalar stays text: "on" and "no" are words here.  The C loader when the system has it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _yaml(text: str) -> object:
    loaded: object = yaml.load(text, Loader=_LOADER)
    return loaded


_compiled = lru_cache(maxsize=None)(re.compile)
_NAME = re.compile(r"<([A-Z_]+)>")
_LITERAL = re.compile(r"[a-z0-9']+")


def _words() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("tables", "words.yaml").read_text("utf-8")
    loaded = msgspec.convert(_yaml(text), dict[str, dict[str, str | list[str]]])
    return {
        tongue: {name: v if isinstance(v, str) else "|".join(v) for name, v in names.items()}
        for tongue, names in loaded.items()
    }


def expression(line: str, words: dict[str, str]) -> str:
    """A table's line as a regular expression.  Errors: KeyError for a name that words.yaml lacks."""
    for _ in range(3):
        line = _NAME.sub(lambda m: f"({words[m[1]]})", line)
    line = re.sub(r"\((?!\?)", "(?:", line)
    line = re.sub(r" \)\?<(\d+)> ?", r" )?\\W*(?:[\\w'’-]+\\W+){0,\1}?", line)
    line = re.sub(r" ?<(\d+)> ?", r"\\W+(?:[\\w'’-]+\\W+){0,\1}?", line)
    line = re.sub(r"(?<!\\w)(?<=[a-z])\*", r"\\w*", line)
    line = line.replace(" ?", "~").replace(" ", r"\W+").replace("~", r"\W*")
    return rf"(?<!\w){line}(?!\w)"


def needed(line: str, words: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    """Stems, of each group of which one at least stands in every text that the line matches, the rarest group first; () when
    that cannot be told."""
    groups = filter(None, (_options(token, words) for token in _top_level(line)))
    return tuple(sorted(groups, key=lambda options: (-min(map(len, options)), len(options))))


def _top_level(line: str) -> list[str]:
    tokens, depth, current = [], 0, ""
    for c in line:
        depth += (c == "(") - (c == ")")
        if c == "|" and depth == 0:
            return []
        if c in " ~" and depth == 0:
            tokens.append(current)
            current = ""
        else:
            current += c
    return [*tokens, current]


def _options(token: str, words: dict[str, str]) -> tuple[str, ...]:
    name = re.fullmatch(r"<([A-Z_]+)>", token)
    inner = words[name[1]] if name else token[1:-1] if re.fullmatch(r"\([^()]*\)", token) else token
    if "<" in inner or re.search(r"[?\\\[{.]", inner) or ("(" in inner):
        return ()
    found = []
    for option in inner.split("|"):
        runs = _LITERAL.findall(option)
        if not runs:
            return ()
        found.append(max(runs, key=len))
    return tuple(found) if min(map(len, found)) > 1 else ()


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """Every table that the program ships, compiled once."""
    words = _words()
    folder = resources.files(__package__).joinpath("tables")
    found = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".yaml") or entry.name == "words.yaml":
            continue
        file = msgspec.convert(_yaml(entry.read_text("utf-8")), TableFile)

        def phrases(lines: tuple[str, ...], tongue: Tongue, weak: bool = False) -> tuple[Phrase, ...]:
            names = words[tongue]
            return tuple(Phrase(expression(line, names), needed(line, names), weak) for line in lines)

        found.append(
            Table(
                file.act,
                file.by,
                file.void,
                {
                    "fr": phrases(file.fr, "fr") + phrases(file.weak_fr, "fr", weak=True),
                    "en": phrases(file.en, "en") + phrases(file.weak_en, "en", weak=True),
                },
                {"fr": phrases(file.not_fr, "fr"), "en": phrases(file.not_en, "en")},
            )
        )
    return tuple(found)


@lru_cache(maxsize=1)
def act_names() -> tuple[str, ...]:
    """The names of all acts, without compiling their tables."""
    folder = resources.files(__package__).joinpath("tables")
    names = (entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(sorted(name for name in names if name != "words"))
