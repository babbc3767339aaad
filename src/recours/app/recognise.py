"""Words that only a picture holds: scanned PDFs and photos of a case, recognised once and kept with its reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from recours.casefile.events import ItemKept
from recours.intake.signature import media_type
from recours.reading.ocr import engine, recognised
from recours.reading.pdf import NO_TEXT
from recours.reading.types import Attachment, Message

AT_ONCE = 100  # pictures of one reading; the others wait for the next

Words = Mapping[str, str]  # SHA-256 -> what was recognised, "" when nothing was


def unread(messages: Iterable[Message], items: Iterable[ItemKept]) -> tuple[str, ...]:
    """SHA-256 of every picture and PDF of the case that has no text."""
    hung = [a.sha256 for m in messages for a in m.attachments if not a.text and _is_picture(a.media_type)]
    added = [i.sha256 for i in items if i.item in ("photo", "pdf") and not i.text]
    return tuple(dict.fromkeys([*added, *hung]))


def recognise(
    wanted: Sequence[str],
    original: Callable[[str], bytes],
    *,
    known: Words,
    progress: Callable[[str, int, int], None],
) -> dict[str, str]:
    """What was recognised before, and now of ``wanted`` what was not tried yet; nothing new without the program."""
    found = dict(known)
    new = [sha for sha in wanted if sha not in known][:AT_ONCE] if engine() else []
    for n, sha in enumerate(new, 1):
        data = original(sha)
        kind = media_type(data[:4096]) if data else ""
        found[sha] = recognised(kind, data) if _is_picture(kind) else ""
        progress("recognise", n, len(new))
    return found


def with_words(message: Message, words: Words) -> Message:
    """The message with what was recognised as its attachments' text."""
    if not any(words.get(a.sha256) for a in message.attachments):
        return message
    attachments = tuple(
        msgspec.structs.replace(a, text=words[a.sha256]) if words.get(a.sha256) and not a.text else a
        for a in message.attachments
    )
    scans = any(not a.text and a.media_type == "application/pdf" for a in attachments)
    return msgspec.structs.replace(
        message,
        attachments=attachments,
        problems=tuple(p for p in message.problems if p.what != NO_TEXT or scans),
    )


def papers_of(items: Iterable[ItemKept], words: Words) -> Iterator[Attachment]:
    """The files that a person added and that have words (receipts, contracts, photos of them)."""
    for item in items:
        text = item.text or words.get(item.sha256, "")
        if item.item in ("photo", "pdf") and text:
            yield Attachment(
                name=item.name, media_type=item.media_type, sha256=item.sha256, size=item.size, text=text
            )


def _is_picture(kind: str) -> bool:
    return kind.startswith("image/") or kind == "application/pdf"
