"""A stretch of somebody's text: the ground on which every fact and act stands."""

from __future__ import annotations

import re
import unicodedata

import msgspec


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """The exact words, and where they stand.

    message: id of the message, call or chat entry ("" when a person said it to Recours);
    start, end: character offsets into ``Message.text`` (end exclusive); text: the words themselves, equal to
    ``Message.text[start:end]``.  part: "" for the message's text, "subject", "from", "date", "to" for a header (then the
    offsets are into that header's decoded value), or the SHA-256 of an attachment (offsets into its text).
    """

    message: str
    start: int
    end: int
    text: str
    part: str = ""


def fold(text: str) -> str:
    """Text for comparison only: no accents, lower case, one space, straight quotes.  Length may change."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).replace("’", "'").replace("‘", "'")
        text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", text).strip().casefold()


def same_length_fold(text: str) -> str:
    """Text for searching: lower case, accents removed, character for character, so that offsets stay true."""
    return "".join(_fold_char(c) for c in text)


_CACHE: dict[str, str] = {}


def _fold_char(c: str) -> str:
    if c < "\x80":
        return c.lower()
    got = _CACHE.get(c)
    if got is None:
        base = unicodedata.normalize("NFKD", c)[0].lower() if c not in "’‘" else "'"
        got = _CACHE[c] = base if len(base) == 1 else c
    return got
