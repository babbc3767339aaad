"""What concerns the store as a whole: the heads of its journals, and erasure that really erases.

Erasure is the one thing that takes away what was appended; a person asks for it by name.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DatabaseError

from recours.store.errors import NoSuchCaseError, NotAStoreError
from recours.store.sqlite import Store, _blob, _case, _journal


def heads(store: Store) -> dict[str, str]:
    """The last hash of each case's journal: it changes when, and only when, the case does."""
    last = select(_journal.c.case_id, func.max(_journal.c.sequence).label("n")).group_by(_journal.c.case_id)
    ends = last.subquery()
    wanted = select(_journal.c.case_id, _journal.c.hash).join(
        ends, (ends.c.case_id == _journal.c.case_id) & (ends.c.n == _journal.c.sequence)
    )
    with store._engine.connect() as connection:
        return {row.case_id: row.hash for row in connection.execute(wanted.order_by(_journal.c.case_id))}


def named_elsewhere(store: Store, case: str) -> frozenset[str]:
    """SHA-256 of every original and paper that a case other than this one names."""
    wanted = select(_journal.c.payload).where(
        _journal.c.case_id != case, _journal.c.kind.in_(("item_kept", "paper_made"))
    )
    with store._engine.connect() as connection:
        rows = connection.execute(wanted).scalars()
        return frozenset(msgspec.json.decode(payload).get("sha256", "") for payload in rows)


def erase(store: Store, case: str, blobs: Collection[str]) -> tuple[str, ...]:
    """Take away a case's journal and these blobs, overwrite their place, and give the space back.

    blobs: SHA-256 of those that no other case names.  Returns those that were there.  Raises NoSuchCaseError.
    """
    if case not in store.cases():
        raise NoSuchCaseError(case, store.cases())
    try:
        with store._writer.begin() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
            gone = [
                sha256
                for sha256 in sorted(blobs)
                if connection.execute(delete(_blob).where(_blob.c.sha256 == sha256)).rowcount
            ]
            connection.execute(delete(_journal).where(_journal.c.case_id == case))
            connection.execute(delete(_case).where(_case.c.id == case))
        with closing(store._engine.raw_connection()) as connection:  # VACUUM runs outside any transaction
            connection.cursor().execute("VACUUM")
    except DatabaseError as error:
        raise NotAStoreError(store.path, str(error.orig)) from None
    return tuple(gone)
