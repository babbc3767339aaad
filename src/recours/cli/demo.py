"""The story on the shipped mailbox, through the same use cases as any other case."""

from __future__ import annotations

import os
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from recours.app.add import add
from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.story import story
from recours.app.verify_case import verify
from recours.app.write_paper import PaperRefusedError, bundle, write_paper
from recours.cli.papers import save
from recours.cli.progress import Progress
from recours.cli.refusals import told
from recours.cli.screen import Screen, console
from recours.cli.serve import run as serve
from recours.clock import Clock, parse_day
from recours.store.sqlite import Store
from recours.words import Language, say

if TYPE_CHECKING:
    from recours.cli import Settings

MAILBOX = "mailbox.mbox"
PAPERS: tuple[tuple[str, Language], ...] = (
    ("demand", "fr"),
    ("demand", "en"),
    ("chargeback", "en"),
    ("timeline", "fr"),
)


def play(settings: Settings, folder: Path) -> None:
    """Open, add, ask, write, bind, prove; every file lands in ``folder``."""
    with resources.as_file(resources.files("recours.demo")) as shipped:
        _play(settings, folder, shipped)


def _play(settings: Settings, folder: Path, shipped: Path) -> None:
    script = yaml.safe_load((shipped / "script.yaml").read_text(encoding="utf-8"))
    clock = settings.clock if settings.clock.fixed else Clock(parse_day(str(script["today"])))
    screen, err, out = settings.screen, console(stderr=True), console()
    folder.mkdir(parents=True, exist_ok=True)
    store_file = folder / "cases.recours"
    store_file.unlink(missing_ok=True)  # the demo's own store, made again each time
    desk = Desk(Store(store_file), clock, settings.by)

    out.print(say(screen, "demo.begin"))
    _headline(screen, 1, "open")
    with Progress(screen, err) as progress:
        case = open_case(desk, shipped / MAILBOX, progress=progress).case.id
    _headline(screen, 2, "add")
    added = add(desk, case, [shipped / name for name in script["files"]])
    for kept in added.kept:
        out.print(f"  {kept.name}")
    _headline(screen, 3, "ask")
    for name, value in answered(desk, case, script["answers"]):
        out.print("  " + say(screen, "demo.sentence", name=name, value=value))
    assessment = assess(desk, desk.case(case))
    Screen(settings.language or assessment.case.language, out).summary(
        assessment, story(assessment.case, settings.language or assessment.case.language)
    )
    _headline(screen, 4, "write")
    for paper, language in PAPERS:
        try:
            made = write_paper(desk, case, paper, language)
        except PaperRefusedError as refusal:
            out.print(told(refusal, screen))
            continue
        file = folder / f"{paper}-{language}.pdf"
        save(file, made.pdf)
        out.print("  " + say(screen, "paper.made", paper=paper, pages=made.pages, file=file))
    _headline(screen, 5, "bundle")
    bound = bundle(desk, case)
    file = folder / "bundle.pdf"
    save(file, bound.pdf)
    out.print("  " + say(screen, "bundle.made", pages=bound.pages, exhibits=bound.exhibits, file=file))
    _headline(screen, 6, "verify")
    proof = verify(desk, case)
    for problem in proof.problems:
        out.print(f"  {problem.where}: {problem.what}")
    out.print(
        "  "
        + say(
            screen,
            "verify.good",
            originals=proof.originals,
            entries=proof.entries,
            quotations=proof.quotations,
        )
    )
    out.print()
    out.print(say(screen, "demo.end", folder=folder))
    out.print()
    out.print(say(screen, "demo.page", store=store_file, day=clock.today()), soft_wrap=True)
    if sys.stdin.isatty() and sys.stdout.isatty() and _has_screen():
        serve(type(settings)(store_file, clock, settings.language, settings.by), 0, browser=True)


def _has_screen() -> bool:
    """A person sits there who can see a browser; a server or a container has none."""
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def answered(desk: Desk, case: str, answers: dict[str, str]) -> list[tuple[str, str]]:
    """Ask what the case asks, one question after the other, and answer from the person's own list.

    A question that the list does not answer is said to be unknown, as a person would.
    """
    given: list[tuple[str, str]] = []
    while questions := assess(desk, desk.case(case)).questions:
        name = questions[0].fact
        value = str(answers.get(name, "?"))
        answer(desk, case, [f"{name}={value}"])
        given.append((name, value))
    return given


def _headline(screen: Language, n: int, key: str) -> None:
    click.echo()
    click.secho(say(screen, "demo.step", n=n, what=say(screen, f"demo.{key}")), bold=True)
