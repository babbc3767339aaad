"""A mail with HTML -> what its exhibit shows: the page as it looked, and in small print what the page does not show.

The page must hold every word that a letter may quote: what it lacks of the mail's plain text, or of a quotation, is
printed below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from recours.intake.framing import MSG_MESSAGE, content
from recours.intake.signature import COMPOUND, media_type
from recours.papers.mail_view.change import Change, changed
from recours.papers.mail_view.data import data
from recours.papers.mail_view.parse import MAX_LINKS, Seen, parse
from recours.papers.mail_view.pictures import Album, carried_by
from recours.papers.mail_view.repeats import letters, without_repeats
from recours.papers.mail_view.types import plain
from recours.papers.shown import Run, breakable
from recours.papers.wording import phrase
from recours.reading.types import Message
from recours.words import Language

_ADDRESS = re.compile(r"[<(\[]*\b(?:https?://|mailto:|www\.)\S+|\[(?:image|cid)[^\]]{0,200}\]", re.I)
_LINK = 160  # characters of a link's address that are printed
_HIDDEN = 2_000  # characters of hidden text that are printed


class View(msgspec.Struct, frozen=True):
    """page: for ``typst/mail.typ``; notes: small print below it; files: its pictures, by bare name."""

    page: tuple[dict[str, Any], ...]
    notes: tuple[Run, ...]
    files: Mapping[str, bytes]


def mail_view(
    message: Message,
    original: bytes,
    *,
    prefix: str,
    language: Language,
    change: Change,
    quotes: Sequence[str] = (),
    elsewhere: Sequence[tuple[str, str]] = (),
    own: str = "",
) -> View | None:
    """The view; None when the mail has no HTML that says anything, or when ``change`` cannot be made within its look.

    original: of the mail, for the pictures that it carries; prefix: of the pictures' names; change: what is masked or
    taken out; quotes: words that must be found; elsewhere: label and words of what it
    quotes of other exhibits; own: what its author wrote.
    """
    if not message.html.strip():
        return None
    kind = media_type(original[:4096])
    mail = content(original, MSG_MESSAGE if kind == COMPOUND else kind)
    album = Album(carried_by(mail), prefix)
    seen = parse(message.html, album, language)
    whole = plain(seen.blocks)
    if not seen.blocks or not (album.files or re.search(r"\w", whole)):
        return None
    blocks = changed(without_repeats(seen.blocks, elsewhere, own, language), change)
    shown = plain(blocks)
    if change(shown) != shown:  # what is to go runs from one cell or paragraph into the next
        return None
    notes = [note for note in _notes(seen, language) if note]
    lacking = "\n".join(_lacking(message.text, quotes, whole))
    if lacking:
        notes.insert(0, f"{phrase(language, 'mail_view.lacking')}\n{lacking}")
    return View(
        page=tuple(data(blocks)),
        notes=tuple(Run(breakable(change(f"{note}\n")), True) for note in notes),
        files=album.files,
    )


def _notes(seen: Seen, language: Language) -> Iterator[str]:
    if seen.cut:
        yield phrase(language, "mail_view.cut")
    if seen.hidden:
        words = "\n".join(seen.hidden)
        dots = "…" if len(words) > _HIDDEN else ""
        yield f"{phrase(language, 'mail_view.hidden')}\n{words[:_HIDDEN]}{dots}"
    if seen.dots:
        yield f"{phrase(language, 'mail_view.dots')} {', '.join(seen.dots[:20])}"
    if seen.links:
        listed = [f"{words or '-'}: {_short(address)}" for words, address in seen.links]
        more = [phrase(language, "mail_view.more_links")] if len(listed) >= MAX_LINKS else []
        yield "\n".join([phrase(language, "mail_view.links"), *listed, *more])


def _short(address: str) -> str:
    return address if len(address) <= _LINK else f"{address[:_LINK]}…"


def _lacking(text: str, quotes: Sequence[str], page: str) -> Iterator[str]:
    """Lines of the text, and quotations, that the page does not have; letters and digits are compared for the lines,
    every character but white space for the quotations."""
    there, spaced = letters(page), " ".join(page.split())
    printed: list[str] = []
    for line in text.splitlines():
        bare = letters(_ADDRESS.sub(" ", line))
        if bare and bare not in there:
            printed.append(" ".join(line.split()))
    whole = " ".join(printed)
    asked = (" ".join(quote.split()) for quote in quotes)
    printed += [quote for quote in asked if quote and quote not in spaced and quote not in whole]
    yield from dict.fromkeys(printed)
