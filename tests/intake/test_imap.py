"""A mailbox on a server, against a real one on loopback: what is asked comes, once, whole, and nothing changes there."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError
from tests.intake.imap_server import PASSWORD, Server, dovecot

from recours.errors import RecoursError
from recours.intake import imap
from recours.intake.from_mbox import Mailbox
from recours.intake.imap import Fetched, Secret, fetch
from recours.intake.imap_address import ImapAddress, imap_address
from recours.intake.imap_errors import (
    BadImapAddressError,
    ImapBrokenOffError,
    ImapConnectError,
    ImapFolderError,
    ImapInsecureError,
    ImapLoginError,
    ImapNothingError,
)

SINCE = date(2026, 1, 1)
JUNE = datetime(2026, 6, 2, 9, 30, tzinfo=UTC)


def mail(number: int, body: str = "Bonjour,\r\n\r\nmerci.\r\n") -> bytes:
    return (
        f"From: Anne <anne@home.example>\r\nTo: shop@atelier.example\r\nSubject: Lampe {number}\r\n"
        f"Message-ID: <{number}@home.example>\r\nDate: Tue, 02 Jun 2026 09:30:00 +0000\r\n\r\n{body}"
    ).encode()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with dovecot() as running:
        yield running


def get(server: Server, user: str, data: Path, folders: str = "INBOX", **more: object) -> Fetched:
    address = imap_address(f"imap://{user}@127.0.0.1:{server.port}/{folders}")
    return fetch(address, Secret(password=PASSWORD), data, since=more.pop("since", SINCE), **more)  # type: ignore[arg-type]


def contents(got: Fetched) -> list[bytes]:
    return [m.content for m in Mailbox(got.spool)]


def test_every_message_comes_whole_and_stays_unread(server: Server, tmp_path: Path) -> None:
    hard = mail(2, "From now on\r\n>From before\r\n\r\nFrom: not@a.header\r\n" + "é" * 3 + "\r\n")
    server.put("anne", "INBOX", mail(1), hard, mail(3), arrived=JUNE)
    got = get(server, "anne", tmp_path)
    assert (got.found, got.new, got.folders) == (3, 3, ("INBOX",))
    assert contents(got) == [mail(1), hard, mail(3)]
    with server.client("anne") as client:
        client.select_folder("INBOX", readonly=True)
        assert not client.search("SEEN")
        assert client.folder_status("INBOX", "UNSEEN")[b"UNSEEN"] == 3


def test_a_later_run_fetches_only_what_is_new(server: Server, tmp_path: Path) -> None:
    server.put("bea", "INBOX", mail(1), mail(2), arrived=JUNE)
    assert get(server, "bea", tmp_path).new == 2
    server.put("bea", "INBOX", mail(3), arrived=JUNE)
    again = get(server, "bea", tmp_path)
    assert (again.found, again.new) == (3, 1)
    assert contents(again) == [mail(1), mail(2), mail(3)]
    assert get(server, "bea", tmp_path).new == 0


def test_only_the_days_and_folders_asked(server: Server, tmp_path: Path) -> None:
    for day, number in ((1, 1), (10, 2), (20, 3)):
        server.put("carl", "INBOX", mail(number), arrived=datetime(2026, 6, day, 12, tzinfo=UTC))
    server.put("carl", "Sent", mail(4), arrived=JUNE)
    server.put("carl", "Archives/2026", mail(5), arrived=JUNE)
    got = get(server, "carl", tmp_path, since=date(2026, 6, 10), before=date(2026, 6, 20))
    assert contents(got) == [mail(2)]
    other = get(server, "carl", tmp_path / "b", "Archives%2F2026;sent")
    assert other.folders == ("Archives/2026", "Sent")
    assert sorted(contents(other)) == [mail(4), mail(5)]


def test_without_a_folder_the_inbox_and_what_was_sent(server: Server, tmp_path: Path) -> None:
    server.put("dora", "INBOX", mail(1), arrived=JUNE)
    server.put("dora", "Sent", mail(2), arrived=JUNE)
    assert get(server, "dora", tmp_path, "").folders == ("INBOX", "Sent")


def test_all_mail_is_enough_where_there_is_such_a_folder(tmp_path: Path) -> None:
    with dovecot(all_mail=True) as running:
        running.put("elsa", "Archive", mail(1), arrived=JUNE)
        got = get(running, "elsa", tmp_path, "")
    assert (got.folders, got.new) == (("Archive",), 1)


def test_an_interrupted_run_goes_on_where_it_stopped(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "BATCH_MESSAGES", 2)
    mails = [mail(n) for n in range(1, 8)]
    server.put("fred", "INBOX", *mails, arrived=JUNE)

    def interrupt(_stage: str, done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        get(server, "fred", tmp_path, progress=interrupt)
    spool = next((tmp_path / "imap").rglob("*.mbox"))
    with spool.open("ab") as cut:
        cut.write(b"From half a message")
    rest = get(server, "fred", tmp_path)
    assert rest.new == 3
    assert contents(rest) == mails


def test_a_folder_numbered_anew_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    server.put("gil", "Colis", mail(1), arrived=JUNE)
    get(server, "gil", tmp_path, "Colis")
    with server.client("gil") as client:
        client.delete_folder("Colis")
    server.put("gil", "Colis", mail(2), arrived=JUNE)
    assert mail(2) in contents(get(server, "gil", tmp_path, "Colis"))


def test_a_lost_state_costs_time_and_no_message(server: Server, tmp_path: Path) -> None:
    server.put("hal", "INBOX", mail(1), mail(2), arrived=JUNE)
    get(server, "hal", tmp_path)
    state = next((tmp_path / "imap").rglob("*.json"))
    assert json.loads(state.read_text())["uids"] == "1:2"
    state.write_text("{")
    assert contents(get(server, "hal", tmp_path)) == [mail(1), mail(2)]


def test_the_refusals_say_what_to_do(server: Server, tmp_path: Path) -> None:
    server.put("ida", "INBOX", mail(1))
    address = imap_address(f"imap://ida@127.0.0.1:{server.port}/INBOX")
    with pytest.raises(ImapLoginError, match="app password"):
        fetch(address, Secret(password="wrong"), tmp_path, since=SINCE)
    with pytest.raises(ImapFolderError, match="INBOX, Sent"):
        get(server, "ida", tmp_path, "Nowhere")
    with pytest.raises(ImapNothingError, match="earlier --since"):
        get(server, "ida", tmp_path, since=date(2080, 1, 1))
    with pytest.raises(ImapConnectError):
        fetch(imap_address("imap://ida@127.0.0.1:9/INBOX"), Secret(password="x"), tmp_path, since=SINCE)


def test_no_password_goes_out_in_clear(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImapAddress, "loopback", property(lambda _self: False))
    said: list[str] = []
    monkeypatch.setattr(IMAPClient, "login", lambda *_: said.append("login"))
    with pytest.raises(ImapInsecureError):
        get(server, "jo", tmp_path)
    assert said == []


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_tls_with_a_certificate_that_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setattr(ImapAddress, "loopback", property(lambda _self: False))
    with dovecot(tls=True) as running:
        running_port = running.tls_port if scheme == "imaps" else running.port
        _put_over_tls(running, monkeypatch)
        monkeypatch.setenv("SSL_CERT_FILE", str(running.ca))
        got = fetch(
            imap_address(f"{scheme}://kim@localhost:{running_port}/INBOX"),
            Secret(password=PASSWORD),
            tmp_path,
            since=SINCE,
        )
        assert contents(got) == [mail(1)]
        monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
        with pytest.raises(ImapConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            fetch(
                imap_address(f"{scheme}://kim@localhost:{running_port}/INBOX"),
                Secret(password=PASSWORD),
                tmp_path,
                since=SINCE,
            )


def _put_over_tls(running: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as inner:
        inner.setenv("SSL_CERT_FILE", str(running.ca))
        with IMAPClient("localhost", running.tls_port, ssl=True) as client:
            client.login("kim", PASSWORD)
            client.append("INBOX", mail(1), msg_time=JUNE)


def test_a_token_is_sent_as_xoauth2(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []

    def oauth(_client: object, user: str, token: str) -> None:
        said.append((user, token))
        raise LoginError("expired")

    monkeypatch.setattr(IMAPClient, "oauth2_login", oauth)
    address = imap_address(f"imap://lea@127.0.0.1:{server.port}/INBOX")
    with pytest.raises(ImapLoginError, match="expired"):
        fetch(address, Secret(token="t0ken"), tmp_path, since=SINCE)
    assert said == [("lea", "t0ken")]
    assert "t0ken" not in repr(Secret(token="t0ken"))


def test_a_server_that_goes_away_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "BATCH_MESSAGES", 1)
    with dovecot() as running:
        running.put("max", "INBOX", *(mail(n) for n in range(1, 5)), arrived=JUNE)
        fetches: list[int] = []
        real = IMAPClient.fetch

        def cut(client: IMAPClient, *args: object) -> object:
            fetches.append(1)
            if len(fetches) == 4:
                client.socket().shutdown(socket.SHUT_RDWR)
            return real(client, *args)

        with monkeypatch.context() as inner:
            inner.setattr(IMAPClient, "fetch", cut)
            with pytest.raises(ImapBrokenOffError, match="goes on where it stopped"):
                get(running, "max", tmp_path)
        rest = get(running, "max", tmp_path)
        assert 0 < rest.new < 4
        assert contents(rest) == [mail(n) for n in range(1, 5)]


@pytest.mark.parametrize(
    ("text", "user", "host", "port", "tls", "folders"),
    [
        ("imap://a@b.example", "a", "b.example", 993, True, ()),
        ("imap://a@c.example@b.example/INBOX", "a@c.example", "b.example", 993, True, ("INBOX",)),
        ("imap:/a@b.example:143/Sent", "a", "b.example", 143, False, ("Sent",)),
        ("imaps://a%40c@[::1]:1993/A%3BB;C/D", "a@c", "::1", 1993, True, ("A;B", "C/D")),
        ("IMAP://a@b/[Gmail]/All Mail", "a", "b", 993, True, ("[Gmail]/All Mail",)),
    ],
)
def test_addresses(text: str, user: str, host: str, port: int, tls: bool, folders: tuple[str, ...]) -> None:
    expected = ImapAddress(user=user, host=host, port=port, tls=tls, folders=folders)
    assert imap_address(text) == expected


@pytest.mark.parametrize(
    "text", ["imap://", "imap://host/INBOX", "imap://a@b:99999/", "imap://a:pass@b/INBOX"]
)
def test_addresses_that_are_none(text: str) -> None:
    with pytest.raises(BadImapAddressError) as refused:
        imap_address(text)
    assert isinstance(refused.value, RecoursError)
    assert "pass@" not in refused.value.told("en").partition("\n")[0]
