"""Whose words are new?  Ours beside the stripping libraries that are installed, on a folder of other people's fixtures.

Run: python -m bench.quotes FOLDER
FOLDER holds NAME.eml and, where the reply is not the word "Hello", NAME_reply_text (talon's standard_replies,
from its source archive).  Nothing of it is kept here.  Peers, where installed: email-reply-parser,
mail-parser-reply.  Exact: the same words, white space aside.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from recours.intake.types import Place
from recours.reading.mime import read_mail
from recours.reading.quotes import new_text, spans
from recours.reading.types import Message

Strip = Callable[[Message], str]


def ours(message: Message) -> str:
    return new_text(message, spans(message, ()))


def peers() -> dict[str, Strip]:
    """Those that are installed."""
    found: dict[str, Strip] = {"recours": ours, "nothing": lambda m: m.text}
    makers: tuple[tuple[str, Callable[[Any], Strip]], ...] = (
        ("email_reply_parser", lambda lib: lambda m: lib.EmailReplyParser.parse_reply(m.text)),
        (
            "mailparser_reply",
            lambda lib: lambda m: lib.EmailReplyParser(languages=["en", "fr"]).parse_reply(text=m.text),
        ),
    )
    for name, make in makers:
        try:
            found[name] = make(importlib.import_module(name))
        except ImportError:
            continue
    return found


def words(text: str) -> str:
    return " ".join(text.split())


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
    for name, strip in peers().items():
        start = time.perf_counter()
        wrong = [mail for mail, message, expected in pairs if words(strip(message)) != expected]
        each = 1000 * (time.perf_counter() - start) / max(len(pairs), 1)
        print(
            f"{name:20} {len(pairs) - len(wrong)}/{len(pairs)} exact, {each:.2f} ms a text; not: {', '.join(wrong)}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
