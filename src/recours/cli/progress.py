"""Progress of long work on standard error: what is being done, how fast, how long it still takes."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress import Progress as Bars

from recours.words import Language, say


class Progress:
    """Called with (stage, done, total); shows one bar a stage on a terminal, and nothing elsewhere."""

    def __init__(self, language: Language, console: Console) -> None:
        self._language = language
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        self._bars.start()

    def stop(self) -> None:
        self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(say(self._language, f"opened.{stage}"), total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)
