"""Small questions to the parser's nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from recours.papers.mail_view.style import Attributes, hidden, pixels
from recours.reading.html import sizeless

_ICON = 48  # pixels


def children(node: LexborNode, *tags: str) -> Iterator[LexborNode]:
    """The elements directly within one, of these tags."""
    child = node.child
    while child is not None:
        if child.tag in tags:
            yield child
        child = child.next


def rows_of(node: LexborNode) -> Iterator[LexborNode]:
    """The rows and captions of a table, in order, not those of tables within it."""
    for part in children(node, "caption", "tr", "thead", "tbody", "tfoot"):
        if part.tag in ("caption", "tr"):
            yield part
        else:
            yield from children(part, "tr")


def span(given: str | None) -> int:
    """``colspan`` or ``rowspan``; 1 when it means nothing."""
    return max(1, min(int(given), 1_000)) if given and given.strip().isdecimal() else 1


def first_number(node: LexborNode) -> int:
    """Where an ordered list begins."""
    given = (node.attributes.get("start") or "").strip()
    return int(given) if given.isdecimal() and len(given) < 6 else 1


def field_words(attributes: Attributes) -> str:
    """What a field of a form shows."""
    kind = (attributes.get("type") or "").lower()
    if kind in ("checkbox", "radio"):
        return " [x] " if "checked" in attributes else " [ ] "
    return "" if kind in ("hidden", "password") else f" {attributes.get('value') or ''} "


def options(node: LexborNode) -> tuple[str, str]:
    """Of a choice: the words that are seen, and those that are not until it is opened."""
    found = [(" ".join(o.text(deep=True).split()), "selected" in o.attributes) for o in node.css("option")]
    at = next((n for n, (_, chosen) in enumerate(found) if chosen), 0)
    words = [text for text, _ in found]
    return " ".join(words[at : at + 1]), " | ".join(filter(None, words[:at] + words[at + 1 :]))


def is_small_drawing(attributes: Attributes, style: Mapping[str, str]) -> bool:
    """Whether a drawing is an icon: said to say nothing, or no larger than a letter or two."""
    sides = [pixels(attributes.get(name)) or pixels(style.get(name)) for name in ("width", "height")]
    return attributes.get("aria-hidden") == "true" or 0 < max(sides) <= _ICON


def leads_elsewhere(address: str, words: str) -> bool:
    """Whether a link's words do not tell its address."""
    bare = re.sub(r"^(mailto:|tel:|https?://(www\.)?)", "", address, flags=re.I).rstrip("/")
    return bool(bare) and address[0] != "#" and bare.lower() not in words.lower()


def unseen(node: LexborNode, style: Mapping[str, str]) -> bool:
    """Whether a reader of the mail does not see the element."""
    if node.tag == "dialog" and "open" not in node.attributes:
        return True
    return hidden(node.attributes, style) or sizeless(node, f"font-size:{style.get('font-size', '')}")


def words_in(node: LexborNode) -> str:
    """All words of an element, those that stand for its pictures and fields last, one space between them; "" when they
    show nothing."""
    stand = node.css("img[alt], input[value]:not([type=hidden], [type=password])")
    words = [inner.attributes.get("alt" if inner.tag == "img" else "value") or "" for inner in stand]
    text = " ".join(" ".join((node.text(deep=True, separator=" ") or "", *words)).split()).strip(
        "\u200b\u200c\u200d\u00ad\u034f\ufeff "
    )
    return text if re.search(r"\w", text) else ""
