"""Keys from the DNS: what is asked, of whom, and what an answer is worth; a server on loopback, no other network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import dns.message
import dns.rcode
import dns.rrset
import pytest
from tests.intake.test_custody import KEYS, NAME

from recours.intake.dkim_keys import MOST, DnsError, Server, askable, asked, server_of


class Resolver:
    """A DNS server of one UDP socket: TXT records by name, NXDOMAIN for others; remembers each question."""

    def __init__(self, records: dict[str, list[str]]) -> None:
        self.records, self.questions = records, list[str]()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.server = Server("127.0.0.1", self.socket.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                data, sender = self.socket.recvfrom(4096)
            except OSError:
                return
            query = dns.message.from_wire(data)
            question = query.question[0]
            name = question.name.to_text(omit_final_dot=True)
            self.questions.append(f"{dns.rdatatype.to_text(question.rdtype)} {name}")
            answer = dns.message.make_response(query)
            if name in self.records:
                texts = [_quoted(text) for text in self.records[name]]
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", *texts))
            else:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            self.socket.sendto(answer.to_wire(), sender)


def _quoted(text: str) -> str:
    """A long record stands in pieces of 255 letters."""
    return " ".join(f'"{text[n : n + 250]}"' for n in range(0, len(text), 250)) or '""'


@pytest.fixture
def resolver() -> Iterator[Resolver]:
    found = Resolver({NAME: [KEYS[NAME]]})
    yield found
    found.socket.close()


def test_one_question_a_name_and_the_pieces_of_a_record_joined(resolver: Resolver) -> None:
    resolver.records[NAME] = [f"{KEYS[NAME]}; n={'x' * 300}"]
    found = asked((NAME, "other._domainkey.atelierlumen.example"), resolver.server)
    assert found == {NAME: resolver.records[NAME][0]}
    assert resolver.questions == [f"TXT {NAME}", "TXT other._domainkey.atelierlumen.example"]


@pytest.mark.parametrize("record", ["v=DKIM1; p=", "v=spf1 -all", "", "v=DKIM2; p=abc"])
def test_a_key_withdrawn_or_of_another_kind_is_no_key(resolver: Resolver, record: str) -> None:
    resolver.records[NAME] = [record]
    assert asked((NAME,), resolver.server) == {}


def test_only_names_that_can_be_names_are_asked_for() -> None:
    names = (
        NAME,
        NAME,
        "a b._domainkey.x.example",
        "._domainkey.",
        "x" * 300 + ".example",
        "s._domainkey.x\n.example",
    )
    assert askable(names) == (NAME,)
    assert len(askable(f"s{n}._domainkey.x.example" for n in range(1000))) == MOST


def test_a_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recours.intake.dkim_keys._SECONDS", 0.2)
    silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    silent.bind(("127.0.0.1", 0))
    with silent, pytest.raises(DnsError, match=r"127\.0\.0\.1"):
        asked((NAME,), Server("127.0.0.1", silent.getsockname()[1]))


@pytest.mark.parametrize("text", ["dns.example", "127.0.0.1:x", "127.0.0.1:0", ""])
def test_a_server_is_an_ip_address(text: str) -> None:
    with pytest.raises(DnsError):
        server_of(text)


def test_the_address_of_a_server() -> None:
    assert server_of("127.0.0.1") == Server("127.0.0.1", 53)
    assert server_of("127.0.0.1:5353") == Server("127.0.0.1", 5353)
    assert server_of("::1") == Server("::1", 53)
