"""HTML mail -> the text that its reader sees.  Nothing runs, nothing is fetched."""

from __future__ import annotations

import re

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
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px)?\s*(?:;|$)", re.I
)
_MAX_DEPTH = 400


def visible_text(html: str) -> str:
    """Visible text: one line a block and a table row, links by their words, no scripts, styles or hidden parts."""
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    out: list[str] = []
    _walk(body, out, 0, pre=False)
    text = "".join(out).replace("\xa0", " ")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _walk(node: LexborNode, out: list[str], depth: int, *, pre: bool) -> None:
    child = node.child
    while child is not None:
        tag = child.tag or ""
        if tag == "-text":
            words = child.text(deep=False) or ""
            out.append(words if pre else re.sub(r"[ \t\r\n]+", " ", words))
        elif tag == "br":
            out.append("\n")
        elif tag not in _SKIP and not tag.startswith("-") and not _hidden(child) and depth < _MAX_DEPTH:
            _element(child, tag, out, depth, pre=pre or tag == "pre")
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
    return "hidden" in attributes or bool(style and _HIDDEN.search(style))
