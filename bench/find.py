"""Finding the dispute in large mailboxes, as whole processes, beside programs that only count their messages.

Run: python -m bench.find [--mb N | --gb N] [--cold] [--zip]
The mailbox is made by the generator beside the project.  Peers, in the same run: ``grep -c '^From '``, ``rg -c`` where it
is, and the standard library's ``mailbox`` with a header parser (on the first tenth from 1 GB on, times ten).  Quote the
ratios; the seconds are this machine's.  --cold: lets go of the system's file cache first, where that is permitted;
--zip: the same mailbox in a zip archive beside inflating it, which up to 500 MB is done anyway.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bench.whole_process import GENERATOR, PEER, timed
from recours.intake.from_mbox import Mailbox

LOOK = """
import sys
from pathlib import Path
from recours.app.look import Looking, look
from recours.intake.from_mbox import Mailbox
how = Looking(notes=Path(sys.argv[2])) if len(sys.argv) > 2 else Looking()
print(len(look(Mailbox(Path(sys.argv[1])), lambda *_: None, how)))
"""
TOLD = """
import sys
from pathlib import Path
from recours.app.focus import focused
from recours.app.look import processes
from recours.intake.from_mbox import Mailbox
from recours.intake.outline import Outline
from recours.reading.mime import read_mail
box = Mailbox(Path(sys.argv[1]))
found = focused(box, Outline(box.files, workers=processes(box)), sys.argv[2], lambda *_: None, "")
if found:
    wanted = {m.message for m in found.candidates[0].members if m.in_dispute}
    places = {one.line.id: one.line.place for one in found.seen if one.line.id in wanted}
    read = [read_mail(box.read(place).content, place).message for place in places.values()]
    read.sort(key=lambda message: (message.date is None, message.date))
    print(len(read), "messages")
else:
    print("every message must be looked at")
"""
AGAIN = """
import sys, time
from pathlib import Path
from recours.app.desk import Desk
from recours.app.found import search
from recours.clock import Clock, parse_day
from recours.intake.from_mbox import Mailbox
from recours.store.sqlite import Store
desk = Desk(Store(Path(sys.argv[2])), Clock(parse_day("2026-01-02")))
def searched(about):
    start = time.perf_counter()
    search(desk, Mailbox(Path(sys.argv[1])), about, lambda *_: None)
    return f"{1000 * (time.perf_counter() - start):.0f} ms"
first, again, told = searched(""), searched(""), searched(sys.argv[3])
late = b"\\nFrom x Mon Jan  6 10:00:00 2025\\nFrom: a@b.example\\nSubject: late\\n\\nHello\\n"
with open(sys.argv[1], "ab") as more:
    more.write(late)
grown, told_grown = searched(""), searched(sys.argv[3])
with open(sys.argv[1], "r+b") as less:
    less.truncate(less.seek(0, 2) - len(late))
print(f"first {first}; nothing changed {again}; one message more {grown}; told the shop {told}, one message more {told_grown}")
"""
SPLIT = """
import sys
from pathlib import Path
from recours.intake.from_mbox import Mailbox
print(sum(1 for _ in Mailbox(Path(sys.argv[1])).places()))
"""
INFLATE = """
import sys, zipfile, zlib
archive = zipfile.ZipFile(sys.argv[1])
member, file, inflating = archive.infolist()[0], archive.fp, zlib.decompressobj(-15)
file.seek(member.header_offset + 30 + len(member.filename.encode()) + len(member.extra))
while not inflating.eof: inflating.decompress(file.read(1 << 16))
"""
ZIPFILE = """
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
with archive.open(archive.infolist()[0]) as file:
    while file.read(1 << 20): pass
"""
UNPACK = """
import sys
from pathlib import Path
from recours.intake.from_mbox import Mailbox
print(Mailbox(Path(sys.argv[1])).size, "bytes")
"""
BARE = """
import os, sys, time
start = time.perf_counter()
for folder, _, _ in os.walk(sys.argv[1]):
    for entry in os.scandir(folder):
        if entry.is_file():
            opened = os.open(entry.path, os.O_RDONLY)
            os.read(opened, 8192)
            os.close(opened)
