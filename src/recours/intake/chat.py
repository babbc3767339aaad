"""Exported chats and copied conversations -> their entries: where each lies, its day and hour as written, who said it.

Known by the form of their lines, not by the program's name: WhatsApp (Android: "12/03/2026, 14:05 - Ana: hi"; iOS:
"[12/03/2026 14:05:00] Ana: hi"), the same in French ("12/03/2026 à 14:05", "14 h 05"), "Ana (14:05): hi",
"[14:05] Ana: hi".  Nothing is decided here about the order of day and month.
"""

from __future__ import annotations

import re

import msgspec

_GAP = "[ \\t\u00a0\u202f]"
_DAY = r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))"
_TIME = rf"(?P<time>\d{{1,2}}{_GAP}?[:h]{_GAP}?\d{{2}}(?:{_GAP}?[:m]{_GAP}?\d{{2}}(?:{_GAP}?s)?)?(?:{_GAP}?[ap]\.?{_GAP}?m\b\.?)?)"
_MARKS = "[\ufeff\u200e\u200f\u202a-\u202c]*"
_WHO = r"(?P<who>[^:\n]{1,60}?)"
# A line that opens an entry.  The stamped form also takes the program's own lines, which nobody says.
_STAMPED = re.compile(
    rf"^{_MARKS}\[?{_DAY}(?P<link>,?{_GAP}(?:à|at){_GAP}|,?{_GAP}){_TIME}\]?{_GAP}*[-–—:]?{_GAP}*"
    rf"(?:{_WHO}{_GAP}?:(?={_GAP}|\r?$){_GAP}?|(?P<nobody>(?=[^\n]*$)))",
    re.MULTILINE | re.IGNORECASE,
)
_AFTER = re.compile(
    rf"^{_MARKS}(?P<who>[^:\[\(\n]{{1,60}}?){_GAP}*[\[(](?:{_DAY}(?P<link>,?{_GAP}(?:à|at){_GAP}|,?{_GAP}))?{_TIME}[\])]{_GAP}*:{_GAP}?",
    re.MULTILINE | re.IGNORECASE,
)
_TIMED = re.compile(
    rf"^{_MARKS}[\[(]?{_TIME}[\])]?{_GAP}*[-–—]?{_GAP}*(?P<who>[^:\n\d]{{1,40}}?){_GAP}?:{_GAP}",
    re.MULTILINE | re.IGNORECASE,
)
_FORMS = (_STAMPED, _AFTER, _TIMED)
LEAST = 2  # entries that make a chat; one such line is a line of a note


class ChatEntry(msgspec.Struct, frozen=True, kw_only=True):
    """start, said, end: characters of the file's text: the entry, its words, its end.

    day: as written, "" when the line has none; time: as written; who: "" for a line of the program itself;
    french: the line links day and hour as French exports do.
    """

    start: int
    said: int
    end: int
    day: str
    time: str
    who: str
    french: bool = False


def chat_entries(text: str) -> tuple[ChatEntry, ...]:
    """The entries in order, () when the text is no conversation: fewer than two lines that somebody says."""
    form, lines = max(((f, list(f.finditer(text))) for f in _FORMS), key=lambda one: len(one[1]))
    spoken = sum(1 for line in lines if line["who"])
    if spoken < LEAST or (form is _TIMED and not _repeats([line["who"] for line in lines])):
        return ()
    ends = [line.start() for line in lines[1:]] + [len(text)]
    return tuple(
        ChatEntry(
            start=line.start(),
            said=line.end(),
            end=end,
            day=line.groupdict().get("day") or "",
            time=line["time"],
            who=(line["who"] or "").strip(" \t\u00a0\u202f\u200e~-"),
            french="à" in (line.groupdict().get("link") or "").lower(),
        )
        for line, end in zip(lines, ends, strict=True)
    )


def _repeats(names: list[str]) -> bool:
    """People who talk with each other speak more than once; the headings of a list do not."""
    return len(set(names)) < len(names)
