"""HTML of a mail -> the tree of blocks that a page shows of it.  Nothing runs, nothing is fetched.

Kept: paragraphs, headings, bold, italic, struck words, colours that read on their ground, links by their words, lists,
tables with spans, quotations, lines, pictures that the mail carries.  What is left out is told in ``Seen``.
"""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser

from recours.papers.mail_view.depth import bounded
from recours.papers.mail_view.pictures import Album
from recours.papers.mail_view.state import State, within
from recours.papers.mail_view.style import pale, style_of
from recours.papers.mail_view.styled import styled
from recours.papers.mail_view.types import Block, Look, Panel, plain
from recours.papers.mail_view.walk import Walk
from recours.reading.html import shallow
from recours.words import Language

MAX_HTML = 4_000_000  # characters that are parsed
MAX_HIDDEN = 2_000  # characters of hidden text that are printed
_HIDDEN_TIMES = 10  # hidden words of a web page for each that is shown


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a mail's HTML holds.  blocks: to be shown; hidden: words that its reader did not see; links: words and the
    address they lead to, where that is another; dots: hosts of invisible remote pictures; cut: not all of it is there;
    sheets: what became of its style sheets where they were not followed, keys of the wording; absent: addresses of sheets
    that a web page does not carry; drawings: small ones that are not shown."""

    blocks: tuple[Block, ...]
    hidden: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    dots: tuple[str, ...] = ()
    cut: bool = False
    sheets: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    drawings: int = 0


def parse(html: str, album: Album, language: Language, *, page: bool = False) -> Seen:
    """album: the pictures and sheets that the mail carries; language: of what stands in the place of a picture; page: it
    is a web page, not a mail.

    A mail's sheets that hide more than is printed of hidden words hide nothing: they meant another screen.  A web page
    hides menus and windows that its reader opens; its sheets hide nothing only when they hide nearly all.
    """
    given = shallow(html[:MAX_HTML])
    found = styled(given, album.sheet)
    seen = _seen(found.tree, html, album, language)
    sheets = ["unstyled"] if found.refused else []
    if found.applied and _hides_too_much(seen, page):
        seen = _seen(styled(given, album.sheet, hiding=False).tree, html, album, language)
        sheets.append("unhidden")
    return msgspec.structs.replace(seen, sheets=tuple(sheets), absent=found.absent if page else ())


def _hides_too_much(seen: Seen, page: bool) -> bool:
    hidden = len("\n".join(seen.hidden))
    most = len(plain(seen.blocks)) * _HIDDEN_TIMES if page else MAX_HIDDEN
    return not seen.blocks or hidden > most


def _seen(tree: LexborHTMLParser, html: str, album: Album, language: Language) -> Seen:
    body = tree.body
    if body is None:
        return Seen(blocks=())
    walk = Walk(album, language, quirks=not re.match(r"\s*<!doctype", html, re.I))
    blocks = walk.inside(body, within(State(Look()), "body", body.attributes, style_of(body.attributes), ""))
    while len(blocks) == 1 and isinstance(only := blocks[0], Panel) and (not only.fill or pale(only.fill)):
        blocks = only.blocks
    return Seen(
        blocks=bounded(blocks),
        hidden=tuple(dict.fromkeys(walk.hidden)),
        links=tuple(walk.links),
        dots=tuple(dict.fromkeys(walk.dots)),
        drawings=walk.drawings,
        cut=walk.room <= 0 or walk.cells <= 0 or len(html) > MAX_HTML,
    )
