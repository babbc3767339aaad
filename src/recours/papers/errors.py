"""What keeps a paper from being written, told so that a person can repair it."""

from __future__ import annotations

from recours.errors import RecoursError


class NotReadyError(RecoursError):
    """Facts that the paper cannot do without are not known.  missing: their names."""

    def __init__(self, paper: str, missing: tuple[str, ...]) -> None:
        self.paper, self.missing = paper, missing
        names = ", ".join(missing)
        super().__init__(
            {
                "en": f"The {paper} cannot be written yet: {names} is not known",
                "fr": f"Le document « {paper} » ne peut pas encore être écrit : {names} n'est pas connu",
            },
            todo={
                "en": f"Say it with: recours answer CASE {missing[0]}=VALUE",
                "fr": f"Dites-le avec : recours answer DOSSIER {missing[0]}=VALEUR",
            },
        )
