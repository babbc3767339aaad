"""What can be wrong with a store."""

from __future__ import annotations

from pathlib import Path

from recours.errors import RecoursError


class NoSuchCaseError(RecoursError):
    """The case that was named is not in the store."""

    def __init__(self, case: str, known: tuple[str, ...]) -> None:
        have = ", ".join(known) if known else "none yet: recours open MAILBOX opens one"
        super().__init__(f"There is no case {case!r} in the store", todo=f"Cases: {have}")


class CaseExistsError(RecoursError):
    """A case of that name is there already and is about something else."""

    def __init__(self, case: str) -> None:
        super().__init__(
            f"A case named {case!r} exists already and is about another dispute",
            todo="Choose another name with --name, or look at the one there with: recours show " + case,
        )


class NotAStoreError(RecoursError):
    """The file is not a store of Recours, or is damaged."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} cannot be opened as a Recours file: {why}",
            todo="Choose the right file with --store FILE, or take your backup of it.",
        )


class DivergedError(RecoursError):
    """An imported case and the stored one of the same name went different ways."""

    def __init__(self, case: str) -> None:
        super().__init__(
            f"Case {case!r} is in the store already with another history",
            todo="Nothing was changed. Import it into another store with --store FILE.",
        )


class MissingBytesError(RecoursError):
    """Bytes that the journal names are not in the store."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            f"The original with SHA-256 {sha256[:16]}... is not in the store",
            todo="Run: recours verify CASE. Take the missing file from a backup and add it again.",
        )
