"""Words and pictures as they come -> paragraphs: white space as HTML reads it, breaks, what stands close together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from recours.papers.mail_view.types import Align, Block, Look, Para, Picture, Piece, Rule, Words

_WHITE = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = re.compile(
    "[\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u034f\ufeff]{3,}|(?:[\u200c\u034f\u00ad\ufeff]\\s*){3,}"
)
_STRONG = {"L": False, "R": True, "AL": True}


class Flow:
    """The blocks of one container, one after another."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._pieces: list[Piece] = []
        self._align: Align = ""
        self._rtl, self._level, self._loose = False, 0, True

    def open(self, align: Align, rtl: bool, *, level: int = 0, loose: bool = False) -> None:
        """Ends the paragraph; the next one is set so.  loose: with space above."""
        self._end()
        self._align, self._rtl, self._level = align, rtl, level
        self._loose = self._loose or loose

    def add(self, text: str, look: Look, *, pre: bool = False) -> None:
        """pre: the text's own white space counts."""
        text = _UNSEEN.sub("", text)
        if not pre:
            text = _WHITE.sub(" ", text)
            if self._at_start():
                text = text.lstrip(" ")
        if not text:
            return
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, Words) and last.look == look:
            self._pieces[-1] = Words(last.text + text, look)
        else:
            self._pieces.append(Words(text, look))

    def put(self, piece: Piece) -> None:
        """A picture, or what stands in its place."""
        self._pieces.append(piece)

    def block(self, block: Block) -> None:
        self._end()
        self._blocks.append(block)
        self._loose = True

    def rule(self, wanted: bool = True) -> None:
        """A line across, if wanted; one after another is one, and none stands first."""
        self._end()
        if wanted and self._blocks and not isinstance(self._blocks[-1], Rule):
            self.block(Rule())

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.block(block)

    def mark(self) -> tuple[int, int, int]:
        """A place, for ``since``."""
        last = self._pieces[-1] if self._pieces else None
        return len(self._blocks), len(self._pieces), len(_told(last)) if last else 0

    def since(self, mark: tuple[int, int, int]) -> str:
        """The words of the paragraph that came after the place, a picture's by its alternative text; "" when it has ended
        since."""
        blocks, pieces, length = mark
        if len(self._blocks) != blocks:
            return ""
        text = "".join(map(_told, self._pieces[max(pieces - 1, 0) :]))
        return text[length:]

    def done(self) -> tuple[Block, ...]:
        self._end()
        while self._blocks and isinstance(self._blocks[-1], Rule):
            self._blocks.pop()
        return tuple(self._blocks)

    def _at_start(self) -> bool:
        if not self._pieces:
            return True
        last = self._pieces[-1]
        return isinstance(last, Words) and last.text.endswith((" ", "\n"))

    def _end(self) -> None:
        pieces, self._pieces = _trimmed(self._pieces), []
        if not pieces:
            return
        words = "".join(p.text for p in pieces if isinstance(p, Words))
        if not words.strip() and all(isinstance(p, Words) for p in pieces):
            self._loose = self._loose or "\n" in words or "\xa0" in words
            return
        self._blocks.append(
            Para(pieces, self._align, self._level, self._rtl or _rtl(words), tight=not self._loose)
        )
        self._loose = False


def _told(piece: Piece) -> str:
    return piece.alt if isinstance(piece, Picture) else piece.text


def _trimmed(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Without the white space at its end, where a browser shows none."""
    kept = list(pieces)
    while kept and isinstance(last := kept[-1], Words):
        text = last.text.rstrip(" \n")
        if text:
            kept[-1] = msgspec.structs.replace(last, text=text)
            break
        if len(kept) == 1:
            return tuple(kept)
        kept.pop()
    return tuple(kept)


def _rtl(text: str) -> bool:
    """By the first letter that has a direction (Unicode Annex 9, P2)."""
    kinds = (unicodedata.bidirectional(c) for c in text[:200])
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), False)
