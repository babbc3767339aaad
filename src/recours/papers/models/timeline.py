"""The timeline: one line for each message that does something, in its own words, with its exhibit."""

from __future__ import annotations

import msgspec

from recours.casefile.types import Entry
from recours.papers.formats import day_text
from recours.papers.types import Sentence
from recours.papers.writer import Writer, paper_of
from recours.reading.types import Side
from recours.words import Language, say

SHOWN = 3  # acts told of one message
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


def model(writer: Writer) -> Timeline:
    """Every message that does something; nothing is dropped from a timeline."""
    m = writer.case.measures
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
        lines=lines(writer),
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


def lines(writer: Writer) -> tuple[Line, ...]:
    """One line for each side that does something in a message of the dispute (both speak in a call), in order of time."""
    return tuple(
        _line(writer, entry, side)
        for entry in writer.case.dispute
        for side in dict.fromkeys(a.by for a in entry.acts)
    )


def _line(writer: Writer, entry: Entry, side: Side) -> Line:
    language = writer.language
    own = [a for a in entry.acts if a.by == side]
    acts = list(dict.fromkeys(a.act for a in own))[:SHOWN]
    quoted = next((a for name in _QUOTED for a in own if a.act == name), None)
    day = writer.day_on(entry)
    return Line(
        day=day_text(day, language) if day else say(language, "exhibit.undated"),
        who=_who(writer, entry, side),
        what="; ".join(say(language, f"act.{act}") for act in acts),
        quote=writer.quoted(quoted.quote) if quoted else "",
        label=writer.label_of(entry.message.id),
        memory=writer.say("timeline.memory") if entry.message.kind == "call" else "",
    )


def _who(writer: Writer, entry: Entry, side: Side) -> str:
    """The side; who wrote from elsewhere than the merchant's own domain (a carrier, a marketplace) by its own name."""
    sender = entry.message.sender
    home = _domain(str(writer.facts.get("merchant.email") or ""))
    away = side == "merchant" and entry.message.kind == "mail" and home and _domain(sender.email) != home
    return sender.name if away and sender.name else writer.say(f"timeline.{side}")


def _domain(email: str) -> str:
    return email.rpartition("@")[2].casefold()
