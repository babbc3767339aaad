"""truth.json: what a reader should find in a story's mailbox, in the shape of the labelled cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tools.mailboxes.kit import Letterbox, Story

Label = dict[str, Any]
_NOTICES = {"order_confirmation", "shipping_notice", "delivery_notice"}


class QuoteMissingError(Exception):
    """A label's quotation does not stand in the mail it is taken from."""


def truth(story: Story, box: Letterbox, mails: list[tuple[datetime, bytes]]) -> Label:
    """Labels of one mailbox.  QuoteMissingError when one stands on words that its mail does not say."""
    ids = _numbers(box, mails)
    part = {spec["key"]: spec.get("part", "in") for spec in story["mails"]}

    def having(kind: str) -> list[str]:
        return [ids[key] for key, p in part.items() if p == kind]

    check(story, box)
    return {
        "case": story["case"],
        **({"judge": True} if story.get("judge") else {}),
        "languages": story["languages"],
        "merchant": story["merchant"],
        "dispute_message_ids": having("in"),
        "not_dispute_but_same_merchant": having("same_merchant"),
        "either_way_message_ids": having("either"),
        "facts": {name: _fact(fact, ids) for name, fact in story["facts"].items()},
        "either_way_facts": story.get("either_way_facts", []),
        "acts": {ids[spec["key"]]: _acts(spec) for spec in story["mails"] if spec.get("acts")} | _told(story),
        "new_text": {ids[k]: box.texts[k] for k, p in part.items() if p == "in"},
        "new_text_also_right": {
            ids[k]: found for k, p in part.items() if p == "in" and (found := _variants(story, box, k))
        },
        "measures": measures(story, box, ids),
        "now": str(story["today"]),
        "messages_in_mailbox": len(mails),
        "messages_without_id": {ids[k]: k for k, number in box.ids.items() if not number},
    }


def _variants(story: Story, box: Letterbox, key: str) -> list[str]:
    """The words with what closes them; in a judge's story also with the formula alone, or with the typed name."""
    own, whole = box.texts[key], box.closed.get(key)
    if not story.get("judge"):
        return [whole] if whole else []
    spec = next(s for s in story["mails"] if s["key"] == key)
    closing = (whole or own)[len(own) :].strip().split("\n") if whole else []
    name = str(story.get("signatures", {}).get(spec["from"], "")).strip()
    if name and "\n" not in name and not spec.get("bare"):
        closing.append(name)
    return ["\n".join((own, "", *closing[: n + 1])) for n in range(len(closing))]


def _numbers(box: Letterbox, mails: list[tuple[datetime, bytes]]) -> dict[str, str]:
    """Key of a mail -> its Message-ID, or mbox:N for one without."""
    ordered = sorted(mails, key=lambda m: m[0])
    position = {data: n for n, (_, data) in enumerate(ordered, 1)}
    return {key: box.ids[key] or f"mbox:{position[box.mails[key][1]]}" for key in box.ids}


def _side(spec: Label) -> str:
    return "consumer" if spec["from"] == "me" else "merchant"


def _acts(spec: Label) -> list[Label]:
    """A row is act and quotation, and the side where it is not the sender's: a chat's transcript tells both."""
    return [
        {"act": act, "by": other[0] if other else _side(spec), "quote": quote}
        for act, quote, *other in spec["acts"]
    ]


def _told(story: Story) -> dict[str, list[Label]]:
    """Acts that the notes of calls tell, by entry."""
    found: dict[str, list[Label]] = {}
    for number, by, act, quote in story.get("call_acts", ()):
        found.setdefault(f"calls.md#{number}", []).append({"act": act, "by": by, "quote": quote})
    return found


def _fact(fact: Label, ids: dict[str, str]) -> Label:
    value = fact["value"]
    plain = value if isinstance(value, (str, dict, bool)) else str(value)
    told = {"value": plain, "message_id": ids[fact["mail"]], "quote": fact["quote"]}
    return told | ({"accept": fact["accept"]} if "accept" in fact else {})


