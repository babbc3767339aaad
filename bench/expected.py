"""What a mail should read as, where its authors say so: a file of the same name with ".json" beside an .eml.

The JSON is that of stalwartlabs/mail-parser, before and after its version 1.0: headers as read, parts in order, and which of
them are the text.  Only subject, first sender, date and the words of the text are compared; white space never counts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

FIELDS = ("subject", "sender", "date", "text")
_TAG = re.compile(r"<(?:style|title|script)\b.*?</(?:style|title|script)>|<!--.*?-->|<[^>]*>", re.S | re.I)


class Read(NamedTuple):
    """One reading of a mail; None: not said, so not compared."""

    subject: str | None = None
    sender: tuple[str, str] | None = None
    date: datetime | None = None
    text: str | None = None


def expected(mail: Path) -> Read | None:
    """What the file beside a mail says; None when there is no such file, or it is of another form."""
    file = mail.with_suffix(".json")
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
        parts = value["parts"]
        top = value["messages"][0] if "messages" in value else value
        told = dict(_header(h) for h in reversed(parts[0]["headers"]))
        texts = [t for t in (_text(parts[n]) for n in top["text_body"]) if t is not None]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
    return Read(
        subject=told.get("subject"),
        sender=told.get("from"),
        date=told.get("date"),
        text="".join(texts) if texts else None,
    )


def wrong(found: Read, wanted: Read) -> tuple[str, ...]:
    """The fields of a reading that are not as they should be."""
    return tuple(
        field
        for field in FIELDS
        if (want := getattr(wanted, field)) is not None and _plain(getattr(found, field)) != _plain(want)
    )


def words(page: str) -> str:
    """The words of an HTML page, its tags left out."""
    return html.unescape(_TAG.sub("", page))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"[\s\x00\xa0]+", "", value)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    if isinstance(value, tuple):
        return (_plain(value[0]), _plain(value[1]).lower())
    return value


def _header(header: dict[str, Any]) -> tuple[str, Any]:
    name, held = header["name"], header["value"]
    name = name if isinstance(name, str) else next(iter(name.values()))
    value: Any
    kind, value = next(iter(held.items())) if isinstance(held, dict) else ("", None)
    kind = kind.lower().replace("_", "")
    if kind == "address":
        first = next(_mailboxes(value), {})
        return name.lower(), (first.get("name") or "", first.get("address") or "")
    if kind == "datetime":
        return name.lower(), _date(value)
    return name.lower(), value if isinstance(value, str) else None


def _mailboxes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and "address" in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _mailboxes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _mailboxes(inner)


def _date(value: dict[str, Any]) -> datetime:
    zone = timedelta(hours=value["tz_hour"], minutes=value["tz_minute"])
    units = {unit: value[unit] for unit in ("year", "month", "day", "hour", "minute", "second")}
    return datetime(**units, tzinfo=timezone(-zone if value["tz_before_gmt"] else zone))


def _text(part: dict[str, Any]) -> str | None:
    if "kind" in part:
        return words(part["text"]) if part["kind"] == "html" else part.get("text")
    body = part["body"]
    return words(body["Html"]) if "Html" in body else body.get("Text")
