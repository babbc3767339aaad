"""Bad input: a sentence that says what, where and what to do; exit 1; nothing stored is harmed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.mailboxes import ME, SHOP, Box, lamp_dispute, quiet

from recours.cli import main


class Home:
    """A store of its own, and the command line over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "cases.recours"

    def run(self, *arguments: str, language: str = "en") -> Result:
        return CliRunner().invoke(
            main, ["--store", str(self.store), "--today", "2026-07-01", "--screen", language, *arguments]
        )

    def lamp(self) -> Path:
        return lamp_dispute().write(self.folder / "lamp.mbox")

    def opened(self, name: str = "lamp") -> None:
        result = self.run("open", str(self.lamp()), "--name", name)
        assert result.exit_code == 0, result.output


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_file_that_is_no_mailbox(home: Home) -> None:
    file = home.folder / "photo.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0 photo")
    result = home.run("open", str(file))
    assert result.exit_code == 1
    assert "photo.jpg is not a mailbox: it looks like a photo (JPEG)" in result.stderr
    assert "recours add CASE" in result.stderr


def test_the_same_in_french(home: Home) -> None:
    file = home.folder / "photo.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0 photo")
    assert "n'est pas une boîte aux lettres" in home.run("open", str(file), language="fr").stderr


def test_an_empty_mailbox(home: Home) -> None:
    file = home.folder / "empty.mbox"
    file.write_bytes(b"")
    result = home.run("open", str(file))
    assert (result.exit_code, "holds no message" in result.stderr) == (1, True)


def test_a_mailbox_without_a_dispute(home: Home) -> None:
    result = home.run("open", str(quiet().write(home.folder / "quiet.mbox")))
    assert result.exit_code == 1
    assert "No dispute was found among the 3 messages of quiet.mbox" in result.stderr
    assert "--about" in result.stderr


def test_words_that_name_no_dispute(home: Home) -> None:
    result = home.run("open", str(home.lamp()), "--about", "Zanzibar")
    assert (result.exit_code, "'Zanzibar'" in result.stderr) == (1, True)


