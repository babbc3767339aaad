"""Odd messages of others through our reader: nothing raises, nothing is lost, what could not be decoded is counted.

Run: python -m bench.robustness FOLDER...
FOLDER holds raw messages, one a file, at any depth (test data of other mail libraries, archives of mailing lists).  The
peers, in the same run: the standard library's email package with policy.default, and fast-mail-parser alone.  Where a
message's authors say beside it what it should read as (see bench.expected), each reader is held against that too.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

import fast_mail_parser

from bench.expected import FIELDS, Read, expected, words, wrong
from recours.intake.signature import media_type
from recours.intake.types import Place
from recours.reading.mime import read_mail, triage

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LARGEST = 50 * 2**20


def messages(folders: list[Path]) -> Iterator[tuple[Path, bytes]]:
    """Files that look like a mail, or are named like one."""
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
            if file.stat().st_size > LARGEST:
                continue
            data = file.read_bytes()
            if data.startswith(b"From ") and data.count(b"\n\nFrom ") == 0:  # an mbox of one message
                data = data.partition(b"\n")[2]
            named = file.suffix.lower() in (".eml", ".mail", ".msg") or re.fullmatch(
                r"msg_\d+\.txt", file.name
            )
            if media_type(data[:4096]) == "message/rfc822" or (
                named and not data.startswith(b"\xd0\xcf\x11\xe0")
            ):
                yield file, data


def ours(data: bytes) -> Read:
    """The reading, after the checks: parts accounted for, the same identity from both readers."""
    place = Place(file="message", length=len(data))
    whole, line = read_mail(data, place), triage(data, place)
    message = whole.message
    if line.id != message.id:
        raise AssertionError("the two readers give it two identities")
    if {a.sha256 for a in message.attachments} != set(whole.parts):
        raise AssertionError("an attachment has no bytes, or bytes have no attachment")
    if not (message.text.strip() or message.attachments or message.problems or message.html.strip()):
        body = re.split(rb"\r?\n[ \t]*\r?\n", data, maxsplit=1)
        if len(body) == 2 and body[1].strip() and b"multipart" not in data.lower():
            raise AssertionError("its text is gone and no problem tells")
    sender = (message.sender.name, message.sender.email)
    return Read(message.subject, sender, message.date, message.text)


def standard(data: bytes) -> Read:
    mail = email.message_from_bytes(data, policy=email.policy.default)
    sender = mail["from"].addresses if mail["from"] is not None else ()
    texts = {"text/plain": "", "text/html": ""}
    for part in mail.walk():
        if part.get_content_type() in texts and not part.is_attachment() and not part.get_filename():
            texts[part.get_content_type()] += part.get_content()
    return Read(
        str(mail["subject"] or ""),
        (sender[0].display_name, sender[0].addr_spec) if sender else ("", ""),
        mail["date"].datetime if mail["date"] is not None else None,
        texts["text/plain"] if texts["text/plain"].strip() else words(texts["text/html"]),
    )


def fast(data: bytes) -> Read:
    mail = fast_mail_parser.parse_email(data)
    try:
        date = parsedate_to_datetime(mail.date)
    except ValueError:
        date = None
    sender = next((value for name, value in mail.headers.items() if name.lower() == "from"), "")
    text = "".join(mail.text_plain)
    return Read(
        mail.subject,
        parseaddr(sender if isinstance(sender, str) else sender[0]),
        date,
        text if text.strip() else words("".join(mail.text_html)),
    )


PEERS: dict[str, Callable[[bytes], Read]] = {
    "recours": ours,
    "email, policy.default": standard,
    "fast-mail-parser": fast,
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--details", action="store_true", help="name what our reader raises on or reads otherwise"
    )
    arguments = parser.parse_args()
    found = [(file, data, expected(file)) for file, data in messages(arguments.folders)]
    said = [wanted for _, _, wanted in found if wanted is not None]
    print(
        f"{len(found)} messages, {sum(len(d) for _, d, _ in found) / 1e6:.1f} MB; {len(said)} with what they say"
    )
    failed = 0
    for name, read in PEERS.items():
        raised: Counter[str] = Counter()
        misread: Counter[str] = Counter()
        replaced = empty = 0
        started = time.perf_counter()
        for file, data, wanted in found:
            try:
                reading = read(data)
            except Exception as error:
                raised[type(error).__name__] += 1
                misread["all"] += wanted is not None
                misread.update(f for f in FIELDS if wanted and getattr(wanted, f) is not None)
                if name == "recours" and arguments.details:
                    print(f"  {file}: {type(error).__name__}: {error}")
                continue
            text = reading.text or ""
            replaced += text.count(REPLACEMENT)
            empty += not text.strip()
            if wanted and (fields := wrong(reading, wanted)):
                misread.update([*fields, "all"])
                if name == "recours" and arguments.details:
                    print(
                        f"  {file}: "
                        + "; ".join(f"{f} {getattr(reading, f)!r}, {getattr(wanted, f)!r}" for f in fields)
                    )
        if name == "recours":
            failed = sum(raised.values())
        wall = time.perf_counter() - started
        kinds = ", ".join(f"{kind} {count}" for kind, count in raised.most_common(4))
        print(
            f"{name:24} raises {sum(raised.values()):4}  U+FFFD {replaced:5}  without text {empty:4}  {wall:6.2f} s  {kinds}"
        )
        if said:
            sums = {field: sum(getattr(w, field) is not None for w in said) for field in FIELDS} | {
                "all": len(said)
            }
            print(" " * 24, "  ".join(f"{f} {n - misread[f]}/{n}" for f, n in sums.items()))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
