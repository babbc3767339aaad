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
_KINDS = re.compile(r"(?:unified ideograph-|(?:letter|syllable|character|vowel sign|sign)\s+)")
Shows = Callable[[str], bool]


def settable(value: Any, shows: Shows) -> Any:
    """The same value with every text settable.  shows: whether the fonts have glyphs for a text."""
    instead = {ord(c): words for c in _strange(value) if (words := _instead(c, shows)) != c}
    if not instead:
        return value
    letters = "".join(sorted(chr(c) for c in instead if unicodedata.category(chr(c))[0] in "LM"))
    runs = re.compile(f"[{re.escape(letters)}]{{2,}}") if letters else None
    return _translated(value, instead, runs)


def unshown(value: Any, shows: Shows) -> str:
    """The characters of a value that mean something and are told in words instead of being shown."""
    return "".join(c for c in _strange(value) if _instead(c, shows).startswith("["))


def _strange(value: Any) -> Sequence[str]:
    found: set[str] = set()
    for text in _texts(value):
        found.update(text)
    return [c for c in sorted(found - {"\n"}) if not _KNOWN.fullmatch(c)]


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


def _translated(value: Any, table: dict[int, str], runs: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        return (runs.sub(_spelled, value) if runs else value).translate(table)
    if isinstance(value, Mapping):
        return {key: _translated(item, table, runs) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_translated(item, table, runs) for item in value]
    return value


def _spelled(run: re.Match[str]) -> str:
    """Letters of one word or name together: [hangul: han gug eo], each by what tells it from the others."""
    out, script = [], ""
    for char in run[0]:
        name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
        first, _, rest = name.partition(" ")
        rest = _KINDS.sub("", rest) or first
        out.append(rest if first == script else f"{first}: {rest}")
        script = first
    return f"[{' '.join(out)}]"
