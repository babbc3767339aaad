"""Outlook data files: handed to readpst with care; without it, or damaged, a person is told what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.mailboxes import lamp_dispute

from recours.intake.from_mbox import Mailbox
from recours.intake.pst import OutlookFileError


def data_file(folder: Path) -> Path:
    file = folder / "-o outlook.pst"  # a name that a careless command line would take for an option
    file.write_bytes(b"!BDN" + b"\x00" * 600)
    return file


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A readpst that does what the script says, and nothing else, on the path."""
    file = folder / "bin" / "readpst"
    file.parent.mkdir()
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{file.parent}:/usr/bin:/bin")


def test_what_readpst_writes_is_the_mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mails = lamp_dispute().mails
    for n, mail in enumerate(mails):
        (tmp_path / f"{n}.eml").write_bytes(mail)
    asked = 'while [ "$1" != -o ]; do shift; done; mkdir "$2/Inbox"; cp'
    program(tmp_path, monkeypatch, f'{asked} {tmp_path}/*.eml "$2/Inbox"; [ -f "$4" ]')
    box = Mailbox(data_file(tmp_path))
    assert sorted(raw.data for raw in box) == sorted(mails)
    assert box.name == "-o outlook.pst"


def test_without_readpst_the_person_is_told_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutlookFileError, match="pst-utils") as raised:
        Mailbox(data_file(tmp_path))
    assert "dossier" in raised.value.told("fr")


def test_a_program_that_fails_is_told_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "echo 'Unknown PST format' >&2; exit 1")
    with pytest.raises(OutlookFileError, match="Unknown PST format"):
        Mailbox(data_file(tmp_path))


@pytest.mark.skipif(shutil.which("readpst") is None, reason="readpst (pst-utils) is not on this machine")
def test_the_real_program_refuses_a_damaged_file(tmp_path: Path) -> None:
    with pytest.raises(OutlookFileError):
        Mailbox(data_file(tmp_path))
