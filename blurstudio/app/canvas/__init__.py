"""The canvas: pictures of one photo with pan, zoom, comparison and the paths over them.

Only the widget is public; panels and actions talk to it, never to its parts.
"""

from __future__ import annotations

from blurstudio.app.canvas.view import CanvasView

__all__ = ["CanvasView"]
