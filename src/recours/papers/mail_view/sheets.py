"""Style sheets -> the rules of them that a page here can draw (CSS 2.2; Selectors 4, the part that mails use).

At-rules are dropped whole: what they say holds on some screens only (``@media``, the dark ones too), or is elsewhere
(``@import``, ``@font-face``).  No address is kept of a value, so none can be fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec
import tinycss2
from selectolax.lexbor import LexborHTMLParser, SelectolaxError
from tinycss2.ast import Declaration, FunctionBlock, IdentToken, LiteralToken, Node, QualifiedRule

from recours.papers.mail_view.values import DRAWN, HIDING, shows_nothing

MAX_CSS = 400_000  # characters of all sheets of a page that are read
_MAX_SELECTOR = 300  # characters
_PSEUDO = frozenset(
    {"any-link", "first-child", "first-of-type", "last-child", "last-of-type", "link", "only-child", "root"}
)  # the others speak of a mouse, a form, or words that the page does not have
_FUNCTIONS = frozenset({"not", "nth-child", "nth-last-child", "nth-of-type"})
_ROOT = 16.0  # pixels of the text of a page that does not say
_OUTER = re.compile(
    r"(?:html|body|:root|\*|(?=[.#\[]))(?:[.#]-?[_a-z][\w-]{0,60}|\[[\w-]{1,40}(?:[~|^$*]?=[\"']?[\w -]{0,60}[\"']?)?\]){0,6}",
    re.I,
)
_REM = re.compile(r"\d+(?:\.\d+)?rem")
_MAX_NAMED, _MAX_WITHIN = 40, 6  # parts of a named value; names within each other

Values = Sequence[Node]


class Rule(msgspec.Struct, frozen=True):
    """selector: one; needs: the classes (".x") and identifiers ("#x") that a page must have for it; declared: name,
    value, whether it is important."""

    selector: str
    needs: frozenset[str]
    declared: tuple[tuple[str, str, bool], ...]

    def text(self, *, hiding: bool) -> str:
        """hiding: with what makes an element unseen.  "" when nothing is left."""
        kept = (
            f"{name}:{value}{'!important' if important else ''}"
            for name, value, important in self.declared
            if hiding or not (name in HIDING or shows_nothing(name, value))
        )
        declared = ";".join(kept)
        return f"{self.selector}{{{declared}}}" if declared else ""


@lru_cache(maxsize=16)  # a shop's mails have the same sheets
def drawn_rules(sheets: tuple[str, ...], outer: str = "<html><body>") -> tuple[Rule, ...]:
    """sheets: texts, in order, ``MAX_CSS`` characters at most; outer: the page's first tags, for what sheets say of the page
    as a whole.  Raises RecursionError for brackets without end, nothing else on any text."""
    rules = [
        (one.prelude, tinycss2.parse_blocks_contents(one.content, skip_comments=True, skip_whitespace=True))
        for sheet in sheets
        for one in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        if isinstance(one, QualifiedRule)
    ]
    page = LexborHTMLParser(outer)
    named: dict[str, Values] = {}
    root = _ROOT
    for prelude, within in rules:
        own = [d for d in within if isinstance(d, Declaration)]
        own = [d for d in own if d.name.startswith("--") or d.lower_name == "font-size"]
        where = {_of(tinycss2.serialize(one).strip(), page) for one in _parted(prelude)} if own else {""}
        for declared in own if where != {""} else ():
            if declared.name.startswith("--"):
                if len(declared.value) <= _MAX_NAMED:
                    named[declared.name] = declared.value
            elif "html" in where:
                root = _pixels(declared.value) or root
    return tuple(_read(rules, named, root / _ROOT))


def _of(selector: str, page: LexborHTMLParser) -> str:
    """ "html" or "body" when the selector is of one of them, by itself; else ""."""
    if not _OUTER.fullmatch(selector):
        return ""
    try:
        node = page.css_first(selector)
    except SelectolaxError:
        return ""
    return (node.tag or "") if node else ""


def _pixels(value: Values) -> float:
    """A size of letters, within reason; 0 when it is none."""
    sizes = [text for _, text in DRAWN["font-size"](value)]
    times: dict[str, float] = {"%": _ROOT / 100, "px": 1.0, "em": _ROOT, "rem": _ROOT, "pt": 4 / 3}
    for unit, each in times.items():
        if (
            sizes
            and sizes[0].endswith(unit)
            and (number := sizes[0].removesuffix(unit)).strip("0123456789.") == ""
        ):
            return min(max(float(number) * each, 5.0), 40.0)
    return 0.0


def _read(
    rules: Sequence[tuple[Values, Sequence[Node]]], named: Mapping[str, Values], scale: float
) -> Iterator[Rule]:
    for prelude, within in rules:
        declared = tuple(_declared(within, named, scale))
        if not declared:
            continue
        for selector in _parted(prelude):
            needs = _needs(selector)
            if needs is not None and len(text := tinycss2.serialize(selector).strip()) <= _MAX_SELECTOR:
                yield Rule(text, needs, declared)


def _declared(
    within: Sequence[Node], named: Mapping[str, Values], scale: float
) -> Iterator[tuple[str, str, bool]]:
    """scale: of the page's own text, for what is measured in it (rem)."""
    for one in within:
        if isinstance(one, Declaration) and (read := DRAWN.get(one.lower_name)):
            value = _named_values(one.value, named)
            for name, said in read(value) if value is not None else ():
                text = f"{float(said[:-3]) * scale:.4f}rem" if _REM.fullmatch(said) else said
                yield name, text, one.important
                if one.important and name == "background":  # stands above a mail's own background-color too
                    yield "background-color", text, True


def _named_values(value: Values, named: Mapping[str, Values], within: int = 0) -> tuple[Node, ...] | None:
    """The value with ``var(--name)`` replaced by what the sheets name so; None when one is not named."""
    out: list[Node] = []
    for token in value:
        if not (isinstance(token, FunctionBlock) and token.lower_name == "var"):
            out.append(token)
            continue
        name = next((a.value for a in token.arguments if isinstance(a, IdentToken)), "")
        comma = next((n for n, a in enumerate(token.arguments) if a == ","), len(token.arguments))
        given = named.get(name, token.arguments[comma + 1 :])
        found = _named_values(given, named, within + 1) if given and within < _MAX_WITHIN else None
        if found is None or len(out) > _MAX_NAMED:
            return None
        out += found
    return tuple(out)


def _parted(prelude: Values) -> Iterator[list[Node]]:
    """The selectors between commas."""
    part: list[Node] = []
    for token in prelude:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _needs(selector: Sequence[Node]) -> frozenset[str] | None:
    """None when the selector is none, or asks for what a page on paper has not."""
    needs: set[str] = set()
    before: Node | None = None
    for token in selector:
        after = before.value if isinstance(before, LiteralToken) else ""
        if token.type == "hash":
            needs.add(f"#{token.value}")
        elif token.type == "ident":
            if after == ".":
                needs.add(f".{token.value}")
            elif after == ":" and token.lower_value not in _PSEUDO:
                return None
        elif token.type == "function":
            if (
                after != ":"
                or token.lower_name not in _FUNCTIONS
                or ":" in tinycss2.serialize(token.arguments)
            ):
                return None
        elif token.type == "literal":
            if token.value not in ".>+~*:" or (token.value == ":" and after == ":"):
                return None
        elif token.type not in ("whitespace", "[] block"):
            return None
        before = token
    return frozenset(needs) if before is not None else None
