"""What the screen says, in French and English: one YAML table a language, the same keys in both.

Never: law (packs), letters (papers/wording), questions (casefile/vocabulary).
"""

from __future__ import annotations

import os
from functools import cache
from importlib import resources
from typing import Literal

import yaml

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@cache
def table(language: Language, package: str = __name__) -> dict[str, str]:
    """Every sentence of a language by its dotted key.  package: where the table lies (a room may keep its own)."""
    text = resources.files(package).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    return dict(_flat(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))))


def _flat(tree: dict[str, object], before: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in tree.items():
        key = f"{before}{name}"
        rows += _flat(value, key + ".") if isinstance(value, dict) else [(key, str(value))]
    return rows


def say(language: Language, key: str, **values: object) -> str:
    """The sentence of a key, with its {values} filled.  KeyError when no table has the key."""
    return table(language)[key].format(**values)


def preferred() -> Language:
    """The language of the person's system (RECOURS_LANG, then LC_ALL, LC_MESSAGES, LANG); English when unsaid."""
    for name in ("RECOURS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "fr" if value.startswith("fr") else "en"
    return "en"
