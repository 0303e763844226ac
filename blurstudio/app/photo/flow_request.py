"""The picture of the flow of what is on show, drawn when everything else is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from blurstudio.app.photo import work

if TYPE_CHECKING:
    from blurstudio.app.bridge import JobBridge

_KEY = "flow"


class FlowRequest(QObject):
    """Asks for one picture of a flow; that of an earlier result comes too late and is dropped."""

    ready = Signal(object)
    """The picture."""

    def __init__(self, bridge: JobBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def draw(self, analysis: Any) -> None:  # noqa: ANN401 - the engine's
        """Ask for the picture of an analysis' flow."""
        self.forget()
        self._bridge.ask(
            "compute",
            partial(work.flow_picture, analysis),
            key=_KEY,
            of_photo=True,
            done=self.ready.emit,
        )

    def forget(self) -> None:
        """Let what was asked for come too late."""
        self._bridge.renew(_KEY)
