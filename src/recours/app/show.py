"""Everything that is known of a case, as the JSON object that other programs rely on (design, section 8)."""

from __future__ import annotations

from typing import Any

import msgspec

from recours.app.assess import Assessment
from recours.app.money import left_over
from recours.app.replies import replies
from recours.app.today import alarms
from recours.casefile.types import CaseFile, Claim, Entry, Fact
from recours.law.types import Decision
from recours.plan.types import Step
from recours.text import Quote

_encoder = msgspec.json.Encoder(decimal_format="number")


def to_json(value: object) -> bytes:
    """UTF-8 JSON; amounts as numbers, dates ISO 8601."""
    return _encoder.encode(value)


def shown(assessment: Assessment) -> dict[str, Any]:
    """The object that ``show --json`` and ``open --json`` print."""
    case = assessment.case
    return {
        "case": {
            "id": case.id,
            "title": case.title,
            "language": case.language,
            "country": case.value("consumer.country"),
            "region": case.value("consumer.region"),
        },
        "messages": [_message(e) for e in case.entries],
        "facts": {name: _fact(fact) for name, fact in case.facts.items()},
        "measures": _measures(case),
        **decided(assessment.decision, assessment.steps),
        "replies": [
            {
                "act": r.act,
                "claims": r.claims,
                "message_id": r.quote.message,
                "quote": r.quote.text,
                "rules": [x.rule for x in r.rights],
            }
            for r in replies(case, assessment.decision)
        ],
        "questions": [
            {"fact": q.fact, "ask": q.ask, "why": q.why, "answers": q.answers} for q in assessment.questions
        ],
        "alarms": [
            {"says": a.says, "day": a.day, "last": a.last, "until": a.until} for a in alarms(assessment)
        ],
        "papers": case.papers,
        "sent": [msgspec.to_builtins(d) for d in case.dispatches],
        "received": [{"amount": r.amount, "on": r.on, "channel": r.channel} for r in case.receipts],
        "provisional": [{"amount": r.amount, "on": r.on, "channel": r.channel} for r in case.provisional],
        "missing": left_over(case),
        "closed": {"how": case.closed.how, "why": case.closed.why, "at": case.closed.at}
        if case.closed
        else None,
        "evidence": [
            {
                "name": e.attachment.name,
                "kind": e.kind,
                "sha256": e.attachment.sha256,
                "size": e.attachment.size,
                "message": e.message,
                "taken_on": e.taken_on,
            }
            for e in case.evidence
        ],
        "problems": case.problems,
    }


def decided(decision: Decision, steps: tuple[Step, ...]) -> dict[str, Any]:
    """Rights, deadlines and steps; ``law decide`` prints the same."""
    return {
        "rights": [
            {
                "rule": r.rule,
                "kind": r.kind,
                "against": r.against,
                "says": r.says,
                "cite": {
                    "short": r.cite.short,
                    "url": r.cite.url,
                    "version": r.cite.version,
                    "checked_on": r.cite.checked_on,
                },
                "mark": r.cite.mark,
                "truth": r.truth,
                "citable": r.citable,
                "stale": r.stale,
                "because": r.because,
            }
            for r in decision.rights
        ],
        "deadlines": decision.deadlines,
        "steps": [
            {
                "id": s.id,
                "step": s.step,
                "says": s.says,
                "state": s.state,
                "earliest": s.earliest,
                "latest": s.latest,
                "ready": s.ready,
                "missing": s.missing,
                "papers": s.papers,
                "asked_on": s.asked_on,
                "opens_on": s.opens_on,
                "refused_because": s.refused_because,
                "first": s.first,
                "rule": s.rule,
                "cost": s.cost,
                "yields": s.yields,
                "evidence": s.evidence,
                "answered_by": s.answered_by,
                "closes": s.closes,
            }
            for s in steps
        ],
    }


def _message(entry: Entry) -> dict[str, Any]:
    message = entry.message
    return {
        "id": message.id,
        "kind": message.kind,
        "source": {"file": message.place.file, "position": message.place.position},
        "date": message.date,
        "direction": entry.membership.direction,
        "from": message.sender,
        "to": message.to,
        "subject": message.subject,
        "in_dispute": entry.membership.in_dispute,
        "why": entry.membership.why,
        "new_text": entry.new_text,
        "acts": [{"act": a.act, "by": a.by, "quote": a.quote.text, "firm": a.firm} for a in entry.acts],
        "attachments": [
            {"name": a.name, "media_type": a.media_type, "sha256": a.sha256, "size": a.size}
            for a in message.attachments
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "value": fact.value,
        "status": fact.status,
        "source": _source(fact.claim),
        "others": [{"value": c.value, "source": _source(c)} for c in fact.others],
    }


def _source(claim: Claim) -> dict[str, Any]:
    if claim.stated_at:
        return {"id": "", "quote": "", "stated_by": claim.by, "stated_at": claim.stated_at}
    return {"id": claim.quote.message, "quote": claim.quote.text}


def _measures(case: CaseFile) -> dict[str, Any]:
    m = case.measures
    return {
        "emails_sent": m.emails_sent,
        "emails_received": m.emails_received,
        "emails_sent_since_complaint": m.emails_sent_since_complaint,
        "emails_received_since_complaint": m.emails_received_since_complaint,
        "calls": m.calls,
        "days": m.days,
        "longest_wait_for_merchant_days": m.longest_wait_for_merchant_days,
        "longest_wait_for_consumer_days": m.longest_wait_for_consumer_days,
        "repeated_requests": {
            act: {
                "count": sum(len(loop.again) for loop in m.loops if loop.act == act),
                "message_ids": [q.message for loop in m.loops if loop.act == act for q in loop.again],
            }
            for act in dict.fromkeys(loop.act for loop in m.loops)
        },
        "contradictions": [
            {"what": c.what, "a": _words(c.first), "b": _words(c.second)} for c in m.contradictions
        ],
    }


def _words(quote: Quote) -> dict[str, str]:
    return {"message_id": quote.message, "quote": quote.text}
