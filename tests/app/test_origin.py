"""Proof of origin through a whole case: what a key decides is kept, and a mail without its key stays unchecked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.cli.test_bad_input import Home
from tests.intake.test_custody import KEYS, NAME, with_signature
from tests.intake.test_dkim_keys import Resolver
from tests.mailboxes import ME, Box, lamp_dispute

from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.verify_case import verify
from recours.casefile.events import OriginChecked
from recours.clock import Clock
from recours.store.sqlite import Store


def signed_dispute() -> Box:
    """Each mail of the shop carries its signature, and one was changed after it left."""
    box = lamp_dispute()
    shops = [n for n, m in enumerate(box.mails) if b"From: Atelier" in m]
    for number in shops:
        box.mails[number] = with_signature(box.mails[number]).replace(b"\r\n", b"\n")
    box.mails[shops[1]] = box.mails[shops[1]].replace(b"8 juin", b"9 juin")
    first = box.mails[shops[0]]
    box.mails[shops[0]] = b"Authentication-Results: mx.example;\n dkim=pass header.d=x.example\n" + first
    return box


def opened(tmp_path: Path) -> tuple[Desk, str]:
    desk = Desk(Store(tmp_path / "c.recours"), Clock(date(2026, 7, 20)))
    return desk, open_case(desk, signed_dispute().write(tmp_path / "mail.mbox")).case.id


def test_the_merchants_mails_are_checked_and_the_result_is_kept_once(tmp_path: Path) -> None:
    desk, case = opened(tmp_path)
    origins = verify(desk, case, KEYS).origins
    assert all("atelierlumen" in o.sender for o in origins) and ME not in {o.sender for o in origins}
    assert sorted(o.signature.result for o in origins) == ["fail"] + ["pass"] * (len(origins) - 1)
    assert [o.provider for o in origins if o.provider] == ["mx.example; dkim=pass header.d=x.example"]
    kept = [r.payload for r in desk.history(case) if isinstance(r.payload, OriginChecked)]
    assert len(kept) == len(origins) and {k.record for k in kept} == {KEYS[NAME]}
    length = len(desk.history(case))
    verify(desk, case, KEYS)
    assert len(desk.history(case)) == length


def test_without_its_key_nothing_is_said_and_nothing_is_kept(tmp_path: Path) -> None:
    desk, case = opened(tmp_path)
    length = len(desk.history(case))
    assert {o.signature.result for o in verify(desk, case, {}).origins} == {"no_key"}
    assert verify(desk, case).origins == ()
    assert len(desk.history(case)) == length


def test_on_the_command_line(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.run("open", str(signed_dispute().write(home.folder / "mail.mbox")), "--name", "lamp")
    keys = home.folder / "keys.yaml"
    keys.write_text(f'{NAME}: "{KEYS[NAME]}"\n', encoding="utf-8")
    told = home.run("verify", "lamp", "--keys", str(keys)).output
    assert "Signature holds" in told and "Signature does not hold (1 of" in told
    assert NAME in told


def test_keys_of_the_dns_are_asked_for_by_name_and_only_what_they_prove_is_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.run("open", str(signed_dispute().write(home.folder / "mail.mbox")), "--name", "lamp")
    resolver = Resolver({NAME: [KEYS[NAME]]})
    told = home.run("verify", "lamp", "--dns", "--resolver", f"127.0.0.1:{resolver.server.port}").output
    resolver.socket.close()
    assert resolver.questions == [f"TXT {NAME}"]  # once, whatever the number of mails
    assert told.index("Asking the DNS server 127.0.0.1") < told.index("Signature holds")
    assert "Signature does not hold" not in told and "those of today" in told
    assert "two ways" in home.run("verify", "lamp", "--resolver", "127.0.0.1").output
