"""``recours propose`` against a server on loopback: says what it sends, sends after a yes, keeps what a person confirms."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result
from tests.papers.cases import lamp

from recours.cli import main

WORDS = "ne pouvons pas vous rembourser"


class Answers(BaseHTTPRequestHandler):
    """A recorded model: one true act and one lie for every message."""

    asked: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        said = [
            {"kind": "act", "name": "cite_policy", "words": WORDS},
            {"kind": "act", "name": "blame_consumer", "words": "you broke it yourself"},
        ]
        content = json.dumps({"proposals": said})
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def server() -> Iterator[str]:
    Answers.asked.clear()
    with HTTPServer(("127.0.0.1", 0), Answers) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/v1"
        http.shutdown()
        thread.join()


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, str]:
    desk, name = lamp(tmp_path)
    store = Path(desk.store.path)
    desk.store.close()
    return store, name


def run(case: tuple[Path, str], url: str, *more: str, answers: str = "") -> Result:
    store, name = case
    return CliRunner().invoke(
        main, ["--store", str(store), "--screen", "en", "propose", name, "--model", url, *more], input=answers
    )


def test_without_a_yes_nothing_is_sent(case: tuple[Path, str], server: str) -> None:
    done = run(case, server, answers="n\n")
    assert done.exit_code == 0 and "Would send" in done.stderr and server in done.stderr
    assert Answers.asked == []


def test_show_prints_what_would_be_sent(case: tuple[Path, str], server: str) -> None:
    done = run(case, server, "--show")
    assert WORDS in done.stdout and Answers.asked == []


def test_json_keeps_nothing(case: tuple[Path, str], server: str) -> None:
    done = run(case, server, "--yes", "--json")
    found = json.loads(done.stdout)
    assert [q["name"] for q in found["questions"]] == ["cite_policy"]
    assert "you broke it yourself" in {d["proposal"]["words"] for d in found["dropped"]}
    assert len(Answers.asked) == found["asked"] > 0


def test_a_person_confirms(case: tuple[Path, str], server: str) -> None:
    done = run(case, server, answers="y\ny\n")
    assert done.exit_code == 0 and "cite_policy" in done.output
    again = run(case, server, "--yes", "--json")
    assert json.loads(again.stdout)["questions"] == []


def test_a_server_that_is_not_there_says_what_to_do(case: tuple[Path, str]) -> None:
    done = run(case, "http://127.0.0.1:9", "--yes")
    assert done.exit_code == 1 and "RECOURS_MODEL_KEY" in done.stderr
