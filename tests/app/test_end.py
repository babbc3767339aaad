"""The end of a case: closed, carried away, erased; each proved on the bytes."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.mailboxes import ME, Box, lamp_dispute
from tests.papers.cases import OWN, desk_on, lamp

from recours.app.account import account
from recours.app.answer import answer
from recours.app.assess import assess
from recours.app.brief import shelf_file
from recours.app.close import NoReasonError, NotSolvedError, WrongStateError, close, reopen
from recours.app.desk import Desk
from recours.app.erase import NotConfirmedError, erase
from recours.app.folder import safe_name, to_folder
from recours.app.money import money_in
from recours.app.open_case import open_case
from recours.app.send import sent
from recours.app.show import shown, to_json
from recours.app.today import today
from recours.app.transfer import WouldOverwriteError, export, import_, named
from recours.app.verify_case import verify
from recours.app.write_paper import write_paper
from recours.casefile.events import CaseClosed, CaseReopened, FactStated, Kept, MoneyIn, Payload, Sent
from recours.cli import main
from recours.clock import Clock
from recours.money import Money
from recours.outbox.pages import plain
from recours.store.errors import MissingBytesError, NoSuchCaseError
from recours.store.sqlite import Store


def run(desk: Desk, *arguments: str, language: str = "en") -> Result:
    given_ = ["--store", str(desk.store.path), "--today", "2026-07-20", "--screen", language, *arguments]
    return CliRunner().invoke(main, given_)


# ---------------------------------------------------------------- closing


def test_solved_needs_the_money_or_a_word(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(NotSolvedError, match=r"217\.30"):
        close(desk, case, "solved", "they promised")
    money_in(desk, case, "217.30 CAD", "2026-07-19", channel="issuer", state="provisional")
    with pytest.raises(NotSolvedError):
        close(desk, case, "solved", "the bank credited it")
    assert close(desk, case, "solved", "a new lamp came", otherwise=True).closed


def test_solved_once_it_is_all_there(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    money_in(desk, case, "217.30 CAD", "2026-07-19", channel="merchant")
    found = close(desk, case, "solved", "refunded")
    assert found.closed and (found.closed.how, found.closed.why) == ("solved", "refunded")


def test_a_closed_case_is_silent_until_it_is_taken_up_again(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    close(desk, case, "abandoned", "enough")
    assert (today(desk).lines, today(desk).closed) == ((), 1)
    with pytest.raises(WrongStateError):
        close(desk, case, "partly", "again")
    assert reopen(desk, case, "they wrote again").closed is None
    assert today(desk).lines
    with pytest.raises(WrongStateError):
        reopen(desk, case, "twice")


def test_no_reason_no_closing(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(NoReasonError):
        close(desk, case, "unsolved", "  ")
    assert desk.case(case).closed is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_tells_facts_dates_measures_and_money(tmp_path: Path, language: str) -> None:
    desk, case = lamp(tmp_path)
    sent(desk, case, "demand", "2026-07-01", "registered_mail", ref="RN123456789CA")
    money_in(desk, case, "100.00 CAD", "2026-07-19", channel="merchant")
    close(desk, case, "partly", "half is better than nothing")
    page = plain(account(desk.case(case), "fr" if language == "fr" else "en"))
    words = ["AL-20417", "2026-06-18", "RN123456789CA", "half is better than nothing"]
    words += ["117,30", "Ce qu'il a fallu"] if language == "fr" else ["$117.30", "What it took"]
    assert [w for w in words if w not in page] == []


def test_closing_on_the_command_line(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    out = tmp_path / "page.html"
    told = run(desk, "close", case, "--how", "abandoned", "--why", "<b>tired</b>", "-o", str(out))
    assert told.exit_code == 0 and "given up" in told.stdout
    assert "&lt;b&gt;tired" in out.read_text() and "<b>" not in out.read_text()
    assert run(desk, "close", case, "--reopen", "--why", "back").exit_code == 0
    assert run(desk, "close", case).exit_code == 2


# ---------------------------------------------------------------- the folder


class Links(HTMLParser):
    """What a page refers to, and the elements that it uses."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [unquote(v) for k, v in attrs if k in ("href", "src") and v]


