"""A mail's HTML -> the same with its style sheets written into the elements' own ``style``, as a browser would weigh
them.  Nothing is fetched; the words stay as they are, else the sheets are not applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

import msgspec
from css_inline import CSSInliner, InlineError
from selectolax.lexbor import LexborHTMLParser

from recours.papers.mail_view.sheets import MAX_CSS, Rule, drawn_rules
from recours.papers.mail_view.state import SKIP
from recours.papers.mail_view.style import OWN_STYLE

Carried = Callable[[str], str]
MAX_WORK = 10_000_000  # rules times elements: a second or two at the worst
MAX_TAGS = 80_000  # of a page whose sheets are followed
_DEEPEST = 250  # elements within each other; css-inline needs a kilobyte of its thread's stack for each
_OWN = "data-recours-own"
_UNSHOWN = sorted(SKIP - {"head", "link", "meta", "source", "track", "param", "base"})
_ASKED = re.compile(r"class|id|lang|dir|data-[\w-]{1,40}")
_MEDIA = frozenset({"", "all", "screen"})  # of a whole sheet; what asks for more of a screen is not this page


class Styled(msgspec.Struct, frozen=True):
    """tree: to be read; applied: whether sheets were; refused: whether there are sheets that could not be; absent:
    addresses of sheets that the mail does not carry."""

    tree: LexborHTMLParser
    applied: bool = False
    refused: bool = False
    absent: tuple[str, ...] = ()


def styled(html: str, carried: Carried, *, hiding: bool = True) -> Styled:
    """carried: address of a sheet -> its text, "" when the mail does not carry it; hiding: whether sheets may hide."""
    tree = LexborHTMLParser(html)
    sheets, absent = _sheets(tree, carried)
    tree.strip_tags(_UNSHOWN)  # parsers differ on what is within
    if not sheets or tree.body is None:
        return Styled(tree, absent=absent)
    refused = Styled(tree, refused=True, absent=absent)
    if sum(map(len, sheets)) > MAX_CSS or html.count("<") > MAX_TAGS or _is_deep(tree):
        return refused
    try:
        rules = _here(tree, drawn_rules(sheets, _outer(tree)))
    except RecursionError:  # brackets within brackets without end
        return refused
    css = "\n".join(filter(None, (rule.text(hiding=hiding) for rule in rules)))
    css = css.encode("utf-8", "replace").decode()  # an escape may stand for half a character
    if not css:
        return Styled(tree, absent=absent)
    if len(rules) * html.count("<") > MAX_WORK:
        return refused
    words = _words(tree)
    _set_aside(tree)
    inliner = CSSInliner(
        inline_style_tags=False, load_remote_stylesheets=False, keep_style_tags=True, extra_css=css
    )
    try:
        written = inliner.inline(tree.html or "")
    except InlineError:
        return _without(html, absent)
    found = LexborHTMLParser(written)
    found.strip_tags(_UNSHOWN)
    if _words(found) != words:
        return _without(html, absent)
    _bring_back(found)
    return Styled(found, applied=True, absent=absent)


def _without(html: str, absent: tuple[str, ...]) -> Styled:
    tree = LexborHTMLParser(html)
    tree.strip_tags(_UNSHOWN)
    return Styled(tree, refused=True, absent=absent)


def _sheets(tree: LexborHTMLParser, carried: Carried) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Texts of the sheets in order, and addresses of those that are not here."""
    found: list[str] = []
    absent: list[str] = []
    for node in tree.css("style, link"):
        given = node.attributes
        if " ".join((given.get("media") or "").lower().split()) not in _MEDIA:
            continue
        if node.tag == "style":
            found.append(node.text(deep=True) or "")
        elif (given.get("rel") or "").lower().split() == ["stylesheet"]:
            address = (given.get("href") or "").strip()
            text = carried(address)
            (found if text else absent).append(text or address)
    return tuple(text for text in found if text.strip()), tuple(dict.fromkeys(filter(None, absent)))


def _is_deep(tree: LexborHTMLParser) -> bool:
    level = [node for node in (tree.root,) if node]
    for _ in range(_DEEPEST):
        level = [inner for node in level for inner in node.iter()]
        if not level:
            return False
    return True


def _outer(tree: LexborHTMLParser) -> str:
    """The page's first tags, with what sheets may ask of them."""
    tags = []
    for node in (tree.root, tree.body):
        given = node.attributes if node else {}
        told = "".join(
            f' {name}="{escape(value or "")}"' for name, value in given.items() if _ASKED.fullmatch(name)
        )
        tags.append(f"<{node.tag if node else 'p'}{told}>")
    return "".join(tags)


def _here(tree: LexborHTMLParser, rules: Sequence[Rule]) -> list[Rule]:
    """The rules that this page has the classes and identifiers for."""
    names: set[str] = set()
    for node in tree.css("[class], [id]"):
        given = node.attributes
        names.update(f".{name}" for name in (given.get("class") or "").split())
        names.add(f"#{given.get('id') or ''}")
    return [rule for rule in rules if rule.needs <= names]


def _words(tree: LexborHTMLParser) -> str:
    return "".join((tree.body.text(deep=True) if tree.body else "").split())


def _set_aside(tree: LexborHTMLParser) -> None:
    """Own styles, which may be any text, out of the way of the sheets'."""
    for node in tree.css(f"[style], [{_OWN}]"):
        own = node.attributes.get("style")
        if own is None:
            del node.attrs[_OWN]
        else:
            node.attrs[_OWN] = own
            del node.attrs["style"]


def _bring_back(tree: LexborHTMLParser) -> None:
    """Own declarations over those of the sheets, unless a sheet's is important and theirs is not."""
    for node in tree.css("[style]"):
        given = node.attributes
        said = dict(_declarations(given.get("style") or ""))
        for name, value in _declarations((given.get(_OWN) or "")[:OWN_STYLE]):
            if "!important" not in said.get(name, "") or "!important" in value:
                said[name] = value
        node.attrs["style"] = ";".join(f"{name}:{value}" for name, value in said.items())
    for node in tree.css(f"[{_OWN}]:not([style])"):
        node.attrs["style"] = node.attributes.get(_OWN) or ""


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if value:
            yield name.strip().lower(), value.strip()
