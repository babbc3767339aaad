"""The page's pictures for the documents, taken in a real browser on the demo's case.  Run: python -m tools.web_pictures"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

from recours.app.desk import Desk
from recours.cli.serve import listen
from recours.store.sqlite import Store
from recours.web.app import make_app
from tools.pictures import FOLDER
from tools.walks import opened, walks

TOKEN = "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# page, file, width, height, colours
SHOTS = (
    ("story", "web-story.png", 1000, 760, "light"),
    ("plan", "web-plan.png", 1000, 700, "light"),
    ("facts", "web-facts.png", 1000, 700, "light"),
    ("questions", "web-phone-dark.png", 390, 700, "dark"),
)


def main() -> int:
    """0, or 1 when there is no browser here."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no chromium: sudo apt-get install chromium", file=sys.stderr)
        return 1
    walk = next(w for w in walks() if w.name == "demo")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        desk, case = opened(walk, Path(folder))
        place, clock = desk.store.path, desk.clock
        listening = listen(0)
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        app = make_app(lambda: Desk(Store(place), clock), TOKEN, frozenset({host}), "fr")
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        threading.Thread(target=server.run, args=([listening],), daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, file, width, height, scheme in SHOTS:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page = context.new_page()
            page.goto(f"http://{host}/enter?key={TOKEN}")
            page.goto(f"http://{host}/case/{case}/{name}")
            shot = Image.open(io.BytesIO(page.screenshot())).quantize(64, dither=Image.Dither.NONE)
            shot.save(FOLDER / file, optimize=True)
            print(FOLDER / file)
        browser.close()
        server.should_exit = True
    return 0


if __name__ == "__main__":
    sys.exit(main())
