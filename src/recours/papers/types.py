"""What papers hands on."""

from __future__ import annotations

from typing import Any, Literal

import msgspec


class Exhibit(msgspec.Struct, frozen=True, kw_only=True):
    """One exhibit.  label: P-1 ...; kind: mail, call, chat, photo, pdf, other; message: id when it is one;
    sha256: of the original bytes; title: as the list of exhibits says it; date: ISO day."""

    label: str
    kind: str
    title: str
    date: str
    sha256: str
    message: str = ""
    media_type: str = ""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a letter and what carries it: fact names, exhibit labels, rule ids (at least one of them)."""

    text: str
    facts: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper, set.  name: demand, chargeback, ...; model: what the template was fed; pdf: the bytes."""

    name: str
    language: Literal["fr", "en"]
    model: dict[str, Any]
    pdf: bytes
    pages: int


class PageMap(msgspec.Struct, frozen=True, kw_only=True):
    """The one value that stamps, contents, links and bookmarks come from.  Pages count from 1.

    sections: (key, title, first page, page count) in order, keys: cover, contents, timeline, exhibit labels.
    """

    sections: tuple[tuple[str, str, int, int], ...]
    total: int
