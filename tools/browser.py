"""See that the browser tests can run: find a Chromium, or install Debian's when that is possible.

Run: python -m tools.browser     says in one line what is missing; never fails, since the tests skip with a word.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Nothing to do when there is a browser; apt-get as root; else one line."""
    if any(map(shutil.which, NAMES)):
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *arguments], check=False, env=environment, **quiet)  # type: ignore[call-overload]
    if not any(map(shutil.which, NAMES)):
        print("The browser tests are skipped; to run them: sudo apt-get install chromium", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
