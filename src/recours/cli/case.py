"""Commands about a case: add, show, ask, answer, correct, rights, plan, verify, import; after.py has the rest."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recours.words import Language, say

if TYPE_CHECKING:
    from recours.app.assess import Assessment
    from recours.app.desk import Desk
    from recours.app.origin import Origin
    from recours.cli import Settings
    from recours.reading.types import Side

_file = click.Path(path_type=Path)
as_json = click.option("--json", "json_", is_flag=True, help="Print one JSON object and nothing else.")


def _assessment(settings: Settings, case: str) -> Assessment:
    from recours.app.assess import assess

    desk = settings.desk()
    return assess(desk, desk.case(case))


def print_case(settings: Settings, case: str, json_: bool) -> None:
    """The case's summary; with json_, all of it as one JSON object."""
    from recours.app.show import shown, to_json
    from recours.app.story import story
    from recours.cli.screen import Screen, console

    assessment = _assessment(settings, case)
    if json_:
        click.echo(to_json(shown(assessment)).decode())
        return
    language = settings.language or assessment.case.language
    Screen(language, console()).summary(assessment, story(assessment.case, language))


@click.command()
@click.argument("case")
@click.argument("files", nargs=-1, required=True, type=_file)
@click.pass_obj
def add(settings: Settings, case: str, files: tuple[Path, ...]) -> None:
    """File photos, PDFs, mails, saved web pages (.html, .mhtml), notes of calls (a "## YYYY-MM-DD" heading for each), chats and text messages; also
    folders and zip archives of these."""
    from recours.app.add import add as add_files

    added = add_files(settings.desk(), case, files)
    screen = settings.screen
    for kept in added.kept:
        kind = say(
            screen,
            f"added.{kept.item}",
            count=len(kept.text),
            taken=say(
                screen,
                "added.saved" if kept.item == "page" else "added.taken",
                day=kept.taken_on.replace("T", " "),
            )
            if kept.taken_on
            else "",
        )
        if kept.problems:
            kind = say(screen, "added.unreadable", reason=kept.problems[0].what)
        click.echo(say(screen, "added.kept", name=kept.name, kind=kind))
    for name in added.known:
        click.echo(say(screen, "added.known", name=name))


@click.command()
@click.argument("case", required=False)
@as_json
@click.pass_obj
def show(settings: Settings, case: str | None, json_: bool) -> None:
    """Everything that is known of CASE; without a name, the cases there are."""
    if case:
        print_case(settings, case, json_)
        return
    names = settings.desk().store.cases()
    if json_:
        from recours.app.show import to_json

        click.echo(to_json({"cases": names}).decode())
        return
    for name in names:
        click.echo(name)
    if not names:
        click.echo(say(settings.screen, "cases.none"))


@click.command()
@click.argument("case")
@as_json
@click.pass_obj
def ask(settings: Settings, case: str, json_: bool) -> None:
    """What the mailbox did not say, the question that settles most first."""
    from recours.app.show import shown, to_json
    from recours.cli.screen import Screen, console

    assessment = _assessment(settings, case)
    if json_:
        click.echo(to_json({"questions": shown(assessment)["questions"]}).decode())
        return
    language = settings.language or assessment.case.language
    screen = Screen(language, console())
    screen.head("questions")
    if not assessment.questions:
        screen.line(say(language, "ask.none"))
    for question in assessment.questions:
        screen.question(assessment.case, question)


