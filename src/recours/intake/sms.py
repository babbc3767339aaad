"""Text messages as "SMS Backup & Restore" writes them (XML) -> their entries.

Read by expat's events, without a document type: a file that declares entities is refused, so none can grow.
"""

from __future__ import annotations

from xml.parsers import expat

import msgspec

HEAD = b"<smses"
_SENT = {"2"}  # type of <sms>, msg_box of <mms>: 1 received, 2 sent


class TextMessage(msgspec.Struct, frozen=True, kw_only=True):
    """at: milliseconds since 1970 UTC, None when unreadable; number, name: the other side; start, end: bytes."""

    at: int | None
    number: str
    name: str
    sent: bool
    text: str
    start: int
    end: int


class _DocumentTypeError(Exception):
    pass


def is_sms(head: bytes) -> bool:
    """First kilobytes of a file -> whether it is such an export."""
    return HEAD in head and b"<!DOCTYPE" not in head and b"<!ENTITY" not in head


def text_messages(data: bytes) -> tuple[tuple[TextMessage, ...], str]:
    """The messages in the file's order, and what stopped the reading ("" when the file was read to its end)."""
    found: list[TextMessage] = []
    open_: dict[str, str] = {}
    words: list[str] = []
    begin = 0
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal begin
        if name in ("sms", "mms"):
            open_.clear()
            open_.update(attributes)
            words[:] = [attributes.get("body", "")] if name == "sms" else []
            begin = parser.CurrentByteIndex
        elif name == "part" and attributes.get("ct") == "text/plain":
            words.append(attributes.get("text", ""))

    def end(name: str) -> None:
        if name in ("sms", "mms"):
            at = open_.get("date", "")
            who = open_.get("contact_name", "")
            found.append(
                TextMessage(
                    at=int(at) if at.isascii() and at.isdigit() and len(at) <= 14 else None,
                    number=open_.get("address", ""),
                    name="" if who in ("(Unknown)", "null") else who,
                    sent=open_.get("type" if name == "sms" else "msg_box") in _SENT,
                    text="\n".join(w for w in words if w and w != "null"),
                    start=begin,
                    end=parser.CurrentByteIndex,
                )
            )

    def refuse(*_: object) -> None:
        raise _DocumentTypeError

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return tuple(found), f"the export is damaged from line {error.lineno} on"
    except (_DocumentTypeError, ValueError):
        return tuple(found), "the export declares a document type, which no export does; it was not read"
    return tuple(found), ""
