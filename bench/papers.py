"""Papers: milliseconds a letter, pages a second and memory of bundles, beside the least that a merge can take.

Run: python -m bench.papers [PAGES ...]     (default 40 500 2000)
Each bundle is bound twice, each time in a process of its own: once for the time, once for the memory, which is looked at
fifty times a second, together with that of the processes that it starts (proportional set size, Linux); looking takes a
whole second of both cores from three.  The peer is pikepdf alone, on the same
pages: the bound file, cut beforehand into files of one page, is put together again; nothing set, nothing read again; no
way of binding can be faster.  Where they are installed, WeasyPrint (pip) sets as many pages of like text as one HTML file,
and LibreOffice (Debian: libreoffice-writer-nogui) turns a .docx of them into PDF, the way docassemble does; a letter too.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TURNS = 9
LETTERS = ("demand", "chargeback", "timeline")

BIND = """
import json, sys, tempfile, time
from contextlib import nullcontext
from datetime import date
from bench.papers import Watch
from pathlib import Path
from tests.mailboxes import ME, SHOP, lamp_dispute
from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.app.originals import originals
from recours.clock import Clock
from recours.papers.bundle import bind
from recours.papers.exhibits_list import list_exhibits
from recours.store.sqlite import Store
pages = int(sys.argv[1])
box = lamp_dispute()
while len(box.mails) < pages:
    n = len(box.mails)
    text = f"Bonjour,\\n\\nMessage {n} au sujet de la commande AL-20417 : la lampe est brisée.\\n\\n" + "Une ligne du message.\\n" * 20
    box.mail(*((SHOP, ME) if n % 2 else (ME, SHOP)), f"Re: Commande AL-20417 ({n})", text)
folder = Path(tempfile.mkdtemp())
desk = Desk(Store(folder / "c.recours"), Clock(date(2026, 11, 23)))
case = open_case(desk, box.write(folder / "m.mbox"), about="AL-20417").case.id
file = desk.case(case)
exhibits = list_exhibits(file)[:pages]
look = originals(desk, desk.history(case))
start = time.perf_counter()
with WATCH as watch:
    made = bind(file, exhibits, look, "fr", desk.today)
took = time.perf_counter() - start
Path(sys.argv[2]).write_bytes(made.pdf)
print(json.dumps({"pages": made.page_map.total, "s": took, "mb": watch.peak if watch else 0, "bytes": len(made.pdf)}))
"""

MERGE = """
import io, json, resource, sys, time
import pikepdf
ones = []
with pikepdf.open(sys.argv[2]) as bound:
    for page in bound.pages:
        one = pikepdf.new()
        one.pages.append(page)
        for key in ("/Annots", "/StructParents"):  # a link would bring every page along
            if key in one.pages[0]:
                del one.pages[0][key]
        out = io.BytesIO()
        one.save(out)
        ones.append(out.getvalue())
start = time.perf_counter()
whole = pikepdf.new()
for data in ones:
    with pikepdf.open(io.BytesIO(data)) as part:
        whole.pages.extend(part.pages)
