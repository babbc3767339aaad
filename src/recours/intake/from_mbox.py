"""A mailbox as a person exports it -> its messages, one by one, in one pass over a memory-mapped file.

Sources: an mbox file (mboxo, mboxrd, mboxcl; RFC 4155), one .eml, .emlx or Outlook .msg file, a Maildir, a folder of these, a zip
archive of these, or an Outlook data file; the last two also among the files of a folder.
The source is opened for reading only.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from stringzilla import Str

from recours.intake.contents import Contents
from recours.intake.errors import EmptyMailboxError, MissingSourceError
from recours.intake.framing import MAIL, MBOX_MESSAGE
from recours.intake.sources import File, RawMail, Reader
from recours.intake.types import Place

_HEAD = 4096
_LARGE = 1024 * 1024
_HEADER_LINE = re.compile(rb">*From |[\x21-\x39\x3b-\x7e]{1,76}:")
_DATED_FROM_LINE = re.compile(  # From sender date, the date as asctime writes it or nearly
    rb"From (?:.* )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\b\d\d?:\d\d.*"
)
_BARE_FROM_LINE = re.compile(
    rb"From (?:[^ ]*|(?:-|[^ ]+@[^ ]+|MAILER-DAEMON) .*\d.*)$"
)  # no date, or one of another kind
_FROM_LINE = 1000  # bytes; a longer one is text
FROM = b"\nFrom "
_NETSCAPE = b"From -"  # who and when left out, and no blank line before it where a Content-Length leads there
_HEAD_END = re.compile(rb"\n[ \t]*\r?\n")
_HEADERS = 16 * 1024
_CONTENT_LENGTH = re.compile(
    rb"^content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)

RELEASE = 32 * 1024 * 1024  # bytes read before their pages are let go


class Mailbox:
    """A readable source of messages.

    path: file or folder; scratch, progress: for what must be unpacked (see ``contents.Contents``).  Raises MissingSourceError,
    NotAMailboxError, EmptyMailboxError, BadArchiveError, OutlookFileError when opened.
    Iterating yields RawMail in the source's order; ``read(place)`` gives one again.  files: those that hold mail; others:
    those of a folder or archive that hold none; unread: archives among them that could not be opened.
    """

    def __init__(
        self,
        path: Path,
        scratch: Path | None = None,
        progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
    ) -> None:
        self.path = path
        self.name = path.name  # as the person gave it
        try:
            self._contents = Contents(path, scratch, partial(progress, "unpack"))
        except OSError as error:
            raise MissingSourceError(path, error.strerror or str(error)) from None
        self.files = tuple(file for file in self._contents.files if file.kind in MAIL)
        self.others = tuple(file for file in self._contents.files if file.kind not in MAIL)
        self.unread = self._contents.unread
        self.size = sum(file.size for file in self.files)
        if not self.files:
            raise EmptyMailboxError(path)
        self.reader = Reader(self.files)

    def __iter__(self) -> Iterator[RawMail]:
        for place in self.places():
            yield self.read(place)

    def places(self) -> Iterator[Place]:
        """Where each message lies, in the source's order, without reading more than its borders."""
        for file in self.files:
            if file.kind == MBOX_MESSAGE:
                yield from split(file)
            else:
                yield Place(file=file.name, length=file.size)

    def read(self, place: Place) -> RawMail:
        """The message at a place that iterating gave."""
        return self.reader.read(place)

    @property
    def fingerprint(self) -> str:
        """Differs when the mailbox does: name, size and time of each file, first and last bytes of large ones."""
        told = hashlib.sha256(str(self.path.resolve()).encode("utf-8", "surrogateescape"))
        for file in self.files:
            told.update(f"\n{file.name}\n{file.size} {file.changed}".encode("utf-8", "surrogateescape"))
            if file.size >= _LARGE:
                with Path(file.path).open("rb") as stream:
                    told.update(stream.read(_HEAD))
                    stream.seek(-_HEAD, os.SEEK_END)
                    told.update(stream.read(_HEAD))
        return told.hexdigest()


class Cut(NamedTuple):
    """A message in an mbox.  opens: where its "From " line begins; offset, length: of what follows that line; following: where
    the next message opens, -1 when there is none; settled: it stays so, whatever is added to the end of the file."""

    opens: int
    offset: int
    length: int
    following: int
    settled: bool


