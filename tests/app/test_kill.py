"""A kill in the middle of an import leaves a store that opens; running the import again completes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.mailboxes import lamp_dispute

from recours.app.desk import Desk
from recours.app.verify_case import verify
from recours.clock import Clock
from recours.store.sqlite import Store

RUN = """
import sys
from pathlib import Path
import recours.store.sqlite as store
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.clock import Clock

after = int(sys.argv[3])
write = store._write
written = 0

def slow(connection, case, entry):
    global written
    write(connection, case, entry)
    written += 1
    if written == after:
        print("now", flush=True)
        sys.stdin.readline()

store._write = slow
open_case(Desk(store.Store(Path(sys.argv[1])), Clock()), Path(sys.argv[2]), name="lamp")
print("done", flush=True)
"""


@pytest.mark.parametrize("entries_written", [1, 3, 7])
def test_kill_in_the_middle_and_run_again(tmp_path: Path, entries_written: int) -> None:
    file, box = tmp_path / "cases.recours", lamp_dispute().write(tmp_path / "lamp.mbox")
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(file), str(box), str(entries_written)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "now"  # inside the transaction
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=20)
    assert process.returncode == -signal.SIGKILL

    after_kill = Store(file)
    assert after_kill.cases() == ()  # all or nothing
    after_kill.close()

    finished = subprocess.run(
        [sys.executable, "-c", RUN, str(file), str(box), "0"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert finished.stdout.strip() == "done"
    desk = Desk(Store(file), Clock())
    proof = verify(desk, "lamp")
    assert proof.problems == ()
    assert proof.originals == 6


def test_kill_at_any_moment_leaves_a_store_that_opens(tmp_path: Path) -> None:
    box = lamp_dispute().write(tmp_path / "lamp.mbox")
    for n, wait in enumerate((0.2, 0.5, 0.8)):
        file = tmp_path / f"{n}.recours"
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(file), str(box), "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait)
        process.kill()
        process.wait(timeout=20)
        store = Store(file)
        for case in store.cases():
            assert verify(Desk(store, Clock()), case).problems == ()
        store.close()


MAKE = """
import sys
from pathlib import Path
import recours.store.sqlite as store

create = store._tables.create_all

def stop(connection):
    create(connection)
    print("now", flush=True)
    sys.stdin.readline()

store._tables.create_all = stop
store.Store(Path(sys.argv[1]))
"""


def test_kill_while_the_file_is_made_leaves_an_empty_one(tmp_path: Path) -> None:
    """The tables once stood there without the mark: "a database of another program", and the person was locked out."""
    file = tmp_path / "cases.recours"
    process = subprocess.Popen(
        [sys.executable, "-c", MAKE, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "now"
    process.kill()
    process.wait(timeout=20)
    store = Store(file)
    assert store.cases() == ()
    store.close()


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    """The second takes the lock before it looks at the last entry, so that the chain never forks."""
    file = tmp_path / "cases.recours"
    Store(file).close()
    code = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from recours.store.sqlite import Store

store = Store(Path(sys.argv[1]))
for n in range(20):
    store.append("lamp", [("noted", {"text": str(n)})], by="test", at=datetime(2026, 1, 5, tzinfo=UTC))
"""
    store = Store(file)
    store.append(
        "lamp", [("noted", {"text": "first"})], by="test", at=datetime(2026, 1, 5, tzinfo=UTC), new=True
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(file)]) for _ in range(2)]
    assert [one.wait(timeout=60) for one in writers] == [0, 0]
    assert len(store.journal("lamp")) == 41
    assert store.verify("lamp", ()) == ()
    store.close()
