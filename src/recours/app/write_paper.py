"""Papers of a case: refused with a reason while a condition is missing, else set, kept and handed over."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import msgspec

from recours.app.assess import Assessment, assess, once_sent, packs
from recours.app.desk import Desk
from recours.app.originals import originals
from recours.app.send import GROUNDS, NoSuchPaperError, Reason
from recours.casefile.events import PaperMade
from recours.errors import Problem, RecoursError
from recours.law.facts import STATUTORY
from recours.law.types import Cite, Lang, Words
from recours.papers.bag import bag as bag_files
from recours.papers.bag import original_name
from recours.papers.bundle import bind_parts
from recours.papers.docx import docx
from recours.papers.draft import draft
from recours.papers.exhibits_list import list_exhibits
from recours.papers.names import PAPERS, named
from recours.papers.readability import Ease, ease
from recours.papers.redaction import KINDS
from recours.papers.shown import told_in_words
from recours.papers.types import Paper
from recours.papers.typesetting import settled
from recours.papers.wording import phrase
from recours.papers.write import write, write_text
from recours.papers.writer import Brief
from recours.plan.types import Step

Form = Literal["pdf", "docx", "eml", "txt"]
LEVELS = frozenset({"bank_complaint"})  # the paper itself knows which level the case is at
NOW = frozenset({"ready", "done"})  # states of a step whose paper is written
OPEN = NOW | {"waiting", "with_issuer", "unknown"}
NEEDS_STEP = frozenset({"demand", "cancellation", "chargeback"})
ANY_TIME = frozenset(
    {"first_complaint", "regulator", "small_claims"}
)  # no step is spoiled by writing them early
NO_STEP: Words = {
    "fr": "aucune règle connue ne donne cette étape pour les faits de ce dossier",
    "en": "no rule that is known gives this step on the facts of this case",
}
NOT_SURE: Words = {
    "fr": "ce que l'on sait du dossier ne dit pas encore si cette étape s'applique",
    "en": "what is known of the case does not yet say whether this step applies",
}


class PaperRefusedError(RecoursError):
    """A condition of the step is missing; it says which, and what comes first.

    reasons: in both languages; first: the id of the step that comes before ("" when none helps), with what it says
    and the paper that it needs; missing: facts to be stated first; grounds: on which it can be written all the same.
    """

    def __init__(
        self,
        case: str,
        paper: str,
        reasons: tuple[Words, ...],
        missing: tuple[str, ...],
        first: Step | None = None,
        grounds: tuple[Reason, ...] = (),
    ) -> None:
        self.case, self.paper, self.reasons, self.missing = case, paper, reasons, missing
        self.grounds = grounds
        self.first = first.id if first else ""
        self.first_says: Words = first.says if first else {}
        self.first_papers = first.papers if first else ()
        why = "; ".join(r["en"] for r in reasons) or "facts are missing: " + ", ".join(missing)
        super().__init__(
            f"The {paper} cannot be written: {why}", todo=f"First: {self.first}" if self.first else ""
        )


class Bound(msgspec.Struct, frozen=True):
    """A bundle and what had to be said about it.  parts: each a PDF, in order; pages: of all of them."""

    parts: tuple[bytes, ...]
    pages: int
    exhibits: int
    problems: tuple[Problem, ...]

    @property
    def pdf(self) -> bytes:
        """The first part, which is the whole bundle when it was not cut."""
        return self.parts[0]


class NoSuchKindError(RecoursError):
    """Recours takes no words of that kind out."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            {"en": f"{kind!r} cannot be taken out", "fr": f"{kind!r} ne peut pas être retiré"},
            where="--redact",
            todo={"en": f"Kinds: {', '.join(KINDS)}", "fr": f"Sortes : {', '.join(KINDS)}"},
        )


def hidden_kinds(text: str) -> frozenset[str]:
    """addresses,phones -> the kinds.  Raises NoSuchKindError."""
    kinds = [kind.strip() for kind in text.split(",") if kind.strip()]
    for kind in kinds:
        if kind not in KINDS:
            raise NoSuchKindError(kind)
    return frozenset(kinds)


