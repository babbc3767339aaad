"""Whether a quotation says what its message says: only then may a label stand for its words.

A reply quotes all that came before, so that an exchange of forty mails holds the first one forty times.  A quotation
that was touched up is itself evidence: each of its lines that the message does not have is kept.
"""

from __future__ import annotations

import re

from recours.reading.types import Message

LEAD = (
    400  # characters of "On ..., ... wrote:" or of a head (From, Sent, To, Subject) before the quoted words
)
_HEAD = re.compile(r"[>\s]*\*?[^\W\d_][\w -]{0,18}\s?:\*?\s")  # "Sent: ", "Envoyé : "


def told_elsewhere(words: str, message: Message) -> str:
    """words: of a quotation, with its > marks; message: the one it quotes.  Its lines that the message lacks.

    Letters and digits are compared, so that marks, spaces and new line breaks do not count.  The lines that lead the
    quotation in and name its sender are not kept.
    """
    whole = _plain(f"{message.text}\n{message.subject}")
    lines = words.splitlines()
    plain = [_plain(line) for line in lines]
    found = [bool(bare) and bare in whole for bare in plain]
    if not any(found):
        return words.strip("\n")
    start = max(
        (n for n in (found.index(True), _head(lines)) if _leads("\n".join(lines[:n]), message)), default=0
    )
    kept = [
        line
        for line, bare, there in list(zip(lines, plain, found, strict=True))[start:]
        if bare and not there
    ]
    return "\n".join(kept)


def _head(lines: list[str]) -> int:
    """How many lines a head (From, Sent, To, Subject) takes up to its empty line, 0 when there is none."""
    start = next((n for n, line in enumerate(lines) if _plain(line)), len(lines))
    end = start
    while end < len(lines) and _HEAD.match(lines[end]):
        end += 1
    return end if end > start + 1 else 0


def _leads(lead: str, message: Message) -> bool:
    sender = [_plain(message.sender.email), _plain(message.sender.name)]
    plain = _plain(lead)
    return len(lead) <= LEAD and (not plain or any(name and name in plain for name in sender))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
