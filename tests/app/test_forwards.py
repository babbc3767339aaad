"""Mails forwarded as attachments are read as mails of their own, once, with their senders and days."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from tests.mailboxes import lamp_dispute
from tests.papers.cases import desk_on

from recours.app.add import add
from recours.app.open_case import open_case
from recours.app.originals import originals
from recours.app.verify_case import verify


def refusal(name: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Atelier Lumen <service@atelierlumen.example>"
    mail["To"] = "jo@maison.example"
    mail["Date"] = "Tue, 14 Jul 2026 09:00:00 -0400"
    mail["Subject"] = "Commande AL-20417"
    mail["Message-ID"] = f"<{name}@atelierlumen.example>"
    mail.set_content("Nous refusons de rembourser la commande AL-20417.\n")
    return mail


def test_each_mail_in_a_forward_is_a_message(tmp_path: Path) -> None:
    desk = desk_on(tmp_path, "2026-07-20")
    box = lamp_dispute()
    opened = open_case(desk, box.write(tmp_path / "mail.mbox"), name="lamp")
    known = opened.case.dispute[0].message.id
    forward = EmailMessage()
    forward["From"], forward["Date"] = "friend@ami.example", "Wed, 15 Jul 2026 09:00:00 -0400"
    forward["Message-ID"] = "<fwd@ami.example>"
    forward.set_content("Voici tout.")
    forward.add_attachment(refusal("one"))
    inner = refusal("two")
    inner.add_attachment(refusal("three"))
    forward.add_attachment(inner)
    forward.add_attachment(
        next(m for m in map(message_from_bytes, box.mails) if known in str(m["Message-ID"]))
    )
    file = tmp_path / "forward.eml"
    file.write_bytes(bytes(forward))
    add(desk, "lamp", [file])
    case = desk.case("lamp")
    found = {e.message.id: e for e in case.entries}
    look = originals(desk, desk.history("lamp"))
    for name in ("one", "two", "three"):
        entry = found[f"{name}@atelierlumen.example"]
        assert entry.membership.direction == "received" and entry.membership.in_dispute is True
        assert "<fwd@ami.example>".strip("<>") in entry.membership.why
        assert b"Nous refusons" in look(entry.message.sha256)
        assert any(a.by == "merchant" for a in entry.acts)
    assert len(case.entries) == len(opened.case.entries) + 4
    assert not verify(desk, "lamp").problems
