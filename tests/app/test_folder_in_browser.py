"""The exported folder in a real browser, from the disk: its links lead somewhere, nothing runs, nothing is fetched."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import sync_playwright
from tests.papers.cases import lamp

from recours.app.answer import answer
from recours.app.folder import to_folder

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")
HOSTILE = "<img src=https://tracker.example/p.gif onerror=\"document.title='run'\"><script>document.title='run'</script>"


def test_every_page_and_link_from_the_disk(tmp_path: Path) -> None:
    desk, case = lamp(tmp_path)
    answer(desk, case, [f"consumer.name={HOSTILE}"])
    folder = tmp_path / "a folder é #1"
    to_folder(desk, case, folder, "en")
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        for name in ("index.html", "messages.html", "files.html"):
            page.goto((folder / name).as_uri())
            assert page.title() not in ("", "run") and page.locator("main section").count()
            assert page.locator("script, img, iframe, link").count() == 0
            for link in page.eval_on_selector_all("a", "all => all.map(a => a.href)"):
                assert link.startswith("file:") and Path(unquote(urlsplit(link).path)).is_file(), link
        page.goto((folder / "index.html").as_uri())
        page.locator("nav a").nth(1).click()
        assert "AL-20417" in page.inner_text("main")
        browser.close()
    assert asked and all(url.startswith("file:") for url in asked), asked
