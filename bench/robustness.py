"""Odd messages of others through our reader: nothing raises, nothing is lost, what could not be decoded is counted.

Run: python -m bench.robustness FOLDER...
FOLDER holds raw messages, one a file, at any depth (test data of other mail libraries, archives of mailing lists).  The
peers, in the same run: the standard library's email package with policy.default, and fast-mail-parser alone.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import fast_mail_parser

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


def ours(data: bytes) -> str:
    """The text, after the checks: parts accounted for, the same identity from both readers."""
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
    return message.text


def standard(data: bytes) -> str:
    mail = email.message_from_bytes(data, policy=email.policy.default)
    body = mail.get_body(("plain", "html"))
    _ = [str(mail[name]) for name in ("from", "to", "subject", "date")]
    return body.get_content() if body is not None else ""


def fast(data: bytes) -> str:
    mail = fast_mail_parser.parse_email(data)
    return "".join(mail.text_plain or mail.text_html)


PEERS: dict[str, Callable[[bytes], str]] = {
    "recours": ours,
    "email, policy.default": standard,
    "fast-mail-parser": fast,
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--details", action="store_true", help="name each message that raises in our reader")
    arguments = parser.parse_args()
    found = list(messages(arguments.folders))
    print(f"{len(found)} messages, {sum(len(d) for _, d in found) / 1e6:.1f} MB")
    failed = 0
    for name, read in PEERS.items():
        raised: Counter[str] = Counter()
        replaced = empty = 0
        started = time.perf_counter()
        for file, data in found:
            try:
                text = read(data)
            except Exception as error:
                raised[type(error).__name__] += 1
                if name == "recours" and arguments.details:
                    print(f"  {file}: {type(error).__name__}: {error}")
                continue
            replaced += text.count(REPLACEMENT)
            empty += not text.strip()
        if name == "recours":
            failed = sum(raised.values())
        wall = time.perf_counter() - started
        kinds = ", ".join(f"{kind} {count}" for kind, count in raised.most_common(4))
        print(
            f"{name:24} raises {sum(raised.values()):4}  U+FFFD {replaced:5}  without text {empty:4}  {wall:6.2f} s  {kinds}"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
