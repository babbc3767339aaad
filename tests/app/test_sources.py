"""All that came in is accounted for: counted, with a status and a reason."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from tests.papers.cases import OWN, own

from recours.app.add import add
from recours.app.sources import sources
from recours.cli import main


def test_everything_that_came_in_has_a_status_and_a_reason(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23", files=("photo-1.jpg", "receipt.pdf", "calls.md"))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.jpg").write_bytes((OWN["demo"] / "photo-1.jpg").read_bytes()[:200])
    add(desk, case, [tmp_path / "empty.txt", tmp_path / "broken.jpg"])
    found = sources(desk, case, "fr")
    (box,) = found.mailboxes
    assert box.messages == box.in_dispute + box.unsure + box.left_out + box.copies
    by_status: dict[str, list[str]] = {}
    for piece in found.pieces:
        by_status.setdefault(piece.status, []).append(piece.name)
        assert piece.why or piece.status == "taken", piece
    assert len(by_status["in"]) >= box.in_dispute and by_status["out"]
    assert by_status["unreadable"] == ["broken.jpg"] and by_status["nothing_to_take"] == ["empty.txt"]
    assert any("du commerce" in p.why or "avec le commerce" in p.why for p in found.pieces)
    assert any(part.name.endswith(".jpg") for p in found.pieces for part in p.parts)


def test_the_command_prints_and_gives_json(tmp_path: Path) -> None:
    desk, case = own(tmp_path, "demo", "2026-11-23")
    said = ["--store", str(desk.store.path), "--screen", "en"]
    text = CliRunner().invoke(main, [*said, "sources", case], catch_exceptions=False).output
    assert "in the dispute:" in text and "left out:" in text and "messages searched" in text
    told = json.loads(
        CliRunner().invoke(main, [*said, "sources", case, "--json"], catch_exceptions=False).output
    )
    assert len(told["pieces"]) == len(sources(desk, case, "en").pieces)
