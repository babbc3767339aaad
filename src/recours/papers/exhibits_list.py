"""The case's exhibits in order of time, labelled once, so that a label means the same in every paper and the bundle.

P-1, P-2 ... is the usage of Quebec's courts; other places accept it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from recours.casefile.days import day_of, days_of
from recours.casefile.types import CaseFile, Dispatch, Entry, Evidence
from recours.papers.masking import mask_cards
from recours.papers.names import PAPERS
from recours.papers.types import Exhibit
from recours.reading.days import Days
from recours.words import Language, say

PREFIX = "P-"
_UNDATED = "9999"  # files without a day come last


def list_exhibits(case: CaseFile, language: Language | None = None) -> tuple[Exhibit, ...]:
    """Every message of the dispute, what hangs on it, calls, chats, and the files that a person added.

    language: of the titles; None takes the case's.  The same bytes are one exhibit.  Pictures that a mail shows in its
    own body (logos) stay with their mail, unless the consumer sent them.
    """
    language = language or case.language
    rows = sorted(_rows(case, language), key=lambda row: row[:2])
    return tuple(
        msgspec.structs.replace(exhibit, label=f"{PREFIX}{number}")
        for number, (_, _, exhibit) in enumerate(rows, 1)
    )


def _rows(case: CaseFile, language: Language) -> Iterator[tuple[str, int, Exhibit]]:
    """(moment, place among equals, exhibit without a label)."""
    by_message: dict[str, list[Evidence]] = {}
    for evidence in case.evidence:
        by_message.setdefault(evidence.message, []).append(evidence)
    place, days = 0, days_of(case)
    for entry in case.dispute:
        moment = _moment(entry)
        yield moment, (place := place + 1), _message(entry, _day(entry, days), language)
        for evidence in by_message.get(entry.message.id, ()):
            if not evidence.attachment.inline or entry.membership.direction == "sent":
                yield moment, (place := place + 1), _file(evidence, _day(entry, days), language)
    for sent in case.dispatches:
        proof = next(
            (e for e in by_message.get("", ()) if sent.proof and e.attachment.sha256 == sent.proof), None
        )
        day = sent.on.isoformat()
        if sent.copy:
            yield day, (place := place + 1), _sent(sent, language)
        if proof:
            by_message[""].remove(proof)
            yield day, (place := place + 1), _file(proof, day, language)
    for evidence in by_message.get("", ()):
        moment, day = _taken(evidence, days)
        yield moment, (place := place + 1), _file(evidence, day, language)


def _moment(entry: Entry) -> str:
    """On one clock, so that zones do not shuffle the order."""
    when = entry.message.date
    return when.astimezone(UTC).isoformat() if when else _UNDATED


def _day(entry: Entry, days: Days) -> str:
    day = day_of(entry, days)
    return day.isoformat() if day else ""


def _taken(evidence: Evidence, days: Days) -> tuple[str, str]:
    """When a file says that it was made, on one clock, and the shopper's local day of it; a camera's clock is local."""
    if len(evidence.taken_on) <= len("2026-06-16T15:04:05"):
        return evidence.taken_on[:10] or _UNDATED, evidence.taken_on[:10]
    when = datetime.fromisoformat(evidence.taken_on)
    return when.astimezone(UTC).isoformat(), days.of(when).isoformat()


def _message(entry: Entry, day: str, language: Language) -> Exhibit:
    message = entry.message
    who = message.sender.name or message.sender.email
    subject = message.subject or say(language, "exhibit.no_subject")
    return Exhibit(
        label="",
        kind=message.kind,
        title=mask_cards(say(language, f"exhibit.{message.kind}", who=who, subject=subject)),
        date=day,
        sha256=message.sha256,
        message=message.id,
        media_type="message/rfc822" if message.kind == "mail" else "text/plain",
    )


def _sent(sent: Dispatch, language: Language) -> Exhibit:
    title = say(language, "exhibit.sent", paper=PAPERS[sent.paper][language])
    return Exhibit(
        label="",
        kind="pdf",
        title=title,
        date=sent.on.isoformat(),
        sha256=sent.copy,
        media_type="application/pdf",
    )


def _file(evidence: Evidence, day: str, language: Language) -> Exhibit:
    kind = evidence.kind if evidence.kind in ("photo", "pdf") else "other"
    titled = "page" if evidence.kind == "page" else kind
    return Exhibit(
        label="",
        kind=kind,
        title=mask_cards(say(language, f"exhibit.{titled}", name=evidence.attachment.name)),
        date=day,
        sha256=evidence.attachment.sha256,
        media_type=evidence.attachment.media_type,
    )
