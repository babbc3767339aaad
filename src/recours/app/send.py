"""What left: a paper, the day, the way, and what proves it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec

from recours.app.days import FutureDayError, past_day
from recours.app.desk import Desk
from recours.app.money import left_over, money_in
from recours.casefile.events import ItemKept, Payload, Sent
from recours.casefile.types import Dispatch
from recours.errors import RecoursError
from recours.intake.from_files import take
from recours.intake.signature import UNKNOWN
from recours.intake.signature import WORDS as LOOKS_LIKE
from recours.intake.types import Item
from recours.law.facts import NETWORK, STATUTORY
from recours.law.types import Words
from recours.papers.names import PAPERS, named
from recours.reading.pdf import NO_TEXT, pdf_text

__all__ = [
    "GROUNDS",
    "REQUEST",
    "WAYS",
    "FutureDayError",
    "NoSuchPaperError",
    "ground_of",
    "left_over",
    "money_in",
    "sent",
    "unproved",
]

Reason = Literal["any", "statutory", "network"]
GROUNDS: dict[Reason, str] = {
    "statutory": STATUTORY,
    "network": NETWORK,
}  # of a request to the issuer, and the step that it takes
REQUEST = "chargeback"  # the paper of which one chooses the ground
WAYS = ("registered_mail", "courier", "email", "portal", "fax", "hand", "bailiff")


class Way(msgspec.Struct, frozen=True):
    """A way of sending.  ref: form of its reference; proves: it shows by itself that the paper was received."""

    ref: str
    proves: bool


FORMS: dict[str, Way] = {
    "registered_mail": Way(r"[A-Z0-9][A-Z0-9 -]{7,33}", True),
    "courier": Way(r"[A-Z0-9][A-Z0-9 -]{7,33}", True),
    "email": Way(r"<?[^\s<>@]+@[^\s<>@]+>?", False),
    "portal": Way(r"\S.{0,79}", False),
    "fax": Way(r"\S.{0,79}", False),
    "hand": Way(r"\S.{0,79}", False),
    "bailiff": Way(r"\S.{0,79}", True),
}


class BadReferenceError(RecoursError):
    """The reference is not of the form that this way of sending has."""

    def __init__(self, ref: str, by: str) -> None:
        super().__init__(
            {"en": f"{ref!r} is no reference of {by}", "fr": f"{ref!r} n'est pas une référence de {by}"},
            where="--ref",
            todo={
                "en": "Registered mail and couriers: the tracking number; e-mail: its Message-ID (it holds one @);"
                " portal: the number that it gave.",
                "fr": "Courrier recommandé et messagerie : le numéro de suivi ; courriel : son Message-ID (il contient"
                " un @) ; portail : le numéro qu'il a donné.",
            },
        )


class NoSuchPaperError(RecoursError):
    """Recours writes no paper of that name."""

    def __init__(self, paper: str) -> None:
        names = ", ".join(sorted(PAPERS))
        super().__init__(
            {"en": f"There is no paper {paper!r}", "fr": f"Il n'y a pas de document {paper!r}"},
            todo={"en": f"Papers: {names}", "fr": f"Documents : {names}"},
        )


class BadProofError(RecoursError):
    """The file that is to prove it shows nothing that anybody could read."""

    def __init__(self, name: str, why: Words) -> None:
        super().__init__(
            {"en": f"{name} proves nothing: {why['en']}", "fr": f"{name} ne prouve rien : {why['fr']}"},
            where="--proof",
            todo={
                "en": "Take a photo of the receipt, or save the page or the e-mail again (picture, PDF, mail or text).",
                "fr": "Photographiez le reçu, ou enregistrez de nouveau la page ou le courriel (image, PDF, courriel"
                " ou texte).",
            },
        )


EMPTY: Words = {"en": "it is empty", "fr": "il est vide"}


def ground_of(paper: str, step: str) -> Reason:
    """On which ground a paper asks.  step: kind of the step that it takes."""
    return next((ground for ground, kind in GROUNDS.items() if paper == REQUEST and kind == step), "any")


def sent(
    desk: Desk,
    case: str,
    paper: str,
    on: str,
    by: str,
    proof: Path | None = None,
    ref: str = "",
    reason: Reason = "any",
) -> Sent:
    """A paper left.  on: YYYY-MM-DD, local; by: one of WAYS; proof: a file that shows it; ref: its reference;
    reason: the ground of a request to the issuer, "any" that of the request as it was last set.

    A proof that is damaged or locked is kept as a file of the case, and the entry names no proof.

    Raises NoSuchPaperError, BadDateError, FutureDayError, BadReferenceError, BadProofError,
    MissingSourceError, TooLargeError.
    """
    desk.history(case)
    paper = named(paper)
    if paper not in PAPERS:
        raise NoSuchPaperError(paper)
    day = past_day(desk, on)
    step = GROUNDS.get(reason, "") if paper == REQUEST else ""
    entry = Sent(paper=paper, on=day, by=by, ref=_reference(ref, by), step=step)
    payloads: list[Payload] = []
    blobs = []
    if proof:
        item = _proof(proof)
        blobs.append(item.data)
        payloads.append(
            ItemKept(
                sha256=item.sha256,
                item=item.kind if item.kind in ("photo", "pdf") else "other",
                name=item.name,
                media_type=item.media_type,
                place=item.place,
                size=len(item.data),
                status=item.status,
                taken_on=item.taken_on,
                problems=item.problems,
            )
        )
        entry = msgspec.structs.replace(entry, proof=item.sha256 if _opens(item) else "")
    desk.record(case, [*payloads, entry], blobs=blobs)
    return entry


def _proof(file: Path) -> Item:
    """The file, unless it is nothing that a bank, a court or the merchant could look at."""
    item = take(file)
    if not item.data.strip():
        raise BadProofError(item.name, EMPTY)
    if item.kind == "other":
        raise BadProofError(item.name, _looks_like(item.media_type))
    return item


def _opens(item: Item) -> bool:
    """Whether what a picture or a PDF shows can be seen."""
    if item.kind == "pdf":
        problem = pdf_text(item.name, item.data)[1]
        return problem is None or problem.what == NO_TEXT
    return item.status != "unreadable"


def _looks_like(media_type: str) -> Words:
    found = LOOKS_LIKE.get(media_type, LOOKS_LIKE[UNKNOWN])
    return {"en": f"it is {found['en']}", "fr": f"c'est {found['fr']}"}


def unproved(left: Sent | Dispatch) -> str:
    """What is at risk: "nothing" (no proof at all), "reference" (a number, but nothing kept that shows it),
    "received" (shown to have left, not to have arrived), "" when it is proved both ways."""
    if not left.proof:
        return "reference" if left.ref else "nothing"
    way = FORMS.get(left.by)
    return "" if way and way.proves and left.ref else "received"


def _reference(ref: str, by: str) -> str:
    """The reference without its decoration."""
    ref = " ".join(ref.split())
    if not ref:
        return ""
    way = FORMS.get(by)
    if by in ("registered_mail", "courier"):
        ref = ref.upper()
    if way and not re.fullmatch(way.ref, ref):
        raise BadReferenceError(ref, by)
    return ref.strip("<>") if by == "email" else ref
