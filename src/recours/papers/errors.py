"""What keeps a paper from being written, told so that a person can repair it."""

from __future__ import annotations

from recours.casefile.vocabulary import vocabulary
from recours.errors import RecoursError
from recours.papers.names import PAPERS


class NotReadyError(RecoursError):
    """Facts that the paper cannot do without are not known.  missing: their names; reasons: why what the mails say is
    not enough, in both languages."""

    def __init__(
        self, paper: str, missing: tuple[str, ...], reasons: tuple[dict[str, str], ...] = ()
    ) -> None:
        self.paper, self.missing, self.reasons = paper, missing, reasons
        why = {language: "".join(f" {reason[language]}" for reason in reasons) for language in ("en", "fr")}
        asked = {
            language: " ".join(vocabulary()[name].ask[language] for name in missing)
            for language in ("en", "fr")
        }
        super().__init__(
            {
                "en": f"This paper cannot be written yet: {PAPERS.get(paper, {}).get('en', paper)}. Not answered: {asked['en']}{why['en']}",
                "fr": f"Ce document ne peut pas encore être écrit : {PAPERS.get(paper, {}).get('fr', paper)}. Sans réponse : {asked['fr']}{why['fr']}",
            },
            todo={
                "en": f"Say it with: recours answer CASE {missing[0]}=VALUE",
                "fr": f"Dites-le avec : recours answer DOSSIER {missing[0]}=VALEUR",
            },
        )


class DoesNotFitError(RecoursError):
    """The case is not one for this paper.  why: in both languages; todo: what helps instead."""

    def __init__(self, paper: str, why: dict[str, str], todo: dict[str, str] | None = None) -> None:
        self.paper, self.why = paper, why
        super().__init__(
            {
                "en": f"{PAPERS[paper]['en']} does not fit this case: {why['en']}",
                "fr": f"{PAPERS[paper]['fr']} ne convient pas à ce dossier : {why['fr']}",
            },
            todo=todo or "",
        )
