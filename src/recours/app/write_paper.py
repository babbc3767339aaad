"""Papers of a case: refused with a reason while a condition is missing, else set, kept and handed over."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from recours.app.assess import Assessment, assess, once_sent, packs
from recours.app.desk import Desk
from recours.app.originals import originals
from recours.app.send import NoSuchPaperError
from recours.casefile.events import PaperMade
from recours.errors import Problem, RecoursError
from recours.law.types import Cite, Lang, Words
from recours.papers.bundle import bind
from recours.papers.docx import docx
from recours.papers.draft import draft
from recours.papers.exhibits_list import list_exhibits
from recours.papers.names import PAPERS
from recours.papers.types import Paper
from recours.papers.wording import phrase
from recours.papers.write import write, write_text
from recours.papers.writer import Brief
from recours.plan.types import Step

Reason = Literal["any", "statutory", "network"]
Form = Literal["pdf", "docx", "eml", "txt"]
STATUTORY = "statutory_chargeback"
LEVELS = frozenset({"bank_complaint"})  # the paper itself knows which level the case is at
# "complaint" is the merchant's: law.facts dates a complaint to the issuer by the sending of that name.
ALIASES = {"complaint": "first_complaint"}
OPEN = frozenset({"ready", "waiting", "done", "unknown"})
NEEDS_STEP = frozenset({"demand", "cancellation", "chargeback"})
NO_STEP: Words = {
    "fr": "aucune règle connue ne donne cette étape pour les faits de ce dossier",
    "en": "no rule that is known gives this step on the facts of this case",
}


class PaperRefusedError(RecoursError):
    """A condition of the step is missing; it says which, and what comes first.

    reasons: in both languages; first: the id of the step that comes before ("" when none helps), with what it says
    and the paper that it needs; missing: facts to be stated first.
    """

    def __init__(
        self,
        case: str,
        paper: str,
        reasons: tuple[Words, ...],
        missing: tuple[str, ...],
        first: Step | None = None,
    ) -> None:
        self.case, self.paper, self.reasons, self.missing = case, paper, reasons, missing
        self.first = first.id if first else ""
        self.first_says: Words = first.says if first else {}
        self.first_papers = first.papers if first else ()
        why = "; ".join(r["en"] for r in reasons) or "facts are missing: " + ", ".join(missing)
        super().__init__(
            f"The {paper} cannot be written: {why}", todo=f"First: {self.first}" if self.first else ""
        )


class Bound(msgspec.Struct, frozen=True):
    """A bundle and what had to be said about it."""

    pdf: bytes
    pages: int
    exhibits: int
    problems: tuple[Problem, ...]


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in some form.  pages: of the PDF, 0 for a text; left_out: sentences that a limit left no room for."""

    data: bytes
    pages: int = 0
    left_out: tuple[str, ...] = ()


def write_paper(
    desk: Desk, case: str, paper: str, language: Lang | None = None, reason: Reason = "any"
) -> Paper:
    """Set one paper.  language: None takes the case's; reason: which ground the issuer is asked on.

    Raises NoSuchPaperError, PaperRefusedError (a condition of the step), NotReadyError (facts missing),
    DoesNotFitError (the case is not one for this paper).
    """
    brief, paper = _brief(desk, case, paper, language, reason)
    made = write(paper, brief)
    desk.record(
        case,
        [PaperMade(paper=paper, language=made.language, sha256=_sha(made.pdf), pages=made.pages)],
        blobs=[made.pdf],
    )
    return made


def write_as(
    desk: Desk,
    case: str,
    paper: str,
    form: Form,
    language: Lang | None = None,
    reason: Reason = "any",
    limit: int = 0,
) -> Written:
    """One paper in a form that can be edited, pasted or mailed.  limit: characters of a text, 0 for none.

    Nothing of it is kept in the case: what is sent is kept when a person says so.  Raises as write_paper does.
    """
    if form == "pdf":
        set_ = write_paper(desk, case, paper, language, reason)
        return Written(data=set_.pdf, pages=set_.pages)
    brief, paper = _brief(desk, case, paper, language, reason)
    if form == "txt":
        fitted = write_text(paper, brief, limit)
        return Written(data=fitted.text.encode(), left_out=fitted.left_out)
    made = write(paper, brief)
    return Written(data=docx(made.model) if form == "docx" else draft(made), pages=made.pages)


