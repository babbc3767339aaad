"""What a mail says in attributes about the look of its words: ``style``, ``bgcolor``, ``align``, ``width``.

What its sheets say was written into ``style`` before (``styled``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from PIL import ImageColor

from recours.papers.mail_view.types import Align

Attributes = Mapping[str, str | None]
WHITE, BLACK = "#ffffff", "#000000"
READABLE = 3.0  # contrast of words with their ground, at the least (WCAG 2.2, 1.4.3, of large words)
OWN_STYLE = 4_000  # characters of an element's own style attribute that are read
_STYLE = OWN_STYLE + 2_000  # with what its sheets add
_NAME = re.compile(r"#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%/]{5,40}\)", re.I)
_NUMBER = re.compile(r"\s*(\d{1,5}(?:\.\d{1,4})?)\s*(px|pt|em|rem|%|)", re.I)
_PIXELS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0}
_ALIGN: Mapping[str, Align] = {"center": "center", "middle": "center", "right": "end", "end": "end"}
_FONT_SIZES = {"1": 0.75, "2": 0.9, "3": 1.0, "4": 1.15, "5": 1.35, "6": 1.6, "7": 1.8}  # <font size>
_TEXT = 14.0  # pixels of a mail's usual text
_HIDDEN = (
    ("display", re.compile("none")),
    ("visibility", re.compile("hidden|collapse")),
    ("mso-hide", re.compile("all")),
    ("opacity", re.compile(r"0(\.0\d*)?$")),
    ("max-height", re.compile(r"0(px)?$")),
)


def style_of(attributes: Attributes) -> dict[str, str]:
    """The declarations of the ``style`` attribute, lower case."""
    found = {}
    for declaration in (attributes.get("style") or "")[:_STYLE].split(";"):
        name, _, value = declaration.partition(":")
        if value:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def hidden(attributes: Attributes, style: Mapping[str, str]) -> bool:
    """Whether a reader of the mail does not see the element."""
    return "hidden" in attributes or any(
        (value := style.get(name)) and form.match(value) for name, form in _HIDDEN
    )


def fill_of(attributes: Attributes, style: Mapping[str, str]) -> str:
    """The ground's colour, "#rrggbb"; "" when the element has none of its own."""
    given = style.get("background-color") or style.get("background") or attributes.get("bgcolor") or ""
    found = _NAME.search(re.sub(r"url\([^)]*\)", "", given))
    return colour(found[0]) if found else ""


def colour(name: str) -> str:
    """A colour of CSS as "#rrggbb"; "" when it is none, or lets its ground through."""
    name = name.strip().lower()
    if name in ("transparent", "inherit", "initial", "none", "auto", "currentcolor", "windowtext"):
        return ""
    try:
        found = ImageColor.getrgb(
            re.sub(r"\s*,\s*(?:0?\.\d+|1(?:\.0)?)\s*\)", ")", name.replace("rgba", "rgb"))
        )
    except ValueError:
        return ""
    return "#{:02x}{:02x}{:02x}".format(*found[:3])


def readable(asked: str, ground: str) -> str:
    """The colour, or the nearest one toward black or white that reads on its ground; "" for black."""
    shade = asked or BLACK
    end = BLACK if _light(ground) > 0.18 else WHITE
    for _ in range(12):
        if contrast(shade, ground) >= READABLE:
            return "" if shade == BLACK else shade
        shade = _toward(shade, end)
    return "" if end == BLACK else end


def contrast(one: str, other: str) -> float:
    """1 to 21 (WCAG 2.2, contrast ratio)."""
    a, b = sorted((_light(one), _light(other)))
    return (b + 0.05) / (a + 0.05)


def _light(shade: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def pale(shade: str) -> bool:
    """Whether black reads on the ground as on paper."""
    return _light(shade) > 0.8


def _toward(shade: str, end: str) -> str:
    parts = [round(int(shade[at : at + 2], 16) * 0.75 + int(end[at : at + 2], 16) * 0.25) for at in (1, 3, 5)]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def align_of(attributes: Attributes, style: Mapping[str, str], before: Align) -> Align:
    """How the lines of the element are set; before: how those around it are."""
    given = style.get("text-align") or (attributes.get("align") or "").lower()
    return _ALIGN.get(given, "") if given else before


def size_of(style: Mapping[str, str], before: float) -> float:
    """Times the size of the text, between 0.75 and 1.8."""
    given = _NUMBER.match(style.get("font-size", ""))
    if not given:
        return before
    number, unit = float(given[1]), given[2]
    times = before * number / 100 if unit == "%" else before * number if unit == "em" else 0.0
    times = times or number * _PIXELS[unit] / _TEXT
    times = 1.0 if 0.84 <= times <= 1.18 else times  # 12 to 16 pixels: the text
    return round(min(max(times, 0.75), 1.8), 2)


def font_size(given: str | None, before: float) -> float:
    """Of ``<font size>``."""
    return _FONT_SIZES.get((given or "").strip(), before)


def pixels(given: str | None) -> float:
    """Of a width or a height; 0 when it is not given in a unit of length."""
    found = _NUMBER.match(given or "")
    return float(found[1]) * _PIXELS[found[2].lower()] if found and found[2] != "%" else 0.0


def percent(given: str | None) -> float:
    """0 when it is not given in percent."""
    found = _NUMBER.match(given or "")
    return float(found[1]) if found and found[2] == "%" else 0.0


def framed(attributes: Attributes, style: Mapping[str, str]) -> bool:
    """Whether the element has a border on every side."""
    given = attributes.get("border")
    return _line(style.get("border", "")) or (
        given is not None and given.strip() not in ("", "0", "0px", "none")
    )


def above_below(style: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether the element has a line above it, and one below it."""
    around = style.get("border", "")
    return _line(style.get("border-top", around)), _line(style.get("border-bottom", around))


def _line(value: str) -> bool:
    return bool(value) and not re.search(
        r"\bnone\b|\bhidden\b|(?<![\d.#])0(?:px|pt|em)?(?:\s|$)|\bwhite\b|#fff(?:fff)?\b", value
    )
