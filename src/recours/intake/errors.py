"""What can be wrong with what a person points at."""

from __future__ import annotations

from pathlib import Path

from recours.errors import RecoursError


class MissingSourceError(RecoursError):
    """The path leads nowhere, or may not be read."""

    def __init__(self, path: Path, why: str = "there is no such file or folder") -> None:
        super().__init__(
            f"Cannot read {path}: {why}", todo="Check the path. Drag the file into the terminal to write it."
        )


class NotAMailboxError(RecoursError):
    """The file is something else than mail."""

    def __init__(self, path: Path, looks_like: str) -> None:
        super().__init__(
            f"{path} is not a mailbox: it looks like {looks_like}",
            todo="Recours opens .mbox files (Thunderbird, Apple Mail, Google Takeout), .eml files, Maildir and "
            "folders of these. Photos, PDFs and notes are added to a case with: recours add CASE FILE...",
        )


class EmptyMailboxError(RecoursError):
    """The mailbox is one, and holds no message."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} holds no message",
            todo="Export the mailbox again, and choose a folder that has mail in it (All Mail, Inbox and Sent).",
        )
