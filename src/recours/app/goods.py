"""The return of the goods: where they are, who pays for it, by when, and what proves it."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.send import unproved
from recours.casefile.types import CaseFile, Dispatch
from recours.law.types import Deadline, Right

Where = Literal["never_came", "returned", "refused", "offered", "kept", "gone", "unknown"]
NEVER = frozenset({"not_received", "late", "service_not_provided"})
SLIP = "return_slip"  # the paper that goes with the goods: its sending is theirs


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """where: as far as the case tells; on: since when; rules: of the place that speak of the return, who pays among
    them; deadlines: last days for it; sent: how it left; risk: what its proof lacks ("" when nothing); label: a return
    label came from the merchant; photos: files that show the goods, which were kept before they left."""

    where: Where
    on: date | None
    rules: tuple[Right, ...]
    deadlines: tuple[Deadline, ...]
    sent: Dispatch | None
    risk: str
    label: bool
    photos: int


def goods(desk: Desk, case: str) -> Goods:
    """Raises NoSuchCaseError."""
    found = assess(desk, desk.case(case))
    file = found.case
    sent = next((d for d in file.dispatches if d.paper == SLIP), None)
    where, on = _where(file, sent)
    rules = tuple(r for r in found.decision.rights if "return" in r.topics and r.truth != "no")
    return Goods(
        where=where,
        on=on,
        rules=rules,
        deadlines=tuple(d for d in found.decision.deadlines if d.rule in {r.rule for r in rules}),
        sent=sent,
        risk=(unproved(sent) if sent.proof or sent.ref else "nothing") if sent else "",
        label=any(a.act == "return_label" for e in file.dispute for a in e.firm_acts),
        photos=sum(1 for e in file.evidence if e.kind == "photo"),
    )


def _where(case: CaseFile, sent: Dispatch | None) -> tuple[Where, date | None]:
    if case.value("problem.kind") in NEVER:
        return "never_came", None
    if sent:
        return "returned", sent.on
    for name, where in _TOLD:
        value = case.value(name)
        if isinstance(value, date):
            return where, value
    available = case.value("goods.available")
    if available is None:
        return ("offered" if case.value("return.offered") is True else "unknown"), None
    return ("kept" if available else "gone"), None


_TOLD: tuple[tuple[str, Where], ...] = (
    ("goods.returned_on", "returned"),
    ("return.refused_on", "refused"),
    ("return.offered_on", "offered"),
)
