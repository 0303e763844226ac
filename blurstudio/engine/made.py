"""What is made once and then kept, together with what is to be said of its making.

Which things these are is `engine.held`'s; how they are made is `engine.making`'s.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(eq=False)
class Log:
    """What is to be said of how something was made.

    Attributes
    ----------
    notes
        Sentences for the person, in the order they came.
    seconds
        Time that it took, by the name of the part of the work.
    """

    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Made(Generic[T]):
    """Something that was made, and what is to be said of it."""

    value: T
    log: Log = field(default_factory=Log)


class Once(Generic[T]):
    """A value that is made when it is first asked for; any thread may ask, and the others wait.

    Whoever holds it shares it: it is made once for all of them. Where making it fails or is
    cancelled nothing is kept, and the next one who asks makes it.

    Parameters
    ----------
    value
        It, if it is known already.
    """

    def __init__(self, value: T | None = None) -> None:
        self._value = value
        # Whoever is told of the progress may ask for something in the same thread.
        self._lock = threading.RLock()

    @property
    def known(self) -> T | None:
        """It, if it was made; never waits."""
        return self._value

    def get(self, make: Callable[[], T]) -> T:
        """Return it, made now by `make` if nobody has made it before."""
        if self._value is None:
            with self._lock:
                if self._value is None:
                    self._value = make()
                return self._value
        return self._value