def left_out_head(language: Lang) -> str:
    """What is said above the sentences that a limit left no room for."""
    return phrase(language, "limit.left_out")


def _brief(desk: Desk, case: str, paper: str, language: Lang | None, reason: Reason) -> tuple[Brief, str]:
    """What the paper is written from, and its name."""
    paper = ALIASES.get(paper, paper)
    if paper not in PAPERS or paper == "bundle":
        raise NoSuchPaperError(paper)
    assessment = assess(desk, desk.case(case))
    step = _step(assessment, paper, reason)
    said = language or assessment.case.language
    brief = Brief(
        case=assessment.case,
        decision=once_sent(desk, assessment.case, paper),
        step=step,
        cite=_cite(assessment, step),
        exhibits=list_exhibits(assessment.case, said),
        language=said,
        today=desk.today,
    )
    return brief, paper


def bundle(desk: Desk, case: str, language: Lang | None = None) -> Bound:
    """Bind every exhibit of the case into one proved PDF."""
    file = desk.case(case)
    exhibits = list_exhibits(file, language)
    made = bind(file, exhibits, originals(desk, desk.history(case)), language or file.language, desk.today)
    desk.record(
        case,
        [
            PaperMade(
                paper="bundle",
                language=language or file.language,
                sha256=_sha(made.pdf),
                pages=made.page_map.total,
            )
        ],
        blobs=[made.pdf],
    )
    return Bound(made.pdf, made.page_map.total, len(exhibits), made.problems)


def _step(assessment: Assessment, paper: str, reason: Reason) -> Step | None:
    """The step that needs the paper, or None for a paper that needs no permission.  Raises PaperRefusedError.

    The issuer can be asked on two grounds.  Where the law gives one (the contract can be cancelled, or was), it goes
    before the network's: it leaves the merchant no say.  ``reason`` asks for one of them all the same.
    """
    steps = [s for s in assessment.steps if paper in s.papers and paper not in LEVELS]
    if reason != "any":
        steps = [s for s in steps if (s.step == STATUTORY) == (reason == "statutory")]
    if not steps:
        if paper in NEEDS_STEP:
            asked = tuple(q.fact for q in assessment.questions[:3])
            raise PaperRefusedError(assessment.case.id, paper, (NO_STEP,), asked)
        return None
    lawful = [s for s in steps if s.step == STATUTORY and (s.first or s.state in OPEN)]
    others = [s for s in steps if s.step != STATUTORY]
    chosen = lawful or [s for s in others if s.state in OPEN] or others or steps
    best = next((s for s in chosen if s.state in ("ready", "done")), chosen[0])
    if best.state in ("ready", "done"):
        return best
    told = tuple(_instead(s) for s in others if s.step != best.step and s.state == "ready")
    reasons = (best.refused_because or _when(best)) + told
    first = next((s for s in assessment.steps if s.id == best.first), None)
    raise PaperRefusedError(assessment.case.id, paper, reasons, best.missing, first)


def _instead(step: Step) -> Words:
    until_fr = f", jusqu'au {step.latest}" if step.latest else ""
    until_en = f", until {step.latest}" if step.latest else ""
    return {
        "fr": f"La contestation auprès du réseau de la carte reste possible{until_fr} : --reason network",
        "en": f"The card network's dispute remains possible{until_en}: --reason network",
    }


def _cite(assessment: Assessment, step: Step | None) -> Cite | None:
    """Where the step's rule is written; None when it may not be cited (recall, and nobody has read it)."""
    if step is None:
        return None
    cite = packs().by_id[step.rule].cite
    confirmed = step.rule in assessment.case.confirmed_rules
    return cite if cite.mark != "recall" or confirmed else None


def _when(step: Step) -> tuple[Words, ...]:
    if step.state == "waiting" and step.earliest:
        return (
            {
                "fr": f"trop tôt : pas avant le {step.earliest}",
                "en": f"too early: not before {step.earliest}",
            },
        )
    if step.state == "too_late" and step.latest:
        return (
            {
                "fr": f"trop tard : c'était jusqu'au {step.latest}",
                "en": f"too late: it was until {step.latest}",
            },
        )
    return ()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
