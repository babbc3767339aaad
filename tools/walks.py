"""A case through every room, each stage's output as a text that a person can read and judge.

Run: python -m tools.walks     writes tests/walks/NAME/ again; look at the difference before you commit it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pypdfium2
import yaml

from recours.app.add import add
from recours.app.assess import Assessment, assess
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.story import story
from recours.app.write_paper import PaperRefusedError, write_paper
from recours.casefile.types import CaseFile
from recours.cli.demo import answered
from recours.cli.screen import value_text
from recours.clock import Clock, parse_day
from recours.errors import RecoursError
from recours.papers.exhibits_list import list_exhibits
from recours.store.sqlite import Store

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "walks"
SHARED = ROOT.parent / "shared" / "reading" / "cases"
PAPERS = ("cancellation", "demand", "chargeback")


class Walk(msgspec.Struct, frozen=True):
    """name: of the golden folder; source: folder with mailbox.mbox; script: answers and files, beside the golden."""

    name: str
    source: Path

    @property
    def golden(self) -> Path:
        return GOLDEN / self.name

    @property
    def script(self) -> dict[str, object]:
        """today, files, answers; source: the case of tests/cases that it takes elsewhere."""
        for folder in (self.golden, self.source):
            file = folder / "script.yaml"
            if file.exists():
                loaded: dict[str, object] = yaml.safe_load(file.read_text(encoding="utf-8"))
                return loaded
        return {}


def walks() -> Iterator[Walk]:
    """The demo, the project's own labelled mailboxes, and the shared ones (their folder may be missing)."""
    yield Walk("demo", ROOT / "src" / "recours" / "demo")
    for folder in sorted((ROOT / "tests" / "cases").glob("*")):
        if (folder / "mailbox.mbox").exists():
            yield Walk(folder.name, folder)
    for file in sorted(GOLDEN.glob("*/script.yaml")):  # the same mailbox, farther on
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        if "source" in told:
            yield Walk(file.parent.name, ROOT / "tests" / "cases" / told["source"])
    for folder in sorted(GOLDEN.glob("shared-*")):
        yield Walk(folder.name, SHARED / folder.name.removeprefix("shared-"))


def opened(walk: Walk, folder: Path, given: list[tuple[str, str]] | None = None) -> tuple[Desk, str]:
    """The walk's case in a store in ``folder``: opened, its files added, its questions answered (told in ``given``)."""
    script = walk.script
    desk = Desk(Store(folder / "cases.recours"), Clock(parse_day(str(script["today"]))))
    name = open_case(desk, walk.source / "mailbox.mbox").case.id
    files = script.get("files") or []
    assert isinstance(files, list)
    if files:
        add(desk, name, [walk.source / str(f) for f in files])
    answers = script.get("answers") or {}
    assert isinstance(answers, dict)
    answered_ = answered(desk, name, {str(k): str(v) for k, v in answers.items()})
    if given is not None:
        given += answered_
    return desk, name


def stages(walk: Walk) -> dict[str, str]:
    """File name -> text, one for each room."""
    with tempfile.TemporaryDirectory() as folder:
        given: list[tuple[str, str]] = []
        desk, name = opened(walk, Path(folder), given)
        assessment = assess(desk, desk.case(name))
        case = assessment.case
        texts = {
            "1-messages.txt": _messages(case),
            "2-facts.txt": _facts(case),
            "3-story.txt": _story(case),
            "4-rights.txt": _rights(assessment, given),
            "5-plan.txt": _plan(assessment),
            "6-exhibits.txt": _exhibits(case),
        }
        for paper in PAPERS:
            texts[f"7-{paper}.txt"] = _paper(desk, name, paper)
        desk.store.close()
    return texts


