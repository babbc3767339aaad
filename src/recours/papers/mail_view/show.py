"""A mail with HTML -> what its exhibit shows: the page as it looked, and in small print what the page does not show.

The page must hold every word that a letter may quote: what it lacks of the mail's plain text, or of a quotation, is
printed below it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from recours.intake.framing import MSG_MESSAGE, content
from recours.intake.signature import COMPOUND, media_type
from recours.papers.mail_view.change import Change, changed
from recours.papers.mail_view.data import data
from recours.papers.mail_view.parse import MAX_HIDDEN, Seen, parse
from recours.papers.mail_view.pictures import POINTS, Album, Drawn, carried_by
from recours.papers.mail_view.repeats import letters, without_repeats
from recours.papers.mail_view.types import Block, Look, Missing, Para, Picture, Words, plain
from recours.papers.mail_view.walk import MAX_LINKS
from recours.papers.shown import Run, breakable
from recours.papers.wording import phrase
from recours.reading.types import Attachment, Message
from recours.words import Language

_ADDRESS = re.compile(r"[<(\[]*\b(?:https?://|mailto:|www\.)\S+|\[(?:image|cid)[^\]]{0,200}\]", re.I)
_LINK = 160  # characters of a link's address that are printed


class View(msgspec.Struct, frozen=True):
    """page: for ``typst/mail.typ``, empty when the mail is to be shown as text; notes: small print below it; pictures:
    for the template too, those that the mail holds inline and does not place; files: all its pictures, by bare name."""

    page: tuple[dict[str, Any], ...] = ()
    notes: tuple[Run, ...] = ()
    pictures: tuple[dict[str, Any], ...] = ()
    files: Mapping[str, bytes] = {}


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
    listed: Collection[str] = (),
) -> View:
    """The view.  Its page is empty when the mail has no HTML that says anything, or when ``change`` cannot be made within
    its look.

    original: of the mail, for the pictures that it carries; prefix: of the pictures' names; change: what is masked or
    taken out; quotes: words that must be found; elsewhere: label and words of what it quotes of other exhibits; own:
    what its author wrote; listed: SHA-256 of the files that are exhibits themselves.
    """
    inline = [a for a in message.attachments if a.inline and a.media_type.startswith("image/")]
    if not message.html.strip() and not inline:
        return View()
    kind = media_type(original[:4096])
    carried = carried_by(content(original, MSG_MESSAGE if kind == COMPOUND else kind))
    album = Album(carried.named, prefix)
    view = _page(message, album, language, change, quotes, elsewhere, own)
    left = [a for a in inline if a.sha256 not in album.drawn and a.sha256 not in listed]
    blocks = tuple(_left(left, carried.pictures, album, language))
    return msgspec.structs.replace(view, pictures=tuple(data(changed(blocks, change))), files=album.files)


def page_view(html: str, album: Album, language: Language, change: Change) -> View:
    """The same of a web page that was saved.  album: what the file carries."""
    seen = parse(html, album, language, page=True)
    view = _view(seen, seen.blocks, "", album, language, change)
    return msgspec.structs.replace(view, files=album.files)


def _page(
    message: Message,
    album: Album,
    language: Language,
    change: Change,
    quotes: Sequence[str],
    elsewhere: Sequence[tuple[str, str]],
    own: str,
) -> View:
    seen = parse(message.html, album, language)
    told = "\n".join((plain(seen.blocks), "\n".join(seen.hidden)[:MAX_HIDDEN]))
    lacking = "\n".join(_lacking(message.text, quotes, told))
    return _view(
        seen, without_repeats(seen.blocks, elsewhere, own, language), lacking, album, language, change
    )


def _view(
    seen: Seen,
    blocks: tuple[Block, ...],
    lacking: str,
    album: Album,
    language: Language,
    change: Change,
) -> View:
    """blocks: those of seen that are shown; lacking: words that must be printed below."""
    if not seen.blocks or not (album.files or re.search(r"\w", plain(seen.blocks))):
        return View()
    blocks = changed(blocks, change)
    shown = plain(blocks)
    if change(shown) != shown:  # what is to go runs from one cell or paragraph into the next
        return View()
    notes = list(_notes(seen, language))
    if lacking:
        notes.insert(0, f"{phrase(language, 'mail_view.lacking')}\n{lacking}")
    small = tuple(Run(breakable(change(f"{note}\n")), True) for note in notes)
    return View(page=tuple(data(blocks)), notes=small)


def _left(
    inline: Sequence[Attachment], pictures: Mapping[str, bytes], album: Album, language: Language
) -> Iterator[Para]:
    """Each picture under its name; one that cannot be drawn by what is said of it."""
    for attachment in {a.sha256: a for a in inline}.values():
        found = album.draw(pictures.get(attachment.sha256, b""))
        name = Words(f"{attachment.name}\n", Look(size=0.85))
        if isinstance(found, Drawn):
            width, height = found.width * POINTS, found.height * POINTS
            yield Para((name, Picture(found.file, attachment.name, width, height)))
        else:
            yield Para((name, Missing(phrase(language, f"mail_view.{found.why}"))))


def _notes(seen: Seen, language: Language) -> Iterator[str]:
    if seen.cut:
        yield phrase(language, "mail_view.cut")
    for key in seen.sheets:
        yield phrase(language, f"mail_view.{key}")
    if seen.hidden:
        words = "\n".join(seen.hidden)
        left = len(words) - MAX_HIDDEN
        dots = f"… {phrase(language, 'mail_view.more_hidden', count=left)}" if left > 0 else ""
        yield f"{phrase(language, 'mail_view.hidden')}\n{words[:MAX_HIDDEN]}{dots}"
    if seen.drawings:
        yield phrase(language, "mail_view.drawings", count=seen.drawings)
    if seen.absent:
        yield f"{phrase(language, 'mail_view.absent_sheets')} {', '.join(map(_short, seen.absent[:20]))}"
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
