"""Proof of a case: originals, journal, and every quotation read again from the original it stands on."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from recours.app.desk import Desk, kept_items, last_reading
from recours.app.origin import Origin, check_origin
from recours.app.originals import originals
from recours.app.read_case import mail_of
from recours.app.recognise import papers_of
from recours.casefile.events import ReadDone
from recours.errors import Problem
from recours.reading.from_intake import paper_message
from recours.reading.types import Message
from recours.store.errors import MissingBytesError
from recours.text import Quote


class Proof(msgspec.Struct, frozen=True):
    """What was checked, and what does not hold (empty: everything holds).

    origins: the signatures of the merchant's mails, empty when no keys were given.
    """

    originals: int
    entries: int
    quotations: int
    problems: tuple[Problem, ...]
    origins: tuple[Origin, ...] = ()


def verify(desk: Desk, case: str, keys: Mapping[str, str] | None = None, *, of_today: bool = False) -> Proof:
    """Hash each original again, walk the hash chain, decode each mail again and compare every quotation.

    keys, of_today: also check the merchant's signatures with these (see check_origin); None: they are not looked at.
    Raises NoSuchCaseError.
    """
    history = desk.history(case)
    items = kept_items(history)
    problems = list(desk.store.verify(case, [i.sha256 for i in items]))
    reading = last_reading(history)
    quotes = _quotes(reading) if reading else ()
    texts = {e.message.id: e.message for e in reading.entries} if reading else {}
    if reading:
        texts |= {p.id: p for p in map(paper_message, papers_of(items, reading.recognised))}
    look = originals(desk, history)
    for item in items:
        if item.item == "mail":
            try:
                message = mail_of(item, look(item.sha256))
            except MissingBytesError:
                continue  # named by the store's own check
            if message.id in texts and message.text != texts[message.id].text:
                problems.append(
                    Problem(where=message.id, what="the original reads otherwise than the journal")
                )
    for quote in quotes:
        source = texts.get(quote.message)
        if source is None:
            problems.append(
                Problem(where=quote.message, what=f"no message holds the quotation {quote.text!r}")
            )
        elif _words(source, quote) != quote.text:
            problems.append(Problem(where=quote.message, what=f"the quotation {quote.text!r} is not there"))
    origins = check_origin(desk, case, keys, of_today=of_today) if keys is not None else ()
    return Proof(len(items), len(history), len(quotes), tuple(problems), origins)


def _quotes(reading: ReadDone) -> tuple[Quote, ...]:
    acts = [a.quote for e in reading.entries for a in e.acts]
    return (*acts, *(f.quote for f in reading.findings if f.quote.text))


def _words(message: Message, quote: Quote) -> str:
    headers = {
        "": message.text,
        "subject": message.subject,
        "from": f"{message.sender.name} <{message.sender.email}>"
        if message.sender.name
        else message.sender.email,
        "to": ", ".join(f"{a.name} <{a.email}>" if a.name else a.email for a in message.to),
        "date": message.date.isoformat() if message.date else "",
    }
    texts = headers | {a.sha256: a.text for a in message.attachments}
    return texts.get(quote.part, "")[quote.start : quote.end]
