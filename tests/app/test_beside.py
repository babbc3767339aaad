"""A dropped folder of mixed things: what lies with the mail is taken when the person wants it, and nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.papers.cases import OWN

from recours.app import beside as beside_module
from recours.app.beside import beside, place_for
from recours.app.desk import Desk, kept_items
from recours.app.open_case import Opened, open_case
from recours.cli import main
from recours.clock import Clock, parse_day
from recours.intake.sources import File
from recours.store.sqlite import Store

DEMO = OWN["demo"]
NAMES = ["calls.md", "papers/receipt.pdf", "photo-1.jpg"]


@pytest.fixture
def dropped(tmp_path: Path) -> Path:
    """The demo's mailbox, photo, receipt and notes of calls in one folder, with what programs leave there."""
    folder = tmp_path / "dropped"
    (folder / "papers").mkdir(parents=True)
    for name in ("mailbox.mbox", "photo-1.jpg", "calls.md"):
        (folder / name).write_bytes((DEMO / name).read_bytes())
    (folder / "papers" / "receipt.pdf").write_bytes((DEMO / "receipt.pdf").read_bytes())
    for name in (".DS_Store", "mailbox.msf", "desktop.ini", "global.db"):
        (folder / name).write_bytes(b"x y z")
    return folder


def desk_in(tmp_path: Path) -> Desk:
    return Desk(Store(tmp_path / "home" / "cases.recours"), Clock(parse_day("2026-11-23")))


def opened(tmp_path: Path, folder: Path, *, wanted: bool) -> tuple[Desk, Opened, list[str]]:
    asked: list[str] = []

    def with_files(names: Sequence[str]) -> bool:
        asked.extend(names)
        return wanted

    desk = desk_in(tmp_path)
    return desk, open_case(desk, folder, with_files=with_files), asked


def names_in(desk: Desk, case: str) -> set[str]:
    return {item.name for item in kept_items(desk.history(case)) if item.item != "mail"}


def test_what_lies_with_the_mail_is_taken_when_it_is_wanted(tmp_path: Path, dropped: Path) -> None:
    desk, found, asked = opened(tmp_path, dropped, wanted=True)
    assert asked == NAMES
    assert list(found.beside.taken) == NAMES
    assert names_in(desk, found.case.id) == {"calls.md", "receipt.pdf", "photo-1.jpg"}
    assert any(entry.message.kind == "call" for entry in found.case.entries)


def test_it_is_left_and_named_when_it_is_not(tmp_path: Path, dropped: Path) -> None:
    desk, found, asked = opened(tmp_path, dropped, wanted=False)
    assert asked == NAMES
    assert list(found.beside.names) == NAMES
    assert found.beside.taken == ()
    assert names_in(desk, found.case.id) == set()


def test_one_that_cannot_be_taken_is_named_and_the_others_are_taken(tmp_path: Path, dropped: Path) -> None:
    (dropped / "old.zip").write_bytes(b"PK\x03\x04" + (DEMO / "photo-1.jpg").read_bytes())
    (dropped / "scan.jpg").write_bytes((DEMO / "photo-1.jpg").read_bytes()[:300])
    _, found, _ = opened(tmp_path, dropped, wanted=True)
    assert set(found.beside.taken) | {name for name, _ in found.beside.refused} == {
        *NAMES,
        "old.zip",
        "scan.jpg",
    }
    assert {*NAMES, "scan.jpg"} <= set(found.beside.taken)


def test_of_too_many_files_the_person_chooses(
    tmp_path: Path, dropped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_module, "MOST", 2)
    desk, found, _ = opened(tmp_path, dropped, wanted=True)
    assert found.beside.taken == ()
    assert list(found.beside.names) == NAMES
    assert names_in(desk, found.case.id) == set()


@pytest.mark.parametrize(
    ("name", "kind", "may"),
    [
        ("photo.jpg", "image/jpeg", True),
        ("lettre.docx", "application/zip", True),
        ("notes", "text/plain", True),
        ("page.html", "text/html", True),
        (".hidden.jpg", "image/jpeg", False),
        ("Inbox.msf", "text/plain", False),
        ("global-messages-db.sqlite", "application/vnd.sqlite3", False),
        ("tool", "application/x-executable", False),
        ("blob.bin", "application/octet-stream", False),
    ],
)
def test_what_a_program_keeps_for_itself_is_no_piece(name: str, kind: str, may: bool) -> None:
    file = File(name=f"folder/{name}", path=f"/x/{name}", kind=kind, size=1, changed=0)
    assert (beside([file]) == (file,)) is may


def test_files_that_are_handed_over_keep_their_names(tmp_path: Path) -> None:
    def put(name: str, number: int) -> str:
        path = place_for(tmp_path, name, number)
        path.write_bytes(b"x")
        return path.relative_to(tmp_path).as_posix()

    assert put("Boîte.mbox", 1) == "Boîte.mbox"
    assert put("Boîte.mbox", 2) == "2/Boîte.mbox"
    assert put("a/b/photo.jpg", 3) == "a/b/photo.jpg"
    assert put("Boîte.mbox/inner.jpg", 4) == "4/Boîte.mbox/inner.jpg"
    assert put("../../etc/passwd", 5) == "etc/passwd"
    assert put("", 6) == "member-6"


@pytest.mark.parametrize(
    ("flag", "told"),
    [
        (
            "--with-files",
            "3 files that lay with the mail are in the case too: calls.md, papers/receipt.pdf, photo-1.jpg.",
        ),
        ("--without-files", "--with-files"),
    ],
)
def test_the_command_says_what_became_of_them(tmp_path: Path, dropped: Path, flag: str, told: str) -> None:
    said = ["--store", str(tmp_path / "c.recours"), "--screen", "en", "--today", "2026-11-23"]
    run = CliRunner().invoke(main, [*said, "open", str(dropped), flag], catch_exceptions=False)
    assert run.exit_code == 0
    assert told in " ".join(run.stderr.split())
