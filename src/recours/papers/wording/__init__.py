"""What the papers say, in French and English: one YAML table a language, the same keys in both.

Never: law (packs give it), facts (the case gives them), words of the screen (recours.words).
"""

from __future__ import annotations

from recours.words import Language, table


def phrase(language: Language, key: str, **values: object) -> str:
    """The wording of a key with its {values} filled.  KeyError when the table lacks it."""
    return table(language, __name__)[key].format(**values)


def has(key: str) -> bool:
    """Whether the tables have the key (both or neither: a check holds that)."""
    return key in table("en", __name__)
