"""One SQLite file that holds every case: journals and originals.  All SQL of Recours is here.

Writes happen in one transaction each, so that a kill leaves the store as it was before or after, never between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.exc import DatabaseError

from recours.errors import Problem
from recours.store.errors import (
    CaseExistsError,
    DivergedError,
    MissingBytesError,
    NoSuchCaseError,
    NotAStoreError,
)
from recours.store.journal import broken_links, chained
from recours.store.types import JournalEntry

SCHEMA = 1
_APPLICATION_ID = 0x5245434F  # "RECO", SQLite's own mark for the kind of file

_tables = MetaData()
_case = Table("case_", _tables, Column("id", String, primary_key=True))
_journal = Table(
    "journal",
    _tables,
    Column("case_id", ForeignKey("case_.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("previous_hash", String, nullable=False),
    Column("hash", String, nullable=False),
)
_blob = Table(
    "blob",
    _tables,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

MOST = 1_000_000_000  # bytes of an original: the longest value of SQLite (https://www.sqlite.org/limits.html)
_PLACE: Select[tuple[int]] = (
    select(literal_column("rowid")).select_from(_blob).where(_blob.c.sha256 == bindparam("sha256"))
)
_LARGE = 16_000_000  # bytes from which an original is written in pieces

Draft = tuple[str, dict[str, Any]]  # kind, payload


class Store:
    """An open store.  path: its file, made (readable by its owner only) when it is not there.

    Raises NotAStoreError when the file is something else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _on_connect)
        event.listen(self._engine, "begin", _on_begin)
        self._writer = self._engine.execution_options(writing=True)
        try:
            self._prepare()
        except DatabaseError as error:
            self.close()
            raise NotAStoreError(path, str(error.orig)) from None

    def _prepare(self) -> None:
        with self._engine.connect() as connection:
            if self._is_ready(connection):
                return
        with self._writer.begin() as connection:  # all or nothing: a kill leaves an empty file
            if not self._is_ready(connection):
                _tables.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")

    def _is_ready(self, connection: Connection) -> bool:
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if mark == _APPLICATION_ID and schema > SCHEMA:
            raise NotAStoreError(self.path, "it was written by a newer Recours")
        if tables and mark != _APPLICATION_ID:
            raise NotAStoreError(self.path, "it is a database of another program")
        return bool(mark == _APPLICATION_ID)

    def close(self) -> None:
        self._engine.dispose()

    # ------------------------------------------------------------------ reading

    def cases(self) -> tuple[str, ...]:
        with self._engine.connect() as connection:
            return tuple(connection.execute(select(_case.c.id).order_by(_case.c.id)).scalars())

    def journal(self, case: str) -> tuple[JournalEntry, ...]:
        """Every entry of a case in order.  Raises NoSuchCaseError."""
        with self._engine.connect() as connection:
            entries = tuple(_entries(connection, case))
        if not entries:
            raise NoSuchCaseError(case, self.cases())
        return entries

    def first_entries(self) -> dict[str, JournalEntry]:
        """The entry that opened each case."""
        first = select(_journal).where(_journal.c.sequence == 1)
        with self._engine.connect() as connection:
            return {row.case_id: _entry(row) for row in connection.execute(first)}

    def blob(self, sha256: str) -> bytes:
        """Bytes by their hash.  Raises MissingBytesError."""
        with self._engine.connect() as connection:
            place = connection.execute(_PLACE, {"sha256": sha256}).scalar_one_or_none()
            if place is None:
                raise MissingBytesError(sha256)
            driver = connection.connection.driver_connection
            assert driver is not None
            with driver.blobopen(
                "blob", "data", place, readonly=True
            ) as hole:  # a value that is selected is held twice
                data: bytes = hole.read()
        return data

    # ------------------------------------------------------------------ writing

    def append(
        self,
        case: str,
        drafts: Iterable[Draft],
        *,
        by: str,
        at: datetime,
        blobs: Iterable[bytes] = (),
        new: bool = False,
    ) -> tuple[JournalEntry, ...]:
        """Add entries (and bytes) to a case, all or none.

        at: UTC.  new: open the case; CaseExistsError when it is there.  Otherwise NoSuchCaseError when it is not.
        """
        with self._writing() as connection:
            known = connection.execute(select(_case.c.id).where(_case.c.id == case)).first()
            if new and known:
                raise CaseExistsError(case)
            if not new and not known:
                raise NoSuchCaseError(case, self.cases())
            if new:
                connection.execute(insert(_case).values(id=case))
            for data in blobs:
                _put(connection, data)
            last = _last(connection, case)
            written = []
            for kind, payload in drafts:
                last = chained(last, at=at.astimezone(UTC), by=by, kind=kind, payload=payload)
                _write(connection, case, last)
                written.append(last)
        return tuple(written)

    # ------------------------------------------------------------------ proof and transfer

    def verify(self, case: str, named: Sequence[str]) -> tuple[Problem, ...]:
        """Walk the hash chain of a case, and hash again each original in ``named`` (SHA-256)."""
        problems = list(broken_links(self.journal(case)))
        for sha256 in named:
            try:
                data = self.blob(sha256)
            except MissingBytesError:
                problems.append(
                    Problem(where=f"original {sha256[:16]}...", what="its bytes are not in the store")
                )
                continue
            if hashlib.sha256(data).hexdigest() != sha256:
                problems.append(Problem(where=f"original {sha256[:16]}...", what="its bytes were changed"))
        return tuple(problems)

    def copy_case(self, case: str, named: Sequence[str], into: Store) -> int:
        """Copy a case and its originals into another store; the number of entries that were new there.

        Raises DivergedError when ``into`` holds another history under the same name.
        """
        ours = self.journal(case)
        with into._writing() as connection:
            theirs = tuple(_entries(connection, case))
            if [e.hash for e in theirs] != [e.hash for e in ours[: len(theirs)]]:
                if [e.hash for e in ours] == [e.hash for e in theirs[: len(ours)]]:
                    return 0
                raise DivergedError(case)
            if not theirs:
                connection.execute(insert(_case).values(id=case))
            for sha256 in named:
                _put(connection, self.blob(sha256))
            for entry in ours[len(theirs) :]:
                _write(connection, case, entry)
        return len(ours) - len(theirs)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._writer.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise NotAStoreError(self.path, str(error.orig)) from None


