"""An Outlook data file (.pst, .ost) -> a folder of .eml files, by the program ``readpst`` where the machine has it.

The program is given the file and an empty folder, no shell, a bounded time and a disk with room; what it writes is
read like any folder of mail, and goes when the mailbox is done with.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from recours.errors import RecoursError

MEDIA_TYPE = "application/vnd.ms-outlook-pst"
PROGRAM = "readpst"
SECONDS = 3600
ROOM = 3  # times the file's size that must be free: parts are written out in base64


class OutlookFileError(RecoursError):
    """The data file cannot be read here: no program for it, no room, or damage."""

    def __init__(self, path: Path, en: str, fr: str) -> None:
        super().__init__(
            {
                "en": f"{path.name} is an Outlook data file, and cannot be read: {en}",
                "fr": f"{path.name} est un fichier de données Outlook, illisible ici : {fr}",
            },
            todo={
                "en": "Install pst-utils (the program readpst), or in Outlook drag the messages into a folder (.msg) "
                "and open that folder: recours open FOLDER",
                "fr": "Installez pst-utils (le programme readpst), ou glissez dans Outlook les messages dans un "
                "dossier (.msg) et ouvrez-le : recours open DOSSIER",
            },
        )


def write_out(path: Path, folder: Path) -> None:
    """Each mail of the data file as an .eml under ``folder``.  Raises OutlookFileError."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise OutlookFileError(
            path,
            "the program readpst is not on this machine",
            "le programme readpst n'est pas sur cette machine",
        )
    if shutil.disk_usage(folder).free < ROOM * path.stat().st_size:
        raise OutlookFileError(path, "the disk has too little room", "le disque n'a pas assez de place")
    try:
        done = subprocess.run(
            # -e: each mail an .eml with its attachments inside; -te: mail only; -j 0: in one process
            [program, "-q", "-e", "-te", "-8", "-j", "0", "-o", str(folder), "--", str(path.resolve())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise OutlookFileError(path, "it takes more than an hour", "il y faut plus d'une heure") from None
    except OSError as error:
        raise OutlookFileError(path, str(error), str(error)) from None
    if done.returncode or not any(p.is_file() for p in folder.rglob("*")):
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        why = said[-1][:200] if said else f"readpst: {done.returncode}"
        raise OutlookFileError(path, why, why)
