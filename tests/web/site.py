"""A page over a store of the test's own, as a browser without JavaScript sees it."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import httpx
from fastapi.testclient import TestClient

from recours.app.desk import Desk
from recours.clock import Clock
from recours.store.sqlite import Store
from recours.web.app import make_app

TOKEN = "a-token-of-this-session"
HOST = "127.0.0.1:8123"
DAY = "2026-11-23"

Files = dict[str, tuple[str, bytes]] | list[tuple[str, tuple[str, bytes]]]


class Browser:
    """Follows links and sends forms; counts the screens that a person sees."""

    def __init__(self, folder: Path, day: str = DAY, language: str = "en") -> None:
        self.store = folder / "cases.recours"
        self.clock = Clock(date.fromisoformat(day))
        self.client = TestClient(
            make_app(self.desk, TOKEN, frozenset({HOST})), base_url=f"http://{HOST}", follow_redirects=True
        )
        self.screens = 0
        self.page = ""
        self.url = ""
        self.status = 0
        self.get(f"/enter?key={TOKEN}")
        self.post("/language", {"language": language, "here": "/"})
        self.screens = 0

    def desk(self) -> Desk:
        return Desk(Store(self.store), self.clock)

    def get(self, path: str) -> httpx.Response:
        return self._seen(self.client.get(path))

    def post(self, path: str, data: dict[str, str], files: Files | None = None) -> httpx.Response:
        """A form of the page that is open: its key and the length of the journal go with it."""
        hidden = {
            name: found[-1]
            for name in ("key", "length")
            if (found := re.findall(rf'name="{name}" value="([^"]*)"', self.page))
        }
        return self._seen(self.client.post(path, data={**hidden, **data}, files=files))

    def _seen(self, response: httpx.Response) -> httpx.Response:
        self.page, self.url, self.status = response.text, str(response.url), response.status_code
        self.screens += 1
        return response

    def open(self, path: Path, about: str = "") -> str:
        """Opens a mailbox by its path and waits; the case's name."""
        self.post("/open", {"path": str(path), "about": about})
        self.wait()
        assert "/case/" in self.url, self.page
        return self.url.split("/case/")[1].split("/")[0]

    def wait(self) -> None:
        """Until what is being read is read, or has failed."""
        for _ in range(600):
            if "/job/" not in self.url or self.status != 200:
                break
            time.sleep(0.05)
            self._seen(self.client.get(self.url))
            self.screens -= 1
