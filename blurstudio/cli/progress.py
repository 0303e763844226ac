"""Progress bars on stderr, one line per piece of work; silent where stderr is no terminal.

How far the work is comes from outside; nothing here knows what the work is.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress as RichProgress


@contextmanager
def progress_bars() -> Iterator[Bars]:
    """Show progress bars while the block runs."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.fields[title]}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    ) as progress:
        yield Bars(progress)


class Bars:
    """Bars on the terminal; each is moved by the function that `add` returns."""

    def __init__(self, progress: RichProgress) -> None:
        self._progress = progress

    def add(self, title: str) -> Callable[[float, str], None]:
        """Add a bar and return the function that moves it.

        Parameters
        ----------
        title
            What the work is done on, for instance a file's name.

        Returns
        -------
        Callable
            Called with a fraction in [0, 1] and a few words.
        """
        task = self._progress.add_task("", total=1.0, title=title)

        def move(fraction: float, text: str) -> None:
            self._progress.update(task, completed=min(max(fraction, 0.0), 1.0), description=text)

        return move
