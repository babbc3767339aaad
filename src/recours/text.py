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


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # those that stand over Latin letters
_MAY_COMBINE = re.compile("[^\x00-\u02ff\u2000-\u20cf\u2100-\u2bff]")  # nothing else in there combines


def _bare(run: re.Match[str]) -> str:
    return "".join([c for c in run[0] if not unicodedata.combining(c)])


def fold(text: str) -> str:
    """Text for comparison only: no accents, lower case, one space, straight quotes.  Length may change."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).replace("’", "'").replace("‘", "'")
        text = _ACCENTS.sub("", text)
        if _MAY_COMBINE.search(text):
            text = _BEYOND_ASCII.sub(_bare, text)
    return " ".join(text.split()).casefold()


class _Folds(dict[int, str]):
    """Character -> its fold of one character, worked out when it is first seen."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        base = "'" if c in "’‘" else unicodedata.normalize("NFKD", c)[0].lower()
        self[code] = got = base if len(base) == 1 else c
        return got


_FOLDS = _Folds()
_CAPITALS = re.compile(r"[A-Z]+")


def same_length_fold(text: str) -> str:
    """Text for searching: lower case, accents removed, character for character, so that offsets stay true."""
    if text.isascii():
        return text.lower()
    plain = _BEYOND_ASCII.sub(lambda run: run[0].translate(_FOLDS), text)
    return _CAPITALS.sub(lambda run: run[0].lower(), plain)
