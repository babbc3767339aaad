"""The command ``offers``: what they offer, what is owed, the trap, and an answer to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recours.words import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recours.cli import Settings
    from recours.outbox.offers import Offer


@click.command()
@click.argument("case")
@click.option("--lang", type=click.Choice(["fr", "en"]), default=None, help="Language of the answers.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object and nothing else.")
@click.pass_obj
def offers(settings: Settings, case: str, lang: Language | None, json_: bool) -> None:
    """The merchant's offers beside what the law and the rails give, each with its trap."""
    from recours.app.offers import offers as find
    from recours.app.show import to_json
    from recours.cli.screen import console
    from recours.outbox.drafts import answer_to

    desk, screen = settings.desk(), settings.screen
    found = find(desk, case)
    language = lang or desk.case(case).language
    if json_:
        answers = [answer_to(offer, language) for offer in found]
        click.echo(to_json({"offers": found, "answers": answers}).decode())
        return
    out = console()
    out.print(say(screen, "offers.head", count=len(found)) if found else say(screen, "offers.none"))
    for offer in found:
        out.print()
        for n, line in enumerate(_told(offer, screen)):
            out.print(line if n == 0 else f"   {line}", style="bold" if n == 0 else "", markup=False)
        draft = answer_to(offer, language) if offer.standing == "open" else ""
        if draft:
            out.print("   " + say(screen, "offers.answer"), style="dim")
            out.print(f"   {draft}", markup=False)


def _told(offer: Offer, language: Language) -> Iterator[str]:
    from recours.papers.formats import day_text, money_text

    day = offer.day.isoformat() if offer.day else ""
    standing = say(language, f"offers.{offer.standing}")
    yield f"{offer.number}. {day} {say(language, f'offers.{offer.kind}')} ({standing})"
    words = " ".join(offer.quote.text.split())
    yield f"« {words} »" if language == "fr" else f"“{words}”"
    if offer.amount:
        yield say(language, "offers.amount", amount=money_text(offer.amount, language))
    if offer.claimed:
        yield say(language, "offers.claimed", claimed=money_text(offer.claimed, language))
    if offer.short_by and offer.short_by.amount > 0:
        yield say(language, "offers.short", short=money_text(offer.short_by, language))
    for right in offer.rights:
        yield say(language, "offers.law", says=right.says[language], cite=right.cite.short[language])
    if offer.rail:
        until = day_text(offer.rail_until, language) if offer.rail_until else ""
        key = "offers.rail" if until else "offers.rail_undated"
        yield say(language, key, says=offer.rail.says[language], until=until)
    for trap in offer.traps:
        yield say(language, f"trap.{trap}")


COMMANDS = (offers,)