@click.command()
@click.argument("case")
@click.argument("answers", nargs=-1, metavar="NAME=VALUE...")
@click.option("--reason", default="", help="Why a value is corrected; kept with it.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="You have read this rule at its address.")
@click.pass_obj
def answer(
    settings: Settings, case: str, answers: tuple[str, ...], reason: str, rules: tuple[str, ...]
) -> None:
    """State or correct facts (NAME=VALUE; NAME=? when you do not know), or confirm rules that you have read."""
    from recours.app.answer import answer as answer_facts
    from recours.app.answer import confirm_rule

    desk = settings.desk()
    if not answers and not rules:
        raise click.UsageError("Give at least one NAME=VALUE, or --rule ID.")
    names = answer_facts(desk, case, answers, reason) if answers else ()
    for rule in rules:
        confirm_rule(desk, case, rule)
    click.echo(say(settings.screen, "answered.line", names=", ".join((*names, *rules))))
    click.echo(say(settings.screen, "answered.changed", case=case))


@click.command()
@click.argument("case")
@click.argument("message")
@click.option("--in/--out", "inside", default=None, help="The message belongs to the dispute, or does not.")
@click.option("--not", "drop", multiple=True, metavar="ACT", help="The message does not do this.")
@click.option("--act", default="", metavar="ACT", help="The message does this, with --by and --words.")
@click.option("--by", type=click.Choice(["consumer", "merchant"]), help="Whose act it is.")
@click.option("--words", default="", metavar="TEXT", help="The message's exact words that do it.")
@click.option("--speaker", type=click.Choice(["consumer", "merchant"]), help="Who wrote or spoke.")
@click.option("--on", default="", metavar="DATE", help="The day that it was (YYYY-MM-DD).")
@click.option("--reason", default="", help="Why; kept with the correction.")
@click.pass_obj
def correct(
    settings: Settings,
    case: str,
    message: str,
    inside: bool | None,
    drop: tuple[str, ...],
    act: str,
    by: Side | None,
    words: str,
    speaker: Side | None,
    on: str,
    reason: str,
) -> None:
    """Correct how a MESSAGE (exhibit P-7, or its id) was read; the correction wins over every later reading."""
    from recours.app.correct import correct as keep

    if act and not (by and words):
        raise click.UsageError("--act needs --by and --words.")
    if inside is None and not (drop or act or speaker or on):
        raise click.UsageError(
            "Give --in or --out, --not ACT, --speaker SIDE, --on DATE, or --act ACT --by SIDE --words TEXT."
        )
    add_ = [(act, by, words)] if act and by else []
    kept = keep(
        settings.desk(),
        case,
        message,
        in_dispute=inside,
        drop=drop,
        add=add_,
        speaker=speaker,
        on=on,
        reason=reason,
    )
    click.echo(say(settings.screen, "answered.line", names=kept.message))
    click.echo(say(settings.screen, "answered.changed", case=case))


@click.command()
@click.argument("case")
@as_json
@click.pass_obj
def rights(settings: Settings, case: str, json_: bool) -> None:
    """Which rights apply, each with its article, its proof, its address and how sure it is."""
    from recours.app.show import shown, to_json
    from recours.cli.screen import Screen, console

    assessment = _assessment(settings, case)
    if json_:
        whole = shown(assessment)
        click.echo(to_json({"rights": whole["rights"], "deadlines": whole["deadlines"]}).decode())
        return
    screen = Screen(settings.language or assessment.case.language, console())
    screen.head("rights")
    screen.rights(assessment.decision.rights)
    screen.head("dates")
    screen.steps_told(assessment.decision.deadlines)


@click.command()
@click.argument("case")
@click.option("--ics", type=_file, metavar="FILE", help="Write the dates as a calendar file.")
@as_json
@click.pass_obj
def plan(settings: Settings, case: str, ics: Path | None, json_: bool) -> None:
    """The ladder of steps with their dates."""
    from recours.app.show import shown, to_json
    from recours.cli.screen import Screen, console

    assessment = _assessment(settings, case)
    language = settings.language or assessment.case.language
    if ics:
        from recours.outbox.calendar import calendar

        ics.write_bytes(
            calendar(
                assessment.case.id,
                assessment.case.title,
                assessment.steps,
                assessment.decision.deadlines,
                language,
                settings.clock.now(),
            )
        )
    if json_:
        whole = shown(assessment)
        click.echo(to_json({"steps": whole["steps"], "deadlines": whole["deadlines"]}).decode())
        return
    screen = Screen(language, console())
    screen.head("ladder")
    screen.name(assessment.steps)
    for step in assessment.steps:
        screen.step(assessment.case, step)
    if not assessment.steps:
        screen.line(say(language, "step.none"))
    screen.head("dates")
    screen.steps_told(assessment.decision.deadlines)
    if ics:
        click.echo(str(ics), err=True)


@click.command()
@click.argument("case")
@click.option("--keys", type=_file, metavar="FILE", help="DKIM keys: also check the merchant's signatures.")
@click.option("--dns", is_flag=True, help="Ask the DNS for the keys; says first what is asked of whom.")
@click.option("--resolver", metavar="ADDRESS", help="The DNS server to ask; otherwise this machine's own.")
@as_json
@click.pass_obj
def verify(
    settings: Settings, case: str, keys: Path | None, dns: bool, resolver: str | None, json_: bool
) -> None:
    """Prove originals, journal and quotations."""
    from recours.app.show import to_json
    from recours.app.verify_case import verify as prove
    from recours.intake.custody import keys_of

    if (keys and dns) or (resolver and not dns):
        raise click.UsageError(say(settings.screen, "origin.one_way"))
    desk = settings.desk()
    given = _asked_keys(desk, case, resolver, settings.screen) if dns else keys_of(keys) if keys else None
    proof = prove(desk, case, given, of_today=dns)
    if json_:
        click.echo(to_json(proof).decode())
    elif not proof.problems:
        click.echo(
            say(
                settings.screen,
                "verify.good",
                originals=proof.originals,
                entries=proof.entries,
                quotations=proof.quotations,
            )
        )
    else:
        click.echo(say(settings.screen, "verify.bad", count=len(proof.problems)))
        for problem in proof.problems:
            click.echo(f"  {problem.where}: {problem.what}")
    if given is not None and not json_:
        _print_origins(proof.origins, settings.screen)
        if dns:
            click.echo(say(settings.screen, "origin.of_today"))
    if proof.problems:
        sys.exit(1)


def _asked_keys(desk: Desk, case: str, resolver: str | None, language: Language) -> dict[str, str]:
    """The keys of the merchant's mails from the DNS, told before anything is asked."""
    from recours.app.origin import names_to_ask
    from recours.intake.dkim_keys import asked, server_of, system_server

    names = names_to_ask(desk, case)
    if not names:
        return {}
    server = server_of(resolver) if resolver else system_server()
    click.echo(say(language, "origin.asking", server=server.address, count=len(names)), err=True)
    for name in names:
        click.echo(f"  {name}", err=True)
    return asked(names, server)


def _print_origins(origins: Sequence[Origin], language: Language) -> None:
    """One line a verdict, with the messages that have it; then what a signature can prove and what it cannot."""
    if not origins:
        click.echo(say(language, "origin.none"))
        return
    for result in ("pass", "fail", "no_key", "no_signature"):
        found = [o for o in origins if o.signature.result == result]
        if found:
            click.echo(say(language, f"origin.{result}", count=len(found), all=len(origins)))
            for name in dict.fromkeys(
                f"{o.signature.selector}._domainkey.{o.signature.domain}" for o in found if o.signature.domain
            ):
                click.echo(f"  {name}")
        if result == "fail":
            for origin in found:
                click.echo(f"  {origin.message}")
    click.echo(say(language, "origin.meaning"))


@click.command()
@click.argument("case")
@as_json
@click.pass_obj
def sources(settings: Settings, case: str, json_: bool) -> None:
    """What came into CASE and what became of it: each mailbox, message, file and part, with the reason."""
    from recours.app.show import to_json
    from recours.app.sources import sources as look

    screen = settings.screen
    found = look(settings.desk(), case, screen)
    if json_:
        click.echo(to_json(found).decode())
        return
    for box in found.mailboxes:
        counts = {"messages": box.messages, "inside": box.in_dispute, "unsure": box.unsure}
        told = say(screen, "opened.counts", **counts, out=box.left_out, copies=box.copies)
        click.echo(f"{box.file}: {told}")
    for piece in found.pieces:
        why = f" ({piece.why})" if piece.why else ""
        click.echo(f"  {say(screen, f'sources.{piece.status}')}: {piece.name}{why}")
        for problem in piece.problems:
            click.echo(f"      ! {problem}")
        for part in piece.parts:
            state = say(screen, "sources.read" if part.read else "sources.kept")
            click.echo(f"      + {part.name}, {part.media_type}, {part.size} B: {state}")


@click.command("import")
@click.argument("file", type=_file)
@click.pass_obj
def import_(settings: Settings, file: Path) -> None:
    """Take the cases of an exported FILE."""
    from recours.app.transfer import import_ as import_cases

    for case, count in import_cases(settings.desk(), file):
        click.echo(say(settings.screen, "import.done", case=case, count=count))


COMMANDS = (add, show, ask, answer, correct, rights, plan, sources, verify, import_)
