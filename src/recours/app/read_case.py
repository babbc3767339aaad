"""Kept originals -> the whole reading of a case, as one journal entry.  Used on opening, adding and re-reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, tzinfo

import msgspec

from recours.app.recognise import papers_of, recognise, unread, with_words
from recours.app.talks import talks
from recours.casefile.events import ItemKept, KeptFinding, ReadDone, SourceCount
from recours.casefile.types import Entry
from recours.intake.framing import content
from recours.intake.sources import RawMail
from recours.intake.types import Item
from recours.reading.chats import chats
from recours.reading.forwards import MAIL, all_parts, forwarded
from recours.reading.from_intake import READER, by_time, read_all
from recours.reading.mime import read_mail
from recours.reading.notes import calls
from recours.reading.organisations import organisation
from recours.reading.types import Membership, Message

Progress = Callable[[str, int, int], None]


def content_of(item: ItemKept, data: bytes) -> bytes:
    """A kept mail's original bytes -> the message as its sender sent it (without its source's frame)."""
    return content(data, item.media_type)


def mail_of(item: ItemKept, data: bytes) -> Message:
    """A kept mail's original bytes -> its Message, under the hash of those bytes, frame and all."""
    return msgspec.structs.replace(read_mail(content_of(item, data), item.place).message, sha256=item.sha256)


def reading_done(
    items: Sequence[ItemKept],
    members: Sequence[Membership],
    owner: Sequence[str],
    original: Callable[[str], bytes],
    *,
    sources: Sequence[SourceCount],
    before: ReadDone | None = None,
    left_out: Sequence[tuple[RawMail, Membership]] = (),
    progress: Progress = lambda _stage, _done, _total: None,
) -> ReadDone:
    """Read every kept mail, call and chat again, and settle the facts.

    members: of this mailbox; ``before`` supplies the memberships of what was read earlier.  left_out: messages
    of the same merchant that are not part of it; only their headers are kept, so that a person can judge.
    """
    member = {e.message.id: e.membership for e in before.entries} if before else {}
    member |= {m.message: m for m in members}
    messages: dict[str, Message] = {}
    mails = [i for i in items if i.item == "mail"]
    for n, item in enumerate(mails, 1):
        message = mail_of(item, original(item.sha256))
        messages.setdefault(message.id, message)
        progress("read", n, len(mails))
    for message, membership in _forwarded(mails, messages, member, owner, original):
        messages[message.id], member[message.id] = message, membership
    zone = _zone(messages.values(), member)
    for item in items:
        noted = _noted(item, original, zone)
        talk = talks(noted, messages.values(), member)
        for message in noted:
            kept = talk[message.id]
            messages[message.id] = message if kept.in_dispute is not False else _without_words(message)
            member[message.id] = kept
    outside = [_header_only(raw) for raw, _ in left_out]
    known = [m for m in messages.values() if m.id in member]
    inside = [m for m in known if member[m.id].in_dispute is not False]
    words = recognise(
        unread(inside, items),
        _with_parts(mails, messages, original),
        known=before.recognised if before else {},
        progress=progress,
    )
    known = [with_words(m, words) for m in known]
    reading = read_all(known, [member[m.id] for m in known], owner, papers_of(items, words))
    entries = [
        Entry(
            message=r.message,
            membership=member[r.message.id],
            spans=r.spans,
            new_text=r.new_text,
            acts=r.acts,
            language=r.language,
        )
        for r in reading.reads
    ]
    seen = {e.message.id for e in entries}
    entries += [
        Entry(message=m, membership=member[m.id], spans=(), new_text="", acts=())
        for m in outside
        if m.id in member and m.id not in seen
    ]
    if before:
        seen |= {e.message.id for e in entries}
        entries += [e for e in before.entries if e.message.id not in seen]
    return ReadDone(
        reader=READER,
        entries=tuple(sorted(entries, key=lambda e: by_time(e.message))),
        findings=tuple(KeptFinding.of(f) for f in reading.findings),
        sources=tuple(sources),
        owner=tuple(owner),
        recognised=words,
    )


def _forwarded(
    mails: Sequence[ItemKept],
    messages: Mapping[str, Message],
    member: Mapping[str, Membership],
    owner: Sequence[str],
    original: Callable[[str], bytes],
) -> Iterator[tuple[Message, Membership]]:
    """The mails that hang on the dispute's mails as attachments, unless the mailbox has them too."""
    carriers = {
        m.sha256: m.place
        for m in messages.values()
        if m.id in member
        and member[m.id].in_dispute is True
        and any(a.media_type == MAIL for a in m.attachments)
    }
    if not carriers:
        return
    heard = {
        organisation(m.sender.email)
        for m in messages.values()
        if m.id in member and member[m.id].in_dispute is True and member[m.id].direction == "received"
    }
    firms = {o for o in heard if "@" not in o}
    for item in mails:
        if item.sha256 in carriers:
            content = content_of(item, original(item.sha256))
            for message, membership in forwarded(content, item.place, owner, firms or heard):
                if message.id not in messages and message.id not in member:
                    yield message, membership


def _with_parts(
    mails: Sequence[ItemKept], messages: Mapping[str, Message], original: Callable[[str], bytes]
) -> Callable[[str], bytes]:
    """The bytes of an original, or of a part of one of the mails; one mail is taken apart at a time."""
    carrier = {a.sha256: m.place for m in messages.values() for a in m.attachments}
    by_place = {item.place: item for item in mails}
    last: dict[str, bytes] = {}

    def look(sha256: str) -> bytes:
        if sha256 in last:
            return last[sha256]
        item = by_place.get(carrier[sha256]) if sha256 in carrier else None
        if item is None:
            return original(sha256)
        last.clear()
        last.update(all_parts(content_of(item, original(item.sha256)), item.place))
        return last.get(sha256, b"")

    return look


def _noted(item: ItemKept, original: Callable[[str], bytes], zone: tzinfo) -> tuple[Message, ...]:
    if item.item not in ("call", "chat"):
        return ()
    whole = Item(
        sha256=item.sha256,
        kind=item.item,
        name=item.name,
        media_type=item.media_type,
        data=original(item.sha256),
        place=item.place,
    )
    return calls(whole, zone) if item.item == "call" else chats(whole, zone)


def _without_words(message: Message) -> Message:
    """Of a talk with somebody else, only that it was there."""
    return msgspec.structs.replace(message, text="")


def _zone(messages: Iterable[Message], member: Mapping[str, Membership]) -> tzinfo:
    """Where the person lives, as the last mail that they sent says; UTC when they sent none."""
    sent = [m.date for m in messages if m.date and m.id in member and member[m.id].direction == "sent"]
    return (max(sent).tzinfo if sent else None) or UTC


def _header_only(raw: RawMail) -> Message:
    message = read_mail(raw.content, raw.place).message
    return Message(
        id=message.id,
        kind=message.kind,
        place=message.place,
        sha256=message.sha256,
        date=message.date,
        sender=message.sender,
        to=message.to,
        subject=message.subject,
        bulk=message.bulk,
        automatic=message.automatic,
    )
