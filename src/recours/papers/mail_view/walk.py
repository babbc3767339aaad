"""One way through the elements of a mail: its blocks, and what is left out of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborNode

from recours.papers.mail_view.flow import Flow
from recours.papers.mail_view.nodes import (
    children,
    field_words,
    first_number,
    is_small_drawing,
    leads_elsewhere,
    options,
    rows_of,
    span,
    unseen,
    words_in,
)
from recours.papers.mail_view.pictures import POINTS, Album, Drawn
from recours.papers.mail_view.state import BLOCKS, FOREIGN, HEADINGS, SKIP, SPACED, State, within
from recours.papers.mail_view.style import (
    WHITE,
    above_below,
    fill_of,
    framed,
    percent,
    pixels,
    style_of,
)
from recours.papers.mail_view.tables import Given, table
from recours.papers.mail_view.types import Block, Listing, Missing, Panel, Picture, Quote
from recours.papers.wording import phrase
from recours.words import Language

MAX_WORDS = 250_000  # characters that are shown; what is left is said
MAX_CELLS = 5_000
MAX_LINKS = 60
_MAX_DEPTH = 110  # elements within each other; below, words without their look
_WIDE = 380  # pixels from which a table is as wide as its mail
_DOT = 3  # pixels: a smaller remote picture only counts who opened the mail


class Walk:
    """One way through one mail: what is left of the room, and what was left out."""

    def __init__(self, album: Album, language: Language, *, quirks: bool) -> None:
        self.album, self.language, self.quirks = album, language, quirks
        self.room, self.cells = MAX_WORDS, MAX_CELLS
        self.hidden: list[str] = []
        self.links: dict[tuple[str, str], None] = {}
        self.dots: list[str] = []
        self.drawings = 0

    def inside(self, node: LexborNode, state: State) -> tuple[Block, ...]:
        """The blocks of an element that stands for itself (a cell, a quotation)."""
        flow = Flow()
        flow.open(state.align, state.rtl)
        self._children(node, state, flow)
        return flow.done()

    def _children(self, node: LexborNode, state: State, flow: Flow) -> None:
        if state.depth > _MAX_DEPTH:
            self._words(node.text(deep=True, separator=" ") or "", state, flow)
            return
        child = node.child
        while child is not None and self.room > 0:
            self._child(child, state, flow)
            child = child.next

    def _child(self, child: LexborNode, state: State, flow: Flow) -> None:
        tag = child.tag or ""
        if tag == "-text":
            self._words(child.text(deep=False) or "", state, flow)
        elif tag == "br":
            flow.add("\n", state.look, pre=True)
        elif tag not in SKIP and not tag.startswith("-"):
            self._element(child, tag, state, flow)

    def _words(self, text: str, state: State, flow: Flow) -> None:
        taken = text[: max(self.room, 0)]
        self.room -= len(taken) if taken.strip() else 0
        flow.add(taken, state.look, pre=state.pre)

    def _element(self, node: LexborNode, tag: str, before: State, flow: Flow) -> None:
        attributes, style = node.attributes, style_of(node.attributes)
        if unseen(node, style):
            self._hide(node)
            return
        fill = fill_of(attributes, style)
        state = within(before, tag, attributes, style, fill)
        if tag == "img":
            self._picture(attributes, style, flow)
        elif tag == "svg" and is_small_drawing(attributes, style):
            self.drawings += 1
            self._hide(node)
        elif tag in FOREIGN:
            flow.put(Missing(phrase(self.language, "mail_view.foreign", kind=tag)))
        elif tag == "input":
            self._words(field_words(attributes), state, flow)
        elif tag == "select":
            chosen, others = options(node)
            self._words(f" {chosen} ", state, flow)
            self.hidden += [others] if others else []
        elif tag == "hr":
            flow.rule()
        elif tag == "table":
            laid = self._table(node, attributes, style, state)
            above, below = above_below(style)
            flow.rule(above)
            flow.blocks(laid)
            flow.rule(below)
        elif tag == "blockquote":
            inner = self.inside(node, state)
            flow.blocks((Quote(inner),) if inner else ())
        elif tag in ("ul", "ol", "menu"):
            unmarked = "none" in style.get("list-style-type", style.get("list-style", ""))
            flow.blocks(self.inside(node, state) if unmarked else self._list(node, tag, state))
        elif tag in BLOCKS:
            frame = framed(attributes, style)
            above, below = (False, False) if frame else above_below(style)
            flow.rule(above)
            self._block(node, tag, before, state, flow, frame, fill)
            flow.rule(below)
        elif tag == "a":
            mark = flow.mark()
            self._children(node, state, flow)
            self._link(attributes.get("href") or "", flow.since(mark))
        else:
            self._children(node, state, flow)

    def _hide(self, node: LexborNode) -> None:
        words = words_in(node)
        self.hidden += [words] if words else []

    def _block(
        self, node: LexborNode, tag: str, before: State, state: State, flow: Flow, frame: bool, fill: str
    ) -> None:
        level = HEADINGS.get(tag, (0, 1.0))[0]
        if frame or (fill and fill != before.ground):
            inner = self.inside(node, state)
            flow.blocks((Panel(inner, fill if fill != before.ground else "", frame),) if inner else ())
            return
        flow.open(state.align, state.rtl, level=level, loose=tag in SPACED)
        self._children(node, state, flow)
        flow.open(before.align, before.rtl, loose=tag in SPACED)

    def _list(self, node: LexborNode, tag: str, state: State) -> tuple[Block, ...]:
        items, marks = [], []
        number = first_number(node)
        child = node.child
        while child is not None:
            flow, mark = Flow(), ""  # words and lists may also stand between the items
            flow.open(state.align, state.rtl)
            if child.tag == "li":
                mark, number = f"{number}." if tag == "ol" else "•", number + 1
                blocks = self._item(child, state)
            else:
                self._child(child, state, flow)
                blocks = flow.done()
            if blocks:
                items.append(blocks)
                marks.append(mark)
            child = child.next
        if not any(marks):
            return self.inside(node, state)
        return (Listing(tuple(items), tuple(marks)),)

    def _item(self, item: LexborNode, state: State) -> tuple[Block, ...]:
        style = style_of(item.attributes)
        if unseen(item, style):
            self._hide(item)
            return ()
        return self.inside(item, within(state, "li", item.attributes, style, ""))

    def _table(
        self, node: LexborNode, attributes: dict[str, str | None], style: dict[str, str], state: State
    ) -> tuple[Block, ...]:
        ruled = framed({"border": attributes.get("border")}, {}) and attributes.get("role") != "presentation"
        if self.quirks:  # a table takes no alignment from around it (HTML, 15.3.9)
            state = msgspec.structs.replace(state, align="")
        rows: list[list[Given]] = []
        above: list[Block] = []
        for row in rows_of(node):
            if row.tag == "caption":
                above += self.inside(row, state)
                continue
            rows.append(list(self._cells(row, state)))
        width = pixels(attributes.get("width")) or pixels(style.get("width"))
        share = percent(attributes.get("width")) or percent(style.get("width"))
        full = share >= 90 or width >= _WIDE
        laid = table(rows, full=full, ruled=ruled, rtl=state.rtl)
        ground = fill_of(attributes, style)
        if laid and ground and ground != WHITE and ground != state.ground:
            laid = (Panel(laid, ground, full=full),)
        return (*above, *laid)

    def _cells(self, row: LexborNode, state: State) -> Iterator[Given]:
        attributes, style = row.attributes, style_of(row.attributes)
        if unseen(row, style):
            self._hide(row)
            return
        ground = fill_of(attributes, style)
        of_row_above, of_row_below = above_below(style)
        of_row = within(state, "tr", attributes, style, ground)
        for cell in children(row, "td", "th"):
            self.cells -= 1
            own, look = cell.attributes, style_of(cell.attributes)
            if unseen(cell, look):
                self._hide(cell)
            elif self.cells > 0:
                fill = fill_of(own, look) or ground
                above, below = above_below(look)
                inside = within(of_row, cell.tag or "", own, look, fill)
                yield Given(
                    blocks=self.inside(cell, inside),
                    columns=span(own.get("colspan")),
                    rows=span(own.get("rowspan")),
                    fill="" if fill == state.ground else fill,
                    head=cell.tag == "th",
                    above=above or of_row_above,
                    below=below or of_row_below,
                    percent=percent(own.get("width")) or percent(look.get("width")),
                    pixels=pixels(own.get("width")) or pixels(look.get("width")),
                )

    def _picture(self, attributes: dict[str, str | None], style: dict[str, str], flow: Flow) -> None:
        alt = " ".join((attributes.get("alt") or "").split())[:300]
        sides = [pixels(attributes.get(name)) or pixels(style.get(name)) for name in ("width", "height")]
        found = self.album.look_up(attributes.get("src") or "")
        if isinstance(found, Drawn):
            width = sides[0] or (sides[1] * found.width / found.height if sides[1] else found.width)
            height = width * found.height / found.width
            if max(found.width, found.height) >= _DOT:
                flow.put(Picture(found.file, alt, width * POINTS, height * POINTS))
            return
        given = [attributes.get(name) or style.get(name) for name in ("width", "height")]
        if found.why == "remote" and any(given) and max(sides) < _DOT:
            self.dots.append(found.host)
            self.hidden += [alt] if re.search(r"\w", alt) else []
            return
        if found.why == "absent" and not attributes.get("src") and not alt:
            return
        words = phrase(self.language, f"mail_view.{found.why}", host=found.host)
        described = phrase(self.language, "mail_view.described", what=words, alt=alt) if alt else words
        flow.put(Missing(described, sides[0] * POINTS))

    def _link(self, address: str, words: str) -> None:
        address, words = " ".join(address.split()), " ".join(words.split())
        if leads_elsewhere(address, words) and len(self.links) < MAX_LINKS:
            self.links[words, address] = None
