"""Processes for what is large: each ends after its piece of work, and gives its memory back.

Where it can be, they are forks of one small process that has loaded what they need, so that none loads it again: the
command's own script too, which Python 3.11 runs in each of them whatever ``__main__`` says here.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

AT_ONCE = 2
_LOADED = (
    "__main__",
    "recours.cli",
    "recours.papers.press",
    "recours.papers.joined",
    "recours.papers.verify",
)


def processes() -> ProcessPoolExecutor:
    """As many at once as AT_ONCE; what they are given and give back is pickled."""
    return ProcessPoolExecutor(AT_ONCE, mp_context=_context(), max_tasks_per_child=1)


def make_ready() -> None:
    """Begins to load what they need, so that the first of them need not wait."""
    if _context().get_start_method() == "forkserver":
        forkserver.ensure_running()


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    return context
