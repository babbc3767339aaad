"""The docs that are made from the program itself, so that they cannot drift.

Run: python -m tools.docs            writes them
     python -m tools.docs --check    exit 1 and the names of those that differ
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import sys
from pathlib import Path

import click

from recours.casefile.vocabulary import vocabulary
from recours.cli import main as commands
from recours.law.rules import load_packs
from recours.law.tree import facts_in
from recours.papers.names import PAPERS
from tools.pictures import settings
from tools.walks import walks

ROOT = Path(__file__).parents[1]
ROOMS = ("intake", "reading", "casefile", "law", "plan", "papers", "outbox")
HEAD = "<!-- Made by: python -m tools.docs. Do not edit by hand. -->\n\n"
STEPS = 4  # rules named beside a paper
EXCERPT = 24  # lines of a stage shown in the way of a case


def way_of_a_case() -> str:
    """The demo case through every room: what each hands on, taken from the golden walk."""
    demo = next(w for w in walks() if w.name == "demo")
    shown = {
        "intake": "",
        "reading": _excerpt(demo.golden / "1-messages.txt"),
        "casefile": _excerpt(demo.golden / "2-facts.txt")
        + "\n\n...\n\n"
        + _excerpt(demo.golden / "3-story.txt"),
        "law": _excerpt(demo.golden / "4-rights.txt"),
        "plan": _excerpt(demo.golden / "5-plan.txt"),
        "papers": _excerpt(demo.golden / "7-demand.txt", 60),
        "outbox": "",
    }
    parts = [
        HEAD + "# The way of a case\n",
        (
            "The demo case (`recours demo`, made-up people and shop) through every room, in the order in which data flows. "
            "The whole of each stage is in `tests/walks/demo/`.\n"
        ),
    ]
    for room in ROOMS:
        module = importlib.import_module(f"recours.{room}")
        parts.append(f"## {room}\n\n{inspect.cleandoc(module.__doc__ or '')}\n")
        if shown[room]:
            parts.append(f"```text\n{shown[room]}\n```\n")
    return "\n".join(parts)


def _excerpt(file: Path, lines: int = EXCERPT) -> str:
    text = file.read_text(encoding="utf-8").replace("\f", "").rstrip().split("\n")
    kept = [line.rstrip() for line in text[:lines]]
    return "\n".join([*kept, f"... ({len(text) - lines} more lines)"] if len(text) > lines else kept)


def facts() -> str:
    """Every fact of the vocabulary: type, question in both languages, why, and the rules that use it."""
    packs = load_packs()
    used: dict[str, list[str]] = {}
    for rule, compiled in packs.compiled.items():
        for name in sorted(set(facts_in(compiled.condition))):
            used.setdefault(name, []).append(rule)
    rows = [
        HEAD + "# The facts\n",
        "What Recours may know of a case, as `recours answer CASE NAME=VALUE` takes it.\n",
    ]
    for name, kind in vocabulary().items():
        rows.append(f"## `{name}`\n")
        rows.append(f"- type: {kind.type}" + (f" ({', '.join(kind.choices)})" if kind.choices else ""))
        rows.append(f"- en: {kind.ask['en']}")
        rows.append(f"- fr: {kind.ask['fr']}")
        rows.append(f"- why: {kind.why['en']}")
        if name in used:
            rows.append(f"- rules: {', '.join(f'`{r}`' for r in sorted(used[name]))}")
        rows.append("")
    return "\n".join(rows)


def command_line() -> str:
    """``--help`` of every command."""
    rows = [HEAD + "# The command line\n"]

    def walk(command: click.Command, name: str, above: click.Context | None) -> None:
        context = click.Context(
            command, info_name=name, parent=above, terminal_width=90, max_content_width=90
        )
        rows.append(f"## `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n")
        if isinstance(command, click.Group):
            for sub in command.list_commands(context):
                found = command.get_command(context, sub)
                if found is not None:
                    walk(found, sub, context)

    walk(commands, "recours", None)
    return "\n".join(rows)


def steps_that_need() -> dict[str, set[str]]:
    """Paper -> ids of the rules whose steps need it."""
    needed: dict[str, set[str]] = {}
    for rule in load_packs().by_id.values():
        for paper in rule.step.papers if rule.step else ():
            needed.setdefault(paper, set()).add(rule.id)
    return needed


def papers() -> str:
    """Every paper: its picture, what it is for, the steps of the law that need it."""
    needed = steps_that_need()
    rows = [
        HEAD + "# The papers\n",
        "`recours write CASE PAPER`. Pictures from the project's own mailboxes (made-up people and shops): `python -m tools.pictures`.\n",
        "| | paper | what it is for | when: the steps that need it |",
        "| --- | --- | --- | --- |",
    ]
    for paper, setting in settings().items():
        by = ", ".join(f"`{rule}`" for rule in sorted(needed.get(paper, ()))[:STEPS])
        more = len(needed.get(paper, ())) - STEPS
        rows.append(
            f'| <img src="pictures/papers/{paper}.png" width="150" alt="{PAPERS[paper]["en"]}"> '
            f"| **{PAPERS[paper]['en']}** / {PAPERS[paper]['fr']} (`{paper}`) | {setting.use} "
            f"| {'; '.join(filter(None, (setting.when, by + (f' and {more} more' if more > 0 else ''))))} |"
        )
    return "\n".join(rows)


def made() -> dict[Path, str]:
    docs = ROOT / "docs"
    return {
        docs / "way-of-a-case.md": way_of_a_case(),
        docs / "facts.md": facts(),
        docs / "command-line.md": command_line(),
        docs / "papers.md": papers(),
    }


def main() -> int:
    different = []
    for file, text in made().items():
        text = text.rstrip() + "\n"
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        if old == text:
            continue
        if "--check" in sys.argv:
            different.append(file.name)
            print(
                "\n".join(
                    list(difflib.unified_diff(old.split("\n"), text.split("\n"), lineterm="", n=0))[:20]
                )
            )
        else:
            file.write_text(text, encoding="utf-8")
            print(file.relative_to(ROOT))
    if different:
        print(f"docs out of step: {', '.join(different)}; run: python -m tools.docs")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
