"""What can be wrong with a store."""

from __future__ import annotations

from pathlib import Path

from recours.errors import RecoursError


class NoSuchCaseError(RecoursError):
    """The case that was named is not in the store."""

    def __init__(self, case: str, known: tuple[str, ...]) -> None:
        names = ", ".join(known)
        super().__init__(
            {
                "en": f"There is no case {case!r} in the store",
                "fr": f"Il n'y a pas de dossier {case!r} dans le magasin",
            },
            todo={
                "en": f"Cases: {names or 'none yet; recours open MAILBOX opens one'}",
                "fr": f"Dossiers : {names or 'aucun ; recours open BOÎTE en ouvre un'}",
            },
        )


class CaseExistsError(RecoursError):
    """A case of that name is there already and is about something else."""

    def __init__(self, case: str) -> None:
        super().__init__(
            {
                "en": f"A case named {case!r} exists already and is about another dispute",
                "fr": f"Un dossier nommé {case!r} existe déjà et porte sur un autre litige",
            },
            todo={
                "en": f"Choose another name with --name, or look at the one there with: recours show {case}",
                "fr": f"Choisissez un autre nom avec --name, ou voyez celui-là avec : recours show {case}",
            },
        )


class NotAStoreError(RecoursError):
    """The file is not a store of Recours, or is damaged."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            {
                "en": f"{path} cannot be opened as a Recours file: {why}",
                "fr": f"{path} ne peut pas être ouvert comme fichier Recours : {why}",
            },
            todo={
                "en": "Choose the right file with --store FILE, or take your backup of it.",
                "fr": "Choisissez le bon fichier avec --store FICHIER, ou prenez votre copie de sauvegarde.",
            },
        )


class DivergedError(RecoursError):
    """An imported case and the stored one of the same name went different ways."""

    def __init__(self, case: str) -> None:
        super().__init__(
            {
                "en": f"Case {case!r} is in the store already with another history",
                "fr": f"Le dossier {case!r} est déjà dans le magasin avec une autre histoire",
            },
            todo={
                "en": "Nothing was changed. Import it into another store with --store FILE.",
                "fr": "Rien n'a été changé. Importez-le dans un autre magasin avec --store FICHIER.",
            },
        )


class MissingBytesError(RecoursError):
    """Bytes that the journal names are not in the store."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            {
                "en": f"The original with SHA-256 {sha256[:16]}... is not in the store",
                "fr": f"L'original de SHA-256 {sha256[:16]}... n'est pas dans le magasin",
            },
            todo={
                "en": "Run: recours verify CASE. Take the missing file from a backup and add it again.",
                "fr": "Lancez : recours verify DOSSIER. Reprenez le fichier d'une sauvegarde et ajoutez-le.",
            },
        )
