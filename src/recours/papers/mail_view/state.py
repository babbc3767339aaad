"""What an element means for what stands within it: look, ground, alignment, direction."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from recours.papers.mail_view.style import WHITE, Attributes, align_of, colour, font_size, readable, size_of
from recours.papers.mail_view.types import Align, Look

SKIP = frozenset(
    {
        "script",
        "style",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "noscript",
        "template",
        "object",
        "applet",
        "param",
        "source",
        "track",
        "datalist",
    }
)
FOREIGN = frozenset({"iframe", "video", "audio", "embed", "svg", "canvas", "math"})
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var", "address"})
_STRUCK = frozenset({"s", "del", "strike"})
_MONO = frozenset({"pre", "code", "tt", "kbd", "samp"})
SPACED = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "table",
        "pre",
        "figure",
        "fieldset",
    }
)
_CLOSED = frozenset(
    {
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "legend",
        "li",
        "main",
        "nav",
        "option",
        "optgroup",
        "section",
        "select",
        "summary",
        "textarea",
        "button",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
    }
)
BLOCKS = SPACED | _CLOSED
HEADINGS = {f"h{n}": (n, size) for n, size in enumerate((1.55, 1.3, 1.15, 1.0, 1.0, 0.9), 1)}


class State(msgspec.Struct, frozen=True):
    """ink: the colour that the mail asks for, before it is made readable; depth: elements around."""

    look: Look
    ground: str = WHITE
    ink: str = ""
    align: Align = ""
    rtl: bool = False
    pre: bool = False
    depth: int = 0


def within(before: State, tag: str, attributes: Attributes, style: Mapping[str, str], fill: str) -> State:
    """What holds within an element."""
    look = before.look
    block = tag in BLOCKS or tag in ("ul", "ol", "menu")
    ground = fill or before.ground
    ink = colour(style.get("color") or (attributes.get("color") if tag == "font" else "") or "") or before.ink
    weight = style.get("font-weight", "")
    size = HEADINGS[tag][1] if tag in HEADINGS else look.size
    size = (
        font_size(attributes.get("size"), size)
        if tag == "font"
        else size * 0.85
        if tag in ("small", "sub", "sup")
        else size
    )
    heavy = weight in ("bold", "bolder", "600", "700", "800", "900")
    look = msgspec.structs.replace(
        look,
        bold=heavy or (not weight and (look.bold or tag in _BOLD)) or (weight == "inherit" and look.bold),
        italic=look.italic or tag in _ITALIC or style.get("font-style", "") in ("italic", "oblique"),
        strike=look.strike or tag in _STRUCK or "line-through" in style.get("text-decoration", ""),
        underline=_underlined(look, tag, attributes, style),
        mono=look.mono or tag in _MONO,
        colour=readable(ink, ground),
        fill=look.fill
        if not fill
        else ""
        if block or tag in ("td", "th", "tr", "table", "blockquote")
        else fill,
        size=size_of(style, size),
    )
    around = before.align or ("center" if tag == "th" else "")  # as HTML sets headings of a table
    own = {} if tag == "table" else attributes  # a table's "align" is where it stands, not its words
    direction = (attributes.get("dir") or style.get("direction") or "").lower()
    return State(
        look=look,
        ground=ground,
        ink=ink,
        align="center" if tag == "center" else align_of(own, style, around) if block else before.align,
        rtl=direction == "rtl" if direction in ("rtl", "ltr") else before.rtl,
        pre=before.pre or tag in ("pre", "textarea") or style.get("white-space", "").startswith("pre"),
        depth=before.depth + 1,
    )


def _underlined(look: Look, tag: str, attributes: Attributes, style: Mapping[str, str]) -> bool:
    given = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if "none" in given and tag == "a":
        return False
    return (
        look.underline or "underline" in given or tag in ("u", "ins") or (tag == "a" and "href" in attributes)
    )
