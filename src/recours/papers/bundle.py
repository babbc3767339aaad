"""Every exhibit of a case in one PDF: cover, contents, timeline, exhibits, hashes; proved before it is given out.

The file may be cut into parts between exhibits, each of which is a whole file with its own pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import typst

from recours.casefile.types import CaseFile
from recours.errors import Problem
from recours.law.types import Decision
from recours.papers.archive import archived
from recours.papers.cover import cover, fixed
from recours.papers.formats import count_text
from recours.papers.models import timeline
from recours.papers.pagemap import page_map
from recours.papers.parts import Part, Weighed, cut, whole
from recours.papers.redaction import Redactor, hidden_in, redact_all, redactor, stated
from recours.papers.render import Blobs, render
from recours.papers.show_message import known_of
from recours.papers.shown import Rendered, as_text, clean, told_in_words
from recours.papers.slices import is_large, make_ready, set_in_slices
from recours.papers.types import Exhibit, PageMap
from recours.papers.typesetting import ACCESSIBLE, Typeset, typeset
from recours.papers.verify import prove
from recours.papers.wording import phrase
from recours.papers.writer import Brief, Writer
from recours.words import Language

_NOTHING = Decision(rights=(), deadlines=(), steps=(), questions=(), packs=())
_NAMES = frozenset({"label", "kind", "sha256", "files"})  # of an exhibit: never words of the case
_DONE = frozenset({"view", "pictures", "words"})  # words were taken out of it when it was made
_TEXT = 0.6  # bytes of a part for a byte of text, compressed and tagged


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle that proved right, or one part of it.  problems: exhibits that are a page which says why, not shown."""

    pdf: bytes
    page_map: PageMap
    problems: tuple[Problem, ...] = ()


def bind(
    case: CaseFile, exhibits: Sequence[Exhibit], blobs: Blobs, language: Language, today: date
) -> Bundle:
    """The whole bundle in one file.  exhibits: in order, labelled; blobs: SHA-256 -> bytes; today: local day, for the
    cover.

    Raises BundleFaultError when the set file does not prove right.
    """
    return bind_parts(case, exhibits, blobs, language, today)[0]


def bind_parts(
    case: CaseFile,
    exhibits: Sequence[Exhibit],
    blobs: Blobs,
    language: Language,
    today: date,
    *,
    limit: int = 0,
    hidden: frozenset[str] = frozenset(),
    headers: bool = False,
    archive: bool = False,
) -> tuple[Bundle, ...]:
    """limit: bytes of a part, 0 for one file; hidden: kinds of words to take out of the text (papers.redaction.KINDS);
    headers: print every header of the mails; archive: PDF pages of others as pictures with their words under them, so
    that the file is PDF/A-2a and PDF/UA-1 whatever is in it.

    Raises BundleFaultError when a set file does not prove right.
    """
    brief = Brief(
        case=case,
        decision=_NOTHING,
        step=None,
        cite=None,
        exhibits=tuple(exhibits),
        language=language,
        today=today,
    )
    make_ready(len(exhibits))
    hide = redactor(case, hidden, language)
    known = known_of(case, exhibits, headers=headers, hide=hide)
    rendered = [render(exhibit, case, blobs, known, language) for exhibit in exhibits]
    if archive:
        rendered = [archived(one, language) for one in rendered]
    binder = _Binder(Writer("bundle", brief), tuple(exhibits), {r.shown.label: r for r in rendered}, hide)
    if not limit:
        return (binder.bind(whole([e.label for e in exhibits])),)
    return cut([_weight(one) for one in rendered], limit, binder.bind, lambda made: len(made.pdf))


class _Binder(msgspec.Struct, frozen=True):
    """What every part is made from.  rendered: by label."""

    writer: Writer
    exhibits: tuple[Exhibit, ...]
    rendered: dict[str, Rendered]
    hide: Redactor

    def bind(self, part: Part) -> Bundle:
        """One part, set and proved."""
        language = self.writer.language
        here = [self.rendered[label] for label in part.here]
        exhibits = [e for e in self.exhibits if e.label in part.here]
        try:
            made = self._set(part, here)
        except typst.TypstError:  # one mail's look must not keep the others from being bound
            here = [as_text(one, language) for one in here]
            made = self._set(part, here)
        pages = page_map(made.marks, made.pages)
        prove(
            made.pdf,
            pages,
            exhibits,
            language,
            lengths={one.shown.label: one.shown.length for one in here},
            gone=self.hide.certain,
        )
        problems = [one.problem for one in here if one.problem]
        problems += [found for one in here if (found := hidden_in(one, self.hide, language))]
        problems += told_in_words(made.unshown, here, language)
        return Bundle(pdf=made.pdf, page_map=pages, problems=tuple(problems))

    def _set(self, part: Part, here: Sequence[Rendered]) -> Typeset:
        """In one document; a large bundle in slices, so that memory stays within bounds."""
        language = self.writer.language
        data = self._data(part, here)
        # a page of somebody else's PDF is not tagged
        standards = () if any(one.shown.kind == "pages" for one in here) else ACCESSIBLE
        if is_large(here):
            return set_in_slices(data, here, language=language, standards=standards)
        return typeset(
            "bundle.typ",
            data,
            language=language,
            files={name: content for one in here for name, content in one.files.items()},
            standards=standards,
            marks=True,
        )

    def _data(self, part: Part, here: Sequence[Rendered]) -> dict[str, Any]:
        language = self.writer.language
        told = {
            **cover(self.writer, part, stated(self.hide, language)),
            "timeline": timeline.model(self.writer) if part.number == 1 else None,
            "exhibits": [one.shown for one in here],
            "contents": [
                {
                    "label": e.label,
                    "day": _day(e, self.writer),
                    "title": self.rendered[e.label].shown.title,
                    "elsewhere": ""
                    if part.where[e.label] == part.number
                    else phrase(language, "parts.in", n=part.where[e.label]),
                }
                for e in self.exhibits
            ],
            "manifest": [_manifest(one, language) for one in here],
        }
        plain = msgspec.to_builtins(told)
        return {
            **redact_all(plain, self.hide, _NAMES | _DONE),
            **fixed(self.writer),
            "here": list(part.here),
            "described": phrase(language, "pack.described")
            if any(one.shown.kind == "pages" for one in here)
            else "",
            "not_shown": [one.shown.label for one in here if one.shown.kind == "placeholder"],
        }


def _manifest(one: Rendered, language: Language) -> dict[str, str]:
    size = "" if one.size is None else count_text(one.size, language)
    return {"label": one.shown.label, "name": clean(one.name), "size": size, "sha256": one.shown.sha256}


def _weight(one: Rendered) -> Weighed:
    text = sum(len(run.text) for run in one.shown.runs) + len(msgspec.json.encode(one.shown.view))
    return Weighed(one.shown.label, int(sum(map(len, one.files.values())) + text * _TEXT) + 2_000)


def _day(exhibit: Exhibit, writer: Writer) -> str:
    return writer.in_words(date.fromisoformat(exhibit.date)) if exhibit.date else writer.say("bundle.undated")
