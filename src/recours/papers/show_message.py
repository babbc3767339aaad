"""A mail, call or chat entry, set anew from the text that was read; its HTML is never rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from recours.casefile.types import CaseFile, Entry
from recours.papers.repeated import told_elsewhere
from recours.papers.shown import Run, Shown, clean
from recours.papers.types import Exhibit
from recours.papers.wording import phrase
from recours.reading.types import Address, Message, Span
from recours.words import Language

HEAD = 20_000  # characters of headers
REPEATED = 300  # characters of a quotation that are still printed when its message is an exhibit itself
QUIET = frozenset({"quoted", "signature", "disclaimer", "frame"})


class Known(msgspec.Struct, frozen=True):
    """What else is in the bundle.  labels: of the messages, by id; files: of the other exhibits, by SHA-256;
    entries: of the case, by id; short: what a mail quotes of others is not printed again, which is said; headers: every
    header of a mail is printed after its words."""

    labels: Mapping[str, str]
    files: Mapping[str, str]
    entries: Mapping[str, Entry]
    short: bool = False
    headers: bool = False


def known_of(
    case: CaseFile, exhibits: Iterable[Exhibit], *, short: bool = False, headers: bool = False
) -> Known:
    """exhibits: of the case, labelled."""
    listed = tuple(exhibits)
    return Known(
        labels={e.message: e.label for e in listed if e.message},
        files={e.sha256: e.label for e in listed if not e.message},
        entries={e.message.id: e for e in case.entries},
        short=short,
        headers=headers,
    )


def show_entry(
    exhibit: Exhibit, entry: Entry, known: Known, language: Language, original: bytes = b""
) -> Shown:
    """A message of the case: its authored words black, the rest greyed, long repeats of other exhibits named.

    original: of a mail, for its headers.
    """
    found = _short_runs(exhibit, entry, language) if known.short else _runs(exhibit, entry, known, language)
    runs = tuple(found)
    if known.headers and entry.message.kind == "mail" and original:
        runs += (Run(f"\n\n{phrase(language, 'bundle.headers')}\n{clean(_head(original))}", True),)
    return show_message(exhibit, entry.message, runs, known, language)


def show_message(
    exhibit: Exhibit, message: Message, runs: tuple[Run, ...], known: Known, language: Language
) -> Shown:
    """runs: the text in stretches, in order; none takes the message's text whole."""
    when = message.date.strftime("%Y-%m-%d %H:%M %z") if message.date else ""
    rows = (
        ("bundle.from", _address(message.sender)),
        ("bundle.to", ", ".join(map(_address, message.to))),
        ("bundle.cc", ", ".join(map(_address, message.cc))),
        ("bundle.date", when),
        ("bundle.subject", message.subject),
        ("bundle.attached", ", ".join(_attached(message, known))),
        ("bundle.source", f"{message.place.file}, n° {message.place.position}"),
    )
    runs = runs or (Run(clean(message.text), False),)
    empty = not any(run.text.strip() for run in runs)
    notes = [phrase(language, "bundle.memory")] if message.kind == "call" else []
    notes += [phrase(language, "bundle.no_text")] if empty else []
    return Shown(
        label=exhibit.label,
        title=exhibit.title,
        kind="text",
        sha256=exhibit.sha256,
        rows=tuple((phrase(language, key), clean(value)) for key, value in rows if value),
        runs=() if empty else runs,
        note=" ".join(notes),
    )


def _runs(exhibit: Exhibit, entry: Entry, known: Known, language: Language) -> Iterator[Run]:
    text = entry.message.text
    named: list[str] = []
    for span in entry.spans:
        words = text[span.start : span.end]
        label = _named(span, exhibit, known)
        own = told_elsewhere(words, known.entries[span.of].message) if label else None
        if own is not None and not own:
            named.append(label)
            continue
        if named and not words.strip():
            continue
        if named:
            yield _elsewhere(named, language)
            named = []
        if own is not None:  # what the quotation has and its message has not is printed
            yield Run(clean(own), True)
            named.append(label)
        else:
            yield Run(clean(words), span.kind in QUIET)
    if named:
        yield _elsewhere(named, language)


def _short_runs(exhibit: Exhibit, entry: Entry, language: Language) -> Iterator[Run]:
    text, quoting = entry.message.text, False
    for span in entry.spans:
        words = text[span.start : span.end]
        if span.kind == "quoted" and words.strip():
            if not quoting:
                yield Run(f"\n{phrase(language, 'pack.cut', label=exhibit.label)}\n", True)
            quoting = True
        elif words.strip() or not quoting:
            yield Run(clean(words), span.kind in QUIET)
            quoting = False


def _head(mail: bytes) -> str:
    """The lines above a mail's first empty one; a compound file (Outlook's) has none to show."""
    if mail.startswith(b"\xd0\xcf\x11\xe0"):
        return ""
    return re.split(rb"\r?\n\r?\n", mail.lstrip(b"\r\n"), maxsplit=1)[0].decode("utf-8", "replace")[:HEAD]


def _named(span: Span, exhibit: Exhibit, known: Known) -> str:
    """The label that stands for a quotation; "" when its words are to be printed."""
    label = known.labels.get(span.of, "") if span.of in known.entries else ""
    long = span.kind == "quoted" and span.end - span.start > REPEATED
    return label if long and label != exhibit.label else ""


def _elsewhere(labels: list[str], language: Language) -> Run:
    return Run(f"\n{phrase(language, 'bundle.quoted', labels=', '.join(dict.fromkeys(labels)))}\n", True)


def _attached(message: Message, known: Known) -> Iterator[str]:
    for part in message.attachments:
        if part.name:
            label = known.files.get(part.sha256, "")
            yield f"{part.name} ({label})" if label else part.name


def _address(address: Address) -> str:
    if address.name and address.email:
        return f"{address.name} <{address.email}>"
    return address.name or address.email
