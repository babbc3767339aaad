"""Whose words are new?  Ours beside the stripping libraries that are installed, on other people's fixtures.

Run: python -m bench.quotes FOLDER
FOLDER holds NAME.eml and, where the reply is not the word "Hello", NAME_reply_text (as talon's standard_replies in its
source archive), or *.json files: lists of [name, reply, text].  Nothing of it is kept here.  Peers, where installed:
email-reply-parser, mail-parser-reply, quotequail, unquotemail.  Exact: the same words, white space aside.  The sets do not
agree on whether a signature is part of a reply, so ours is shown with it and without.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from recours.intake.types import Place
from recours.reading.mime import read_mail
from recours.reading.quotes import new_text, spans
from recours.reading.types import Address, Message

Strip = Callable[[Message], str]


def ours(message: Message) -> str:
    return new_text(message, spans(message, ()))


def ours_signed(message: Message) -> str:
    """All that the author's program sent with it: signature, disclaimer; only history is taken away."""
    return "".join(message.text[s.start : s.end] for s in spans(message, ()) if s.kind != "quoted")


def _quotequail(lib: Any) -> Strip:
    def strip(message: Message) -> str:
        found = lib.quote(message.text)
        return "\n".join(text for expand, text in found if expand)

    return strip


def _unquotemail(lib: Any) -> Strip:
    return lambda message: lib.Unquote(None, message.text).get_text()


def peers() -> dict[str, Strip]:
    """Those that are installed."""
    found: dict[str, Strip] = {
        "recours": ours,
        "recours, signature stays": ours_signed,
        "nothing": lambda m: m.text,
    }
    makers: tuple[tuple[str, Callable[[Any], Strip]], ...] = (
        ("email_reply_parser", lambda lib: lambda m: lib.EmailReplyParser.parse_reply(m.text)),
        (
            "mailparser_reply",
            lambda lib: lambda m: lib.EmailReplyParser(languages=["en", "fr"]).parse_reply(text=m.text),
        ),
        ("quotequail", _quotequail),
        ("unquotemail", _unquotemail),
    )
    for name, make in makers:
        try:
            found[name] = make(importlib.import_module(name))
        except ImportError:
            continue
    return found


def words(text: str) -> str:
    return " ".join(text.split())


def covers(got: str, reply: str) -> bool:
    """Whether nothing of the reply is missing: its words, in order, are among those kept."""
    kept = iter(got.split())
    return all(word in kept for word in reply.split())


def as_mail(text: str) -> Message:
    return Message(
        id="x", kind="mail", place=Place(file="x"), sha256="", date=None, sender=Address("", ""), text=text
    )


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.exit(__doc__)
    pairs = []
    for mail in sorted(Path(arguments[0]).glob("*.eml")):
        told = mail.with_name(f"{mail.stem}_reply_text")
        expected = told.read_text(encoding="utf-8") if told.exists() else "Hello"
        pairs.append(
            (mail.name, read_mail(mail.read_bytes(), Place(file=mail.name)).message, words(expected))
        )
    for file in sorted(Path(arguments[0]).glob("*.json")):
        for name, reply, text in json.loads(file.read_text(encoding="utf-8")):
            pairs.append((f"{file.stem}:{name}", as_mail(text), words(reply)))
    for name, strip in peers().items():
        strip(pairs[0][1])  # tables are compiled once
        start = time.perf_counter()
        said = [words(strip(message) or "") for _, message, _ in pairs]
        each = 1000 * (time.perf_counter() - start) / len(pairs)
        exact = sum(got == reply for got, (_, _, reply) in zip(said, pairs, strict=True))
        lost = sum(not covers(got, reply) for got, (_, _, reply) in zip(said, pairs, strict=True))
        print(
            f"{name:26} {exact:4}/{len(pairs)} exact, author's words lost in {lost:3}, {each:6.2f} ms a text"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