def split(file: File) -> Iterator[Place]:
    """Cut where a message's Content-Length leads, else at "From " lines with a sender and a date (or bare ones after a
    blank line) that a header line follows.

    A body line such as "From now on" that its writer did not quote has no date of that kind, so it stays in its
    message.
    """
    with mapped(file) as (box, text):
        for position, cut in enumerate(cuts(box, text, first_start(box), len(box)), 1):
            yield Place(file=file.name, position=position, offset=cut.offset, length=cut.length)


@contextmanager
def mapped(file: File) -> Iterator[tuple[mmap.mmap, Str]]:
    """A file's bytes; the same, searched as fast as memory gives them."""
    with (
        Path(file.path).open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as box,
        memoryview(box) as view,
    ):
        text = Str(view)
        yield box, text
        del text


def cuts(box: mmap.mmap, text: Str, start: int, end: int) -> Iterator[Cut]:
    """The messages of which the first opens at start, and the last before end."""
    released = start
    while 0 <= start < end:
        led = _declared(box, text, start)
        if led == len(box):
            following = -1
        elif led is not None and box[led - 1 : led + 5] == FROM and _opens_message(box, led):
            following = led
        else:
            following = following_start(box, text, start)
        after = len(box) if following == -1 else following
        body = box.find(b"\n", start) + 1 or after
        tail = box[max(body, after - 4) : after]
        if following != -1 or tail.endswith((b"\n\n", b"\r\n\r\n")):
            after -= 2 if tail.endswith(b"\r\n\r\n") else 1
        looked_at = max(start, following, led or 0) + _HEADERS
        yield Cut(start, body, max(0, after - body), following, following != -1 and looked_at <= len(box))
        if body - released > RELEASE:
            released = let_go(box, released, body)
        start = following


def let_go(box: mmap.mmap, start: int, end: int) -> int:
    """Tell the system that these pages were read: a mailbox of gigabytes does not fill the memory.  Where it got to."""
    start, end = start + -start % mmap.PAGESIZE, end - end % mmap.PAGESIZE
    if hasattr(box, "madvise") and end > start:
        box.madvise(mmap.MADV_DONTNEED, start, end - start)
    return end


def first_start(box: mmap.mmap) -> int:
    """Where the first message opens: after blank lines or a mark of order."""
    at = 0
    while box[at : at + 1] in (b"\n", b"\r", b"\xef", b"\xbb", b"\xbf"):
        at += 1
    return at


def following_start(box: mmap.mmap, text: Str, start: int, end: int | None = None) -> int:
    """Where the next message opens after start, before end, by the look of its lines; -1 when there is none."""
    end = len(box) if end is None else end
    at: int = text.find(FROM, start, end)
    while at != -1 and not _opens_message(box, at + 1):
        at = text.find(FROM, at + 5, end)
    return at + 1 if at != -1 else -1


def _declared(box: mmap.mmap, text: Str, start: int) -> int | None:
    """Where this message's Content-Length leads (mboxcl, mboxcl2), after blank lines; None when it has none."""
    limit = min(start + _HEADERS, len(box))
    for empty_line in (b"\n\n", b"\n\r\n"):
        found = text.find(empty_line, start, limit)
        limit = limit if found == -1 else found + len(empty_line)
    top = box[start:limit]
    if b"content-length" not in top.lower() or (end := _HEAD_END.search(top)) is None:
        return None
    length = _CONTENT_LENGTH.search(top, 0, end.start() + 1)
    if length is None:
        return None
    at = start + end.end() + int(length[1])
    left = box[at : at + 4]
    return at + len(left) - len(left.lstrip(b"\r\n"))


def _opens_message(box: mmap.mmap, at: int) -> bool:
    line_end = box.find(b"\n", at, at + _FROM_LINE)
    if line_end == -1:
        return False
    line, following = box[at:line_end].rstrip(b"\r"), box[line_end + 1 : line_end + 120]
    if not _HEADER_LINE.match(following):
        return False
    if line.rstrip() == _NETSCAPE or _DATED_FROM_LINE.match(line):
        return True
    blank_before = box[at - 2 : at] == b"\n\n" or box[at - 4 : at] == b"\r\n\r\n"
    return blank_before and _BARE_FROM_LINE.match(line) is not None
