"""HTML mail -> the text that its reader sees.  Nothing runs, nothing is fetched."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SKIP = frozenset(
    {"script", "style", "head", "title", "meta", "noscript", "template", "svg", "object", "iframe"}
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_PARAGRAPH = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_NO_SIZE = re.compile(  # nothing, or a dot
    r"font-size\s*:\s*(?:0+(?:\.0+)?(?:px|pt|r?em|%)?|(?:1|[01]?\.\d+)(?:px|pt))\s*(?:!important\s*)?(?:;|$)",
    re.I,
)
_SIZE = re.compile(r"font-size\s*:\s*\w", re.I)
_ORDINARY = 500  # letters of a style that is remembered
_SPACES = re.compile(r"[ \t\r\n]+")
_BLANKS = re.compile(r"[ \t]+")
_MAX_DEPTH = 400
_DEEP = 350  # elements within each other; a parser's time grows with the square of what is beyond
_NESTING = re.compile(
    r"<(/?)(?:div|span|table|blockquote|center|font|section|article|b|i|u|em|strong|ul|ol|dl|details|summary|dialog|menu"
    r"|dir|listing|pre|fieldset|address|aside|main|header|footer|nav|figure|figcaption|hgroup|search)\b[^>]*>",
    re.I,
)
_LONG_TAG, _ATTRIBUTES = 20_000, 1000  # a parser's time grows with the square of a tag's attributes
_TAG = re.compile(r"""<[a-zA-Z](?:"[^"]{0,5000}+"|'[^']{0,5000}+'|[^>])*+""")


def shallow(html: str) -> str:
    """The HTML without the tags that lie deeper than any mail's and attributes beyond any mail's; every word stays."""
    if len(html) > _LONG_TAG:
        html = _TAG.sub(_few_attributes, html)
    if html.count("<") <= _DEEP:
        return html
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest <= _DEEP:
        return html
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        before = depth
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        return tag[0] if max(before, depth) <= _DEEP else " "

    return _NESTING.sub(kept, html)


def _few_attributes(tag: re.Match[str]) -> str:
    words = tag[0].split(None, _ATTRIBUTES) if len(tag[0]) > _LONG_TAG else ()
    return " ".join(words[:_ATTRIBUTES]) if len(words) > _ATTRIBUTES else tag[0]


def visible_text(html: str) -> str:
    """Visible text: one line a block and a table row, links by their words, no scripts, styles or hidden parts."""
    body = LexborHTMLParser(shallow(html)).body
    if body is None:
        return ""
    out: list[str] = []
    _walk(body, out, 0, pre=False)
    text = "".join(out).replace("\xa0", " ")
    lines = [_BLANKS.sub(" ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _walk(node: LexborNode, out: list[str], depth: int, *, pre: bool) -> None:
    child = node.child
    while child is not None:
        tag = child.tag or ""
        if tag == "-text":
            words = child.text(deep=False) or ""
            out.append(words if pre else _SPACES.sub(" ", words))
        elif tag == "br":
            out.append("\n")
        elif tag not in _SKIP and not tag.startswith("-") and not _hidden(child):
            if depth < _MAX_DEPTH:
                _element(child, tag, out, depth, pre=pre or tag == "pre")
            else:
                out.append(child.text(deep=True, separator=" ") or "")
        child = child.next


def _element(node: LexborNode, tag: str, out: list[str], depth: int, *, pre: bool) -> None:
    block = tag in _BLOCK
    if block:
        _new_line(out)
        if tag in _PARAGRAPH:
            out.append("\n")
    start = len(out)
    if tag == "blockquote":
        inner: list[str] = []
        _walk(node, inner, depth + 1, pre=pre)
        quoted = "".join(inner).strip("\n")
        out.append("\n".join(f"> {line.strip()}" for line in quoted.split("\n")))
    else:
        _walk(node, out, depth + 1, pre=pre)
    if tag in ("td", "th") and len(out) > start:
        out.append("  ")
    if block:
        _new_line(out)
        if tag in _PARAGRAPH:
            out.append("\n")


def _new_line(out: list[str]) -> None:
    for piece in reversed(out):
        if piece.endswith("\n"):
            return
        if piece.strip(" "):
            break
    if out:
        out.append("\n")


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = attributes.get("style")
    return "hidden" in attributes or bool(style and (_matches(_HIDDEN, style) or sizeless(node, style)))


def _matches(pattern: re.Pattern[str], style: str) -> bool:
    """A mail repeats a few styles in hundreds of places."""
    return _known(pattern, style) if len(style) <= _ORDINARY else bool(pattern.search(style))


@lru_cache(maxsize=2000)
def _known(pattern: re.Pattern[str], style: str) -> bool:
    return bool(pattern.search(style))


def sizeless(node: LexborNode, style: str) -> bool:
    """Whether an element's words have no size.  Layouts set it to 0 around columns, whose own words have one."""
    if not _matches(_NO_SIZE, style):
        return False
    within = (inner.attributes.get("style") or "" for inner in node.css("[style]") if inner != node)
    return not any(_SIZE.search(own) and not _NO_SIZE.search(own) for own in within)
