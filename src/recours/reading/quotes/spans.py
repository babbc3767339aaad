"""Message -> spans -> new text.  The passes: frames, history, tail; each marks lines and none changes a word."""

from __future__ import annotations

from collections.abc import Sequence

from recours.reading.quotes.boundaries import apart, boundaries
from recours.reading.quotes.frames import mark_frames
from recours.reading.quotes.history import attribute, mark_history
from recours.reading.quotes.languages import Patterns, patterns, plain
from recours.reading.quotes.lines import Labels, split
from recours.reading.quotes.tail import mark_tail
from recours.reading.quotes.witness import Witness
from recours.reading.types import Message, Span


def spans(
    message: Message, earlier: Sequence[Message] = (), around: Sequence[Message] = ()
) -> tuple[Span, ...]:
    """Who wrote which characters of ``message.text``.

    earlier: the messages of the dispute that came before, oldest first; the message itself and its copies may
    be among them; around: all messages of the dispute, which tell what a desk sets under each.  The spans follow each other without gap or overlap; none for an empty text.  A call note or
    a chat entry is its author's as a whole.
    """
    if not message.text:
        return ()
    if message.kind != "mail":
        return (Span(0, len(message.text), "authored"),)
    p = patterns()
    labels = Labels(apart(split(message.text), p))
    witness = Witness(message, earlier, around)
    announced = boundaries(labels, p)
    history = announced[0].start if announced else len(labels.lines)
    start, end = mark_frames(labels, history, p, witness)
    mark_history(labels, announced, start, end, p, witness, _forwards(message, p))
    mark_tail(labels, start, end, p, message, witness)
    attribute(labels, announced, witness, message.in_reply_to)
    return _joined(labels)


def new_text(message: Message, spans: Sequence[Span]) -> str:
    """What the author typed: the authored spans, trimmed, joined by an empty line."""
    words = [message.text[s.start : s.end].strip() for s in spans if s.kind == "authored"]
    return "\n\n".join(w for w in words if w)


def _forwards(message: Message, p: Patterns) -> bool:
    return bool(p.forward_subject.fullmatch(plain(message.subject)))


def _joined(labels: Labels) -> tuple[Span, ...]:
    """Lines of one kind that follow each other -> one span; an empty line goes with what is above it."""
    joined: list[Span] = []
    for line, kind, of in zip(labels.lines, labels.kind, labels.of, strict=True):
        last = joined[-1] if joined else None
        if last and (
            (not line.said and (not line.depth or last.kind == "quoted"))
            or (last.kind, last.of) == (kind, of)
        ):
            joined[-1] = Span(last.start, line.end, last.kind, last.of)
        else:
            joined.append(Span(line.start, line.end, kind, of))
    return tuple(joined)
