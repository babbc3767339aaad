"""What a person can do wrong on the page and nowhere else."""

from __future__ import annotations

from recours.errors import RecoursError


class NothingGivenError(RecoursError):
    """Neither a path nor a file."""

    def __init__(self) -> None:
        super().__init__(
            {"en": "No mailbox was given", "fr": "Aucune boîte n'a été donnée"},
            todo={
                "en": "Write the path of a file or folder, or choose files.",
                "fr": "Écrivez le chemin d'un fichier ou d'un dossier, ou choisissez des fichiers.",
            },
        )


class NoSuchJobError(RecoursError):
    """The page was started again since."""

    def __init__(self) -> None:
        super().__init__(
            {"en": "That reading is no longer running", "fr": "Cette lecture n'est plus en cours"},
            todo={
                "en": "What was kept is in the list of cases. If yours is not there, open the mailbox again.",
                "fr": "Ce qui a été gardé est dans la liste des dossiers. Si le vôtre n'y est pas, rouvrez la boîte.",
            },
        )


class NoSuchPageError(RecoursError):
    """Nothing of that number or name in the case."""

    def __init__(self, what: str) -> None:
        super().__init__({"en": f"The case has no {what}", "fr": f"Le dossier n'a pas de {what}"})


class NotAFormError(RecoursError):
    """A field is missing or is not of the kind that the page sends."""

    def __init__(self, field: str) -> None:
        super().__init__(
            {"en": f"The field {field!r} is missing", "fr": f"Le champ {field!r} manque"},
            todo={"en": "Go back and fill it in.", "fr": "Revenez en arrière et remplissez-le."},
        )