print(time.perf_counter() - start)
"""
HEADS = """
import sys, time
from pathlib import Path
from recours.intake.from_mbox import Mailbox
from recours.intake.outline import Outline
start = time.perf_counter()
Outline(Mailbox(Path(sys.argv[1])).files)
print(time.perf_counter() - start)
"""
SHOP = "maison belcourt"


def row(
    name: str, measured: tuple[float, float, str, int], size: int, base: float, scale: float = 1.0
) -> float:
    wall, peak, said, code = measured
    wall *= scale
    last = said.strip().splitlines()[-1] if code and said.strip() else ""
    ratio = f"{wall / base:8.2f} x grep" if base else ""
    print(f"{name:34} {wall:8.2f} s {size / 1e6 / wall:8.0f} MB/s {peak:6.0f} MB {ratio} {last}", flush=True)
    return wall


def forget_cache() -> bool:
    """Let go of the file cache; whether that was permitted."""
    try:
        subprocess.run(["sync"], check=True)
        Path("/proc/sys/vm/drop_caches").write_text("1", encoding="ascii")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def opened(recours: str, box: Path, home: str, *more: str) -> tuple[float, float, str, int]:
    environment = dict(os.environ, RECOURS_HOME=home, RECOURS_LANG="en")
    return timed([recours, "open", str(box), "--json", *more], environment)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mb", type=int, default=200)
    parser.add_argument("--gb", type=float, default=0.0)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--zip", action="store_true")
    arguments = parser.parse_args()
    if not GENERATOR.exists():
        sys.exit("needs ../shared/reading/make_mbox.py")
    recours = str(Path(sys.executable).parent / "recours")
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder) / "big.mbox"
        size = int(arguments.gb * 1e9 or arguments.mb * 1e6)
        make = [sys.executable, str(GENERATOR), "--seed", "7"]
        subprocess.run([*make, "--out", str(box), "--size", str(size)], check=True, stdout=subprocess.DEVNULL)
        size = box.stat().st_size
        print(f"{size / 1e6:.0f} MB, {sum(1 for _ in Mailbox(box).places())} messages")
        mbox_rows(recours, box, size, folder, cold=arguments.cold)
        if arguments.zip or size <= 500e6:
            zip_rows(box, folder)
        if size <= 500e6:
            maildir_rows(make, folder)
    return 0


def mbox_rows(recours: str, box: Path, size: int, folder: str, *, cold: bool) -> None:
    plain = dict(os.environ)
    timed(["grep", "-c", "^From ", str(box)], plain)
    base = row("grep -c '^From '", timed(["grep", "-c", "^From ", str(box)], plain), size, 0.0)
    if shutil.which("rg"):
        row("rg -c '^From '", timed(["rg", "-c", "^From ", str(box)], plain), size, base)
    part, scale = box, 1.0
    if size > 1e9:
        part, scale = box.with_name("tenth.mbox"), 10.0
        with part.open("wb") as tenth:
            subprocess.run(["head", "-c", str(size // 10), str(box)], check=True, stdout=tenth)
    row("mailbox, header parser", timed([sys.executable, "-c", PEER, str(part)], plain), size, base, scale)
    row("recours: split only", timed([sys.executable, "-c", SPLIT, str(box)], plain), size, base)
    row("recours: look at every message", timed([sys.executable, "-c", LOOK, str(box)], plain), size, base)
    noted = [sys.executable, "-c", LOOK, str(box), f"{folder}/notes"]
    row("recours: the same, taking notes", timed(noted, plain), size, base)
    row("recours: the same, with the notes", timed(noted, plain), size, base)
    told = [sys.executable, "-c", TOLD, str(box), SHOP]
    row("recours: told the shop, decoded", timed(told, plain), size, base)
    again = timed([sys.executable, "-c", AGAIN, str(box), f"{folder}/again", SHOP], plain)
    print(f"recours: the search alone: {again[2].strip()}")
    row("recours open (nothing told)", opened(recours, box, f"{folder}/a"), size, base)
    row("recours open, again", opened(recours, box, f"{folder}/a"), size, base)
    row(
        "recours open --about SHOP",
        opened(recours, box, f"{folder}/b", "--about", SHOP),
        size,
        base,
    )
    if cold and forget_cache():
        row("read once, cold (cat)", timed(["sh", "-c", f"cat '{box}' | wc -c"], plain), size, base)
        forget_cache()
        row("recours open, cold", opened(recours, box, f"{folder}/c"), size, base)
    elif cold:
        print("cold: not permitted here")
    with box.open("ab") as more:
        more.write(b"\nFrom x Mon Jan  6 10:00:00 2025\nFrom: a@b.example\nSubject: late\n\nHello\n")
    row("recours open, one message more", opened(recours, box, f"{folder}/a"), size, base)


def zip_rows(box: Path, folder: str) -> None:
    """Instead of the mailbox, which goes."""
    plain = dict(os.environ)
    packed = Path(folder) / "takeout.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(box, "Takeout/Mail/All mail.mbox")
    box.unlink()
    print("zip (ratios to inflating it by zlib and nothing else)")
    base = 0.0
    rows = {
        "  zlib, bare": [INFLATE, str(packed)],
        "  zipfile, read through": [ZIPFILE, str(packed)],
        "  recours: unpack": [UNPACK, str(packed)],
        "  recours: told the shop, decoded": [TOLD, str(packed), SHOP],
        "  recours: look": [LOOK, str(packed)],
    }
    for name, program in rows.items():
        wall, peak, said, code = timed([sys.executable, "-c", *program], plain)
        base = base or wall
        last = said.strip().splitlines()[-1] if code else ""
        print(f"{name:34} {wall:8.2f} s {wall / base:8.2f} x zlib {peak:6.0f} MB {last}", flush=True)


def maildir_rows(make: list[str], folder: str) -> None:
    plain, count = dict(os.environ), 3000
    maildir = Path(folder) / "maildir"
    subprocess.run(
        [*make, "--out", str(maildir), "--layout", "maildir", "--messages", str(count)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    peer = "import mailbox, sys\nprint(sum(1 for m in mailbox.Maildir(sys.argv[1]) if m['from']))"
    print(f"Maildir, {count} messages")
    notes = f"{folder}/maildir.notes"
    rows = (
        ("  open, read 8 kB, close: bare", [BARE, str(maildir)]),
        ("  recours: kind and day of each", [HEADS, str(maildir)]),
        ("  mailbox.Maildir, from", [peer, str(maildir)]),
        ("  recours: look", [LOOK, str(maildir)]),
        ("  recours: look, taking notes", [LOOK, str(maildir), notes]),
        ("  recours: look, with the notes", [LOOK, str(maildir), notes]),
    )
    for name, arguments in rows:
        wall, peak, said, _ = timed([sys.executable, "-c", *arguments], plain)
        if arguments[0] in (BARE, HEADS):  # without Python's start, which takes longer
            wall = float(said)
        print(f"{name:34} {wall:8.2f} s {count / wall:8.0f} messages/s {peak:6.0f} MB")


if __name__ == "__main__":
    raise SystemExit(main())