def check(story: Story, box: Letterbox) -> None:
    """Acts stand on the author's own words; facts also on the subject, the signature and the addresses."""
    people, specs = story["people"], {spec["key"]: spec for spec in story["mails"]}
    for key, quote in _quotes(story):
        spec = specs[key]
        sender = people[spec["from"]]
        head = f"{sender['name']} {sender['email']} {spec.get('subject', '')}"
        if _plain(quote) not in _plain(f"{head} {box.bodies[key]}"):
            raise QuoteMissingError(f"{story['case']}: {key}: {quote}")
    for spec in story["mails"]:
        for act, quote, *_ in spec.get("acts", ()):
            if _plain(quote) not in _plain(box.closed.get(spec["key"], box.texts[spec["key"]])):
                raise QuoteMissingError(f"{story['case']}: {spec['key']}: {act}: {quote}")
    entries = story.get("calls", "").split("\n## ")
    for number, _, act, quote in story.get("call_acts", ()):
        if _plain(quote) not in _plain(entries[number]):
            raise QuoteMissingError(f"{story['case']}: calls.md#{number}: {act}: {quote}")


def _quotes(story: Story) -> Iterator[tuple[str, str]]:
    for fact in story["facts"].values():
        yield fact["mail"], str(fact["quote"])
    for pair in story.get("contradictions", ()):
        yield from (tuple(pair["a"]), tuple(pair["b"]))


def _plain(text: str) -> str:
    return " ".join(text.split())


def measures(story: Story, box: Letterbox, ids: dict[str, str]) -> Label:
    """Counts over the dispute's mails; the waits leave automatic answers out."""
    inside = [spec for spec in story["mails"] if spec.get("part", "in") == "in"]
    told = [s for s in inside if any(row[0] == "complain" for row in s.get("acts", ()))]
    first = (told or [s for s in inside if _side(s) == "consumer"])[
        0
    ]  # nothing wrong: from the first question on
    begun = box.mails[first["key"]][0]
    since = [
        s
        for s in inside
        if box.mails[s["key"]][0] >= begun and not _NOTICES & {row[0] for row in s.get("acts", ())}
    ]
    calls = [
        date.fromisoformat(d) for d in re.findall(r"^## (\d{4}-\d\d-\d\d)", story.get("calls", ""), re.M)
    ]
    last = max([box.mails[s["key"]][0].date() for s in inside] + calls)
    repeated = {
        act: {"count": len(keys), "message_ids": [ids[k] for k in keys]}
        for act, keys in story.get("asked_again", {}).items()
    }
    return {
        "emails_sent": _count(inside, "consumer"),
        "emails_received": _count(inside, "merchant"),
        "emails_sent_since_complaint": _count(since, "consumer"),
        "emails_received_since_complaint": _count(since, "merchant"),
        "calls": len(calls),
        "days": (last - begun.date()).days,
        "longest_wait_for_merchant_days": _wait(since, box, "merchant"),
        "longest_wait_for_consumer_days": _wait(since, box, "consumer"),
        "repeated_requests": repeated,
        "contradictions": [
            {"what": pair["what"]}
            | {side: {"message_id": ids[pair[side][0]], "quote": pair[side][1]} for side in ("a", "b")}
            for pair in story.get("contradictions", ())
        ],
    }


def _count(specs: list[Label], side: str) -> int:
    return sum(_side(spec) == side for spec in specs)


def _wait(specs: list[Label], box: Letterbox, side: str) -> int:
    """Longest wait for an answer of ``side``: whole days from the first mail that it left unanswered."""
    waiting: datetime | None = None
    longest = 0
    for spec in sorted((s for s in specs if not s.get("automatic")), key=lambda s: box.mails[s["key"]][0]):
        when = box.mails[spec["key"]][0]
        if _side(spec) != side:
            waiting = waiting or when
        elif waiting:
            longest, waiting = max(longest, (when - waiting).days), None
    return longest
