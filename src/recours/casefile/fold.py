"""CaseFile = fold(journal).

Nothing here is kept: running it again over the same journal gives the same case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recours.casefile.corrections import corrected
from recours.casefile.days import shopper_days
from recours.casefile.events import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    Corrected,
    FactStated,
    ItemKept,
    MoneyIn,
    PaperMade,
    ReadDone,
    Recorded,
    RuleConfirmed,
    Sent,
)
from recours.casefile.from_reading import facts_from
from recours.casefile.measures import measure
from recours.casefile.received import counted
from recours.casefile.types import (
    CaseFile,
    Claim,
    Closing,
    Dispatch,
    Entry,
    Evidence,
    Fact,
    Measures,
)
from recours.errors import Problem
from recours.reading.pdf import NO_TEXT
from recours.reading.types import Attachment
from recours.text import Quote


def fold(case: str, journal: Sequence[Recorded], *, measured: bool = True) -> CaseFile:
    """The journal of a case, in order -> the case as it stands.  The journal opens with ``CaseOpened``.

    measured: False leaves the counts of the exchange empty; they take most of the time, and no rule looks at them.
    """
    opened = next(r for r in journal if isinstance(r.payload, CaseOpened))
    read = [r.payload for r in journal if isinstance(r.payload, ReadDone)]
    corrections = [r.payload for r in journal if isinstance(r.payload, Corrected)]
    entries, findings = corrected(read[-1].entries, read[-1].findings, corrections) if read else ((), ())
    recognised = read[-1].recognised if read else {}
    facts = facts_from(findings, {sha for sha, text in recognised.items() if text})
    facts = {**facts, **_stated(journal, facts)}
    receipts, provisional = counted([r.payload for r in journal if isinstance(r.payload, MoneyIn)])
    papers = [r.payload.paper for r in journal if isinstance(r.payload, PaperMade)]
    assert isinstance(opened.payload, CaseOpened)
    return CaseFile(
        id=case,
        title=opened.payload.title,
        language=opened.payload.language,
        entries=entries,
        facts=dict(sorted(facts.items())),
        evidence=_evidence(journal, entries, recognised),
        dispatches=dispatches(journal),
        receipts=receipts,
        provisional=provisional,
        papers=tuple(dict.fromkeys(papers)),
        measures=measure(entries, shopper_days(entries, facts)) if measured else Measures(),
        problems=_problems(journal, entries, recognised),
        dont_know=_dont_know(journal),
        confirmed_rules=tuple(
            dict.fromkeys(r.payload.rule for r in journal if isinstance(r.payload, RuleConfirmed))
        ),
        opened_at=opened.at,
        closed=_closed(journal),
    )


def _closed(journal: Sequence[Recorded]) -> Closing | None:
    last = None
    for record in journal:
        if isinstance(record.payload, CaseClosed):
            last = Closing(how=record.payload.how, why=record.payload.why, at=record.at)
        elif isinstance(record.payload, CaseReopened):
            last = None
    return last


def dispatches(journal: Sequence[Recorded]) -> tuple[Dispatch, ...]:
    """What left, each with the paper as it was last set before it left."""
    made: dict[str | tuple[str, str], PaperMade] = {}
    found = []
    for record in journal:
        entry = record.payload
        if isinstance(entry, PaperMade):
            made[entry.paper] = made[entry.paper, entry.step] = entry
        elif isinstance(entry, Sent):
            copy = made.get((entry.paper, entry.step) if entry.step else entry.paper)
            found.append(
                Dispatch(
                    paper=entry.paper,
                    on=entry.on,
                    by=entry.by,
                    proof=entry.proof,
                    copy=copy.sha256 if copy else "",
                    ref=entry.ref,
                    step=entry.step or (copy.step if copy else ""),
                )
            )
    return tuple(found)


def _stated(journal: Sequence[Recorded], read: dict[str, Fact]) -> dict[str, Fact]:
    """A person's word wins over every reading; what was read or said before stays in ``others``."""
    facts: dict[str, Fact] = {}
    for record in journal:
        said = record.payload
        if not isinstance(said, FactStated) or said.value is None:
            continue
        claim = Claim(
            value=said.value.value,
            quote=Quote(message="", start=0, end=0, text=""),
            by=record.by,
            stated_at=record.at,
            reason=said.reason,
        )
        before = facts.get(said.name) or read.get(said.name)
        others = (before.claim, *before.others) if before else ()
        facts[said.name] = Fact(name=said.name, claim=claim, status="stated", others=others)
    return facts


def _dont_know(journal: Sequence[Recorded]) -> tuple[str, ...]:
    last = {r.payload.name: r.payload.value for r in journal if isinstance(r.payload, FactStated)}
    return tuple(name for name, value in last.items() if value is None)


def _evidence(
    journal: Sequence[Recorded], entries: Sequence[Entry], recognised: Mapping[str, str]
) -> tuple[Evidence, ...]:
    """Files that a person added, then what hangs on the dispute's messages; the same bytes count once."""
    found: dict[str, Evidence] = {}
    for record in journal:
        kept = record.payload
        if isinstance(kept, ItemKept) and kept.item not in ("mail", "call", "chat"):
            attachment = Attachment(
                name=kept.name,
                media_type=kept.media_type,
                sha256=kept.sha256,
                size=kept.size,
                text=kept.text or recognised.get(kept.sha256, ""),
            )
            found[kept.sha256] = Evidence(
                attachment=attachment,
                kind=kept.item,
                message=kept.message,
                taken_on=kept.taken_on,
                added_at=record.at,
            )
    read_apart = {e.message.sha256 for e in entries if e.membership.in_dispute is True}
    for entry in entries:
        if entry.membership.in_dispute is True:
            for attachment in entry.message.attachments:
                if attachment.sha256 in read_apart:
                    continue  # an attached mail that is an entry of its own
                kind = _kind(attachment.media_type)
                before = found.get(attachment.sha256)
                if before and before.message:
                    continue  # it hangs on the message that brought it first
                found[attachment.sha256] = Evidence(
                    attachment=attachment,
                    kind=kind,
                    message=entry.message.id,
                    taken_on=before.taken_on if before else "",
                    added_at=before.added_at if before else None,
                )
    return tuple(found.values())


def _kind(media_type: str) -> str:
    return (
        "photo" if media_type.startswith("image/") else "pdf" if media_type == "application/pdf" else "other"
    )


def _problems(
    journal: Sequence[Recorded], entries: Sequence[Entry], recognised: Mapping[str, str]
) -> tuple[Problem, ...]:
    problems = [
        p
        for r in journal
        if isinstance(r.payload, ItemKept)
        for p in r.payload.problems
        if p.what != NO_TEXT or not recognised.get(r.payload.sha256)
    ]
    problems += [p for e in entries for p in e.message.problems]
    return tuple(dict.fromkeys(problems))