def _messages(case: CaseFile) -> str:
    lines = [f"{case.title} ({case.language})", ""]
    for entry in case.entries:
        message = entry.message
        when = message.date.isoformat(timespec="minutes") if message.date else "no date"
        state = {True: "in", False: "out", "unsure": "unsure"}[entry.membership.in_dispute]
        who = message.sender.email or message.sender.name or message.kind
        lines.append(f"{when}  {state:6} {entry.membership.direction:8} {who}  {message.subject}")
        lines.append(f"    because: {entry.membership.why}")
        lines += [f"    {act.by}: {act.act}  <{' '.join(act.quote.text.split())}>" for act in entry.acts]
    return "\n".join(lines) + "\n"


def _facts(case: CaseFile) -> str:
    return "".join(
        f"{name}: {value_text(fact.value, 'en')}  [{fact.status}, {fact.claim.confidence:.2f}]\n"
        f"    <{' '.join(fact.claim.quote.text.split())}>\n"
        for name, fact in case.facts.items()
    )


def _story(case: CaseFile) -> str:
    m = case.measures
    lines = [f"{row.day}  {row.by:8} {row.what}  {row.quote}".rstrip() for row in story(case, case.language)]
    lines += ["", f"sent {m.emails_sent}, received {m.emails_received}, calls {m.calls}, days {m.days}"]
    lines += [f"waits {m.longest_wait_for_merchant_days} / {m.longest_wait_for_consumer_days}"]
    for loop in m.loops:
        lines.append(f"{loop.act}: asked again {len(loop.again)} times")
        lines += [f"    <{' '.join(q.text.split())}>" for q in (loop.asked, loop.supplied, *loop.again)]
    for pair in m.contradictions:
        lines += [pair.what, f"    <{pair.first.text}>", f"    <{pair.second.text}>"]
    return "\n".join(lines) + "\n"


def _rights(assessment: Assessment, given: list[tuple[str, str]]) -> str:
    language = assessment.case.language
    lines = [f"answered {name} = {value}" for name, value in given]
    lines += [f"asked {q.fact}: {q.ask[language]}" for q in assessment.questions]
    for right in assessment.decision.rights:
        if right.truth != "no":
            cited = "citable" if right.citable else "not citable"
            lines.append(f"{right.truth:8}{right.rule} ({right.cite.mark}, {cited}): {right.says[language]}")
    for deadline in assessment.decision.deadlines:
        lines.append(f"{deadline.id}: raw {deadline.raw}, last {deadline.last}, safe {deadline.safe}")
        lines += [f"    {step.day}: {step.says[language]}" for step in deadline.steps]
    return "\n".join(lines) + "\n"


def _plan(assessment: Assessment) -> str:
    language = assessment.case.language
    lines = []
    for step in assessment.steps:
        window = f"{step.earliest or ''}..{step.latest or ''}"
        lines.append(f"{step.state + ' ':9}{step.id}  {window}  {step.says[language]}")
        lines += [f"    issuer asked {step.asked_on}, opens {step.opens_on}"] if step.asked_on else []
        lines += [f"    {reason[language]}" for reason in step.refused_because]
        lines += [f"    first: {step.first}"] if step.first else []
    return "\n".join(lines) + "\n"


def _exhibits(case: CaseFile) -> str:
    return "".join(f"{e.label}  {e.date}  {e.kind}  {e.title}\n" for e in list_exhibits(case))


def _paper(desk: Desk, case: str, paper: str) -> str:
    try:
        made = write_paper(desk, case, paper)
    except PaperRefusedError as refusal:
        reasons = "\n".join(r["en"] for r in refusal.reasons)
        return f"refused\n{reasons}\nfirst: {refusal.first}\nmissing: {', '.join(refusal.missing)}\n"
    except RecoursError as error:
        return f"refused\n{error}\n"
    document = pypdfium2.PdfDocument(made.pdf)
    pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    return "\n\f\n".join(pages) + "\n"


def main() -> int:
    for walk in walks():
        if not walk.source.exists():
            print(f"{walk.name}: its mailbox is not here, left as it is")
            continue
        walk.golden.mkdir(parents=True, exist_ok=True)
        for name, text in stages(walk).items():
            (walk.golden / name).write_text(text, encoding="utf-8")
        print(walk.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
