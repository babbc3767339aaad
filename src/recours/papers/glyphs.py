"""Characters that the fonts cannot show, told in words instead of an empty box.

What a font lacks is found before a paper is set: a probe of a few characters is set under PDF/UA, which refuses a
text that has no glyph (ISO 14289-1, 7.21.8).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

# Latin with its accents, Greek, Cyrillic, common punctuation: in every text face that is shipped.
_KNOWN = re.compile(r"[\t\n\x20-\x7e\u00a0-\u017f\u0391-\u03c9\u0410-\u044f\u2010-\u2026\u202f\u20ac\u2022]*")
Shows = Callable[[str], bool]


def settable(value: Any, shows: Shows) -> Any:
    """The same value with every text settable.  shows: whether the fonts have glyphs for a text."""
    strange = sorted(set("".join(_texts(value))) - {"\n"})
    strange = [c for c in strange if not _KNOWN.fullmatch(c)]
    if not strange:
        return value
    instead = {ord(c): words for c in strange if (words := _instead(c, shows)) != c}
    return _translated(value, instead) if instead else value


def _instead(char: str, shows: Shows) -> str:
    kind = unicodedata.category(char)
    if kind in ("Cc", "Cs", "Co", "Cn"):
        return "" if kind == "Cc" else "\ufffd"
    if _shown(char, shows):
        return char
    if kind in ("Cf", "Mn"):
        return ""  # joiners and variation selectors of what could not be shown
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}').lower()}]"


@cache
def _shown(char: str, shows: Shows) -> bool:
    return shows(char)


def _texts(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    return []


def _translated(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, Mapping):
        return {key: _translated(item, table) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_translated(item, table) for item in value]
    return value