def test_the_folder_opens_without_program_script_or_network(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["consumer.name=<script>alert(1)</script>"])
    folder = tmp_path / "out"
    to_folder(desk, case, folder)
    for page in folder.glob("*.html"):
        found = Links()
        found.feed(page.read_text(encoding="utf-8"))
        assert not found.tags & {"script", "iframe", "img", "link", "object"}
        assert found.links and all((folder / link).is_file() for link in found.links), found.links


def test_every_original_and_paper_is_there_byte_for_byte(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, ["consumer.address=12 rue des Érables, Granby", "merchant.address=48 avenue du Parc"])
    write_paper(desk, case, "timeline", "fr")
    folder = tmp_path / "out"
    written = to_folder(desk, case, folder, "en")
    rows = [line.split("  ") for line in (folder / "manifest.sha256").read_text().splitlines()]
    assert {path: digest for digest, path in rows} == {
        f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest()
        for f in folder.rglob("*")
        if f.is_file() and f.name != "manifest.sha256"
    }
    assert written.files == len(rows)
    assert set(named(desk.history(case))) <= {digest for digest, _ in rows}
    assert (folder / "papers").is_dir()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(WouldOverwriteError):
        to_folder(desk, case, tmp_path / "out")
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "0001-passwd.bin.txt"),
        ("C:\\temp\\a.pdf", "0001-a.pdf"),
        ("page.html", "0001-page.html.bin.txt"),
        ("x.svg", "0001-x.svg.bin.txt"),
        ("photo 1.JPG", "0001-photo_1.jpg"),
        ("", "0001-file.bin.txt"),
        ("..", "0001-file.bin.txt"),
    ],
)
def test_names_that_no_system_misreads(name: str, safe: str) -> None:
    assert safe_name(name, 1) == safe


