"""The store: append-only, all or nothing, proved by hashes, carried to another store."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recours.store.errors import (
    CaseExistsError,
    DivergedError,
    MissingBytesError,
    NoSuchCaseError,
    NotAStoreError,
)
from recours.store.journal import broken_links, chained
from recours.store.sqlite import Store
from recours.store.types import JournalEntry

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PHOTO = b"photo bytes"
SHA = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "cases.recours")
    made.append(
        "martin",
        [("case_opened", {"title": "é"}), ("item_kept", {"sha256": SHA})],
        by="me",
        at=AT,
        blobs=[PHOTO],
        new=True,
    )
    return made


def test_what_went_in_comes_out(store: Store) -> None:
    entries = store.journal("martin")
    assert [(e.sequence, e.kind, e.payload) for e in entries] == [
        (1, "case_opened", {"title": "é"}),
        (2, "item_kept", {"sha256": SHA}),
    ]
    assert entries[0].at == AT
    assert store.blob(SHA) == PHOTO
    assert store.verify("martin", [SHA]) == ()


def test_only_its_owner_reads_it(store: Store) -> None:
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_second_case_of_the_name_is_refused_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(CaseExistsError):
        store.append("martin", [("case_opened", {})], by="me", at=AT, new=True)
    assert len(store.journal("martin")) == 2


def test_unknown_case_and_unknown_bytes_name_what_is_there(store: Store) -> None:
    with pytest.raises(NoSuchCaseError, match="martin"):
        store.journal("robert")
    with pytest.raises(NoSuchCaseError):
        store.append("robert", [("x", {})], by="me", at=AT)
    with pytest.raises(MissingBytesError):
        store.blob("00" * 32)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        (
            'UPDATE journal SET payload = \'{"title":"other"}\' WHERE sequence = 1',
            "changed after it was written",
        ),
        ("DELETE FROM journal WHERE sequence = 1", "expected 1"),
        ("UPDATE blob SET data = x'00'", "its bytes were changed"),
        ("DELETE FROM blob", "not in the store"),
    ],
)
def test_tampering_shows(store: Store, sql: str, says: str) -> None:
    with sqlite3.connect(store.path) as raw:
        raw.execute(sql)
    assert any(says in p.what for p in store.verify("martin", [SHA]))


def test_export_and_import_are_equal(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other.recours")
    assert store.copy_case("martin", [SHA], other) == 2
    assert other.journal("martin") == store.journal("martin")
    assert other.blob(SHA) == PHOTO
    assert store.copy_case("martin", [SHA], other) == 0
    store.append("martin", [("sent", {})], by="me", at=AT)
    assert store.copy_case("martin", [SHA], other) == 1
    assert other.copy_case("martin", [SHA], store) == 0


def test_an_older_copy_adds_nothing_to_a_newer_store(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other.recours")
    store.copy_case("martin", [SHA], other)
    store.append("martin", [("sent", {})], by="me", at=AT)
    assert other.copy_case("martin", [SHA], store) == 0
    assert len(store.journal("martin")) == 3


def test_another_history_under_the_name_is_refused(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other.recours")
    other.append("martin", [("case_opened", {"title": "another"})], by="me", at=AT, new=True)
    with pytest.raises(DivergedError):
        store.copy_case("martin", [SHA], other)
    assert len(other.journal("martin")) == 1


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to look at" * 40, b"%PDF-1.7"])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.recours"
    file.write_bytes(content)
    with pytest.raises(NotAStoreError, match=r"x\.recours"):
        Store(file)
    assert file.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    with sqlite3.connect(file) as raw:
        raw.execute("CREATE TABLE contacts (name)")
    with pytest.raises(NotAStoreError, match="another program"):
        Store(file)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
payloads = st.dictionaries(st.text(max_size=8), json_values, max_size=4)


def chain(contents: list[dict[str, Any]]) -> list[JournalEntry]:
    entries: list[JournalEntry] = []
    for content in contents:
        entries.append(chained(entries[-1] if entries else None, at=AT, by="me", kind="x", payload=content))
    return entries


@given(st.lists(payloads, min_size=1, max_size=5))
def test_an_honest_chain_holds(contents: list[dict[str, Any]]) -> None:
    assert broken_links(chain(contents)) == ()


@given(st.lists(payloads, min_size=2, max_size=5), st.data())
def test_leaving_out_or_swapping_an_entry_breaks_the_chain(
    contents: list[dict[str, Any]], data: st.DataObject
) -> None:
    entries = chain(contents)
    n = data.draw(st.integers(0, len(entries) - 2))
    assert broken_links(entries[:n] + entries[n + 1 :])
    entries[n], entries[n + 1] = entries[n + 1], entries[n]
    assert broken_links(entries)
