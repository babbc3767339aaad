"""Long work beside the page: a mailbox is read in a thread while the page tells how far it is."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable

from recours.app.open_case import Opened
from recours.errors import RecoursError

KEPT = 20  # finished jobs that can still be looked at
Progress = Callable[[str, int, int], None]


class Job:
    """path: of the mailbox, "" when it was sent; stage, done, total: how far it is; opened or error: how it ended."""

    def __init__(self, name: str, path: str = "") -> None:
        self.id, self.name, self.path = secrets.token_urlsafe(12), name, path
        self.stage, self.done, self.total = "look", 0, 0
        self.opened: Opened | None = None
        self.error: RecoursError | None = None
        self.crashed = False

    @property
    def over(self) -> bool:
        return bool(self.opened or self.error or self.crashed)

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0

    def progress(self, stage: str, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total


class Jobs:
    """The jobs of one running page, the newest last."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def start(self, name: str, work: Callable[[Progress], Opened], path: str = "") -> Job:
        """name: what is told; work: is given a progress to call; path: of the mailbox, where it can be read again."""
        job = Job(name, path)
        for old in [j.id for j in self._jobs.values() if j.over][: -KEPT or None]:
            del self._jobs[old]
        self._jobs[job.id] = job
        threading.Thread(target=_run, args=(job, work), daemon=True).start()
        return job

    def find(self, name: str) -> Job | None:
        return self._jobs.get(name)


def _run(job: Job, work: Callable[[Progress], Opened]) -> None:
    try:
        job.opened = work(job.progress)
    except RecoursError as error:
        job.error = error
    finally:
        job.crashed = not (job.opened or job.error)
