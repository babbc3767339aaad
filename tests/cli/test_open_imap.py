"""``recours open imap://``: the whole command against a real server on loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.intake.imap_server import PASSWORD, dovecot
from tests.mailboxes import ME, SHOP, Box

from recours.cli import main


def _dispute() -> Box:
    box = Box()
    first = box.mail(SHOP, ME, "Order 77-4410 confirmed", "Thank you for your order 77-4410. Total: $120.00")
    told = box.mail(ME, SHOP, "Order 77-4410 is broken", "The lamp of order 77-4410 arrived broken. I want a refund.",
                    reply_to=first)  # fmt: skip
    box.mail(SHOP, ME, "Re: Order 77-4410 is broken", "We refuse to refund order 77-4410.", reply_to=told)
    return box


def test_opened_from_a_server_and_again_with_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOURS_HOME", str(tmp_path))
    monkeypatch.setenv("RECOURS_LANG", "en")
    monkeypatch.setenv("RECOURS_IMAP_PASSWORD", PASSWORD)
    box = _dispute()
    with dovecot() as server:
        server.put("jo", "INBOX", *box.mails)
        command = ["open", f"imap://jo@127.0.0.1:{server.port}/INBOX", "--since", "2000-01-01", "--json"]
        first = CliRunner().invoke(main, command)
        assert first.exit_code == 0, first.output
        case = json.loads(first.stdout)
        assert len(case["messages"]) == 3
        box.mail(ME, SHOP, "Re: Order 77-4410 is broken", "I still want the refund of order 77-4410.")
        server.put("jo", "INBOX", box.mails[-1])
        again = CliRunner().invoke(main, command)
        assert "1 new messages fetched of 4" in again.stderr
        assert len(json.loads(again.stdout)["messages"]) == 4
        assert CliRunner().invoke(main, ["verify", case["case"]["id"]]).exit_code == 0
        with server.client("jo") as client:
            client.select_folder("INBOX", readonly=True)
            assert client.search("SEEN") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["imap://jo@127.0.0.1:1/INBOX"], "--since 2026-01-31"),
        (["box.mbox", "--since", "2026-01-31"], "a file is read whole"),
        (["imap://jo@127.0.0.1:1/INBOX", "--since", "2026-02-30"], "is not a date"),
        (["imap://INBOX", "--since", "2026-01-31"], "never the password"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_asked(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RECOURS_HOME", str(tmp_path))
    monkeypatch.setenv("RECOURS_LANG", "en")
    result = CliRunner().invoke(main, ["open", *arguments])
    assert result.exit_code == 1
    assert said in result.output
