"""A picture of each paper, from the project's own mailboxes.  Run: python -m tools.pictures [PAPER...]

``papers.yaml`` says from which; the README shows two of them larger.
"""

from __future__ import annotations

import mailbox
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

import msgspec
import pypdfium2
import yaml

from recours.app.answer import answer
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.write_paper import bundle, write_paper
from recours.clock import Clock
from recours.store.sqlite import Store
from tools.walks import Walk, opened, walks

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
LARGE, SMALL = 1.3, 0.75  # pixels a point
_IN_THE_README = {"demand": 1, "bundle": 2}  # the page shown


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of papers.yaml.  of: name of the walk; when: it is written, besides the steps that need it; until: last day whose mails are there; today: of the writing."""

    use: str
    of: str
    language: Literal["fr", "en"]
    when: str = ""
    answers: tuple[str, ...] = ()
    until: date | None = None
    today: date | None = None


def settings() -> dict[str, Setting]:
    """The table, by paper."""
    text = (Path(__file__).parent / "papers.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), dict[str, Setting])


def pages(paper: str, setting: Setting) -> bytes:
    """The paper's PDF, written by the real rooms."""
    with cased(setting) as (desk, case):
        if paper == "bundle":
            return bundle(desk, case, setting.language).pdf
        return write_paper(desk, case, paper, setting.language).pdf


@contextmanager
def cased(setting: Setting) -> Iterator[tuple[Desk, str]]:
    """The case of a line of papers.yaml, in a store that is gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        walk = next(w for w in walks() if w.name == setting.of)
        desk, case = _cut(walk, setting.until, folder) if setting.until else opened(walk, folder)
        if setting.today:
            desk = Desk(desk.store, Clock(setting.today))
        if setting.answers:
            answer(desk, case, list(setting.answers))
        yield desk, case
        desk.store.close()


def _cut(walk: Walk, until: date, folder: Path) -> tuple[Desk, str]:
    """The walk's mailbox as it was at the end of a day."""
    cut = mailbox.mbox(folder / "mailbox.mbox")
    for message in mailbox.mbox(walk.source / "mailbox.mbox"):
        if parsedate_to_datetime(message["Date"]).date() <= until:
            cut.add(message)
    cut.close()
    desk = Desk(Store(folder / "cases.recours"), Clock(until))
    return desk, open_case(desk, folder / "mailbox.mbox").case.id


def picture(pdf: bytes, page: int, file: Path, scale: float) -> None:
    """One page (from 1) as a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[page - 1].render(scale=scale).to_pil().convert("P", colors=32)
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, optimize=True)
    document.close()
    print(file)


def main(wanted: list[str]) -> int:
    for paper, setting in settings().items():
        if wanted and paper not in wanted:
            continue
        pdf = pages(paper, setting)
        page = _IN_THE_README.get(paper, 1)
        picture(pdf, page, FOLDER / "papers" / f"{paper}.png", SMALL)
        if paper in _IN_THE_README:
            picture(pdf, page, FOLDER / f"{paper}.png", LARGE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
