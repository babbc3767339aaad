"""What can be wrong with what a person points at."""

from __future__ import annotations

from pathlib import Path

from recours.errors import RecoursError


class MissingSourceError(RecoursError):
    """The path leads nowhere, or may not be read."""

    def __init__(self, path: Path, why: str = "") -> None:
        super().__init__(
            {
                "en": f"Cannot use {path}: {why or 'there is no such file or folder'}",
                "fr": f"{path} ne peut pas être utilisé : {why or 'aucun fichier ni dossier de ce nom'}",
            },
            todo={
                "en": "Check the path. Drag the file into the terminal to write it.",
                "fr": "Vérifiez le chemin. Glissez le fichier dans le terminal pour l'écrire.",
            },
        )


class NotAMailboxError(RecoursError):
    """The file is something else than mail."""

    def __init__(self, path: Path, looks_like: dict[str, str]) -> None:
        super().__init__(
            {
                "en": f"{path} is not a mailbox: it looks like {looks_like['en']}",
                "fr": f"{path} n'est pas une boîte aux lettres : on dirait {looks_like['fr']}",
            },
            todo={
                "en": "Recours opens .mbox files (Thunderbird, Apple Mail, Google Takeout), .eml files, Maildir and "
                "folders of these. Photos, PDFs and notes are added to a case with: recours add CASE FILE...",
                "fr": "Recours ouvre les fichiers .mbox (Thunderbird, Apple Mail, Google Takeout), les .eml, Maildir "
                "et les dossiers de ceux-ci. Photos, PDF et notes s'ajoutent avec : recours add DOSSIER FICHIER...",
            },
        )


class EmptyMailboxError(RecoursError):
    """The mailbox is one, and holds no message."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            {"en": f"{path} holds no message", "fr": f"{path} ne contient aucun message"},
            todo={
                "en": "Export the mailbox again, and choose a folder that has mail in it (All Mail, Inbox and Sent).",
                "fr": "Exportez de nouveau la boîte, avec un dossier qui contient des courriels (Tous les messages, "
                "Réception et Envoyés).",
            },
        )
