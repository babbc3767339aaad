"""Closing a case, and taking it up again."""

from __future__ import annotations

from recours.app.desk import Desk
from recours.app.money import all_there, left_over
from recours.casefile.events import CaseClosed, CaseReopened
from recours.casefile.types import CaseFile, ClosedHow
from recours.errors import RecoursError


class NoReasonError(RecoursError):
    """No word says why."""

    def __init__(self) -> None:
        super().__init__(
            {
                "en": "A case is not closed or reopened without a reason",
                "fr": "Un dossier ne se ferme ni ne se rouvre sans raison",
            },
            where="--why",
            todo={"en": "A few words of your own are enough.", "fr": "Quelques mots à vous suffisent."},
        )


class NotSolvedError(RecoursError):
    """It is called solved, and money is missing or may be taken back."""

    def __init__(self, case: CaseFile) -> None:
        left = left_over(case)
        if left is not None and left.amount > 0:
            told = f"{left.amount} {left.currency}"
            en, fr = f"{told} is still missing", f"il manque encore {told}"
        else:
            en = "a credit is provisional and may still be taken back"
            fr = "un crédit est provisoire et peut encore être repris"
        super().__init__(
            {
                "en": f"The case is not solved by money: {en}",
                "fr": f"Le dossier n'est pas réglé en argent : {fr}",
            },
            todo={
                "en": "Enter what came (recours money), close it as partly, or, when it was solved otherwise"
                " (replaced, repaired), add --otherwise.",
                "fr": "Inscrivez ce qui est venu (recours money), fermez-le comme partly, ou, s'il est réglé autrement"
                " (remplacé, réparé), ajoutez --otherwise.",
            },
        )


class WrongStateError(RecoursError):
    """It is closed already, or it is open."""

    def __init__(self, case: str, *, closed: bool) -> None:
        super().__init__(
            {
                "en": f"The case {case!r} is {'closed already' if closed else 'open'}",
                "fr": f"Le dossier {case!r} est {'déjà fermé' if closed else 'ouvert'}",
            },
            todo={
                "en": f"To take it up again: recours close {case} --reopen --why TEXT" if closed else "",
                "fr": f"Pour le reprendre : recours close {case} --reopen --why TEXTE" if closed else "",
            },
        )


def close(desk: Desk, case: str, how: ClosedHow, why: str, *, otherwise: bool = False) -> CaseFile:
    """The case as it is closed.  otherwise: it was solved by something else than money.

    Raises NoSuchCaseError, NoReasonError, NotSolvedError, WrongStateError.
    """
    found = desk.case(case)
    if found.closed:
        raise WrongStateError(case, closed=True)
    if not why.strip():
        raise NoReasonError
    known = left_over(found) is not None
    if how == "solved" and not otherwise and not all_there(found) and (known or found.provisional):
        raise NotSolvedError(found)
    desk.record(case, [CaseClosed(how=how, why=why.strip())])
    return desk.case(case)


def reopen(desk: Desk, case: str, why: str) -> CaseFile:
    """The case, open again.  Raises NoSuchCaseError, NoReasonError, WrongStateError."""
    if not desk.case(case).closed:
        raise WrongStateError(case, closed=False)
    if not why.strip():
        raise NoReasonError
    desk.record(case, [CaseReopened(why=why.strip())])
    return desk.case(case)
