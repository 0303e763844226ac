"""Progress bars on stderr while work is done; silent where stderr is no terminal.

How far the work is comes from outside; nothing here knows what the work is.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[float, str], None]]:
    """Show a progress bar while the block runs, and take it away afterwards.

    Parameters
    ----------
    title
        What the work is done on, for instance a file's name.

    Yields
    ------
    Callable
        Moves the bar: called with a fraction in [0, 1] and a few words.
    """
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
        task = progress.add_task("Starting", total=1.0, title=title)

        def move(fraction: float, text: str) -> None:
            progress.update(task, completed=min(max(fraction, 0.0), 1.0), description=text)

        yield move
