"""See that the tests which need another program can run: find it, or install Debian's when that is possible.

Run: python -m tools.programs     says in one line what is missing; never fails, since those tests skip with a word.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

# Debian's package, what needs it, and the names under which the program may be there.
PROGRAMS = (
    ("chromium", "browser tests", ("chromium", "chromium-browser", "google-chrome")),
    ("tesseract-ocr tesseract-ocr-fra", "tests of scanned papers", ("tesseract",)),
    ("dovecot-imapd", "tests with a mail server", ("dovecot", "/usr/sbin/dovecot")),
)


def missing() -> list[tuple[str, str]]:
    """Package (or packages) and purpose of each program that is not there."""
    return [(package, why) for package, why, names in PROGRAMS if not any(map(shutil.which, names))]


def main() -> int:
    """Nothing to do when all are there; apt-get as root; else one line each."""
    wanted = [name for package, _ in missing() for name in package.split()]
    if wanted and shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
            subprocess.run(
                ["apt-get", "-qq", *arguments],
                check=False,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
    for package, why in missing():
        print(f"The {why} are skipped; to run them: sudo apt-get install {package}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
