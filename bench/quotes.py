"""Whose words are new?  Ours beside the stripping libraries that are installed, on other people's fixtures.

Run: python -m bench.quotes FOLDER...
A folder is one set and gives one table.  It holds NAME.eml and, where the reply is not the word "Hello", NAME_reply_text (as
talon's standard_replies in its source archive), or *.json files: lists of [name, reply, text].  Nothing of it is kept here.
The sets do not agree on what a reply is, so a folder says in its set.json by which convention its replies were written, and
ours is measured by each (the set's own with a star):
    {"signature": "goes"}     only what was typed: neither the closing formula nor a signature
    {"signature": "closing"}  the closing formula and the name typed below it stay, what a program or "-- " adds goes
    {"signature": "stays"}    only history is taken away
    {"quotes": "between stay"}  marked lines above the last of the author's own stay too, without the line that announces them
Peers, where installed: email-reply-parser, mail-parser-reply, quotequail, unquotemail; each as it comes.  Exact: the same
words, white space aside.  The halves are every other text by sorted name: who writes rules looks at the first half only.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from recours.intake.types import Place
from recours.reading.mime import read_mail
from recours.reading.quotes import new_text, spans
from recours.reading.types import Address, Message

Strip = Callable[[Message], str]
Pair = tuple[str, Message, str]

KEPT = {
    "goes": {"authored"},
    "closing": {"authored", "closing"},
    "stays": {"authored", "closing", "signature", "disclaimer", "frame"},
}


def ours(message: Message, signature: str = "goes", between: bool = False) -> str:
    """The new text by a convention: what of the end stays; whether marked quotations above the author's words do."""
    found = spans(message, ())
    if signature == "goes" and not between:
        return new_text(message, found)
    last = max((n for n, s in enumerate(found) if s.kind == "authored"), default=-1)
    said = []
    for n, s in enumerate(found):
        words = message.text[s.start : s.end]
        if s.kind in KEPT[signature]:
            said.append(words)
        elif between and n < last and s.kind == "quoted":
            said.append("\n".join(line for line in words.split("\n") if line.lstrip().startswith(">")))
    return "\n".join(said)


def _quotequail(lib: Any) -> Strip:
    def strip(message: Message) -> str:
        found = lib.quote(message.text)
        return "\n".join(text for expand, text in found if expand)

    return strip


def _unquotemail(lib: Any) -> Strip:
    return lambda message: lib.Unquote(None, message.text).get_text()


def peers() -> dict[str, Strip]:
    """Those that are installed."""
    found: dict[str, Strip] = {"nothing": lambda m: m.text}
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


def read_set(folder: Path) -> tuple[list[Pair], dict[str, str]]:
    """The texts of a set, sorted by name, and its convention."""
    pairs: list[Pair] = []
    convention: dict[str, str] = {"signature": "goes", "quotes": "go"}
    for mail in folder.glob("*.eml"):
        told = mail.with_name(f"{mail.stem}_reply_text")
        expected = told.read_text(encoding="utf-8") if told.exists() else "Hello"
        pairs.append(
            (mail.name, read_mail(mail.read_bytes(), Place(file=mail.name)).message, words(expected))
        )
    for file in folder.glob("*.json"):
        read = json.loads(file.read_text(encoding="utf-8"))
        if file.name == "set.json":
            convention |= read
        else:
            pairs += [(f"{file.stem}:{name}", as_mail(text), words(reply)) for name, reply, text in read]
    return sorted(pairs, key=lambda pair: pair[0]), convention


def measure(name: str, strip: Strip, pairs: list[Pair]) -> str:
    """One line of a table."""
    strip(pairs[0][1])  # tables are compiled once
    start = time.process_time()
    said = [words(strip(message) or "") for _, message, _ in pairs]
    each = 1000 * (time.process_time() - start) / len(pairs)
    exact = [got == reply for got, (_, _, reply) in zip(said, pairs, strict=True)]
    lost = sum(not covers(got, reply) for got, (_, _, reply) in zip(said, pairs, strict=True))
    halves = " and ".join(f"{sum(half)} of {len(half)}" for half in (exact[::2], exact[1::2]))
    rate = 100 * sum(exact) / len(exact)
    return f"  {name:30} {sum(exact):3} of {len(exact)} exact ({rate:3.0f} %; {halves}), words lost in {lost:2}, {each:5.2f} ms"


def main(arguments: list[str]) -> int:
    folders = [Path(a) for a in arguments]
    if not folders or not all(f.is_dir() for f in folders):
        sys.exit(__doc__)
    for folder in folders:
        pairs, convention = read_set(folder)
        between = convention["quotes"] == "between stay"
        print(f"{folder.name}: {len(pairs)} texts; {convention}")
        for signature in KEPT:
            star = " *" if signature == convention["signature"] else ""
            strip: Strip = partial(ours, signature=signature, between=between)
            print(measure(f"recours, signature {signature}{star}", strip, pairs))
        for name, peer in peers().items():
            print(measure(name, peer, pairs))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
