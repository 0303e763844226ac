"""The canvas: pictures of one photo with pan, zoom, comparison and the paths over them.

Public are the widget and the way a worker prepares a big picture for it; panels and actions
talk to them, never to the parts.
"""

from __future__ import annotations

from blurstudio.app.canvas.picture import picture_image
from blurstudio.app.canvas.view import CanvasView

__all__ = ["CanvasView", "picture_image"]
