"""The page in a real browser, without JavaScript: accessible, by keyboard alone, on a phone, with nothing fetched."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright
from tests.app.test_ladder import CANCELLED
from tests.papers.cases import OWN, own

from recours.app.desk import Desk
from recours.app.send import sent
from recours.cli.serve import listen
from recours.clock import Clock
from recours.store.sqlite import Store
from recours.web.app import make_app
from recours.web.pages.case import WALK

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TOKEN = "a-token-of-this-session"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")
SEEN = (*WALK, "brief", "message/3", "message/8")


class Site:
    """A running page over a store of its own."""

    def __init__(self, folder: Path) -> None:
        self.store = folder / "cases.recours"
        self.socket = listen(0)
        self.base = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        app = make_app(self.desk, TOKEN, frozenset({self.base.removeprefix("http://")}), "en")
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],), daemon=True)
        self.thread.start()

    def desk(self) -> Desk:
        return Desk(Store(self.store), Clock(date(2026, 11, 23)))

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(5)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def case(site: Site, chromium: Chromium) -> str:
    """The demo's mailbox, opened by keyboard alone on the first page; the case's name."""
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.base}/enter?key={TOKEN}")
    focus(page, "path")
    page.keyboard.type(str(OWN["demo"] / "mailbox.mbox"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/dispute*")
    return page.url.split("/case/")[1].split("/")[0]


def focus(page: Page, name: str, stops: int = 25) -> None:
    """Tab until the field of that id has the focus; a person without a mouse gets there too."""
    page.keyboard.press("Tab")
    assert page.locator("a.skip:focus").count() == 1  # the first stop leads to the content
    for _ in range(stops):
        if page.locator(f"#{name}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")


def entered(chromium: Chromium, site: Site, **options: object) -> Page:
    page = chromium.new_context(**options).new_page()  # type: ignore[arg-type]
    page.goto(f"{site.base}/enter?key={TOKEN}")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_on_any_page(chromium: Chromium, site: Site, case: str, scheme: str) -> None:
    """WCAG 2.2 A and AA by axe-core; the page is shown whole, its folded parts open."""
    page = entered(chromium, site, color_scheme=scheme)
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    for path in ("/", *(f"/case/{case}/{name}" for name in SEEN)):
        page.goto(site.base + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    assert errors == []


def test_nothing_is_asked_of_any_other_machine(chromium: Chromium, site: Site, case: str) -> None:
    page = entered(chromium, site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in SEEN:
        page.goto(f"{site.base}/case/{case}/{name}")
    assert asked and all(url.startswith(site.base) for url in asked)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_its_window(chromium: Chromium, site: Site, case: str, width: int) -> None:
    """320 is also what 200 % of a narrow window, or 400 % of 1280, leaves (WCAG 1.4.10)."""
    page = entered(chromium, site, viewport={"width": width, "height": 800})
    for path in ("/", *(f"/case/{case}/{name}" for name in SEEN)):
        page.goto(site.base + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_question_is_answered_and_a_letter_written_by_keyboard(
    chromium: Chromium, site: Site, case: str
) -> None:
    page = entered(chromium, site, java_script_enabled=False)
    page.goto(f"{site.base}/case/{case}/questions")
    before = page.locator("legend, .legend").first.inner_text()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator("button[value='yes']:focus").count():
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("legend, .legend").first.inner_text() != before
    page.goto(f"{site.base}/case/{case}/plan")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator("section.next form button:focus").count():
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/paper/**")
    picture = page.locator(".pages img").first
    picture.scroll_into_view_if_needed()
    assert picture.get_attribute("alt") == "Page 1 of 2"
    for language in ("Français", "English"):
        with page.expect_navigation():
            page.get_by_role("button", name=language).click()
        assert page.locator("html").get_attribute("lang") == ("fr" if language == "Français" else "en")
    assert "/paper/" in page.url  # the language changes where one is


def test_the_ground_of_a_request_is_chosen_by_keyboard_on_a_phone(
    chromium: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("grounds")
    _, case = own(folder, "never-came", "2026-11-23", *CANCELLED)
    site = Site(folder)
    try:
        page = entered(chromium, site, java_script_enabled=False, viewport={"width": 390, "height": 800})
        page.goto(f"{site.base}/case/{case}/papers")
        focus(page, "ground", stops=60)
        assert page.locator("label[for=ground]").inner_text() == "On which ground"
        box = page.locator("#ground").bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
        page.keyboard.type("on the card")  # as one chooses from a list without a mouse
        assert page.locator("#ground").input_value() == "network"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.get_by_text("on the card network's ground").count()
        assert page.locator(".pages img").count() and "/paper/" in page.url
        sent(site.desk(), case, "chargeback", "2026-11-20", "portal", reason="statutory")
        page = entered(chromium, site, viewport={"width": 390, "height": 800})
        for path in (f"/case/{case}/papers", f"/case/{case}/plan"):
            page.goto(site.base + path)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            found = Axe().run(
                page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
            )
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.get_by_label("The issuer refused on").count() == 1
    finally:
        site.stop()
