"""The motion over the pictures: paths at a moment of the exposure, and the region that is marked.

It keeps what was given and what is switched on; painting is in `trajectories` and `regions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from blurstudio.app.canvas.regions import Regions
from blurstudio.app.canvas.trajectories import Trajectories

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

_SETTLE_MS = 80


class ShownMotion(QObject):
    """Paths and regions of one photo, and what is to be seen of them.

    Parameters
    ----------
    under_cursor
        Asked for the place under the cursor, in shares of the picture's width and height; None
        where the cursor isn't over the picture.

    Attributes
    ----------
    regions
        Regions of the picture, or None.
    time
        Moment of the markers in [-1/2, 1/2] of the exposure.
    """

    changed = Signal()

    def __init__(
        self, under_cursor: Callable[[], tuple[float, float] | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._under_cursor = under_cursor
        self._trajectories: Trajectories | None = None
        self.regions: Regions | None = None
        self._visible = False
        self.time = 0.0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.changed)

    def set_trajectories(
        self,
        points: NDArray[np.floating],
        paths: NDArray[np.floating],
        size: tuple[int, int],
    ) -> None:
        """Give the paths: points (M, 2) pixel centres, paths (M, T, 2), px of ``size`` (H, W)."""
        self._trajectories = Trajectories(points, paths, size)
        self.changed.emit()

    def set_trajectories_visible(self, visible: bool) -> None:
        """Show or hide paths, markers and legend."""
        self._visible = visible
        self.changed.emit()

    @property
    def trajectories_visible(self) -> bool:
        """Whether paths are shown when there are any."""
        return self._visible

    @property
    def trajectories_seen(self) -> Trajectories | None:
        """The paths, where there are any and they are shown."""
        return self._trajectories if self._visible else None

    def set_regions(self, numbers: NDArray[np.uint8] | None) -> None:
        """Give the regions of the picture, (h, w) numbers: the one under the cursor is marked."""
        self.regions = None if numbers is None else Regions(numbers)
        self.mark()
        self.changed.emit()

    @property
    def marked_region(self) -> int | None:
        """Number of the region under the cursor, where regions were given."""
        return None if self.regions is None else self.regions.marked

    def mark(self) -> None:
        """Mark the region under the cursor, which may have come to another one."""
        if self.regions is None:
            return
        place = self._under_cursor()
        if self.regions.unmark() if place is None else self.regions.mark_at(*place):
            self.changed.emit()

    def set_time(self, time: float) -> None:
        """Move the markers to a moment in [-1/2, 1/2] of the exposure; clamped."""
        self.time = min(max(time, -0.5), 0.5)
        if self.trajectories_seen is not None:
            self.changed.emit()

    def hurry(self) -> None:
        """Let the paths be stretched for a moment while a wheel is turning."""
        if self.trajectories_seen is not None:
            self._settle.start()

    @property
    def is_hurried(self) -> bool:
        """Whether paths drawn for another zoom will do."""
        return self._settle.isActive()

    def rest(self) -> None:
        """Stop the timer, as when nothing is seen any more."""
        self._settle.stop()

    def clear(self) -> None:
        """Forget paths and regions, as before another photo is opened; tells nobody."""
        self._trajectories = self.regions = None
