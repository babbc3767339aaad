"""Values of CSS, as parsed -> the few names and values that ``style`` reads: one colour for a ground, no address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import tinycss2
from tinycss2.ast import FunctionBlock, Node
from tinycss2.color4 import Color, parse_color

Said = Iterator[tuple[str, str]]
_MAX_VALUE = 80  # characters
_LENGTHS = frozenset({"dimension", "percentage", "number"})
_SIZES = {"xx-small": "9px", "x-small": "10px", "small": "13px", "medium": "16px", "large": "18px", "x-large": "24px",
          "xx-large": "32px", "smaller": "0.85em", "larger": "1.2em"}  # fmt: skip
_WEIGHTS = frozenset({"bold", "bolder", "lighter", "normal", *(str(n) for n in range(100, 1000, 100))})
_SLANTS = frozenset({"italic", "oblique"})
HIDING = frozenset({"display", "visibility", "opacity", "max-height", "mso-hide"})


def shows_nothing(name: str, value: str) -> bool:
    """Whether a size of letters leaves nothing of them, or a dot."""
    digits = value.rstrip("abcdefghijklmnopqrstuvwxyz%")
    return name == "font-size" and float(digits or 1) < (2 if value.endswith(("px", "pt")) else 1e-9)


def _colour(value: Sequence[Node]) -> Said:
    found = _shade(value[0]) if len(value) == 1 else ""
    if found:
        yield "color", found


def _ground(value: Sequence[Node]) -> Said:
    """The first colour, also of a gradient; a picture alone lets its ground through."""
    inside = [part for token in value for part in _and_within(token)]
    yield "background", next((found for part in inside if (found := _shade(part))), "transparent")


def _and_within(token: Node) -> Sequence[Node]:
    gradient = isinstance(token, FunctionBlock) and "gradient" in token.lower_name
    return token.arguments if gradient else (token,)


def _shade(token: Node) -> str:
    """ "#rrggbb" as it looks on white; "transparent"; "" when the token is no colour that is known."""
    found = parse_color(token)
    if not isinstance(found, Color):
        return "inherit" if token.type == "ident" and token.lower_value == "inherit" else ""
    try:
        parts = found.to("srgb").coordinates
    except NotImplementedError:  # a colour that no screen of sRGB has
        return ""
    alpha = min(max(found.alpha, 0.0), 1.0)
    if alpha == 0:
        return "transparent"
    blended = (min(max(part or 0.0, 0.0), 1.0) * alpha + 1 - alpha for part in parts)
    return "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in blended))


def _size(value: Sequence[Node]) -> Said:
    found = _length(value[0]) if len(value) == 1 else ""
    word = value[0].lower_value if len(value) == 1 and value[0].type == "ident" else ""
    if found or word in _SIZES:
        yield "font-size", found or _SIZES[word]


def _length(token: Node) -> str:
    """A number with its unit, not negative."""
    if token.type not in _LENGTHS or not 0 <= token.value < 100_000:
        return ""
    unit = {"dimension": "", "percentage": "%", "number": ""}[token.type]
    return f"{token.value:.4f}".rstrip("0").rstrip(".") + (
        token.lower_unit if token.type == "dimension" else unit
    )


def _font(value: Sequence[Node]) -> Said:
    """The shorthand: what it does not say is ordinary again."""
    words = {token.lower_value for token in value if token.type == "ident"}
    if "inherit" in words:
        return
    words |= {str(token.int_value) for token in value if token.type == "number"}
    yield "font-weight", next(iter(sorted(words & _WEIGHTS - {"normal"})), "normal")
    yield "font-style", "italic" if words & _SLANTS else "normal"
    sizes = (token for token in value if token.type in ("dimension", "percentage"))
    if (first := next(sizes, None)) is not None:
        yield from _size((first,))


def _plain(name: str) -> Callable[[Sequence[Node]], Said]:
    """The value as it stands, when no address or sum is in it."""

    def read(value: Sequence[Node]) -> Said:
        if not any(token.type in ("function", "url", "error", "{} block") for token in value):
            text = tinycss2.serialize(value).strip().lower()
            if text and len(text) <= _MAX_VALUE:
                yield name, text

    return read


def _side(name: str) -> Callable[[Sequence[Node]], Said]:
    """A width or a height."""

    def read(value: Sequence[Node]) -> Said:
        token = value[0] if len(value) == 1 else None
        if token is not None and (found := "auto" if token.type == "ident" else _length(token)):
            yield name, found

    return read


def _border(name: str) -> Callable[[Sequence[Node]], Said]:
    """Width, style and colour, the colour as one word."""

    def read(value: Sequence[Node]) -> Said:
        parts = (_shade(token) or tinycss2.serialize([token]).strip().lower() for token in value)
        text = " ".join(part for part in parts if part)
        if text and len(text) <= _MAX_VALUE and "(" not in text:
            yield name, "none" if "transparent" in text else text

    return read


def _trimmed(read: Callable[[Sequence[Node]], Said]) -> Callable[[Sequence[Node]], Said]:
    def trimmed(value: Sequence[Node]) -> Said:
        kept = [token for token in value if token.type not in ("whitespace", "comment")]
        return read(kept) if kept else iter(())

    return trimmed


DRAWN: Mapping[str, Callable[[Sequence[Node]], Said]] = {
    "background": _trimmed(_ground),
    "background-color": _trimmed(_ground),
    "border": _trimmed(_border("border")),
    "border-bottom": _trimmed(_border("border-bottom")),
    "border-top": _trimmed(_border("border-top")),
    "color": _trimmed(_colour),
    "font": _trimmed(_font),
    "font-size": _trimmed(_size),
    "height": _trimmed(_side("height")),
    "max-height": _trimmed(_side("max-height")),
    "width": _trimmed(_side("width")),
    **{
        name: _plain(name)
        for name in ("direction", "display", "font-style", "font-weight", "list-style", "list-style-type", "mso-hide", "opacity", "text-align",
                     "text-decoration", "text-decoration-line", "visibility", "white-space")
    },
}  # fmt: skip
