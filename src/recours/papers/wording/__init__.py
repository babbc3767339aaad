"""What the papers say, in French and English: YAML tables, the same keys in both languages.

The first table is here; ``letters`` beside it holds the wording of the letters that came after.
Never: law (packs give it), facts (the case gives them), words of the screen (recours.words).
"""

from __future__ import annotations

from functools import cache

from recours.papers.typography import french
from recours.words import Language, table

_TABLES = (__name__, f"{__name__}.letters")


def phrase(language: Language, key: str, **values: object) -> str:
    """The wording of a key with its {values} filled.  KeyError when no table has it."""
    return _wording(language)[key].format(**values)


def has(key: str) -> bool:
    """Whether the tables have the key (both languages or neither: a check holds that)."""
    return key in _wording("en")


@cache
def _wording(language: Language) -> dict[str, str]:
    """French is given its spaces here, before any fact or quotation is put in."""
    wording = {key: text for name in _TABLES for key, text in table(language, name).items()}
    return {key: french(text) for key, text in wording.items()} if language == "fr" else wording