whole.save(io.BytesIO())
print(json.dumps({"s": time.perf_counter() - start, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""

HTML = """
import json, resource, sys, time
import weasyprint
page = "<section style='break-after:page'><h1>P</h1>" + "<p>Une ligne du message.</p>" * 24 + "</section>"
start = time.perf_counter()
weasyprint.HTML(string="<html lang=fr>" + page * int(sys.argv[1])).write_pdf()
print(json.dumps({"s": time.perf_counter() - start, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""

DOCX = """
import io, json, resource, subprocess, sys, tempfile, time, zipfile
from pathlib import Path
from tests.papers.cases import lamp
from recours.app.write_paper import paper_brief
from recours.papers.docx import docx
from recours.papers.write import write
folder = Path(tempfile.mkdtemp())
desk, case = lamp(folder)
brief, paper = paper_brief(desk, case, "demand", "en", "any")
letter = docx(write(paper, brief).model)
pages = int(sys.argv[1])
if pages > 1:  # the letter's parts, its text replaced by as many pages
    line = "<w:p><w:r><w:t>Une ligne du message.</w:t></w:r></w:p>"
    page = line * 24 + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(letter)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name == "word/document.xml":
                head, rest = data.split("<w:body>", 1)
                data = head + "<w:body>" + page * pages + rest[rest.rindex("<w:sectPr>"):]
            new.writestr(name, data)
    letter = out.getvalue()
(folder / "a.docx").write_bytes(letter)
start = time.perf_counter()
subprocess.run(
    ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", str(folder),
     str(folder / "a.docx")],
    check=True, capture_output=True)
took = time.perf_counter() - start
assert (folder / "a.pdf").stat().st_size > 1000
print(json.dumps({"s": took, "mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}))
"""


class Watch:
    """Peak memory, in MB, of this process and of all that it starts."""

    def __enter__(self) -> Watch:
        self.peak = _memory(os.getpid())
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.02):
            self.peak = max(self.peak, _memory(os.getpid()))


def _memory(process: int) -> float:
    """MB, what is shared counted by share; source: proc(5), smaps_rollup."""
    folder = Path(f"/proc/{process}")
    try:
        told = (folder / "smaps_rollup").read_text()
        started = [child for task in folder.glob("task/*/children") for child in task.read_text().split()]
    except OSError:  # it has just ended
        return 0.0
    own = next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)
    return own / 1024 + sum(_memory(int(child)) for child in started)


def run(program: str, pages: int, file: Path) -> dict[str, float]:
    """The program's own figures, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(pages), str(file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=_ROOT,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


_ROOT = Path(__file__).parents[1]


def letters() -> None:
    """Warm: the first one loads fonts and packs."""
    from tests.papers.cases import lamp

    from recours.app.write_paper import paper_brief
    from recours.papers.readability import ease
    from recours.papers.write import write

    with tempfile.TemporaryDirectory() as place:
        desk, case = lamp(Path(place))
        for name in LETTERS:
            brief, paper = paper_brief(desk, case, name, "en", "any")
            made = write(paper, brief)
            took = []
            for _ in range(TURNS):
                start = time.perf_counter()
                made = write(paper, brief)
                took.append((time.perf_counter() - start) * 1000)
            said = [s["text"] for section in made.model.get("sections", ()) for s in section["sentences"]]
            grade = ease(said, "en")
            print(f"{name:12} {statistics.median(took):7.1f} ms, grade {grade.value if grade else '-'}")


def peers() -> dict[str, str]:
    """Name of each peer that is installed here -> the program that runs it."""
    found = {}
    if importlib.util.find_spec("weasyprint"):
        found["WeasyPrint"] = HTML
    if shutil.which("soffice"):
        found["LibreOffice"] = DOCX
    return found


def bundles(sizes: list[int]) -> None:
    beside = peers()
    for name in beside:
        alone = run(beside[name], 1, Path())
        print(f"{name:12} {alone['s'] * 1000:7.0f} ms for one page, its start counted")
    head = f"{'pages':>6}{'bound s':>10}{'pages/s':>9}{'peak MB':>9}{'merge s':>9}{'times':>7}"
    print(head + "".join(f"{name:>15} s    MB" for name in beside))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "bound.pdf"
            ours = run(BIND.replace("WATCH", "nullcontext()"), size, file)
            ours["mb"] = run(BIND.replace("WATCH", "Watch()"), size, file)["mb"]
            least = run(MERGE, size, file)
        line = f"{ours['pages']:6.0f}{ours['s']:10.2f}{ours['pages'] / ours['s']:9.0f}{ours['mb']:9.0f}"
        line += f"{least['s']:9.2f}{ours['s'] / least['s']:7.1f}"
        for program in beside.values():
            got = run(program, size, file)
            line += f"{got['s']:17.2f}{got['mb']:6.0f}"
        print(line)


if __name__ == "__main__":
    letters()
    bundles([int(a) for a in sys.argv[1:]] or [40, 500, 2000])