def _on_connect(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.isolation_level = None  # the driver begins nothing by itself; _on_begin does


def _on_begin(connection: Connection) -> None:
    """A transaction begins where ours begins, so that tables and marks too are made whole or not at all; a writer
    takes the lock before it looks at the last entry (https://docs.sqlalchemy.org/en/20/dialects/sqlite.html)."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _entries(connection: Connection, case: str) -> Iterator[JournalEntry]:
    rows = connection.execute(
        select(_journal).where(_journal.c.case_id == case).order_by(_journal.c.sequence)
    )
    for row in rows:
        yield _entry(row)


def _entry(row: Any) -> JournalEntry:
    return JournalEntry(
        sequence=row.sequence,
        at=datetime.fromisoformat(row.at),
        by=row.by,
        kind=row.kind,
        payload=msgspec.json.decode(row.payload),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _last(connection: Connection, case: str) -> JournalEntry | None:
    highest = select(func.max(_journal.c.sequence)).where(_journal.c.case_id == case).scalar_subquery()
    row = connection.execute(
        select(_journal).where(_journal.c.case_id == case, _journal.c.sequence == highest)
    ).first()
    return _entry(row) if row else None


def _write(connection: Connection, case: str, entry: JournalEntry) -> None:
    connection.execute(
        insert(_journal).values(
            case_id=case,
            sequence=entry.sequence,
            at=entry.at.isoformat(),
            by=entry.by,
            kind=entry.kind,
            payload=msgspec.json.encode(entry.payload),
            previous_hash=entry.previous_hash,
            hash=entry.hash,
        )
    )


def _put(connection: Connection, data: bytes) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    if connection.execute(select(_blob.c.sha256).where(_blob.c.sha256 == sha256)).first() is not None:
        return
    if len(data) < _LARGE:
        connection.execute(insert(_blob).values(sha256=sha256, size=len(data), data=data))
        return
    place = connection.execute(
        insert(_blob).values(sha256=sha256, size=len(data), data=func.zeroblob(len(data)))
    ).lastrowid
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.blobopen("blob", "data", place) as hole:  # in pieces: a value that is bound is copied twice
        for start in range(0, len(data), _LARGE):
            hole.write(data[start : start + _LARGE])
