"""The timeline: one line for each message that does something, in its own words, with its exhibit."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from recours.casefile.types import Entry
from recours.papers.types import Sentence
from recours.papers.writer import Writer, cut, paper_of
from recours.reading.types import Side
from recours.words import Language, say

SHOWN = 3  # acts told of one message
NAME = 60  # characters of a sender's name: a line must hold on a page
_QUOTED = ("deny_responsibility", "blame_consumer", "refuse", "complain", "cite_policy", "promise_by_date")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """day, who, what in words; quote: the exact words or ""; label: the exhibit."""

    day: str
    who: str
    what: str
    quote: str
    label: str
    memory: str = ""


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The paper: a head, the counts, the lines."""

    name: str
    language: Language
    title: str
    subject: str
    intro: str
    columns: tuple[str, str, str, str]
    lines: tuple[Line, ...]
    counts: tuple[str, ...]
    page: str
    paper: str
    author: str

    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(Sentence(text=f"{x.day} {x.who} {x.what}", exhibits=(x.label,)) for x in self.lines)


# What a reader must see of a dispute on one page, the most telling first; what is not named here goes first.
_TELLING = (
    "refuse", "deny_responsibility", "blame_consumer", "complain", "formal_demand", "cancel_contract", "confirm_refund",
    "order_confirmation", "offer_refund", "offer_partial_refund", "offer_store_credit", "cite_policy", "refer_elsewhere",
    "confirm_return", "demand_refund", "promise_by_date", "delivery_notice", "invoke_rights", "provide_evidence",
    "request_photos", "request_documents",
)  # fmt: skip


def model(writer: Writer, kept: int | None = None) -> Timeline:
    """Every message that does something; kept: only so many lines, the most telling ones, still in order of time."""
    m = writer.case.measures
    told = lines(writer) if kept is None else _most_telling(writer, kept)
    return Timeline(
        name=writer.name,
        language=writer.language,
        title=writer.say("timeline.title"),
        subject=writer.case.title,
        intro=writer.say("timeline.intro"),
        columns=(
            writer.say("timeline.day"),
            writer.say("timeline.who"),
            writer.say("timeline.what"),
            writer.say("timeline.exhibit"),
        ),
        lines=told,
        counts=(
            writer.say(
                "timeline.measures",
                sent=m.emails_sent_since_complaint,
                received=m.emails_received_since_complaint,
                calls=m.calls,
                days=m.days,
            ),
            writer.say(
                "timeline.waits",
                merchant=m.longest_wait_for_merchant_days,
                consumer=m.longest_wait_for_consumer_days,
            ),
        ),
        page=writer.say("letter.page", n="{n}", total="{total}"),
        paper=paper_of(writer.facts.get("consumer.country")),
        author=writer.text("consumer.name"),
    )


def _most_telling(writer: Writer, kept: int) -> tuple[Line, ...]:
    rows = list(_rows(writer))
    order = sorted(range(len(rows)), key=lambda n: (_weight(*rows[n]), n))[:kept]
    return tuple(_line(writer, *rows[n]) for n in sorted(order))


def _weight(entry: Entry, side: Side) -> int:
    own = [a.act for a in entry.firm_acts if a.by == side]
    return min((_TELLING.index(act) for act in own if act in _TELLING), default=len(_TELLING))


def lines(writer: Writer) -> tuple[Line, ...]:
    """One line for each side that does something in a message of the dispute (both speak in a call), in order of time."""
    return tuple(_line(writer, entry, side) for entry, side in _rows(writer))


def _rows(writer: Writer) -> Iterator[tuple[Entry, Side]]:
    for entry in writer.case.dispute:
        for side in dict.fromkeys(a.by for a in entry.firm_acts):
            yield entry, side


def _line(writer: Writer, entry: Entry, side: Side) -> Line:
    language = writer.language
    own = [a for a in entry.firm_acts if a.by == side]
    acts = list(dict.fromkeys(a.act for a in own))[:SHOWN]
    quoted = next((a for name in _QUOTED for a in own if a.act == name), None)
    day = writer.day_on(entry)
    return Line(
        day=writer.in_words(day) if day else say(language, "exhibit.undated"),
        who=_who(writer, entry, side),
        what=writer.own("; ".join(say(language, f"act.{act}") for act in acts)),
        quote=writer.quoted(quoted.quote) if quoted else "",
        label=writer.label_of(entry.message.id),
        memory=writer.say("timeline.memory") if entry.message.kind == "call" else "",
    )


def _who(writer: Writer, entry: Entry, side: Side) -> str:
    """The side; a carrier, a marketplace or anybody else who wrote by its own name."""
    message = entry.message
    if side == "merchant":
        return cut(writer.speakers.other(message), NAME) or writer.say("timeline.merchant")
    theirs = message.kind == "mail" and entry.membership.direction == "other"
    return cut(message.sender.name if theirs else "", NAME) or writer.say("timeline.consumer")