ODD = {
    "truncated": b"From: Atelier Lumen <service@atelierlumen.example>\nTo: jo.tremblay@maison.example\nSubject: Re: AL-20417\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nVotre commande AL-20417 est",
    "broken attachment": b"From: Atelier Lumen <service@atelierlumen.example>\nTo: jo.tremblay@maison.example\nSubject: AL-20417\nDate: Mon, 15 Jun 2026 10:00:00 -0400\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nVoir la commande AL-20417\n--x\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n!!!!====AAA\n--x--\n",
    "unknown charset": b"From: Atelier Lumen <service@atelierlumen.example>\nTo: jo.tremblay@maison.example\nSubject: AL-20417\nDate: Mon, 15 Jun 2026 10:00:00 -0400\nContent-Type: text/plain; charset=klingon-8\n\nVotre commande AL-20417 est pr\xeate\n",
    "a date in 1970": b"From: Atelier Lumen <service@atelierlumen.example>\nTo: jo.tremblay@maison.example\nSubject: AL-20417\nDate: Thu, 01 Jan 1970 00:00:00 +0000\n\nCommande AL-20417\n",
    "no Message-ID": b"From: Atelier Lumen <service@atelierlumen.example>\nTo: jo.tremblay@maison.example\nSubject: AL-20417\nDate: Mon, 15 Jun 2026 10:00:00 -0400\n\nCommande AL-20417 : nous ne pouvons pas vous rembourser.\n",
    "NUL bytes": b"From: Atelier Lumen <service@atelierlumen.example>\nTo: jo.tremblay@maison.example\nSubject: AL-20417\nDate: Mon, 15 Jun 2026 10:00:00 -0400\n\nCommande \x00AL-20417\x00\n",
}
NAMED = {"truncated", "broken attachment", "unknown charset", "a date in 1970"}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_message_is_kept_and_named(home: Home, what: str) -> None:
    box = lamp_dispute()
    box.raw(ODD[what])
    result = home.run("open", str(box.write(home.folder / "odd.mbox")), "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    odd = [m for m in found["messages"] if m["source"]["position"] == len(box.mails)]
    assert len(odd) == 1
    assert odd[0]["in_dispute"] is True
    if what in NAMED:
        assert any("odd.mbox:8" in p["where"] for p in found["problems"]), found["problems"]
    assert home.run("verify", found["case"]["id"]).exit_code == 0


def test_a_mailbox_opened_twice_changes_nothing(home: Home) -> None:
    home.opened()
    before = home.run("show", "lamp", "--json").stdout
    again = home.run("open", str(home.lamp()), "--name", "lamp")
    assert again.exit_code == 0
    assert "nothing new" in again.stderr
    assert home.run("show", "lamp", "--json").stdout == before


def test_a_newer_export_adds_only_what_is_new(home: Home) -> None:
    home.opened()
    box = lamp_dispute()
    box.mail(
        SHOP,
        ME,
        "Commande AL-20417",
        "Nous vous rembourserons la commande AL-20417 d'ici vendredi.\n",
        day="2026-06-28",
    )
    result = home.run("open", str(box.write(home.folder / "newer.mbox")), "--name", "lamp")
    assert "1 new messages were added" in result.stderr
    found = json.loads(home.run("show", "lamp", "--json").stdout)
    assert found["measures"]["emails_received"] == 5


def test_a_case_name_that_exists_for_another_dispute(home: Home) -> None:
    home.opened()
    other = Box()
    order = other.mail(
        "Vélo Nord <info@velonord.example>",
        ME,
        "Commande VN-7731",
        "Merci pour votre commande VN-7731. Total 90,00 $ CAD\n",
    )
    other.mail(
        ME,
        "info@velonord.example",
        "Commande VN-7731",
        "Je n'ai jamais reçu ma commande VN-7731. Remboursez-moi.\n",
        reply_to=order,
    )
    result = home.run("open", str(other.write(home.folder / "velo.mbox")), "--name", "lamp")
    assert result.exit_code == 1
    assert "A case named 'lamp' exists already" in result.stderr
    assert "--name" in result.stderr
    assert home.run("verify", "lamp").exit_code == 0


def test_an_unknown_case_names_those_there_are(home: Home) -> None:
    home.opened()
    result = home.run("show", "nothing")
    assert (result.exit_code, "Cases: lamp" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("consumer.country=Narnia", "Narnia"),
        ("goods.avaliable=yes", "goods.available"),
        ("order.date=2026-02-30", "2026-02-30"),
        ("order.total=400 €", "currency"),
        ("nonsense", "NAME=VALUE"),
    ],
)
def test_an_answer_that_cannot_be(home: Home, words: str, says: str) -> None:
    home.opened()
    result = home.run("answer", "lamp", words)
    assert result.exit_code == 1
    assert says in result.stderr


def test_several_answers_are_kept_all_or_none(home: Home) -> None:
    home.opened()
    assert home.run("answer", "lamp", "goods.available=yes", "order.date=never").exit_code == 1
    assert "goods.available" not in json.loads(home.run("show", "lamp", "--json").stdout)["facts"]


def test_a_day_that_is_none(home: Home) -> None:
    result = CliRunner().invoke(main, ["--store", str(home.store), "--today", "2026-02-30", "show"])
    assert (result.exit_code, "2026-02-30" in result.stderr) == (1, True)


def test_sent_tomorrow_is_refused(home: Home) -> None:
    home.opened()
    result = home.run("sent", "lamp", "demand", "--on", "2026-07-02", "--by", "email")
    assert (result.exit_code, "future" in result.stderr) == (1, True)


def test_a_paper_that_does_not_exist(home: Home) -> None:
    home.opened()
    result = home.run("write", "lamp", "poem")
    assert (result.exit_code, "demand" in result.stderr) == (1, True)


def test_a_store_that_is_something_else(home: Home) -> None:
    home.store.write_bytes(b"Dear diary " * 100)
    result = home.run("show")
    assert (result.exit_code, "cannot be opened as a Recours file" in result.stderr) == (1, True)


def test_a_missing_file_to_add_adds_nothing(home: Home) -> None:
    home.opened()
    good = home.folder / "note.md"
    good.write_text("## 2026-06-20, 10 h\nLéa a dit non.\n", encoding="utf-8")
    result = home.run("add", "lamp", str(good), str(home.folder / "gone.jpg"))
    assert (result.exit_code, "gone.jpg" in result.stderr) == (1, True)
    assert json.loads(home.run("show", "lamp", "--json").stdout)["measures"]["calls"] == 0


def test_usage_is_exit_2(home: Home) -> None:
    assert home.run("open").exit_code == 2
    assert home.run("dance").exit_code == 2