def test_export_needs_a_place(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    assert run(desk, "export", case).exit_code == 2
    told = run(desk, "export", case, "--folder", str(tmp_path / "out"), language="fr")
    assert told.exit_code == 0 and "index.html" in told.stdout


# ---------------------------------------------------------------- erasing


def test_erased_is_erased(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    today(desk)
    blobs = named(desk.history(case))
    assert b"AL-20417" in desk.store.path.read_bytes()
    receipt = erase(desk, case, case)
    assert set(receipt.blobs) == set(blobs) and receipt.shared == ()
    raw = desk.store.path.read_bytes()
    assert b"AL-20417" not in raw and b"tremblay" not in raw.lower() and case.encode() not in raw
    assert not shelf_file(desk.store.path).exists()
    with pytest.raises(NoSuchCaseError):
        desk.history(case)
    with pytest.raises(MissingBytesError):
        desk.store.blob(blobs[0])


def test_nothing_of_it_is_in_any_file_of_the_home(tmp_path: Path) -> None:
    """Read byte by byte, the database's own journal and everything beside it too."""
    home = tmp_path / "home"
    spools = home / "imap"
    other = Box("2026-03-01T09:00:00-05:00")
    other.mail("Ana <ana@amis.example>", ME, "Dimanche", "On se voit dimanche ?\n")
    for name, box in (("jo@mail.example", lamp_dispute()), ("other@mail.example", other)):
        (spools / name).mkdir(parents=True)
        box.write(spools / name / "INBOX.mbox")
    desk = desk_on(home, "2026-07-20")
    case = open_case(desk, spools / "jo@mail.example").case.id
    kept = open_case(desk, OWN["boots-returned"] / "mailbox.mbox").case.id
    answer(desk, case, ["consumer.address=12 rue des Érables, Granby", "merchant.address=48 avenue du Parc"])
    write_paper(desk, case, "timeline", "fr")
    today(desk)
    traces = [b"AL-20417", b"atelierlumen", b"Orion", case.encode(), "Érables".encode()]
    assert {t for t in traces for f in files_of(home) if t in f.read_bytes()} == set(traces)
    receipt = erase(desk, case, case)
    assert receipt.fetched == 1 and (spools / "other@mail.example" / "INBOX.mbox").exists()
    assert [(f.name, t) for f in files_of(home) for t in traces if t in f.read_bytes()] == []
    assert verify(desk, kept).problems == ()


def files_of(folder: Path) -> list[Path]:
    return [f for f in folder.rglob("*") if f.is_file()]


def test_what_another_case_holds_stays(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    journal = desk.store.journal(case)
    desk.store.append("other", [(e.kind, e.payload) for e in journal], by="me", at=journal[0].at, new=True)
    receipt = erase(desk, case, case)
    assert receipt.blobs == () and len(receipt.shared) > 5
    assert verify(desk, "other").problems == ()


def test_the_name_must_be_typed(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    with pytest.raises(NotConfirmedError):
        erase(desk, case, "yes")
    assert verify(desk, case).problems == ()


def test_the_receipt_tells_nothing_but_hashes(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    assert run(desk, "erase", case).exit_code == 1
    told = run(desk, "erase", case, "--yes", case)
    receipt = json.loads(told.stdout)
    assert receipt["case"] == hashlib.sha256(case.encode()).hexdigest()
    assert case not in told.stdout and "lumen" not in told.stdout.lower()
    assert all(len(h) == 64 for h in receipt["blobs"])


# ---------------------------------------------------------------- export -> import -> equal

days = st.dates(date(2026, 6, 1), date(2026, 7, 20))
amounts = st.decimals("0.01", "999.99", places=2).map(lambda a: Money(a, "CAD"))
channels = st.sampled_from(["", "merchant", "issuer", "paypal", "court"])
states = st.sampled_from(["final", "provisional", "reversed"])
payloads: st.SearchStrategy[Payload] = st.one_of(
    st.builds(MoneyIn, amount=amounts, on=days, channel=channels, state=states, why=st.text(max_size=20)),
    st.builds(
        Sent,
        paper=st.sampled_from(["demand", "chargeback"]),
        on=days,
        by=st.just("email"),
        ref=st.text(max_size=20),
    ),
    st.builds(
        FactStated,
        name=st.just("order.total"),
        value=st.one_of(st.none(), amounts.map(Kept.of)),
        reason=st.text(max_size=20),
    ),
    st.builds(CaseClosed, how=st.sampled_from(["partly", "unsolved"]), why=st.text(max_size=20)),
    st.builds(CaseReopened, why=st.text(max_size=20)),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, str]:
    return lamp(tmp_path_factory.mktemp("opened"))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(added=st.lists(payloads, max_size=6))
def test_export_and_import_give_the_same_case(
    opened: tuple[Desk, str], tmp_path_factory: pytest.TempPathFactory, added: list[Payload]
) -> None:
    first, case = opened
    folder = tmp_path_factory.mktemp("trip")
    desk = Desk(Store(folder / "a.recours"), first.clock)
    first.store.copy_case(case, named(first.history(case)), desk.store)
    desk.record(case, added)
    export(desk, case, folder / "case.recours")
    other = Desk(Store(folder / "b.recours"), first.clock)
    import_(other, folder / "case.recours")
    assert other.store.journal(case) == desk.store.journal(case)
    assert other.case(case) == desk.case(case)
    assert to_json(shown(assess(other, other.case(case)))) == to_json(shown(assess(desk, desk.case(case))))
    assert verify(other, case).problems == ()


def test_papers_travel_with_the_case(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    made = write_paper(desk, case, "timeline", "fr")
    export(desk, case, tmp_path / "case.recours")
    other = Desk(Store(tmp_path / "b.recours"), Clock(date(2026, 7, 20)))
    import_(other, tmp_path / "case.recours")
    assert other.store.blob(hashlib.sha256(made.pdf).hexdigest()) == made.pdf
