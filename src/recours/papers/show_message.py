"""A mail, call or chat entry, set anew: a mail's HTML as it looked (papers.mail_view), else the text that was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from recours.casefile.types import CaseFile, Entry
from recours.papers.mail_view.show import View, mail_view
from recours.papers.masking import mask_cards
from recours.papers.redaction import NOTHING, Redactor, redact
from recours.papers.repeated import told_elsewhere
from recours.papers.shown import Rendered, Run, Shown, clean
from recours.papers.types import Exhibit
from recours.papers.wording import phrase
from recours.reading.types import Address, Message, Span
from recours.words import Language

HEAD = 20_000  # characters of headers
REPEATED = 300  # characters of a quotation that are still printed when its message is an exhibit itself
_EMPTY_LINES = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+\n")
QUIET = frozenset({"quoted", "signature", "disclaimer", "frame"})


class Known(msgspec.Struct, frozen=True):
    """What else is in the bundle.  labels: of the messages, by id; files: of the other exhibits, by SHA-256;
    entries: of the case, by id; quotes: words that facts stand on, by id; short: mails as text, and what they quote of
    others is not printed again, which is said; headers: every header of a mail is printed after its words; hide: what
    is taken out of the view of a mail."""

    labels: Mapping[str, str]
    files: Mapping[str, str]
    entries: Mapping[str, Entry]
    quotes: Mapping[str, tuple[str, ...]] = {}
    short: bool = False
    headers: bool = False
    hide: Redactor = NOTHING


def known_of(
    case: CaseFile,
    exhibits: Iterable[Exhibit],
    *,
    short: bool = False,
    headers: bool = False,
    hide: Redactor | None = None,
) -> Known:
    """exhibits: of the case, labelled."""
    listed = tuple(exhibits)
    quotes: dict[str, tuple[str, ...]] = {}
    for claim in (claim for fact in case.facts.values() for claim in (fact.claim, *fact.others)):
        if not claim.quote.part:
            quotes[claim.quote.message] = (*quotes.get(claim.quote.message, ()), claim.quote.text)
    return Known(
        labels={e.message: e.label for e in listed if e.message},
        files={e.sha256: e.label for e in listed if not e.message},
        entries={e.message.id: e for e in case.entries},
        quotes=quotes,
        short=short,
        headers=headers,
        hide=hide or NOTHING,
    )


def show_entry(
    exhibit: Exhibit, entry: Entry, known: Known, language: Language, original: bytes = b""
) -> Rendered:
    """A message of the case: as it looked, or its authored words black and the rest greyed; long repeats of other
    exhibits named.

    original: of a mail, for its pictures and its headers.
    """
    message = entry.message
    quotes = (
        *known.quotes.get(message.id, ()),
        *(act.quote.text for act in entry.acts if not act.quote.part),
    )
    view = _view(
        exhibit,
        message,
        original,
        known,
        language,
        quotes,
        tuple(_quoted(exhibit, entry, known)),
        _own(entry),
    )
    text = (
        _tight(_short_runs(exhibit, entry, language))
        if known.short
        else _runs(exhibit, entry, known, language)
    )
    head: tuple[Run, ...] = ()
    if known.headers and message.kind == "mail" and original:
        head = (Run(f"\n\n{phrase(language, 'bundle.headers')}\n{clean(_head(original))}", True),)
    return _rendered(exhibit, message, (*text, *head), (*view.notes, *head), known, language, view)


def show_mail(
    exhibit: Exhibit, message: Message, original: bytes, known: Known, language: Language
) -> Rendered:
    """A mail that is a file of the case, not one of its messages."""
    view = _view(exhibit, message, original, known, language)
    return _rendered(exhibit, message, (), view.notes, known, language, view)


def _view(
    exhibit: Exhibit,
    message: Message,
    original: bytes,
    known: Known,
    language: Language,
    quotes: Sequence[str] = (),
    elsewhere: Sequence[tuple[str, str]] = (),
    own: str = "",
) -> View:
    if message.kind != "mail" or known.short:
        return View()
    return mail_view(
        message,
        original,
        prefix=f"{exhibit.label}-m",
        language=language,
        change=lambda text: mask_cards(redact(text, known.hide)),
        quotes=quotes,
        elsewhere=elsewhere,
        own=own,
        listed=known.files.keys(),
    )


def _rendered(
    exhibit: Exhibit,
    message: Message,
    text: tuple[Run, ...],
    notes: tuple[Run, ...],
    known: Known,
    language: Language,
    view: View,
) -> Rendered:
    """text: in place of the view's page; notes: below it."""
    bare = show_message(exhibit, message, text, known, language, View())
    if not view.page and not view.pictures:
        return Rendered(shown=bare)
    shown = show_message(exhibit, message, notes if view.page else text, known, language, view)
    return Rendered(shown=shown, files=view.files, as_text=bare)


def show_message(
    exhibit: Exhibit,
    message: Message,
    runs: tuple[Run, ...],
    known: Known,
    language: Language,
    view: View,
) -> Shown:
    """runs: the text in stretches, in order; none takes the message's text whole; view: how it looked, with runs as
    small print below."""
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
    if not view.page:
        runs = runs or (Run(clean(message.text), False),)
    empty = not (view.page or view.pictures) and not any(run.text.strip() for run in runs)
    notes = [phrase(language, "bundle.memory")] if message.kind == "call" else []
    notes += [phrase(language, "bundle.no_text")] if empty else []
    return Shown(
        label=exhibit.label,
        title=exhibit.title,
        kind="text",
        sha256=exhibit.sha256,
        rows=tuple((phrase(language, key), clean(value)) for key, value in rows if value),
        runs=() if empty else runs,
        view=view.page,
        pictures=view.pictures,
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


def _own(entry: Entry) -> str:
    return "".join(entry.message.text[s.start : s.end] for s in entry.spans if s.kind != "quoted")


def _quoted(exhibit: Exhibit, entry: Entry, known: Known) -> Iterator[tuple[str, str]]:
    """Label and words of each long quotation whose message tells all of it."""
    text = entry.message.text
    for span in entry.spans:
        label = _named(span, exhibit, known)
        words = text[span.start : span.end]
        if label and not told_elsewhere(words, known.entries[span.of].message):
            yield label, words


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


def _tight(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs with one empty line where there were several, across runs too, and none at either end."""
    made: list[Run] = []
    above = "\n\n"
    for run in runs:
        room = 2 - (len(above) - len(above.rstrip("\n")))  # line ends that may follow
        text = _EMPTY_LINES.sub("\n\n", run.text)
        words = text.lstrip("\n")
        text = "\n" * min(room, len(text) - len(words)) + words
        if text:
            made.append(Run(text, run.quiet))
            above = (above + text)[-2:]
    if made:
        made[-1] = Run(made[-1].text.rstrip("\n"), made[-1].quiet)
    yield from made


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
