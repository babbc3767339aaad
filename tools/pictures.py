"""The README's pictures, from the demo's own papers.  Run: python -m tools.pictures"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2

from recours.app.write_paper import bundle, write_paper
from tools.walks import opened, walks

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SCALE = 1.3  # pixels a point


def picture(pdf: bytes, page: int, file: Path) -> None:
    """One page (from 1) as a PNG with a thin frame."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[page - 1].render(scale=SCALE).to_pil().convert("P", colors=32)
    image.save(file, optimize=True)
    document.close()
    print(file)


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    walk = next(w for w in walks() if w.name == "demo")
    with tempfile.TemporaryDirectory() as folder:
        desk, case = opened(walk, Path(folder))
        picture(write_paper(desk, case, "demand", "fr").pdf, 1, FOLDER / "demand.png")
        picture(bundle(desk, case).pdf, 2, FOLDER / "bundle.png")
        desk.store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