class BagPlaceError(RecoursError):
    """A bag needs a folder of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            {"en": "The folder is not empty", "fr": "Le dossier n'est pas vide"},
            where=str(folder),
            todo={"en": "Name a new one.", "fr": "Nommez-en un nouveau."},
        )


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in some form.  pages: of the PDF, 0 for a text; left_out: sentences that a limit left no room for; ease:
    of a letter's own words, None for a table; problems: what the paper could not show."""

    data: bytes
    pages: int = 0
    left_out: tuple[str, ...] = ()
    ease: Ease | None = None
    problems: tuple[Problem, ...] = ()


def write_paper(
    desk: Desk, case: str, paper: str, language: Lang | None = None, reason: Reason = "any"
) -> Paper:
    """Set one paper.  language: None takes the case's; reason: which ground the issuer is asked on.

    Raises NoSuchPaperError, PaperRefusedError (a condition of the step), NotReadyError (facts missing),
    DoesNotFitError (the case is not one for this paper).
    """
    brief, paper = paper_brief(desk, case, paper, language, reason)
    made = write(paper, brief)
    desk.record(
        case,
        [
            PaperMade(
                paper=paper,
                language=made.language,
                sha256=_sha(made.pdf),
                pages=made.pages,
                step=brief.step.step if brief.step else "",
            )
        ],
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
        name = PAPERS[paper][set_.language] if paper in PAPERS else paper
        problems = told_in_words(settled(set_.model)[1], (), set_.language, name)
        return Written(data=set_.pdf, pages=set_.pages, ease=_ease(set_), problems=problems)
    brief, paper = paper_brief(desk, case, paper, language, reason)
    if form == "txt":
        fitted = write_text(paper, brief, limit)
        return Written(data=fitted.text.encode(), left_out=fitted.left_out)
    made = write(paper, brief)
    sender = str(brief.case.value("consumer.email") or "")
    data = docx(made.model) if form == "docx" else draft(made, brief.today, sender)
    return Written(data=data, pages=made.pages, ease=_ease(made))


def _ease(paper: Paper) -> Ease | None:
    sections = paper.model.get("sections", ())
    return ease([s["text"] for section in sections for s in section["sentences"]], paper.language)


def left_out_head(language: Lang) -> str:
    """What is said above the sentences that a limit left no room for."""
    return phrase(language, "limit.left_out")


def paper_brief(
    desk: Desk, case: str, paper: str, language: Lang | None, reason: Reason
) -> tuple[Brief, str]:
    """What the paper is written from, and its name.  Raises NoSuchPaperError, PaperRefusedError."""
    paper = named(paper)
    if paper not in PAPERS or paper == "bundle":
        raise NoSuchPaperError(paper)
    assessment = assess(desk, desk.case(case))
    step = _step(assessment, paper, reason)
    said = language or assessment.case.language
    brief = Brief(
        case=assessment.case,
        decision=once_sent(desk, assessment.case, paper, step.step if step else ""),
        step=step,
        cite=_cite(assessment, step),
        exhibits=list_exhibits(assessment.case, said),
        language=said,
        today=desk.today,
    )
    return brief, paper


def bundle(
    desk: Desk,
    case: str,
    language: Lang | None = None,
    limit: int = 0,
    hidden: frozenset[str] = frozenset(),
    headers: bool = False,
    archive: bool = False,
) -> Bound:
    """Bind every exhibit of the case into one proved PDF, or into several.

    limit: bytes of a part, 0 for one file; hidden: kinds of words to take out (papers.redaction.KINDS); headers: print
    every header of the mails; archive: PDF pages of others as pictures with their words, so that it is PDF/A.
    """
    file = desk.case(case)
    said = language or file.language
    exhibits = list_exhibits(file, language)
    blobs = originals(desk, desk.history(case))
    made = bind_parts(
        file,
        exhibits,
        blobs,
        said,
        desk.today,
        limit=limit,
        hidden=hidden,
        headers=headers,
        archive=archive,
    )
    desk.record(
        case,
        [
            PaperMade(paper="bundle", language=said, sha256=_sha(one.pdf), pages=one.page_map.total)
            for one in made
        ],
        blobs=[one.pdf for one in made],
    )
    parts = tuple(one.pdf for one in made)
    problems = tuple(p for one in made for p in one.problems)
    return Bound(parts, sum(one.page_map.total for one in made), len(exhibits), problems)


def bag(desk: Desk, case: str, folder: Path, bound: Bound, hidden: frozenset[str] = frozenset()) -> int:
    """Write the bundle and its originals into a new folder as a bag (RFC 8493) -> files of its payload.

    Where words were taken out of the bundle, the originals stay at home.  An original that cannot be read is not in the
    bag; the bundle's page says why.  Raises BagPlaceError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BagPlaceError(folder)
    several = len(bound.parts) > 1
    payload = {(f"bundle-{n}.pdf" if several else "bundle.pdf"): pdf for n, pdf in enumerate(bound.parts, 1)}
    if not hidden:
        payload |= _originals(desk, case)
    for path, data in bag_files(payload, desk.today).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return len(payload)


def _originals(desk: Desk, case: str) -> dict[str, bytes]:
    """Path in the bag -> bytes, for every exhibit whose original is kept."""
    blobs = originals(desk, desk.history(case))
    found: dict[str, bytes] = {}
    for exhibit in list_exhibits(desk.case(case)):
        try:
            found[original_name(exhibit)] = blobs(exhibit.sha256)
        except RecoursError:
            continue  # the bundle's own page names it and says why
    return found


def _step(assessment: Assessment, paper: str, reason: Reason) -> Step | None:
    """The step that needs the paper, or None for a paper that needs no permission.  Raises PaperRefusedError.

    The issuer can be asked on two grounds.  Where the law gives one (the contract can be cancelled, or was), it goes
    before the network's: it leaves the merchant no say.  While a request lies with the issuer, no second one is written
    on another ground.  ``reason`` asks for one of them all the same.
    """
    steps = [s for s in assessment.steps if paper in s.papers and paper not in LEVELS]
    if reason != "any":
        steps = [s for s in steps if (s.step == STATUTORY) == (reason == "statutory")]
    if not steps:
        if paper in NEEDS_STEP:
            raise PaperRefusedError(assessment.case.id, paper, (NO_STEP,), _asked(assessment))
        return None
    lawful = [s for s in steps if s.step == STATUTORY and (s.first or _has_ground(s))]
    others = [s for s in steps if s.step != STATUTORY]
    chosen = lawful or [s for s in others if s.state in OPEN] or others or steps
    now = NOW if reason == "any" else NOW | {"with_issuer"}
    best = next((s for s in chosen if s.state in now), chosen[0])
    if best.state in now:
        return best
    if paper in ANY_TIME:
        return None
    told = tuple(_instead(s) for s in others if s.step != best.step and s.state == "ready")
    reasons = (best.refused_because or _when(best)) + told
    grounds: tuple[Reason, ...] = ("network",) if told else ()
    if best.state == "with_issuer":
        grounds = tuple(ground for ground, kind in GROUNDS.items() if kind == best.step)
    missing = best.missing
    if not reasons and not missing:
        reasons, missing = (NOT_SURE,), _asked(assessment)
    first = next((s for s in assessment.steps if s.id == best.first), None)
    raise PaperRefusedError(assessment.case.id, paper, reasons, missing, first, grounds)


def _has_ground(step: Step) -> bool:
    """Open, and on a ground that the law gives: a request may have left without one."""
    return step.state in OPEN and not step.refused_because


def _asked(assessment: Assessment) -> tuple[str, ...]:
    """The facts whose answers settle most."""
    return tuple(q.fact for q in assessment.questions[:3])


def _instead(step: Step) -> Words:
    until_fr = f", jusqu'au {step.latest}" if step.latest else ""
    until_en = f", until {step.latest}" if step.latest else ""
    return {
        "fr": f"La contestation auprès du réseau de la carte reste possible{until_fr}.",
        "en": f"The card network's dispute remains possible{until_en}.",
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
    if step.state == "with_issuer" and step.asked_on and step.opens_on:
        return (
            {
                "fr": f"une demande faite le {step.asked_on} est entre les mains de l'émetteur : une seule à la fois pour un"
                f" même paiement; celle-ci pas avant le {step.opens_on}, ou quand il aura refusé",
                "en": f"a request made on {step.asked_on} lies with the issuer: one at a time for one payment; this one"
                f" not before {step.opens_on}, or once it refused",
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
