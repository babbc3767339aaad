"""The local page: how long a page of a case of 1,000 messages takes, and how many screens the walk has.

Run: python -m bench.web [MESSAGES]     one process, real HTTP on loopback; the peer is a bare page of the same framework
in the same run.  Screens and questions: from the mailbox to the signed demand, on the project's own mailboxes and, where
they are there, the shared ones.
"""

from __future__ import annotations

import re
import resource
import statistics
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from tests.mailboxes import ME, SHOP, lamp_dispute
from tests.papers.cases import OWN, ROOT
from tests.web.site import Browser

from recours.app.desk import Desk
from recours.app.open_case import open_case
from recours.cli.serve import listen
from recours.clock import Clock
from recours.store.sqlite import Store
from recours.web.app import make_app
from recours.web.pages.case import WALK

TOKEN = "bench"
TURNS = 20
SHARED = ROOT.parent / "shared" / "reading" / "cases"


def big(folder: Path, messages: int) -> Desk:
    """A dispute of so many messages, opened."""
    box = lamp_dispute()
    for n in range(messages - len(box.mails)):
        sender, to = (SHOP, ME) if n % 2 else (ME, SHOP)
        text = f"Bonjour,\n\nMessage {n} au sujet de la commande AL-20417 : la lampe est brisée.\n\nMerci\n"
        box.mail(sender, to, "Re: Commande AL-20417 : lampe défectueuse", text)
    desk = Desk(Store(folder / "cases.recours"), Clock(date(2026, 11, 23)))
    open_case(desk, box.write(folder / "mail.mbox"))
    return desk


def served(app: FastAPI) -> tuple[str, uvicorn.Server]:
    listening = listen(0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    threading.Thread(target=server.run, args=([listening],), daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}", server


def timed(client: httpx.Client, path: str) -> tuple[float, float]:
    """Milliseconds: median and 95th percentile."""
    took = []
    for _ in range(TURNS):
        start = time.perf_counter()
        answer = client.get(path)
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    return statistics.median(took), sorted(took)[int(TURNS * 0.95) - 1]


def pages(messages: int) -> None:
    bare = FastAPI()

    @bare.get("/", response_class=HTMLResponse)
    def hello() -> str:
        return "<!doctype html><title>bare</title>"

    with tempfile.TemporaryDirectory(prefix="recours-") as place:
        desk = big(Path(place), messages)
        case = desk.store.cases()[0]
        base, _ = served(make_app(lambda: Desk(Store(desk.store.path), desk.clock), TOKEN, _Hosts(), "en"))
        peer, _ = served(bare)
        print(f"{messages} messages; {TURNS} turns; median and 95th percentile in ms")
        with httpx.Client(base_url=peer) as client:
            client.get("/")
            least, _ = timed(client, "/")
        print(f"{'bare page of the framework':28}{least:9.1f}")
        with httpx.Client(base_url=base, headers={"authorization": f"Bearer {TOKEN}"}) as client:
            start = time.perf_counter()
            client.get("/")
            print(f"{'first page, cold':28}{(time.perf_counter() - start) * 1000:9.1f}")
            for path in ("/", *(f"/case/{case}/{name}" for name in (*WALK, "message/3", "brief"))):
                middle, late = timed(client, path)
                name = path.removeprefix(f"/case/{case}") or "/"
                print(f"{name:28}{middle:9.1f}{late:9.1f}   {middle / least:6.0f} times the bare page")
    print(
        f"peak memory of the whole process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


class _Hosts(frozenset[str]):
    """Any port of this machine: the bench does not know it before it listens."""

    def __contains__(self, host: object) -> bool:
        return str(host).startswith("127.0.0.1:")


def walks() -> None:
    """Screens and questions until the demand is set; a person who always says that they do not know is the worst case."""
    boxes = {name: folder / "mailbox.mbox" for name, folder in OWN.items()}
    if SHARED.exists():
        boxes |= {f"shared {f.name}": f / "mailbox.mbox" for f in sorted(SHARED.iterdir()) if f.is_dir()}
    print(f"\n{'mailbox':44}{'questions':>10}{'screens':>9}  demand")
    for name, mailbox in boxes.items():
        with tempfile.TemporaryDirectory(prefix="recours-") as place:
            browser = Browser(Path(place))
            case = browser.open(mailbox)
            asked = 0
            browser.get(f"/case/{case}/questions")
            while "can be done already" not in browser.page:
                found = re.search(r'name="fact" value="([^"]+)"', browser.page)
                if not found:
                    break
                browser.post(f"/case/{case}/questions", {"fact": found[1], "value": "yes"})
                if browser.status != 200:
                    browser.get(f"/case/{case}/questions")
                    browser.post(f"/case/{case}/questions", {"fact": found[1], "unknown": "1"})
                asked += 1
            browser.get(f"/case/{case}/plan")
            browser.post(f"/case/{case}/papers", {"paper": "demand"})
            print(
                f"{name:44}{asked:10}{browser.screens:9}  {'set' if '/paper/' in browser.url else 'refused'}"
            )


if __name__ == "__main__":
    pages(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    walks()
